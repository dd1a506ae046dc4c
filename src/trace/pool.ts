import type { ColumnPools } from './amounts/pools.ts'
import type { PolicyName } from './document.ts'
import type { Parcel } from './parcel.ts'

/**
 * A pool holds value of one asset: an account, an unspent output, or a transaction while it runs. A movement takes value out of one
 * pool under the policy and puts it into another, in chain order. A policy is a way to take from a pool, and nothing else.
 */
export interface Pool {
  readonly balance: bigint
  /** Stolen part of the balance. */
  readonly stolen: bigint
  put(parcel: Parcel): void
  /** Take exactly `value`, at most the balance. */
  take(value: bigint): Parcel
  /** For policies that look ahead: what will be taken, in order, before anything else is put in. Called before the first `take` of a run. */
  plan?(outs: readonly bigint[]): void
}

export interface Policy {
  readonly name: PolicyName
  /** False for poison alone: every other policy neither creates nor loses stolen value. */
  readonly conserves: boolean
  /** True when `plan` must be called before the first `take` after each `put`. */
  readonly looksAhead: boolean
  /** An empty pool. */
  pool(): Pool
  /** The same policy on so many pools at once, in columns: for replays of a whole ledger. Left off by a policy that needs pools one by one. */
  readonly columns?: (pools: number) => ColumnPools
}
