import type { Pool, Service } from '../cast.ts'
import { begin, exchanged, lowDigits, mintIfShort, move, type World, worth } from '../world.ts'
import { type Amount, actor, anyUser, provide, received, spend, withdraw } from './people.ts'

/** What the pool gives for an amount: the market's price, less its fee and some slippage. */
function quote(w: World, pool: Pool, asset: number, hi: number): { readonly asset: number; readonly hi: number } {
  const other = pool.a === asset ? pool.b : pool.a
  return { asset: other, hi: Math.max(1, exchanged(w, asset, hi, other, 300 + w.random.below(400))) }
}

export function poolFor(w: World, asset: number): Pool {
  const pools = w.cast.poolsOf[asset]!
  return pools[w.random.below(pools.length)]!
}

/** What came out of a swap, and the transaction's last hand before the receiver. */
export interface SwapResult {
  readonly asset: number
  readonly amount: Amount
  /** First receiver of the given asset, and giver of the new one. */
  readonly into: number
  readonly outOf: number
}

/** payer -> pool, pool -> receiver in one transaction. */
export function swapThroughPool(w: World, payer: number, to: number, asset: number, amount: Amount, pool: Pool): SwapResult {
  const got = quote(w, pool, asset, amount.hi)
  const lo = lowDigits(w, got.asset)
  mintIfShort(w, pool.account, got.asset, got.hi)
  begin(w)
  move(w, payer, pool.account, asset, amount.hi, amount.lo)
  move(w, pool.account, to, got.asset, got.hi, lo)
  return { asset: got.asset, amount: { hi: got.hi, lo }, into: pool.account, outOf: pool.account }
}

/** payer -> router -> pool -> router (-> second pool -> router) -> receiver in one transaction. */
export function swapThroughRouter(
  w: World,
  payer: number,
  to: number,
  asset: number,
  amount: Amount,
  router: Service,
  pool: Pool,
): SwapResult {
  const first = quote(w, pool, asset, amount.hi)
  const firstLo = lowDigits(w, first.asset)
  mintIfShort(w, pool.account, first.asset, first.hi)
  const second = w.random.oneIn(3) ? poolFor(w, first.asset) : null
  const onward = second !== null && second !== pool ? quote(w, second, first.asset, first.hi) : null
  const twoHops = second !== null && onward !== null && onward.asset !== asset
  if (twoHops) mintIfShort(w, second.account, onward.asset, onward.hi)
  const at = router.account
  begin(w)
  move(w, payer, at, asset, amount.hi, amount.lo)
  move(w, at, pool.account, asset, amount.hi, amount.lo)
  move(w, pool.account, at, first.asset, first.hi, firstLo)
  if (!twoHops) {
    move(w, at, to, first.asset, first.hi, firstLo)
    return { asset: first.asset, amount: { hi: first.hi, lo: firstLo }, into: at, outOf: at }
  }
  const lo = lowDigits(w, onward.asset)
  move(w, at, second.account, first.asset, first.hi, firstLo)
  move(w, second.account, at, onward.asset, onward.hi, lo)
  move(w, at, to, onward.asset, onward.hi, lo)
  return { asset: onward.asset, amount: { hi: onward.hi, lo }, into: at, outOf: at }
}

/** Someone swaps; one swap in twelve delivers to someone else. */
export function swap(w: World, routed: boolean): void {
  const { account, asset } = actor(w)
  const amount = spend(w, account, asset, w.random.heavy(40, 580, 14))
  if (amount === null) {
    withdraw(w, account, asset, w.random.heavy(40, 600, 14))
    return
  }
  const to = w.random.oneIn(12) ? anyUser(w) : account
  const pool = poolFor(w, asset)
  const router = w.cast.routers[w.random.below(w.cast.routers.length)]!
  const result = routed
    ? swapThroughRouter(w, account, to, asset, amount, router, pool)
    : swapThroughPool(w, account, to, asset, amount, pool)
  received(w, to, result.asset)
}

/** A bot trades over two pools at once; the first pays straight into the second. */
export function arbitrage(w: World): void {
  const bot = w.cast.bots[w.random.below(w.cast.bots.length)]!
  const asset = w.random.below(4)
  const hi = worth(w, asset, w.random.heavy(500, 500, 8))
  const first = poolFor(w, asset)
  const middle = quote(w, first, asset, hi)
  const second = poolFor(w, middle.asset)
  if (second === first) {
    swap(w, false)
    return
  }
  const last = quote(w, second, middle.asset, middle.hi)
  provide(w, bot, asset, hi)
  mintIfShort(w, first.account, middle.asset, middle.hi)
  mintIfShort(w, second.account, last.asset, last.hi)
  begin(w)
  move(w, bot, first.account, asset, hi, lowDigits(w, asset))
  move(w, first.account, second.account, middle.asset, middle.hi, lowDigits(w, middle.asset))
  move(w, second.account, bot, last.asset, last.hi, lowDigits(w, last.asset))
}
