import type { Command } from 'commander'
import { command, perform, type Session } from '../command.ts'
import { count } from '../text.ts'

/** `cordon ledger export`: Parquet for every other tool. */
export function ledgerExport(session: Session): Command {
  return perform<{ ledger: string; out: string }>(
    command('export', 'write a ledger as Parquet files, for other tools and to be imported again', [
      'cordon ledger export --ledger eth --out eth-parquet',
    ])
      .requiredOption('--ledger <dir>', 'directory of the ledger')
      .requiredOption('--out <dir>', 'new or empty folder to write'),
    session,
    async ({ ledger, out }, _operands, work) => {
      const { exportLedger } = await import('../../ledger/index.ts')
      const report = await exportLedger({ directory: ledger, out, ...work })
      return {
        value: report,
        text: `${count(report.transfers)} transfers and ${count(report.fees)} fees written to ${out} (${count(report.files.length)} files)`,
      }
    },
  )
}
