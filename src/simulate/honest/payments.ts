import { begin, lowDigits, move, pay, remaining, type World, worth } from '../world.ts'
import { depositFrom } from './exchanges.ts'
import { actor, anyUser, exchangeOf, provide, received, spend, withdraw } from './people.ts'

/** One person pays another. */
export function payment(w: World): void {
  const { account, asset } = actor(w)
  const amount = spend(w, account, asset, w.random.heavy(5, 560, 16))
  const to = anyUser(w)
  if (amount === null || to === account) {
    withdraw(w, account, asset, w.random.heavy(20, 600, 14))
    return
  }
  pay(w, account, to, asset, amount.hi, amount.lo)
  received(w, to, asset)
  w.payments.push(account, to, asset)
}

/** A purchase; now and then the merchant brings the takings to the exchange. */
export function purchase(w: World): void {
  const merchant = w.cast.merchants[w.random.zipf(w.cast.merchants.length, 1)]!
  const { account, asset } = actor(w)
  if (w.random.oneIn(12) && w.balances.hi(merchant, asset) > worth(w, asset, 50)) {
    depositFrom(w, merchant, asset, { hi: w.balances.hi(merchant, asset), lo: w.balances.lo(merchant, asset) }, exchangeOf(w, merchant))
    return
  }
  const amount = spend(w, account, asset, w.random.heavy(10, 450, 8))
  if (amount === null) {
    withdraw(w, account, asset, w.random.heavy(20, 600, 12))
    return
  }
  pay(w, account, merchant, asset, amount.hi, amount.lo)
  w.payments.push(account, merchant, asset)
}

/** One payer, many payees, one transaction: wages in a stablecoin, to the same people each time. */
export function payroll(w: World, reserve: number): void {
  const index = w.random.below(w.cast.payers.length)
  const payer = w.cast.payers[index]!
  const asset = 1 + (index & 1)
  const staff = Math.min(8 + ((index * 37) % 180), remaining(w) - reserve)
  if (staff < 8) {
    withdraw(w, payer, asset, 1_000)
    return
  }
  const wage = worth(w, asset, 900 + 100 * w.random.below(40))
  provide(w, payer, asset, (wage + 1) * staff)
  begin(w)
  for (let i = 0; i < staff; i++) {
    const payee = w.cast.firstUser + ((index * 1_009 + i * 17) % w.sizes.users)
    move(w, payer, payee, asset, wage, lowDigits(w, asset))
    if ((i & 7) === 0) received(w, payee, asset)
  }
}
