import { feeRate, pay, sizeOf } from '../paying.ts'
import { type BitcoinWorld, lockTimeOf, newAddress, receivingAddress, send, takeCoin, total, type Wallet } from '../world.ts'
import { amountOf, payee, userWith } from './people.ts'

/** One person pays another or a shop, now and then several at once. */
export function payment(w: BitcoinWorld): void {
  const payer = userWith(w, 40_000)
  if (payer === null) return
  const several = w.random.oneIn(12) ? 2 + w.random.below(3) : 1
  const payments = Array.from({ length: several }, () => ({
    address: receivingAddress(w, payee(w)),
    value: Math.floor(amountOf(w, payer) / several),
  })).filter(({ value }) => value >= 1_000)
  if (payments.length > 0) pay(w, payer, payments)
}

/** Someone writes data into the chain. */
export function writeData(w: BitcoinWorld): void {
  const payer = userWith(w, 60_000)
  if (payer === null) return
  const data = Buffer.from(Array.from({ length: 20 + w.random.below(60) }, () => w.random.below(256)))
  pay(w, payer, [], { data })
}

/** Someone tidies up: all of a wallet's coins, up to 20, into one. */
export function tidy(w: BitcoinWorld): void {
  const user = userWith(w, 100_000, ({ coins }) => coins.length >= 4)
  if (user !== null) merge(w, user)
}

/** A transaction that any wallet with a coin can make: its coins, up to 20, into one of its own. */
export function merge(w: BitcoinWorld, wallet: Wallet): boolean {
  const coins = wallet.coins.slice(0, 20)
  if (coins.length === 0) return false
  const address = newAddress(w, wallet)
  const fee = feeRate(w) * sizeOf(w, coins, [w.addresses.type(address)])
  const value = total(coins) - fee
  if (value < 1_000) return false
  for (const coin of coins) takeCoin(wallet, coin)
  send(w, {
    inputs: coins,
    outputs: [{ address, value }],
    version: wallet.software.version,
    lockTime: lockTimeOf(w, wallet.software),
    sequence: wallet.software.sequence,
  })
  return true
}
