import { type Command, Option } from 'commander'
import type { SimulateReport } from '../../simulate/index.ts'
import { command, perform, type Session } from '../command.ts'
import { given, wholeNumber } from '../options.ts'
import { count, facts, table } from '../text.ts'

interface Options {
  transfers: number
  seed: string
  out: string
  format?: 'csv' | 'parquet'
}

/** `cordon simulate`: a world whose truth is known. */
export function simulateCommand(session: Session): Command {
  return perform<Options>(
    command('simulate', 'make a world of honest traffic and laundered thefts, with its truth, as ethereum-etl files', [
      'cordon simulate --transfers 10000 --seed 1 --out world',
      'cordon simulate --transfers 1000000 --seed 7 --format parquet --out world && cordon ledger import world --ledger world.ledger',
    ])
      .requiredOption('--transfers <n>', 'transfers to make', wholeNumber(1))
      .requiredOption('--seed <seed>', 'the same seed gives the same world')
      .requiredOption('--out <dir>', 'directory to write')
      .addOption(
        new Option('--format <format>', 'file format (default csv, parquet for more than a million transfers)').choices(['csv', 'parquet']),
      ),
    session,
    async ({ transfers, seed, out, format }, _operands, work) => {
      const { simulate } = await import('../../simulate/index.ts')
      const report = await simulate({ transfers, seed, out, ...given({ format }), ...work })
      return { value: report, text: describe(out, report) }
    },
  )
}

function describe(out: string, report: SimulateReport): string {
  const { transfers, transactions, accounts, exchanges, depositAddresses, blocks, time, thefts } = report
  const rows = thefts.map((t) => [t.name, count(t.seeds), count(t.accounts), count(t.flows), count(t.cashOuts), t.patterns.join(', ')])
  return [
    facts([
      ['world', out],
      ['transfers', `${count(transfers)} in ${count(transactions)} transactions`],
      ['accounts', `${count(accounts)}, of which ${count(depositAddresses)} deposit addresses of ${count(exchanges)} exchanges`],
      ['blocks', `${count(blocks.first)} to ${count(blocks.last)}, ${time.first} to ${time.last}`],
    ]),
    table(['theft', 'seeds', 'accounts', 'flows', 'cash-outs', 'laundered by'], rows, [1, 2, 3, 4]),
  ].join('\n\n')
}
