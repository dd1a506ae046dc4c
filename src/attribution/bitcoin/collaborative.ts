import type { BitcoinTransaction } from '../../ledger/index.ts'
import { detectCoinJoin } from './coinjoin/index.ts'
import { spendableOutputs, type TransactionShape } from './shape.ts'

/** Two equal outputs happen by chance. */
const LEAST_EQUAL = 3

/**
 * Whether several parties may have made a transaction together: a CoinJoin of a known family, or anything in the shape of one. Wider than the detectors, which name a
 * family: what is left out here by mistake costs a cluster some members; what is let in joins strangers for good.
 */
export function isCollaborative(tx: BitcoinTransaction): boolean {
  return hasEqualShares(tx) || detectCoinJoin(tx)?.collaborative === true
}

/**
 * The shape of any CoinJoin with equal outputs: at least three of one value, to different accounts; at most one more output for each of these; and at least as many accounts
 * that pay in (BlockSci's `is_coinjoin`; Goldfeder, Kalodner, Reisman, Narayanan, "When the cookie meets the blockchain", 2018).
 */
export function hasEqualShares(tx: TransactionShape): boolean {
  const spendable = spendableOutputs(tx)
  if (tx.inputs.length < LEAST_EQUAL || spendable.length < LEAST_EQUAL) return false
  const paid = new Map<bigint, Set<number>>()
  let equal = 0
  for (const index of spendable) {
    const { value, account, output } = tx.outputs[index] as (typeof tx.outputs)[number]
    if (value === null) continue
    const accounts = paid.get(value) ?? new Set<number>()
    paid.set(value, accounts)
    // One that is not known counts as different from all others: outputs have negative numbers here.
    accounts.add(account ?? -1 - output)
    if (accounts.size > equal) equal = accounts.size
  }
  if (equal < LEAST_EQUAL || spendable.length > 2 * equal) return false
  return new Set(tx.inputs.map(({ account, output }) => account ?? -1 - output)).size >= equal
}
