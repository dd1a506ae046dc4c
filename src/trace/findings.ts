import type { AccountId, Tx } from '../ledger/index.ts'
import type { NotFollowedReason } from './document.ts'

/** Stolen value that passed between two accounts, in ledger numbers. */
export interface FlowRecord {
  readonly tx: Tx
  readonly from: AccountId
  readonly to: AccountId
  readonly asset: number
  readonly amount: bigint
  readonly value: bigint
  readonly depth: number
}

export interface SwapRecord {
  readonly tx: Tx
  readonly account: AccountId
  readonly via: AccountId
  readonly to: AccountId
  readonly gave: { readonly asset: number; readonly stolen: bigint; readonly value: bigint }
  readonly got: { readonly asset: number; readonly stolen: bigint; readonly value: bigint }
}

/** Stolen value that arrived somewhere and was not followed on from there. */
export interface ArrivalRecord {
  readonly account: AccountId
  readonly asset: number
  amount: bigint
  arrivals: number
  readonly txs: Tx[]
  firstTx: Tx
  lastTx: Tx
}

/** Sums by asset for the conservation line. */
export class Totals {
  readonly #byAsset = new Map<number, bigint>()

  add(asset: number, amount: bigint): void {
    this.#byAsset.set(asset, (this.#byAsset.get(asset) ?? 0n) + amount)
  }

  of(asset: number): bigint {
    return this.#byAsset.get(asset) ?? 0n
  }

  assets(): number[] {
    return [...this.#byAsset.keys()]
  }
}

export function conversionKey(tx: Tx, account: AccountId): string {
  return `${tx}/${account}`
}

const KEPT_TRANSACTIONS = 20

/** All that a replay writes down while it runs. */
export class Findings {
  readonly flows: FlowRecord[] = []
  readonly swaps: SwapRecord[] = []
  /** Who converted stolen value into another asset in which transaction: see `conversionKey`. */
  readonly conversions = new Set<string>()
  /** Who took stolen value in to pass it on as another asset, in which transaction, and what was paid was not matched with it: it has not arrived, in the bounds neither. */
  readonly unmatched = new Set<string>()
  readonly seeded = new Totals()
  readonly swappedOut = new Totals()
  readonly swappedIn = new Totals()
  roundedSwaps = 0
  transactionsReplayed = 0
  readonly #services = new Map<string, ArrivalRecord>()
  readonly #notFollowed = new Map<string, ArrivalRecord & { readonly reason: NotFollowedReason }>()

  /** Stolen value reached a service, where the trace stops. */
  arrived(account: AccountId, asset: number, amount: bigint, tx: Tx): void {
    const key = `${account}/${asset}`
    let record = this.#services.get(key)
    if (record === undefined) {
      record = { account, asset, amount: 0n, arrivals: 0, txs: [], firstTx: tx, lastTx: tx }
      this.#services.set(key, record)
    }
    note(record, amount, tx)
  }

  leftUnfollowed(account: AccountId, asset: number, amount: bigint, tx: Tx, reason: NotFollowedReason): void {
    const key = `${account}/${asset}/${reason}`
    let record = this.#notFollowed.get(key)
    if (record === undefined) {
      record = { account, asset, amount: 0n, arrivals: 0, txs: [], firstTx: tx, lastTx: tx, reason }
      this.#notFollowed.set(key, record)
    }
    note(record, amount, tx)
  }

  get services(): readonly ArrivalRecord[] {
    return [...this.#services.values()]
  }

  get notFollowed(): readonly (ArrivalRecord & { readonly reason: NotFollowedReason })[] {
    return [...this.#notFollowed.values()]
  }
}

function note(record: ArrivalRecord, amount: bigint, tx: Tx): void {
  record.amount += amount
  record.arrivals += 1
  if (tx < record.firstTx) record.firstTx = tx
  if (tx > record.lastTx) record.lastTx = tx
  if (record.txs.length < KEPT_TRANSACTIONS && record.txs.at(-1) !== tx) record.txs.push(tx)
}
