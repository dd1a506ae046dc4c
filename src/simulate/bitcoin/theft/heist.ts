import { createRandom } from '../../random.ts'
import { addWallet, type Exchange } from '../cast.ts'
import { sweep } from '../honest/exchanges.ts'
import { userWith } from '../honest/people.ts'
import { feeRate, sizeOf } from '../paying.ts'
import { LAUNDERING } from '../software.ts'
import type { TheftTruth } from '../truth.ts'
import { type BitcoinWorld, type Coin, lockTimeOf, type Owner, send, takeCoin, total, type Wallet } from '../world.ts'
import { carry, divideBy, freshAddress, type Laundering, later, type Parcel, whole } from './laundering.ts'
import { launder } from './patterns.ts'

const MOST_COINS = 12
/** Satoshis that are worth the fee of stealing them. */
const LEAST_LOOT = 100_000

/** Transactions that theft `i` of `n` may use: the last is the largest, the others fall off with the square. */
function theftBudget(largest: number, i: number, n: number): number {
  return Math.max(48 + 3 * i, Math.floor(largest / (n - i) ** 2))
}

/** Plans all thefts into the queue: each begins in the first part of the world and is laundered before its end. */
export function planThefts(w: BitcoinWorld): void {
  const { thefts, firstBlocks, lastHeight, largestTheft } = w.sizes
  const blocks = lastHeight - firstBlocks
  for (let i = 0; i < thefts; i++) {
    const name = `theft-${String(i + 1).padStart(2, '0')}`
    const launderer: Owner = { id: `launderer-${String(i + 1).padStart(2, '0')}`, kind: 'launderer' }
    const truth: TheftTruth = {
      name,
      victimKind: i % 3 === 1 ? 'wallets' : 'exchange',
      victims: [],
      launderer,
      seeds: [],
      patterns: new Set(),
      flows: [],
      fees: [],
      cashOuts: [],
      swaps: [],
      mixed: [],
      coordinatorFees: [],
      held: [],
      peelChains: [],
      commingled: [],
      afterMixing: [],
      pending: 0,
    }
    w.thefts.push(truth)
    const l: Laundering = {
      w,
      truth,
      random: createRandom(`${w.seed}:bitcoin:theft:${i}`),
      wallet: addWallet(w.wallets, launderer, 'launderer', LAUNDERING[i % LAUNDERING.length]!),
      until: firstBlocks + Math.floor(blocks * 0.84),
      turn: i % 2 === 0 ? 0 : 1,
      leaf: i * 3,
      deposits: [],
    }
    const budget = theftBudget(largestTheft, i, thefts)
    const start = firstBlocks + 5 + Math.floor(blocks * (0.18 + (0.25 * i) / Math.max(1, thefts)))
    truth.pending += 1
    const run = () => {
      truth.pending -= 1
      if (truth.victimKind === 'exchange') robExchange(l, budget)
      else robWallets(l, budget)
    }
    w.queue.push(start, { kind: 'step', run })
  }
}

/** The largest coins of a hot wallet are taken in one transaction. */
function robExchange(l: Laundering, budget: number): void {
  const { w, random, truth } = l
  const richest = [...w.cast.exchanges].sort((a, b) => worth(b) - worth(a))
  const exchange = richest[random.below(Math.min(2, richest.length))]!
  truth.victims.push(exchange.owner)
  for (let k = 0; k < 3 && exchange.deposits.coins.length > 0; k++) sweep(w, exchange)
  const coins = exchange.hot.coins.toSorted((a, b) => b.value - a.value).slice(0, 1 + random.below(MOST_COINS))
  if (total(coins) < 50 * w.sizes.unit) {
    // The hot wallet is nearly empty: the thief waits for a better day.
    later(l, 12, () => robExchange(l, budget))
    return
  }
  steal(l, exchange.hot, coins, budget < 100 ? 1 + random.below(2) : 1 + random.below(4))
  startLaundering(l, budget)
}

const worth = (exchange: Exchange) => total(exchange.hot.coins)

/** Users' wallets are emptied, one after the other, into addresses of the thief. */
function robWallets(l: Laundering, budget: number): void {
  const count = 3 + l.random.below(Math.min(20, 3 + Math.floor(budget / 10)))
  let missing = count
  for (let k = 0; k < count; k++)
    later(l, 60, () => {
      const victim = userWith(l.w, 10 * l.w.sizes.unit) ?? userWith(l.w, l.w.sizes.unit)
      if (victim !== null && !l.truth.victims.includes(victim.owner)) {
        const coins = victim.coins.slice(0, MOST_COINS)
        if (total(coins) >= LEAST_LOOT) {
          l.truth.victims.push(victim.owner)
          steal(l, victim, coins, 1)
        }
      }
      missing -= 1
      if (missing === 0 && l.truth.seeds.length > 0) startLaundering(l, budget)
    })
}

/** Whole coins of a victim go to fresh addresses of the thief, in a transaction like the victim's own. The fee is no part of the loot. */
function steal(l: Laundering, victim: Wallet, coins: readonly Coin[], count: number): void {
  const { w } = l
  const to = Array.from({ length: count }, () => freshAddress(l))
  const fee =
    feeRate(w) *
    sizeOf(
      w,
      coins,
      to.map((address) => w.addresses.type(address)),
    )
  const values = divideBy(l, count)(total(coins) - fee)
  for (const coin of coins) takeCoin(victim, coin)
  const { software } = victim
  const sent = send(w, {
    inputs: coins,
    outputs: to.map((address, k) => ({ address, value: values[k]! })),
    version: software.version,
    lockTime: lockTimeOf(w, software),
    sequence: software.sequence,
  })
  for (const coin of sent.coins) if (coin !== null) l.truth.seeds.push({ coin, height: w.height })
  l.truth.patterns.add('theft')
}

/** Many small seeds are first brought together, in three parts; few large ones go their own ways. */
function startLaundering(l: Laundering, budget: number): void {
  const all = l.truth.seeds.map(({ coin }) => ({ coin, stolen: coin.value }))
  const groups = all.length <= 4 ? all.map((seed) => [seed]) : [0, 1, 2].map((k) => all.filter((_, at) => at % 3 === k))
  const each = Math.max(4, Math.floor(budget / groups.length))
  for (const group of groups)
    later(l, 20, () => {
      const parcel: Parcel =
        group.length === 1
          ? { ...group[0]!, budget: each }
          : { ...carry(l, group, [freshAddress(l)], whole, 'consolidation').parcels[0]!, budget: each - 1 }
      launder(l, parcel)
    })
}

/** What is still on its way into a mix when the world ends is held. */
export function endThefts(w: BitcoinWorld): void {
  for (const { unmixed } of w.mixing.registered.splice(0)) unmixed?.()
  for (const pool of w.mixing.pools) for (const { unmixed } of pool.fresh.splice(0)) unmixed?.()
}
