import { type Command, Option } from 'commander'
import { command, perform, type Session } from '../command.ts'
import { wholeNumber } from '../options.ts'

interface Options {
  transfers: number
  seed: string
  out: string
  format: 'csv' | 'parquet'
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
      .addOption(new Option('--format <format>', 'file format').choices(['csv', 'parquet']).default('csv')),
    session,
    async ({ transfers, seed, out, format }, _operands, work) => {
      const { simulate } = await import('../../simulate/index.ts')
      const report = await simulate({ transfers, seed, out, format, ...work })
      return { value: report, text: `World written to ${out}` }
    },
  )
}
