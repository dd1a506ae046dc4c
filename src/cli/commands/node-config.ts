import type { Command } from 'commander'
import { command, perform, type Session } from '../command.ts'

interface Options {
  config?: string
}

/** `cordon node config`: every setting with what it is for, as a file that can be edited. */
export function nodeConfig(session: Session): Command {
  return perform<Options>(
    command('config', 'show every setting of a node, what it is for and its value; secrets are hidden', [
      'cordon node config > node.yaml',
      'cordon node config --config node.yaml',
    ]).option('--config <file>', 'configuration to check and show'),
    session,
    async ({ config: file }) => {
      const { readConfig, showConfig } = await import('../../node/index.ts')
      const config = await readConfig(file ?? null, process.env)
      const text = showConfig(config)
      return { value: { config: text }, text: text.trimEnd() }
    },
  )
}
