import type { AccountId, Row, TransferBatch, Tx } from '../ledger/index.ts'
import { type AssetLegs, netTransaction } from './netting.ts'
import { cleanParcel, mixedParcel, type Parcel } from './parcel.ts'
import type { Policy, Pool } from './pool.ts'

export interface WholeOptions {
  readonly policy: Policy
  /** The one asset that is replayed. */
  readonly asset: number
  /** Number of accounts in the ledger: ids are below it. */
  readonly accounts: number
  /** Stolen part of a transfer that stands alone in its transaction, by row. */
  readonly theft: ReadonlyMap<Row, bigint>
}

/** Stolen value that moved, by transfer: parallel columns in chain order. */
export interface WholeResult {
  readonly tx: Tx[]
  readonly to: AccountId[]
  readonly stolen: bigint[]
  /** Transfers of the asset that were replayed. */
  readonly replayed: number
  /** Stolen value that each account holds in the end; absent when none. */
  readonly held: ReadonlyMap<AccountId, bigint>
}

/**
 * Replay every transfer of one asset, with a pool for every account from the beginning: what a trace would find if nothing told it where to look. Needs the whole
 * ledger and memory for all of its accounts; it is the yardstick that the trace is tested against, and how the speed of a policy is measured.
 *
 * Opening balances are the least that keep accounts from going negative, and clean. No swaps, services or limits.
 */
export function replayWhole(batches: readonly TransferBatch[], options: WholeOptions): WholeResult {
  const { policy, asset, accounts, theft } = options
  const pools = new Array<Pool | undefined>(accounts)
  const opening = openingBalances(batches, asset, accounts)
  const outs = policy.looksAhead ? paymentRuns(batches, asset, accounts) : null
  const planned = new Uint8Array(policy.looksAhead ? accounts : 0)
  const result = { tx: [] as Tx[], to: [] as AccountId[], stolen: [] as bigint[], replayed: 0 }

  const poolOf = (account: AccountId): Pool => {
    let pool = pools[account]
    if (pool === undefined) {
      pool = policy.pool()
      const balance = opening[account]
      if (balance !== undefined && balance > 0n) pool.put(cleanParcel(balance))
      pools[account] = pool
    }
    return pool
  }
  const take = (account: AccountId, value: bigint): Parcel => {
    const pool = poolOf(account)
    if (outs !== null && planned[account] === 0) {
      pool.plan?.(outs.get(account)?.shift() ?? [])
      planned[account] = 1
    }
    return pool.take(value)
  }
  const put = (account: AccountId, parcel: Parcel, tx: Tx): void => {
    poolOf(account).put(parcel)
    if (outs !== null) planned[account] = 0
    if (parcel.stolen === 0n) return
    result.tx.push(tx)
    result.to.push(account)
    result.stolen.push(parcel.stolen)
  }
  const shared = (tx: Tx, leg: AssetLegs): void => {
    const pool = policy.pool()
    for (const { account, value } of leg.payers) pool.put(take(account, value))
    pool.plan?.(leg.receivers.map(({ value }) => value))
    for (const { account, value } of leg.receivers) put(account, pool.take(value), tx)
  }
  eachTransaction(batches, asset, (tx, batch, start, end) => {
    result.replayed += end - start
    if (end - start === 1) {
      const from = batch.from[start] as AccountId
      const to = batch.to[start] as AccountId
      const value = batch.value.get(start)
      if (from === to || value === 0n) return
      const parcel = take(from, value)
      const stolen = theft.size === 0 ? undefined : theft.get(batch.row[start] as Row)
      put(to, stolen === undefined ? parcel : mixedParcel(value, stolen), tx)
      return
    }
    for (const leg of netTransaction(movementsOf(batch, start, end))) shared(tx, leg)
  })
  const held = new Map<AccountId, bigint>()
  pools.forEach((pool, account) => {
    if (pool !== undefined && pool.stolen !== 0n) held.set(account, pool.stolen)
  })
  return { ...result, held }
}

/** Calls back for each transaction's transfers of the asset, which must stand together in one batch. */
function eachTransaction(
  batches: readonly TransferBatch[],
  asset: number,
  visit: (tx: Tx, batch: TransferBatch, start: number, end: number) => void,
): void {
  for (const batch of batches) {
    for (let start = 0; start < batch.length; ) {
      const tx = batch.tx[start] as Tx
      let end = start + 1
      while (end < batch.length && batch.tx[end] === tx) end++
      for (let i = start; i < end; i++) {
        if (batch.asset[i] !== asset) throw new RangeError('a whole replay takes transfers of one asset')
      }
      visit(tx, batch, start, end)
      start = end
    }
  }
}

function movementsOf(batch: TransferBatch, start: number, end: number): { from: number; to: number; asset: number; value: bigint }[] {
  const movements = []
  for (let i = start; i < end; i++) {
    movements.push({ from: batch.from[i] as number, to: batch.to[i] as number, asset: batch.asset[i] as number, value: batch.value.get(i) })
  }
  return movements
}

function eachChange(batches: readonly TransferBatch[], asset: number, visit: (account: AccountId, change: bigint) => void): void {
  eachTransaction(batches, asset, (_tx, batch, start, end) => {
    for (const leg of netTransaction(movementsOf(batch, start, end))) {
      for (const { account, value } of leg.payers) visit(account, -value)
      for (const { account, value } of leg.receivers) visit(account, value)
    }
  })
}

function openingBalances(batches: readonly TransferBatch[], asset: number, accounts: number): (bigint | undefined)[] {
  const balance = new Array<bigint | undefined>(accounts)
  const opening = new Array<bigint | undefined>(accounts)
  eachChange(batches, asset, (account, change) => {
    const after = (balance[account] ?? 0n) + change
    balance[account] = after
    if (after < 0n && -after > (opening[account] ?? 0n)) opening[account] = -after
  })
  return opening
}

/** What each account pays between two receipts, run by run. */
function paymentRuns(batches: readonly TransferBatch[], asset: number, accounts: number): Map<AccountId, bigint[][]> {
  const runs = new Map<AccountId, bigint[][]>()
  const paying = new Uint8Array(accounts)
  eachChange(batches, asset, (account, change) => {
    if (change > 0n) {
      paying[account] = 0
      return
    }
    const list = runs.get(account) ?? []
    if (paying[account] === 0) list.push([])
    paying[account] = 1
    list.at(-1)?.push(-change)
    runs.set(account, list)
  })
  return runs
}
