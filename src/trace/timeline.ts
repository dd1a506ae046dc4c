import type { Row } from '../ledger/index.ts'
import type { History } from './history.ts'

/**
 * Balance changes of one account in one asset, netted by transaction, in the order of the replay. `step` is the transaction's ordinal, negated
 * when the replay runs backward, so that it always rises.
 */
export interface Timeline {
  readonly step: readonly number[]
  readonly change: readonly bigint[]
  /** First entry of the history that belongs to the event. */
  readonly entry: readonly number[]
  /** What the account held before the first event of the replay: forward, the least that keeps it from ever going negative; backward, what is left at the end. */
  readonly opening: bigint
  /** What it must have held before the ledger begins, whichever way the replay runs. */
  readonly before: bigint
}

/** Build the timeline of `asset` from an account's history. Rows that `leftOut` names are as if they had not happened. */
export function timelineOf(history: History, asset: number, direction: 1 | -1, leftOut: ReadonlySet<Row> | null): Timeline {
  const step: number[] = []
  const change: bigint[] = []
  const entry: number[] = []
  let lowest = 0n
  let balance = 0n
  const { account } = history
  const n = history.row.length
  let i = 0
  while (i < n) {
    const tx = history.tx[i] as number
    const firstEntry = i
    let net = 0n
    for (; i < n && history.tx[i] === tx; i++) {
      if (history.asset[i] !== asset || leftOut?.has(history.row[i] as number) === true) continue
      const value = history.value[i] as bigint
      if (history.to[i] === account) net += value
      if (history.from[i] === account) net -= value
    }
    if (net === 0n) continue
    step.push(tx)
    change.push(net)
    entry.push(firstEntry)
    balance += net
    if (balance < lowest) lowest = balance
  }
  const before = -lowest
  if (direction === 1) return { step, change, entry, opening: before, before }
  return {
    step: step.map((tx) => -tx).reverse(),
    change: change.map((net) => -net).reverse(),
    entry: entry.reverse(),
    opening: before + balance,
    before,
  }
}
