import { WETH } from '../assets.ts'
import { newDeposit, planForward } from '../honest/exchanges.ts'
import { poolFor, type SwapResult, swapThroughPool, swapThroughRouter } from '../honest/markets.ts'
import { exchangeOf, hotOf } from '../honest/people.ts'
import { begin, fillHot, lowDigits, pay, type World, worth } from '../world.ts'
import { depositAll, depositShare, hold, throughService } from './endings.ts'
import {
  amountIn,
  chooseExchange,
  dollars,
  exact,
  freshAccount,
  type Laundering,
  later,
  moveShare,
  type Parcel,
  record,
  sendShare,
  split,
  splitOff,
} from './laundering.ts'

/** Carries a parcel on from the account where it lies, by the next pattern that its budget of accounts allows. */
export function launder(l: Laundering, parcel: Parcel): void {
  const worthIt = dollars(l.w, parcel.asset, parcel.stolen) > 1_500
  if (parcel.budget < 3 || !worthIt) {
    end(l, parcel)
    return
  }
  // Stablecoins can be frozen, so they are turned into ether early; ether goes back to a stablecoin now and then.
  const turnOver = parcel.asset === WETH ? l.random.oneIn(16) : l.turn % 4 === 2 || l.random.oneIn(4)
  if (turnOver && parcel.clean === 0n) {
    l.turn += 1
    later(l, 5, () => swapAll(l, parcel))
    return
  }
  const turn = l.turn++ % 3
  // A large sum is spread before it is peeled: one chain cannot use up a large budget of accounts.
  if (turn === 0 && parcel.budget >= 5 && parcel.budget <= 150) {
    peel(l, parcel)
    return
  }
  if (turn === 2 && parcel.budget >= 6) {
    consolidate(l, parcel)
    return
  }
  fanOut(l, parcel)
}

/** Deposits mostly; every seventh end is a service, every seventh a hoard. */
function end(l: Laundering, parcel: Parcel): void {
  const turn = l.leaf++ % 7
  if (turn === 2) {
    throughService(l, parcel)
    return
  }
  if (turn === 5 && parcel.clean === 0n) {
    hold(l, parcel)
    return
  }
  depositAll(l, parcel)
}

/** A parcel has come to a new account: sometimes other money is there too. */
function arrived(l: Laundering, parcel: Parcel): void {
  if (!l.random.oneIn(12) || parcel.clean > 0n || parcel.budget === 0) {
    launder(l, parcel)
    return
  }
  later(l, 8, () => commingle(l, parcel))
}

/** One account pays many fresh ones: one by one, or in a single transaction. */
export function fanOut(l: Laundering, parcel: Parcel): void {
  const widest = Math.min(parcel.budget > 200 ? 24 : 8, Math.floor(parcel.budget / 2))
  const count = Math.max(2, 2 + l.random.below(Math.max(1, widest - 1)))
  const shares = split(l, { ...parcel, budget: Math.max(0, parcel.budget - count) }, count)
  const reach = (share: Parcel, account: number) => arrived(l, { ...share, account })
  if (l.random.oneIn(4)) {
    later(l, 6, () => {
      const accounts = shares.map(() => freshAccount(l))
      begin(l.w)
      shares.forEach((share, i) => {
        moveShare(l, share, accounts[i]!, 'fan-out')
      })
      shares.forEach((share, i) => {
        reach(share, accounts[i]!)
      })
    })
    return
  }
  for (const share of shares)
    later(l, 5, () => {
      const account = freshAccount(l)
      sendShare(l, share, account, 'fan-out')
      reach(share, account)
    })
}

/** A small part goes to an exchange, the large rest to a fresh account, which does the same again. */
export function peel(l: Laundering, parcel: Parcel): void {
  const most = Math.floor((parcel.budget - 1) / 2)
  const steps = Math.min(most, 3 + l.random.below(parcel.budget > 60 ? 40 : 12))
  step(l, parcel, steps, steps)
}

function step(l: Laundering, parcel: Parcel, left: number, steps: number): void {
  if (left === 0) {
    arrived(l, parcel)
    return
  }
  later(l, 2 * left + 2, () => {
    const { share, rest } = splitOff(parcel, 300 + l.random.below(600), 1_000 * (steps + 4), 1)
    depositShare(l, share, 'peel chain')
    later(l, 4 * left + 4, () => {
      const account = freshAccount(l)
      sendShare(l, rest, account, 'peel chain')
      step(l, { ...rest, account, budget: Math.max(0, rest.budget - 1) }, left - 1, steps)
    })
  })
}

/** Out to several accounts and together again at one. */
export function consolidate(l: Laundering, parcel: Parcel): void {
  const count = 3 + l.random.below(Math.min(6, parcel.budget - 4))
  const collector = freshAccount(l)
  let missing = count
  let stolen = 0n
  let clean = 0n
  for (const share of split(l, { ...parcel, budget: 0 }, count))
    later(l, 5, () => {
      const account = freshAccount(l)
      sendShare(l, share, account, 'fan-out')
      later(l, 5, () => {
        sendShare(l, { ...share, account }, collector, 'consolidation')
        stolen += share.stolen
        clean += share.clean
        missing -= 1
        if (missing === 0)
          arrived(l, { account: collector, asset: parcel.asset, stolen, clean, budget: Math.max(0, parcel.budget - count - 1) })
      })
    })
}

/** All of a parcel into another asset, at the same account or delivered to a fresh one. */
export function swapAll(l: Laundering, parcel: Parcel): void {
  const { w } = l
  const amount = amountIn(w, parcel.asset, parcel.stolen)
  const to = l.random.oneIn(3) ? freshAccount(l) : parcel.account
  const stable = (asset: number) => w.assets[asset]!.stable
  const wanted = w.cast.poolsOf[parcel.asset]!.filter((p) => (parcel.asset === WETH ? stable(p.b) : p.a === WETH))
  const pool = wanted.length > 0 ? wanted[l.random.below(wanted.length)]! : poolFor(w, parcel.asset)
  const routed = l.random.oneIn(2)
  const router = w.cast.routers[l.random.below(w.cast.routers.length)]!
  const result: SwapResult = routed
    ? swapThroughRouter(w, parcel.account, to, parcel.asset, amount, router, pool)
    : swapThroughPool(w, parcel.account, to, parcel.asset, amount, pool)
  const got = exact(l, result.asset, result.amount)
  record(l, parcel.account, result.into, parcel.asset, parcel.stolen, parcel.stolen, 'swap')
  record(l, result.outOf, to, result.asset, got, got, 'swap')
  l.truth.swaps.push({
    transaction: w.transaction,
    account: parcel.account,
    to,
    gave: { asset: parcel.asset, amount: parcel.stolen },
    got: { asset: result.asset, amount: got },
  })
  launder(l, { account: to, asset: result.asset, stolen: got, clean: 0n, budget: Math.max(0, parcel.budget - 1) })
}

/** Clean money comes to the account: the launderer's own, or an honest person's; it goes on with the rest, or back out first. */
function commingle(l: Laundering, parcel: Parcel): void {
  const { w } = l
  const most = Math.min(200_000, dollars(w, parcel.asset, parcel.stolen) / 3)
  const hi = Math.max(1, worth(w, parcel.asset, most * (0.1 + 0.9 * l.random.unit())))
  const amount = { hi, lo: lowDigits(w, parcel.asset) }
  const honest = l.random.oneIn(2) ? richReceiver(w, parcel.asset, hi) : -1
  if (honest >= 0) pay(w, honest, parcel.account, parcel.asset, amount.hi, amount.lo)
  else {
    const exchange = exchangeOf(w, parcel.account)
    const hot = hotOf(w, exchange)
    fillHot(w, exchange, hot, parcel.asset, hi)
    pay(w, hot, parcel.account, parcel.asset, amount.hi, amount.lo)
  }
  const clean = exact(l, parcel.asset, amount)
  l.truth.commingled.push({ account: parcel.account, asset: parcel.asset, amount: clean })
  l.truth.patterns.add('commingling')
  if (l.random.oneIn(2)) {
    launder(l, { ...parcel, clean })
    return
  }
  later(l, 6, () => {
    // The clean part goes to an exchange of its own; nothing stolen is meant to be in it.
    const account = newDeposit(w, chooseExchange(l), parcel.account)
    pay(w, parcel.account, account, parcel.asset, amount.hi, amount.lo)
    planForward(w, account, parcel.asset)
    launder(l, parcel)
  })
}

/** A recent receiver of the asset who can pay that much, or -1. */
function richReceiver(w: World, asset: number, hi: number): number {
  for (let i = 0; i < 20; i++) {
    const at = w.receivers.draw(w.random)
    if (at < 0) return -1
    if (w.receivers.b[at] === asset && w.balances.hi(w.receivers.a[at]!, asset) > hi) return w.receivers.a[at]!
  }
  return -1
}
