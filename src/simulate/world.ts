import { baseUnits, createAssets, type SimulatedAsset, weightTable } from './assets.ts'
import { type Balances, createBalances } from './balances.ts'
import { type Cast, createCast, type Exchange } from './cast.ts'
import { createDeposits, type Deposits } from './deposits.ts'
import { ACCOUNTS, createNames, lookAlikeKey, type Names, NULL_ACCOUNT } from './names.ts'
import { createQueue, type Queue } from './queue.ts'
import { createRandom, type Random } from './random.ts'
import { createRecent, type Recent } from './recent.ts'
import type { Sizes } from './sizes.ts'
import { createColumns, type TransferColumns } from './tape.ts'
import type { PoisoningPair, TheftTruth } from './truth.ts'

/** First block, and its time in seconds since 1970 (2023-04-08 04:26:40 UTC); a block lasts 12 seconds. */
export const FIRST_BLOCK = 17_000_000
export const FIRST_TIME = 1_680_928_000
export const BLOCK_SECONDS = 12

/** Everything that changes while a world is made. Functions in `honest/` and `theft/` act on it. */
export interface World {
  readonly sizes: Sizes
  readonly names: Names
  readonly assets: readonly SimulatedAsset[]
  readonly assetTable: Uint8Array
  readonly cast: Cast
  readonly random: Random
  readonly balances: Balances
  readonly queue: Queue
  readonly deposits: Deposits
  /** Who received of late: they are who pays next. */
  readonly receivers: Recent
  /** Who paid whom of late: what poisoners read. */
  readonly payments: Recent
  readonly thefts: TheftTruth[]
  readonly theftOfDeposit: Map<number, TheftTruth>
  readonly poisoning: PoisoningPair[]
  readonly fakeSupply: Float64Array
  columns: TransferColumns
  /** Transfers made so far. */
  emitted: number
  /** Blocks since the first, of the transaction being made. */
  block: number
  lastBlock: number
  lastLog: number
  /** Ordinal of the transaction being made; -1 before the first. */
  transaction: number
  nextAccount: number
}

export function createWorld(seed: string, sizes: Sizes): World {
  const names = createNames(seed)
  const assets = createAssets(sizes, names, createRandom(`${seed}:assets`))
  const cast = createCast(sizes, assets, createRandom(`${seed}:cast`))
  return {
    sizes,
    names,
    assets,
    assetTable: weightTable(assets),
    cast,
    random: createRandom(`${seed}:honest`),
    balances: createBalances(sizes.transfers * 0.4),
    queue: createQueue(),
    deposits: createDeposits(cast.next),
    receivers: createRecent(4096),
    payments: createRecent(1024),
    thefts: [],
    theftOfDeposit: new Map(),
    poisoning: [],
    fakeSupply: new Float64Array(assets.length),
    columns: createColumns(),
    emitted: 0,
    block: 0,
    lastBlock: 0,
    lastLog: 0,
    transaction: -1,
    nextAccount: cast.next,
  }
}

export function newAccount(w: World): number {
  if (w.nextAccount >= ACCOUNTS - 1) throw new Error('a simulated world holds at most 2^26 accounts')
  return w.nextAccount++
}

/** A fresh account whose address is made to look like that of another. */
export function newLookAlike(w: World, imitated: number): number {
  return lookAlikeKey(imitated % ACCOUNTS, newAccount(w))
}

export function remaining(w: World): number {
  return w.sizes.transfers - w.emitted
}

/** Begins the next transaction, in the current block. */
export function begin(w: World): void {
  w.transaction += 1
  if (w.block !== w.lastBlock) {
    w.lastBlock = w.block
    w.lastLog = -1
  }
}

/**
 * Moves value inside the current transaction. Whoever pays must hold it; the null address mints.
 * `from` and `to` are keys; a look-alike keeps its balance under its own number.
 */
export function move(w: World, from: number, to: number, asset: number, hi: number, lo: number): void {
  const kind = w.assets[asset]!
  const payer = from < ACCOUNTS ? from : from % ACCOUNTS
  if (payer !== NULL_ACCOUNT && !w.balances.take(payer, asset, hi, lo, kind.loLimit))
    throw new Error(`account ${payer} cannot pay ${hi}/${lo} of ${kind.symbol} in transaction ${w.transaction}`)
  w.balances.add(to < ACCOUNTS ? to : to % ACCOUNTS, asset, hi, lo, kind.loLimit)
  const columns = w.columns
  const at = columns.length++
  // Other events of a transaction use up log indexes too: leave gaps, as real blocks have.
  w.lastLog += 1 + ((w.emitted & 3) === 3 ? 1 : 0)
  columns.block[at] = FIRST_BLOCK + w.block
  columns.logIndex[at] = w.lastLog
  columns.transaction[at] = w.transaction
  columns.from[at] = from
  columns.to[at] = to
  columns.asset[at] = asset
  columns.hi[at] = hi
  columns.lo[at] = lo
  w.emitted += 1
}

/** One transfer, a transaction of its own. */
export function pay(w: World, from: number, to: number, asset: number, hi: number, lo: number): void {
  begin(w)
  move(w, from, to, asset, hi, lo)
}

/** Sees to it that an account holds at least `hi` whole millionths: where it does not, ten times as much is minted to it. */
export function mintIfShort(w: World, account: number, asset: number, hi: number): void {
  if (w.balances.hi(account, asset) > hi) return
  pay(w, NULL_ACCOUNT, account, asset, hi * 10 + 1, 0)
}

/** Sees to it that a hot wallet can pay `hi`, out of the exchange's cold wallet. At most two transfers. */
export function fillHot(w: World, exchange: Exchange, hot: number, asset: number, hi: number): void {
  if (w.balances.hi(hot, asset) > hi) return
  const amount = hi * 5 + 1
  mintIfShort(w, exchange.cold, asset, amount)
  pay(w, exchange.cold, hot, asset, amount, 0)
}

/** Base units below a millionth: every digit of an 18-decimal token is in use, as on a real chain. */
export function lowDigits(w: World, asset: number): number {
  const limit = w.assets[asset]!.loLimit
  return limit === 1 ? 0 : w.random.below(limit)
}

/** Millionths of the asset that so many dollars buy. */
export function worth(w: World, asset: number, dollars: number): number {
  return Math.floor(dollars * w.assets[asset]!.perDollar)
}

/** `hi` of one asset as `hi` of another at the market's price, less `cost` parts in 100,000. */
export function exchanged(w: World, from: number, hi: number, to: number, cost: number): number {
  return Math.floor(((hi / w.assets[from]!.perDollar) * w.assets[to]!.perDollar * (100_000 - cost)) / 100_000)
}

export function drawAsset(w: World): number {
  return w.assetTable[w.random.next() & 1023]!
}

export function amountOf(w: World, asset: number, hi: number, lo: number): bigint {
  return baseUnits(w.assets[asset]!, hi, lo)
}
