import type { Exchange } from '../cast.ts'
import { fillHot, lowDigits, pay, type World, worth } from '../world.ts'

/** An amount as the balances keep it (see SimulatedAsset). */
export interface Amount {
  readonly hi: number
  readonly lo: number
}

/** A few users do much, many do little: Zipf's law over the crowd, flattened at its top. */
export function busyUser(w: World): number {
  return w.cast.firstUser + w.random.zipf(w.sizes.users, 5)
}

export function anyUser(w: World): number {
  return w.random.next() & 1 ? busyUser(w) : w.cast.firstUser + w.random.below(w.sizes.users)
}

/** Whoever acts next, with the asset at hand: mostly someone who received of late. */
export function actor(w: World): { readonly account: number; readonly asset: number } {
  if ((w.random.next() & 7) < 5) {
    const at = w.receivers.draw(w.random)
    if (at >= 0) return { account: w.receivers.a[at]!, asset: w.receivers.b[at]! }
  }
  return { account: busyUser(w), asset: w.assetTable[w.random.next() & 1023]! }
}

export function received(w: World, account: number, asset: number): void {
  w.receivers.push(account, asset, 0)
}

/** What an account gives away now, at most all that it holds; null when that is not worth half a dollar. */
export function spend(w: World, account: number, asset: number, dollars: number): Amount | null {
  const hi = w.balances.hi(account, asset)
  if (hi < worth(w, asset, 0.5)) return null
  const wanted = worth(w, asset, dollars)
  // Quiet accounts spend all or nearly all of what they got.
  if (wanted >= hi || (w.random.next() & 7) < 2) return { hi, lo: w.balances.lo(account, asset) }
  return { hi: Math.max(1, wanted), lo: lowDigits(w, asset) }
}

/** Same exchange for the same user, always; the first exchanges have most customers. */
export function exchangeOf(w: World, account: number): Exchange {
  const x = (Math.imul(account ^ 0x5bd1e995, 0x85eb_ca6b) >>> 0) / 4294967296
  return w.cast.exchanges[Math.floor(w.cast.exchanges.length * x * x)]!
}

export function exchangeAt(w: World, index: number): Exchange {
  return w.cast.exchanges[index] ?? w.cast.instants[index - w.cast.exchanges.length]!
}

export function hotOf(w: World, exchange: Exchange): number {
  return exchange.hots[w.random.below(exchange.hots.length)]!
}

/** An exchange pays a customer. At most three transfers. */
export function withdraw(w: World, account: number, asset: number, dollars: number): void {
  const exchange = exchangeOf(w, account)
  const hot = hotOf(w, exchange)
  const hi = Math.max(1, worth(w, asset, dollars))
  fillHot(w, exchange, hot, asset, hi)
  pay(w, hot, account, asset, hi, lowDigits(w, asset))
  received(w, account, asset)
}

export function withdrawal(w: World): void {
  withdraw(w, anyUser(w), w.assetTable[w.random.next() & 1023]!, w.random.heavy(20, 600, 16))
}

/** Sees to it that an honest account can pay `hi`, out of its exchange. */
export function provide(w: World, account: number, asset: number, hi: number): void {
  if (w.balances.hi(account, asset) > hi) return
  const exchange = exchangeOf(w, account)
  const hot = hotOf(w, exchange)
  fillHot(w, exchange, hot, asset, hi + 1)
  pay(w, hot, account, asset, hi + 1, lowDigits(w, asset))
}
