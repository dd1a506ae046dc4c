import { type Command, Option } from 'commander'
import { formatDecimal } from '../../chain/index.ts'
import type { BitcoinFormat, BitcoinSimulateReport, SimulateReport } from '../../simulate/index.ts'
import { command, perform, type Session } from '../command.ts'
import { usage } from '../exit.ts'
import { given, wholeNumber } from '../options.ts'
import { count, facts, table } from '../text.ts'

interface Options {
  transfers: number
  seed: string
  out: string
  chain?: 'ethereum' | 'bitcoin'
  format?: (typeof FORMATS)['ethereum' | 'bitcoin'][number]
}

const FORMATS = { ethereum: ['csv', 'parquet'], bitcoin: ['blocks', 'etl', 'both'] } as const

/** `cordon simulate`: a world whose truth is known. */
export function simulateCommand(session: Session): Command {
  return perform<Options>(
    command('simulate', 'make a world of honest traffic and laundered thefts, with its truth, as ethereum-etl files or Bitcoin blocks', [
      'cordon simulate --transfers 10000 --seed 1 --out world',
      'cordon simulate --chain bitcoin --transfers 10000 --seed 1 --out world && cordon ledger import world/blocks --ledger world.ledger',
      'cordon simulate --transfers 1000000 --seed 7 --format parquet --out world && cordon ledger import world --ledger world.ledger',
    ])
      .requiredOption('--transfers <n>', 'transfers to make; with --chain bitcoin, transactions', wholeNumber(1))
      .requiredOption('--seed <seed>', 'the same seed gives the same world')
      .requiredOption('--out <dir>', 'directory to write')
      .addOption(new Option('--chain <name>', 'what kind of chain (default ethereum)').choices(['ethereum', 'bitcoin']))
      .addOption(
        new Option(
          '--format <format>',
          'csv or parquet (default csv, parquet for more than a million transfers); of bitcoin blocks, etl or both',
        ).choices([...FORMATS.ethereum, ...FORMATS.bitcoin]),
      ),
    session,
    async ({ transfers, seed, out, chain = 'ethereum', format }, _operands, work) => {
      const { simulate, simulateBitcoin } = await import('../../simulate/index.ts')
      if (format !== undefined && !(FORMATS[chain] as readonly string[]).includes(format))
        throw usage(`--format ${format} is not a form of ${chain} data`, `Choose ${FORMATS[chain].join(', ')}.`)
      if (chain === 'bitcoin') {
        const made = await simulateBitcoin({
          transactions: transfers,
          seed,
          out,
          ...given({ format: format as BitcoinFormat | undefined }),
          ...work,
        })
        return { value: made, text: describeBitcoin(out, made) }
      }
      const report = await simulate({ transfers, seed, out, ...given({ format: format as 'csv' | 'parquet' | undefined }), ...work })
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

function describeBitcoin(out: string, report: BitcoinSimulateReport): string {
  const { transactions, addresses, exchanges, depositAddresses, coinJoins, blocks, stale, thefts } = report
  const rows = thefts.map((theft) => [
    theft.name,
    count(theft.seeds),
    formatDecimal(BigInt(theft.stolen), 8),
    count(theft.flows),
    count(theft.cashOuts),
    count(theft.swaps),
    theft.patterns.join(', '),
  ])
  return [
    facts([
      ['world', out],
      ['transactions', `${count(transactions)} in blocks ${count(blocks.first)} to ${count(blocks.last)} of regtest`],
      ['addresses', `${count(addresses)}, of which ${count(depositAddresses)} deposit addresses of ${count(exchanges)} exchanges`],
      [
        'CoinJoins',
        Object.entries(coinJoins)
          .map(([family, made]) => `${count(made)} ${family}`)
          .join(', ') || 'none',
      ],
      ['stale block', stale === null ? 'none' : `${stale.hash} (height ${count(stale.height)})`],
    ]),
    table(['theft', 'outputs', 'stolen BTC', 'flows', 'cash-outs', 'swaps', 'laundered by'], rows, [1, 2, 3, 4, 5]),
  ].join('\n\n')
}
