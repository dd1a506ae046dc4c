import { joinMarketRound } from '../coinjoin/joinmarket.ts'
import { wasabiRound } from '../coinjoin/wasabi.ts'
import { honestTx0, whirlpoolMix } from '../coinjoin/whirlpool.ts'
import type { BitcoinWorld } from '../world.ts'
import { balance, consolidate, deposit, sweep, withdraw } from './exchanges.ts'
import { minersAct, sellOut } from './miners.ts'
import { merge, payment, tidy, writeData } from './payments.ts'
import { swapIn, swapOut } from './swaps.ts'

/** What people do, and how often in a thousand. */
const ACTS: readonly (readonly [number, (w: BitcoinWorld) => void])[] = [
  [560, payment],
  [150, deposit],
  [140, withdraw],
  [30, consolidate],
  [12, balance],
  [20, minersAct],
  [16, writeData],
  [12, tidy],
  [10, swapOut],
  [6, swapIn],
  [10, honestTx0],
  [26, (w) => whirlpoolMix(w)],
]

/** One act of somebody honest: a transaction, or none where whoever was drawn has no money for it. */
export function honestAct(w: BitcoinWorld): void {
  if (dueRound(w)) return
  let left = w.random.below(ACTS.reduce((sum, [weight]) => sum + weight, 0))
  for (const [weight, act] of ACTS) {
    left -= weight
    if (left >= 0) continue
    act(w)
    return
  }
}

/** Rounds of Wasabi and JoinMarket come evenly over the world, by turns. */
function dueRound(w: BitcoinWorld): boolean {
  const { mixing, sizes } = w
  const due = (sizes.coinJoinTarget * 2 * w.made) / sizes.transactions
  if (mixing.rounds >= due) return false
  mixing.rounds += 1
  return mixing.rounds % 2 === 0 ? joinMarketRound(w) : wasabiRound(w)
}

/** Before anyone but miners has money: they sell. */
export function firstSales(w: BitcoinWorld): void {
  for (const miner of w.cast.miners) sellOut(w, miner.number)
  for (const exchange of w.cast.exchanges) if (exchange.deposits.coins.length > 0) sweep(w, exchange)
}

/** One transaction of whoever can make one: the last of a block whose other acts came to nothing, and of a world. */
export function certainAct(w: BitcoinWorld): void {
  const { users } = w.cast
  for (let k = 0; k < 40; k++) if (merge(w, users[w.random.below(users.length)]!)) return
  for (const wallet of w.wallets) if (wallet.role !== 'launderer' && wallet.role !== 'deposit' && merge(w, wallet)) return
  throw new Error('nobody in the simulated world has money')
}
