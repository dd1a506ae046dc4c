import type { Command } from 'commander'
import type { ImportReport } from '../../ledger/index.ts'
import { command, type Outcome, perform, type Session } from '../command.ts'
import { describeManifest } from '../manifest.ts'
import { byteSize, given, wholeNumber } from '../options.ts'
import { count, table } from '../text.ts'

interface Options {
  ledger: string
  chain?: string
  genesis?: boolean
  refuseLimit?: number
  memory?: number
}

/** `cordon ledger import`: chain data in any known format becomes a new ledger, or replaces one as a whole. */
export function ledgerImport(session: Session): Command {
  return perform<Options>(
    reading(
      command('import', 'read chain data into a ledger, replacing the one that is there', [
        'cordon ledger import transactions.csv token_transfers.csv traces.csv --ledger eth',
        "cordon ledger import 'export/**/*.parquet' --ledger eth --refuse-limit 100",
        'cordon ledger import flows.csv --ledger harmony --json | jq .manifest.transfers',
      ]),
    ),
    session,
    async (options, [paths], work) => {
      const { importLedger } = await import('../../ledger/index.ts')
      const report = await importLedger({ ...readingOptions(paths as string[], options), ...work })
      return importOutcome(report)
    },
  )
}

/** The arguments and options that `import` and `append` share. */
export function reading(target: Command): Command {
  return target
    .argument('<file...>', 'files, folders or quoted globs; formats are told by their headers; .gz and .zst are read as they are')
    .requiredOption('--ledger <dir>', 'directory of the ledger')
    .option('--chain <id>', 'chain of files that do not name theirs, as CAIP-2 (default eip155:1)')
    .option('--genesis', 'the files begin where the chain does: opening balances are zero')
    .option('--refuse-limit <n>', 'refused rows over which nothing is imported', wholeNumber(0))
    .option('--memory <size>', 'memory that sorting may use, e.g. 2GiB (default 1.5GiB)', byteSize)
}

export function readingOptions(paths: readonly string[], { ledger, chain, genesis, refuseLimit, memory }: Options) {
  return { paths: [...paths], directory: ledger, ...given({ chain, genesis, refuseLimit, memoryLimit: memory }) }
}

/** What was read, and every refused row that the report holds. */
export function importOutcome(report: ImportReport): Outcome {
  const { manifest, transfers, sources, bytes, refused } = report
  return {
    value: { manifest, transfers, sources, bytes, refused: { count: refused.count, rows: refused.rows } },
    text: describeImport(report),
  }
}

function describeImport({ manifest, transfers, bytes, refused }: ImportReport): string {
  const parts = [describeManifest(manifest), `${count(transfers)} transfers were read; the ledger takes ${count(bytes)} bytes on disk.`]
  if (refused.count > 0) {
    const rows = refused.rows.map((row) => [row.file, String(row.line), row.field, row.reason])
    parts.push(`Refused rows: ${count(refused.count)}\n${table(['file', 'line', 'field', 'reason'], rows, [1])}`)
    const more = refused.count - refused.rows.length
    if (more > 0) parts.push(`and ${count(more)} more.`)
  }
  return parts.join('\n\n')
}
