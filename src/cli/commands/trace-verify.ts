import type { Command } from 'commander'
import { type ChainOptions, openChain, readingChain } from '../chain.ts'
import { command, perform, type Session } from '../command.ts'
import { EXIT } from '../exit.ts'
import { readText } from '../files.ts'

/** `cordon trace verify`: the same inputs give the same bytes, on anybody's machine. */
export function traceVerify(session: Session): Command {
  return perform<ChainOptions & { tags?: string[] }>(
    readingChain(
      command('verify', 'run a trace again and compare it with the document, byte by byte', [
        'cordon trace verify trace.json --ledger eth --tags tags/',
        'cordon trace verify trace.json --ledger eth --json || echo differs',
      ]).argument('<file>', 'trace document'),
    ).option('--tags <path...>', 'the tags that the trace was made with'),
    session,
    async ({ tags: paths, ...chain }, [file], work) => {
      const name = file as string
      const { parseTrace, serialize, verifyTrace } = await import('../../trace/index.ts')
      const { loadTags } = await import('../../attribution/index.ts')
      const text = await readText(name)
      const document = parseTrace(text, name)
      const tags = await loadTags(paths ?? [])
      const ledger = await openChain(chain, work)
      try {
        const { same, differences } = await verifyTrace(document, { ledger, tags, ...work })
        const bytes = same && serialize(document) !== text ? ['the file is spelled otherwise than the engine writes it'] : []
        const all = [...differences, ...bytes]
        const ok = all.length === 0
        return {
          value: { same: ok, differences: all, hash: document.ledger.hash },
          text: ok ? `${name}: run again to the same bytes` : `${name}: differs when run again\n${all.map((d) => `- ${d}`).join('\n')}`,
          exit: ok ? EXIT.ok : EXIT.failed,
        }
      } finally {
        await ledger.close()
      }
    },
  )
}
