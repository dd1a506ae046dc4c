import { setImmediate } from 'node:timers/promises'
import type { Work } from '../../../chain/index.ts'
import { ABSENT, type AccountId, type BitcoinColumns, type BitcoinTable, type OutputId } from '../../../ledger/index.ts'

/**
 * Whether several parties made transaction k of a run together, as a CoinJoin: its inputs say nothing of who owns them. Asked only of transactions that would join
 * clusters, some millions of times on a whole chain.
 */
export type CollaborativeTest = (table: BitcoinTable, run: BitcoinColumns, k: number) => boolean

/** Transactions between two looks at the caller's wish to stop: some 50 ms. */
const SLICE = 262_144

/** Visit all transactions in chain order, in slices, and give way to the event loop between them. `slice` returns true when it has seen enough. */
export async function walk(
  table: BitcoinTable,
  phase: string,
  work: Work,
  slice: (run: BitcoinColumns, from: number, to: number) => boolean,
): Promise<void> {
  let done = 0
  for (const run of table.runs) {
    for (let from = 0; from < run.transactions; from += SLICE) {
      work.signal?.throwIfAborted()
      const to = Math.min(from + SLICE, run.transactions)
      if (slice(run, from, to)) return
      done += to - from
      work.progress?.({ phase, done, total: table.transactions, unit: 'transactions' })
      await setImmediate()
    }
  }
}

/** Account that an input spends from. Most outputs are spent within their run, whose column is at hand. */
export function inputAccount(table: BitcoinTable, run: BitcoinColumns, input: number): AccountId {
  const output = run.inOutput[input] as OutputId
  const near = output - run.firstOutput
  return near >= 0 && near < run.outputs ? (run.outAccount[near] as AccountId) : table.accountOf(output)
}

/** Different accounts that transaction k spends from, as far as they are known, in order of first appearance. */
export function inputAccounts(table: BitcoinTable, run: BitcoinColumns, k: number): AccountId[] {
  const accounts = new Set<AccountId>()
  for (let i = run.txIn[k] as number; i < (run.txIn[k + 1] as number); i++) {
    const account = inputAccount(table, run, i)
    if (account !== ABSENT) accounts.add(account)
  }
  return [...accounts]
}
