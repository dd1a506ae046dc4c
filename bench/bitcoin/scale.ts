import { writeFileSync } from 'node:fs'
import { machine, median } from '../rows.ts'
import type { Imported } from './ledger.ts'

/** The whole chain, as planned for: transactions and inputs (BlockSci's successors and public explorers agree to two digits in 2026), outputs, and locking scripts ever seen. */
const CHAIN = { transactions: 1.3e9, inputs: 3.5e9, outputs: 3.7e9, accounts: 1.4e9, blocks: 960_000, bytes: 800e9 }

export interface Measured {
  readonly imported: readonly Imported[]
  readonly two: readonly Imported[]
  /** Seconds of clustering the same chain. */
  readonly clustering: number
  /** Of its transactions, those that were left out as CoinJoins. */
  readonly collaborative: number
}

/** Writes docs/scale.md: what was measured on a small chain, and what follows from it for the whole one. */
export function writeScale({ imported, two, clustering, collaborative }: Measured): void {
  const [one] = imported as [Imported]
  const seconds = median(imported.map((run) => run.seconds))
  const both = median(two.map((run) => run.seconds))
  const perMillion = (seconds * 1e6) / one.transactions
  const bothPerMillion = (both * 1e6) / one.transactions
  const hours = (perMillionSeconds: number): string => ((perMillionSeconds * CHAIN.transactions) / 1e6 / 3600).toFixed(1)
  // By column, from the layout: what grows with transactions, inputs, outputs and accounts.
  const columns = [
    ['transactions', CHAIN.transactions, 32 + 6 + 4 * 3 + 4 + 4 + 1],
    ['inputs', CHAIN.inputs, 4],
    ['outputs', CHAIN.outputs, 8 + 4 + 4 + 4],
    ['accounts', CHAIN.accounts, 36 + 6 + 4 + 4],
  ] as const
  const disk = columns.reduce((sum, [, n, bytes]) => sum + n * bytes, 0)
  const text = `# The whole Bitcoin chain on one machine: the plan

Written by \`npm run bench -- index\`; do not edit. The plan was made for a chain of ${figure(CHAIN.transactions)} transactions, ${figure(CHAIN.inputs)} inputs, ${figure(CHAIN.outputs)} outputs,
${figure(CHAIN.accounts)} locking scripts and ${figure(CHAIN.bytes / 1e9)} GB of blk*.dat. Nobody has run it: the chain is not at hand here, and what is extrapolated says so.

## Measured

On ${machine()}, ${figure(one.transactions)} simulated transactions (${figure(one.inputs)} inputs, ${figure(one.outputs)} outputs, ${figure(one.accounts)} scripts, ${figure(one.bytes / 1e6)} MB of block files):

| what | measured |
|---|---:|
| seconds per million transactions, one core | ${perMillion.toFixed(2)} |
| seconds per million transactions, two cores | ${bothPerMillion.toFixed(2)} |
| bytes of ledger per input, everything counted | ${(one.size / one.inputs).toFixed(1)} |
| bytes of ledger per transaction | ${(one.size / one.transactions).toFixed(1)} |
| peak memory of the import per transaction, this process's code counted | ${Math.round(one.peak / one.transactions)} |
| inputs clustered a second, from the mapped ledger; ${figure(collaborative)} CoinJoins, each looked at closely, take most of the time here and are far fewer on the chain (see benchmarks) | ${figure(one.inputs / clustering)} |

## What follows for the whole chain

| part | each | number | bytes |
|---|---:|---:|---:|
${columns.map(([name, n, bytes]) => `| ${name} | ${bytes} | ${figure(n)} | ${figure((n * bytes) / 1e9)} GB |`).join('\n')}
| together, without OP_RETURN data and scripts that have no address | | | ${figure(disk / 1e9)} GB |

- **Time** (extrapolated): ${hours(perMillion)} hours on one core, ${hours(bothPerMillion)} on two, if the tables stay in memory; reading ${figure(CHAIN.bytes / 1e9)} GB at 500 MB/s alone takes ${(CHAIN.bytes / 500e6 / 3600).toFixed(1)} hours.
- **Memory is what does not fit.** The import keeps every transaction id (32 bytes and 12 to 24 of table) and every script key (36 and 12 to 24), and 8 bytes an output: about ${figure((CHAIN.transactions * 50 + CHAIN.accounts * 54 + CHAIN.outputs * 8) / 1e9)} GB for the whole chain, where this machine has 24 GiB. So:
  1. *Import in parts.* \`cordon ledger import\` with the first 150 million transactions, then \`ledger append\` for each further part: a part keeps only its own tables, and looks up what came before in the mapped indexes of the earlier segments (6 bytes a key, one or two page reads a look-up). At ${figure(CHAIN.transactions / 150e6)} parts no part needs more than ${figure((150e6 * 50 + 160e6 * 54 + 430e6 * 8) / 1e9)} GB. Merging of segments has to be held back meanwhile (it would read them again).
  2. *Unspent outputs in memory.* Nine in ten inputs spend an output that is still in a table of unspent ones; about 100 million transactions have any at one time, which is ${figure((100e6 * 56) / 1e9)} GB. Ids of spent-out transactions can leave the table. Not built.
- **Limits of the form on disk**: outputs are numbered in 32 bits from below, and outputs from before the ledger from above; ${figure(CHAIN.outputs)} fit, 4.29·10⁹ is the end. Transfers are numbered in 32 bits within a segment, so the chain needs at least two segments. Both are checked, and refused with \`ledger/too-large\`.
- **Clustering**: 4 bytes an account, ${figure((CHAIN.accounts * 4) / 1e9)} GB, plus the mapped columns of inputs and accounts; at the rate above ${figure(CHAIN.inputs / (one.inputs / clustering) / 60)} minutes (extrapolated; once the columns no longer fit in memory the disk decides).
- **Traces** read the transactions that they pass and nothing else: two look-ups for each output, whatever the size of the chain.
`
  writeFileSync(new URL('../../docs/scale.md', import.meta.url), text)
}

function figure(value: number): string {
  if (value >= 1e8) return `${(value / 1e9).toLocaleString('en-US', { maximumSignificantDigits: 3 })}·10⁹`
  return value.toLocaleString('en-US', { maximumSignificantDigits: value < 1000 ? 3 : 4 })
}
