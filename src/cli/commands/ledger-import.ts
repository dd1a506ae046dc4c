import type { Command } from 'commander'
import type { BitcoinImportReport, ImportReport } from '../../ledger/index.ts'
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
  height?: number
  fromHeight?: number
  toHeight?: number
  cookieFile?: string
}

/** `cordon ledger import`: chain data in any known format becomes a new ledger, or replaces one as a whole. */
export function ledgerImport(session: Session): Command {
  return perform<Options>(
    reading(
      command('import', 'read chain data into a ledger, replacing the one that is there', [
        'cordon ledger import transactions.csv token_transfers.csv traces.csv --ledger eth',
        "cordon ledger import 'export/**/*.parquet' --ledger eth --refuse-limit 100",
        'cordon ledger import flows.csv --ledger harmony --json | jq .manifest.transfers',
        'cordon ledger import ~/.bitcoin/blocks --ledger btc',
        'cordon ledger import http://127.0.0.1:8332 --cookie-file ~/.bitcoin/.cookie --from-height 840000 --ledger btc',
      ]),
    ),
    session,
    async (options, [paths], work) => {
      const { importAny } = await import('../../ledger/index.ts')
      return importOutcome(await importAny({ ...readingOptions(paths as string[], options), ...work }))
    },
  )
}

/** The arguments and options that `import` and `append` share. */
export function reading(target: Command): Command {
  return target
    .argument(
      '<file...>',
      'files, folders or quoted globs, told by their content; .gz and .zst are read as they are; or the URL of a Bitcoin node',
    )
    .requiredOption('--ledger <dir>', 'directory of the ledger')
    .option('--chain <id>', 'chain of files that do not name theirs, as CAIP-2 (default eip155:1; of Bitcoin the main network)')
    .option('--genesis', 'the files begin where the chain does: opening balances are zero')
    .option('--refuse-limit <n>', 'refused rows over which nothing is imported', wholeNumber(0))
    .option('--height <n>', 'Bitcoin: height of the first raw block, where the blocks do not say it', wholeNumber(0))
    .option('--from-height <n>', 'Bitcoin node: first block to ask for (default 0)', wholeNumber(0))
    .option('--to-height <n>', 'Bitcoin node: last block to ask for (default its newest)', wholeNumber(0))
    .option('--cookie-file <file>', 'Bitcoin node: its .cookie file; or put user and password into the URL')
    .option('--memory <size>', 'memory that sorting may use, e.g. 2GiB (default 1.5GiB)', byteSize)
}

export function readingOptions(paths: readonly string[], { ledger, memory, ...rest }: Options) {
  const { chain, genesis, refuseLimit, height, fromHeight, toHeight, cookieFile } = rest
  return {
    paths: [...paths],
    directory: ledger,
    ...given({ chain, genesis, refuseLimit, memoryLimit: memory, height, fromHeight, toHeight, cookieFile }),
  }
}

/** What was read, and every refused row that the report holds. */
export function importOutcome(report: ImportReport | BitcoinImportReport): Outcome {
  if ('undone' in report) return { value: report, text: describeBlocks(report) }
  const { manifest, transfers, sources, bytes, refused } = report
  return {
    value: { manifest, transfers, sources, bytes, refused: { count: refused.count, rows: refused.rows } },
    text: describeImport(report),
  }
}

function describeBlocks({ manifest, blocks, transactions, undone, bytes }: BitcoinImportReport): string {
  const read =
    blocks === 0 && manifest.blocks !== null
      ? 'Nothing new: the ledger has every block that was read, and is as it was.'
      : `${count(blocks)} blocks with ${count(transactions)} transactions were read; the ledger takes ${count(bytes)} bytes on disk.`
  const back =
    undone === 0
      ? []
      : [
          `${count(undone)} ${undone === 1 ? 'block' : 'blocks'} of a branch that the chain has left ${undone === 1 ? 'was' : 'were'} undone first.`,
        ]
  return [describeManifest(manifest), ...back, read].join('\n\n')
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
