import { feeRate, pay, spend } from '../paying.ts'
import { type BitcoinWorld, receivingAddress, total } from '../world.ts'
import { depositFor, drawExchange } from './exchanges.ts'
import { anyUser } from './people.ts'

/** A miner sells what he has mined, or a pool pays its members. */
export function minersAct(w: BitcoinWorld): void {
  const { miners } = w.cast
  const miner = miners[w.random.below(miners.length)]!
  const held = total(miner.coins)
  if (held < w.sizes.unit) return
  if (w.random.oneIn(4)) {
    const members = 2 + w.random.below(20)
    const share = Math.floor((held * 0.2) / members)
    if (share < 20_000) return
    const payments = Array.from({ length: members }, () => ({
      address: receivingAddress(w, anyUser(w)),
      value: Math.floor(share * (0.4 + 0.8 * w.random.unit())),
    }))
    pay(w, miner, payments)
    return
  }
  sellOut(w, miner.number)
}

/** All that a miner has, at most 40 coins of it, to his exchange: in the first blocks this is what brings money among the people. */
export function sellOut(w: BitcoinWorld, wallet: number): void {
  const miner = w.wallets[wallet]!
  const coins = miner.coins.slice(0, 40)
  if (coins.length === 0) return
  const rate = feeRate(w)
  const exchange = drawExchange(w)
  const address = depositFor(w, exchange, miner)
  const value = Math.floor(total(coins) * 0.97)
  if (total(coins) - value < rate * 200 * (coins.length + 2)) return
  spend(w, miner, coins, [{ address, value }], { feeRate: rate })
}
