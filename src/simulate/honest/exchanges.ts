import type { Exchange } from '../cast.ts'
import { NULL_ACCOUNT } from '../names.ts'
import { amountOf, drawAsset, exchanged, fillHot, lowDigits, newAccount, pay, type World, worth } from '../world.ts'
import { type Amount, actor, anyUser, exchangeAt, exchangeOf, hotOf, received, spend, withdraw } from './people.ts'

/** Gives out a deposit address to a customer. */
export function newDeposit(w: World, exchange: Exchange, owner: number): number {
  const deposit = newAccount(w)
  w.deposits.add(deposit, exchange.index, owner)
  return deposit
}

/** Plans the emptying of a deposit address: mostly within the hour, at times with the next day's sweep. */
export function planForward(w: World, deposit: number, asset: number): void {
  const wait = w.random.oneIn(16) ? 300 + w.random.below(2_700) : 4 + w.random.below(250)
  w.queue.push(w.block + wait, { kind: 'forward', deposit, asset })
}

/** A customer pays into the exchange through the address that it gave them. */
export function depositFrom(w: World, account: number, asset: number, amount: Amount, exchange: Exchange): void {
  let deposit = w.deposits.ofAccount[account]!
  if (deposit === 0) {
    deposit = newDeposit(w, exchange, account)
    w.deposits.ofAccount[account] = deposit
  }
  pay(w, account, deposit, asset, amount.hi, amount.lo)
  w.payments.push(account, deposit, asset)
  planForward(w, deposit, asset)
}

export function deposit(w: World): void {
  const { account, asset } = actor(w)
  const amount = spend(w, account, asset, w.random.heavy(30, 600, 14))
  if (amount === null) {
    withdraw(w, account, asset, w.random.heavy(20, 600, 14))
    return
  }
  depositFrom(w, account, asset, amount, exchangeOf(w, account))
}

/** Empties a deposit address into a hot wallet, but for a small remainder; nothing when an earlier forward took it along. */
export function forward(w: World, from: number, asset: number): void {
  let hi = w.balances.hi(from, asset)
  let lo = w.balances.lo(from, asset)
  // Less than a cent is not worth the fee.
  if (hi <= worth(w, asset, 0.01)) return
  if (w.random.next() % 5 < 2) {
    const left = Math.min(w.random.below(2_000), worth(w, asset, 0.5), hi - 1)
    hi -= left
    if (lo > 0) lo -= w.random.below(lo)
  }
  const exchange = exchangeAt(w, w.deposits.exchangeOf(from))
  const hot = hotOf(w, exchange)
  pay(w, from, hot, asset, hi, lo)
  const theft = w.theftOfDeposit.get(from)
  if (theft === undefined) return
  const value = amountOf(w, asset, hi, lo)
  theft.forwards.push({ transaction: w.transaction, from, to: hot, asset, value, stolen: value, pattern: 'forward' })
}

/** Money moves between a hot wallet and the cold one. */
export function treasury(w: World): void {
  const exchange = w.cast.exchanges[w.random.below(w.cast.exchanges.length)]!
  const hot = hotOf(w, exchange)
  const asset = drawAsset(w)
  const hi = w.balances.hi(hot, asset)
  if (hi > worth(w, asset, 200_000)) pay(w, hot, exchange.cold, asset, Math.floor(hi / 2), 0)
  else if (w.balances.hi(exchange.cold, asset) > worth(w, asset, 500_000)) pay(w, exchange.cold, hot, asset, worth(w, asset, 250_000), 0)
  else pay(w, NULL_ACCOUNT, exchange.cold, asset, worth(w, asset, 5_000_000), 0)
}

/** A swap without an account: in at a fresh address of the service, out to any address in another asset, minutes later. */
export function instantSwap(w: World): void {
  const { account, asset } = actor(w)
  const amount = spend(w, account, asset, w.random.heavy(50, 500, 10))
  if (amount === null) {
    withdraw(w, account, asset, w.random.heavy(50, 600, 12))
    return
  }
  const service = w.cast.instants[w.random.below(w.cast.instants.length)]!
  const to = w.random.oneIn(3) ? anyUser(w) : account
  const entry = newDeposit(w, service, account)
  pay(w, account, entry, asset, amount.hi, amount.lo)
  planForward(w, entry, asset)
  const out = drawAsset(w)
  const hi = Math.max(1, exchanged(w, asset, amount.hi, out, 800))
  w.queue.push(w.block + 20 + w.random.below(100), {
    kind: 'step',
    run() {
      const hot = hotOf(w, service)
      fillHot(w, service, hot, out, hi)
      pay(w, hot, to, out, hi, lowDigits(w, out))
      received(w, to, out)
    },
  })
}
