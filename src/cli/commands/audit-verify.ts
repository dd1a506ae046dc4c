import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { RecordAudit } from '../../node/index.ts'
import { command, perform, type Session } from '../command.ts'
import { EXIT } from '../exit.ts'
import { count, counted, printable, table } from '../text.ts'

interface Options {
  config?: string
  checkpoint?: string[]
}

/** `cordon audit verify`: whether a node's database is as its record says. */
export function auditVerify(session: Session): Command {
  return perform<Options>(
    command('verify', 'compare everything in a node with its record and say what was changed, put in or taken out', [
      'cordon audit verify',
      'cordon audit verify --config node.yaml --checkpoint kept-by-seoul.txt',
    ])
      .option('--config <file>', 'configuration of the node')
      .option('--checkpoint <file...>', 'checkpoints that were kept elsewhere'),
    session,
    async ({ config: file, checkpoint }) => {
      const { auditNode, readConfig } = await import('../../node/index.ts')
      const notes = await Promise.all((checkpoint ?? []).map(async (from) => ({ from, note: await readFile(from, 'utf8') })))
      const audit = await auditNode(await readConfig(file ?? null, process.env), notes)
      return { value: audit, text: describe(audit), exit: audit.sound ? EXIT.ok : EXIT.failed }
    },
  )
}

function describe({ sound, entries, provenSize, checkpoints, objects, findings, findingsLeftOut }: RecordAudit): string {
  const what = `${count(entries)} entries, of which ${count(provenSize)} are signed (${counted(checkpoints, 'checkpoint')}), and ${counted(objects, 'object')}`
  if (sound) return `Verified: ${what} are as they were written.`
  const rows = findings.map(({ where, what: why }) => [printable(where), printable(why)])
  const more = findingsLeftOut > 0 ? [`and ${counted(findingsLeftOut, 'finding')} more`] : []
  return [`Differs: of ${what} these are not as they were written.`, table(['where', 'what'], rows), ...more].join('\n\n')
}
