import type { AddressNumber } from '../addresses.ts'
import type { Exchange } from '../cast.ts'
import { feeRate, pay, sizeOf } from '../paying.ts'
import { type BitcoinWorld, type Coin, lockTimeOf, newAddress, receivingAddress, type Sent, send, total, type Wallet } from '../world.ts'
import { anyUser, userWith } from './people.ts'

/** Deposits that one consolidation takes in at most. */
const WIDEST = 120

/** The first exchanges have most customers. */
export function drawExchange(w: BitcoinWorld): Exchange {
  return w.cast.exchanges[w.random.zipf(w.cast.exchanges.length, 0)]!
}

/** A fresh deposit address of an exchange for a customer. */
export function newDeposit(w: BitcoinWorld, exchange: Exchange, customer: Wallet): AddressNumber {
  const address = newAddress(w, exchange.deposits)
  w.deposits.push({ address, exchange: exchange.index, customer: customer.owner })
  return address
}

/** The address at which a customer deposits: one for each exchange, for good. */
export function depositFor(w: BitcoinWorld, exchange: Exchange, customer: Wallet): AddressNumber {
  const key = customer.number * 64 + exchange.index
  const known = w.depositOf.get(key)
  if (known !== undefined) return known
  const made = newDeposit(w, exchange, customer)
  w.depositOf.set(key, made)
  return made
}

/** A customer pays into an account. */
export function deposit(w: BitcoinWorld): void {
  const merchant = w.random.oneIn(5)
  const customer = merchant ? w.cast.merchants[w.random.below(w.cast.merchants.length)]! : userWith(w, w.sizes.unit)
  if (customer === null || total(customer.coins) < w.sizes.unit) return
  // People keep to one exchange, mostly.
  const exchange = w.random.oneIn(5) ? drawExchange(w) : homeOf(w, customer)
  const share = merchant ? 0.9 : 0.2 + 0.7 * w.random.unit()
  pay(w, customer, [{ address: depositFor(w, exchange, customer), value: Math.floor(total(customer.coins) * share) }])
}

/** The exchange that a customer prefers; the first ones have most. */
function homeOf({ cast: { exchanges } }: BitcoinWorld, customer: Wallet): Exchange {
  const spread = (customer.number * 0.618_034) % 1
  return exchanges[Math.floor(spread * spread * exchanges.length)]!
}

/** Customers are paid out, many in one transaction. */
export function withdraw(w: BitcoinWorld): void {
  const exchange = drawExchange(w)
  const count = w.random.oneIn(3) ? 1 : 1 + w.random.below(12) + (w.random.oneIn(4) ? w.random.below(30) : 0)
  const held = total(exchange.hot.coins)
  const payments: { address: number; value: number }[] = []
  let sum = 0
  for (let k = 0; k < count; k++) {
    const value = Math.floor(w.random.heavy(w.sizes.unit, 560, 10))
    // A hot wallet is not emptied by one batch.
    if (sum + value > held / 3) break
    sum += value
    payments.push({ address: receivingAddress(w, anyUser(w)), value: w.random.oneIn(3) ? value - (value % 10_000) : value })
  }
  if (payments.length === 0) refill(w, exchange)
  else pay(w, exchange.hot, payments)
}

/** Empties deposit addresses into the hot wallet: many inputs, one output. */
export function consolidate(w: BitcoinWorld): void {
  const { exchanges } = w.cast
  let fullest = exchanges[0]!
  for (const each of exchanges) if (each.deposits.coins.length > fullest.deposits.coins.length) fullest = each
  if (w.random.oneIn(3)) fullest = exchanges[w.random.below(exchanges.length)]!
  if (fullest.deposits.coins.length > 0) sweep(w, fullest)
}

/** Sweeps the oldest deposits of an exchange. */
export function sweep(w: BitcoinWorld, exchange: Exchange): void {
  const { coins } = exchange.deposits
  const taken = coins.splice(0, 5 + w.random.below(WIDEST - 5))
  const to = exchange.hotAddresses[w.random.below(exchange.hotAddresses.length)]!
  const fee = feeRate(w) * sizeOf(w, taken, [w.addresses.type(to)])
  const value = total(taken) - fee
  if (value <= 0) {
    coins.unshift(...taken)
    return
  }
  const { software } = exchange.hot
  const sent = send(w, {
    inputs: taken,
    outputs: [{ address: to, value }],
    version: software.version,
    lockTime: lockTimeOf(w, software),
    sequence: software.sequence,
  })
  noteSwept(w, taken, sent)
}

function noteSwept(w: BitcoinWorld, taken: readonly Coin[], { tx }: Sent): void {
  if (w.unswept.size === 0) return
  for (const coin of taken) {
    const out = w.unswept.get(coin)
    if (out === undefined) continue
    out.swept = tx
    w.unswept.delete(coin)
  }
}

/** Money that the hot wallet does not need goes to the cold one; what it lacks comes from there. */
export function balance(w: BitcoinWorld): void {
  const exchange = drawExchange(w)
  const hot = total(exchange.hot.coins)
  const cold = total(exchange.cold.coins)
  if (hot > 2 * cold && hot > 100 * w.sizes.unit) pay(w, exchange.hot, [{ address: exchange.cold.address, value: Math.floor(hot / 3) }])
  else refill(w, exchange)
}

function refill(w: BitcoinWorld, exchange: Exchange): void {
  const hot = total(exchange.hot.coins)
  const cold = total(exchange.cold.coins)
  if (cold > 2 * hot && cold > 20 * w.sizes.unit)
    pay(w, exchange.cold, [{ address: exchange.hotAddresses[0]!, value: Math.floor(cold / 3) }])
  else if (exchange.deposits.coins.length > 0) sweep(w, exchange)
}
