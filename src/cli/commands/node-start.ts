import type { Command } from 'commander'
import { command, perform, type Session } from '../command.ts'

interface Options {
  config?: string
}

/** `cordon node start`: runs a node until it is told to stop. */
export function nodeStart(session: Session): Command {
  return perform<Options>(
    command('start', 'run a node: everything of Cordon over HTTP, with people, labels and a record', [
      'cordon node start',
      'cordon node start --config node.yaml',
      'DATABASE_URL=postgres://cordon@db/cordon cordon node start',
    ]).option('--config <file>', 'configuration (YAML); every setting has a default'),
    session,
    async ({ config: file }, _operands, { signal }) => {
      const { readConfig, startNode } = await import('../../node/index.ts')
      const node = await startNode({ config: await readConfig(file ?? null, process.env) })
      const { err } = session.terminal
      err(`cordon: listening at ${node.url} (interface: ${node.url}/docs)\n`)
      if (node.administratorLink !== null)
        err(`cordon: the first administrator comes in here, once, within an hour:\n  ${node.administratorLink}\n`)
      await new Promise<void>((resolve) => {
        if (signal?.aborted) resolve()
        signal?.addEventListener('abort', () => resolve(), { once: true })
      })
      await node.stop()
      return { value: { stopped: true }, text: 'The node has stopped.' }
    },
  )
}
