import { type BitcoinWorld, total, type Wallet } from '../world.ts'

const TRIES = 40

/** A user who has at least so many satoshis, drawn at random; null when none is met. */
export function userWith(w: BitcoinWorld, least: number, fits: (wallet: Wallet) => boolean = () => true): Wallet | null {
  const { users } = w.cast
  for (let k = 0; k < TRIES; k++) {
    const wallet = users[w.random.below(users.length)]!
    if (wallet.coins.length > 0 && fits(wallet) && total(wallet.coins) >= least) return wallet
  }
  return null
}

export function anyUser(w: BitcoinWorld): Wallet {
  return w.cast.users[w.random.below(w.cast.users.length)]!
}

/** Somebody to be paid: users mostly, merchants often, one of them more than all the others. */
export function payee(w: BitcoinWorld): Wallet {
  const { merchants } = w.cast
  return w.random.below(10) < 7 ? anyUser(w) : merchants[w.random.zipf(merchants.length, 0)]!
}

/** A part of a wallet's worth; people like round numbers, one time in three. */
export function amountOf(w: BitcoinWorld, wallet: Wallet): number {
  const all = total(wallet.coins)
  const amount = Math.floor(all * (0.02 + 0.6 * w.random.unit() * w.random.unit()))
  return w.random.oneIn(3) ? round(amount) : amount
}

/** The amount with its first one or two decimal digits kept. */
export function round(amount: number): number {
  let scale = 1
  while (scale * 100 <= amount) scale *= 10
  return amount - (amount % scale)
}
