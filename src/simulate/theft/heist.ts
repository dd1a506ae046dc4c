import { DAI, USDC, USDT, WETH } from '../assets.ts'
import { busyUser, provide } from '../honest/people.ts'
import { NULL_ACCOUNT } from '../names.ts'
import { createRandom } from '../random.ts'
import type { TheftTruth } from '../truth.ts'
import { amountOf, begin, lowDigits, move, pay, type World, worth } from '../world.ts'
import { freshAccount, type Laundering, later, record } from './laundering.ts'
import { launder } from './patterns.ts'

/** Dollars stolen for each account that the laundering may use. */
const DOLLARS_PER_ACCOUNT = 30_000

/** Accounts that theft `i` of `n` may use: the last is the largest, the others fall off with the square. */
export function theftBudget(largest: number, i: number, n: number): number {
  return Math.max(12 + 3 * i, Math.floor(largest / (n - i) ** 2))
}

/** Plans all thefts into the queue: each begins in the first part of the world and is laundered before its end. */
export function planThefts(w: World, seed: string): void {
  const { thefts, blocks } = w.sizes
  for (let i = 0; i < thefts; i++) {
    const random = createRandom(`${seed}:theft:${i}`)
    const truth: TheftTruth = {
      name: `theft-${String(i + 1).padStart(2, '0')}`,
      victimKind: i % 2 === 0 ? 'service' : 'wallets',
      victims: [],
      seeds: [],
      patterns: new Set(),
      launderers: [],
      flows: [],
      swaps: [],
      cashOuts: [],
      forwards: [],
      held: [],
      commingled: [],
      afterServices: [],
      pending: 0,
    }
    w.thefts.push(truth)
    const laundering: Laundering = { w, truth, random, until: Math.floor(blocks * 0.86), turn: i, leaf: i * 3, deposits: [] }
    const budget = theftBudget(w.sizes.largestTheft, i, thefts)
    const start = Math.floor(blocks * (0.08 + (0.3 * i) / Math.max(1, thefts)))
    w.queue.push(start, { kind: 'step', run: () => (i % 2 === 0 ? robService(laundering, budget) : robWallets(laundering, budget)) })
  }
}

/** A bridge or lender is emptied of several assets in one transaction. */
function robService(l: Laundering, budget: number): void {
  const { w, truth, random } = l
  const services = [...w.cast.bridges, ...w.cast.lenders]
  const victim = services[random.below(services.length)]!.account
  truth.victims.push(victim)
  const assets = [WETH, USDT, USDC].slice(0, 2 + random.below(2))
  const seed = freshAccount(l)
  const loot = assets.map((asset) => {
    const hi = worth(w, asset, (budget * DOLLARS_PER_ACCOUNT * (0.5 + random.unit())) / assets.length)
    if (w.balances.hi(victim, asset) <= hi) pay(w, NULL_ACCOUNT, victim, asset, hi + 1, 0)
    return { asset, hi, lo: lowDigits(w, asset) }
  })
  begin(w)
  for (const { asset, hi, lo } of loot) take(l, victim, seed, asset, hi, lo)
  startLaundering(l, budget)
}

/** Many users' wallets are emptied, one after the other, into a few accounts of the thief. */
function robWallets(l: Laundering, budget: number): void {
  const { w, truth, random } = l
  const seeds = Array.from({ length: 1 + random.below(4) }, () => ({
    account: freshAccount(l),
    asset: [WETH, WETH, USDT, DAI][random.below(4)]!,
  }))
  const count = Math.max(seeds.length, Math.min(60, 4 + Math.floor(budget / 6)))
  const each = (budget * DOLLARS_PER_ACCOUNT * (0.5 + random.unit())) / count
  let missing = count
  for (let i = 0; i < count; i++)
    later(l, 200, () => {
      const { account, asset } = seeds[i % seeds.length]!
      const victim = busyUser(w)
      truth.victims.push(victim)
      const hi = worth(w, asset, each * (0.2 + 1.6 * random.unit()))
      provide(w, victim, asset, hi)
      begin(w)
      take(l, victim, account, asset, hi, lowDigits(w, asset))
      missing -= 1
      if (missing === 0) startLaundering(l, budget)
    })
}

function take(l: Laundering, victim: number, to: number, asset: number, hi: number, lo: number): void {
  move(l.w, victim, to, asset, hi, lo)
  const value = amountOf(l.w, asset, hi, lo)
  record(l, victim, to, asset, value, value, 'theft')
  const known = l.truth.seeds.find((seed) => seed.account === to && seed.asset === asset)
  if (known === undefined) l.truth.seeds.push({ account: to, asset, amount: value, block: l.w.block })
  else known.amount += value
}

function startLaundering(l: Laundering, budget: number): void {
  const { seeds } = l.truth
  for (const { account, asset, amount } of seeds)
    later(l, 40, () => launder(l, { account, asset, stolen: amount, clean: 0n, budget: Math.max(4, Math.floor(budget / seeds.length)) }))
}
