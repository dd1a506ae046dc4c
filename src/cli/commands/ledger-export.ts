import type { Command } from 'commander'
import { command, perform, type Session } from '../command.ts'
import { mustBeWritable } from '../files.ts'
import { count } from '../text.ts'

/** `cordon ledger export`: Parquet for every other tool. */
export function ledgerExport(session: Session): Command {
  return perform<{ ledger: string; out: string }>(
    command('export', 'write the transfers of a ledger as Parquet', ['cordon ledger export --ledger eth --out transfers.parquet'])
      .requiredOption('--ledger <dir>', 'directory of the ledger')
      .requiredOption('--out <file>', 'Parquet file to write'),
    session,
    async ({ ledger, out }, _operands, work) => {
      await mustBeWritable(out)
      const { exportLedger } = await import('../../ledger/index.ts')
      const report = await exportLedger({ directory: ledger, out, ...work })
      return { value: { out, ...report }, text: `${count(report.transfers)} transfers written to ${out}` }
    },
  )
}
