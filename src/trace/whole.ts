import type { AccountId, Row, TransferBatch, Tx, ValueColumn } from '../ledger/index.ts'
import { replayColumns } from './amounts/replay.ts'
import { endOfTransaction, joinBatches, type Transfers } from './amounts/transfers.ts'
import { type AssetLegs, type Movement, netTransaction } from './netting.ts'
import { cleanParcel, mixedParcel, type Parcel } from './parcel.ts'
import type { Policy, Pool } from './pool.ts'

export interface WholeOptions {
  readonly policy: Policy
  /** The one asset that is replayed. */
  readonly asset: number
  /** Number of accounts in the ledger: ids are below it. */
  readonly accounts: number
  /** Stolen part of a transfer that stands alone in its transaction, by row; at most the transfer's value. */
  readonly theft: ReadonlyMap<Row, bigint>
}

/** Stolen value that moved, by transfer: parallel columns in chain order. */
export interface WholeResult {
  readonly tx: ArrayLike<Tx>
  readonly to: ArrayLike<AccountId>
  readonly stolen: ValueColumn
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
 *
 * Runs in columns where the policy has them and the asset's amounts fit, and else on pools: with the same result.
 *
 * @throws RangeError when a transfer is of another asset, or a theft is of more than its transfer
 */
export function replayWhole(batches: readonly TransferBatch[], options: WholeOptions): WholeResult {
  const { columns } = options.policy
  const fast = columns === undefined ? null : replayColumns(batches, columns, options)
  return fast ?? replayPools(batches, options)
}

/** The same replay on the pools of the policy, whatever the amounts: the plain reading of `replayWhole`. */
export function replayPools(batches: readonly TransferBatch[], options: WholeOptions): WholeResult {
  const { policy, asset, accounts, theft } = options
  const transfers = joinBatches(batches, asset)
  const values = valuesOf(batches)
  const pools = new Array<Pool | undefined>(accounts)
  const opening = openingBalances(transfers, values, asset, accounts)
  const outs = policy.looksAhead ? paymentRuns(transfers, values, asset, accounts) : null
  const planned = new Uint8Array(policy.looksAhead ? accounts : 0)
  const flows = { tx: [] as Tx[], to: [] as AccountId[], stolen: [] as bigint[] }

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
    flows.tx.push(tx)
    flows.to.push(account)
    flows.stolen.push(parcel.stolen)
  }
  const shared = (tx: Tx, { payers, receivers }: AssetLegs): void => {
    const parcels = payers.map(({ account, value }) => take(account, value))
    const [parcel] = parcels
    const [receiver] = receivers
    if (parcel !== undefined && receiver !== undefined && parcels.length === 1 && receivers.length === 1) {
      put(receiver.account, parcel, tx)
      return
    }
    const pool = policy.pool()
    for (const each of parcels) pool.put(each)
    pool.plan?.(receivers.map(({ value }) => value))
    for (const { account, value } of receivers) put(account, pool.take(value), tx)
  }
  for (let start = 0; start < transfers.length; ) {
    const end = endOfTransaction(transfers, start)
    const tx = transfers.tx[start] as Tx
    if (end === start + 1) {
      const from = transfers.from[start] as AccountId
      const to = transfers.to[start] as AccountId
      const value = values[start] as bigint
      if (from !== to && value !== 0n) {
        const parcel = take(from, value)
        const stolen = theft.size === 0 ? undefined : theft.get(transfers.row[start] as Row)
        if (stolen !== undefined && (stolen < 0n || stolen > value)) {
          throw new RangeError('the stolen part of a transfer is not between nothing and its value')
        }
        put(to, stolen === undefined ? parcel : mixedParcel(value, stolen), tx)
      }
    } else {
      for (const leg of netTransaction(movementsOf(transfers, values, asset, start, end))) shared(tx, leg)
    }
    start = end
  }
  const held = new Map<AccountId, bigint>()
  pools.forEach((pool, account) => {
    if (pool !== undefined && pool.stolen !== 0n) held.set(account, pool.stolen)
  })
  const { tx, to, stolen } = flows
  return { tx, to, stolen: { length: stolen.length, get: (i) => stolen[i] as bigint }, replayed: transfers.length, held }
}

function valuesOf(batches: readonly TransferBatch[]): bigint[] {
  const values: bigint[] = []
  for (const { value, length } of batches) for (let i = 0; i < length; i++) values.push(value.get(i))
  return values
}

function movementsOf({ from, to }: Transfers, values: readonly bigint[], asset: number, start: number, end: number): Movement[] {
  const movements: Movement[] = []
  for (let i = start; i < end; i++)
    movements.push({ from: from[i] as AccountId, to: to[i] as AccountId, asset, value: values[i] as bigint })
  return movements
}

function eachChange(
  transfers: Transfers,
  values: readonly bigint[],
  asset: number,
  visit: (account: AccountId, change: bigint) => void,
): void {
  const { from, to, length } = transfers
  for (let start = 0; start < length; ) {
    const end = endOfTransaction(transfers, start)
    if (end === start + 1) {
      const value = values[start] as bigint
      if (from[start] !== to[start] && value !== 0n) {
        visit(from[start] as AccountId, -value)
        visit(to[start] as AccountId, value)
      }
    } else {
      for (const leg of netTransaction(movementsOf(transfers, values, asset, start, end))) {
        for (const { account, value } of leg.payers) visit(account, -value)
        for (const { account, value } of leg.receivers) visit(account, value)
      }
    }
    start = end
  }
}

function openingBalances(transfers: Transfers, values: readonly bigint[], asset: number, accounts: number): (bigint | undefined)[] {
  const balance = new Array<bigint | undefined>(accounts)
  const opening = new Array<bigint | undefined>(accounts)
  eachChange(transfers, values, asset, (account, change) => {
    const after = (balance[account] ?? 0n) + change
    balance[account] = after
    if (after < 0n && -after > (opening[account] ?? 0n)) opening[account] = -after
  })
  return opening
}

/** What each account pays between two receipts, run by run. */
function paymentRuns(transfers: Transfers, values: readonly bigint[], asset: number, accounts: number): Map<AccountId, bigint[][]> {
  const runs = new Map<AccountId, bigint[][]>()
  const paying = new Uint8Array(accounts)
  eachChange(transfers, values, asset, (account, change) => {
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
