import type { Exchange } from '../cast.ts'
import { newDeposit } from '../honest/exchanges.ts'
import type { Amount } from '../honest/people.ts'
import type { Random } from '../random.ts'
import type { Pattern, TheftTruth } from '../truth.ts'
import { amountOf, begin, move, newAccount, type World } from '../world.ts'

/** One launderer at work. */
export interface Laundering {
  readonly w: World
  readonly truth: TheftTruth
  readonly random: Random
  /** Block by which it should be over. */
  readonly until: number
  /** Counts choices, so that every pattern comes to its turn. */
  turn: number
  leaf: number
  /** Deposit addresses that the launderer has at exchanges. */
  readonly deposits: { readonly account: number; readonly exchange: Exchange }[]
}

/** Money of one asset on one account of the launderer, with the part of it that was never stolen. */
export interface Parcel {
  readonly account: number
  readonly asset: number
  readonly stolen: bigint
  readonly clean: bigint
  /** Accounts that may still be used on it. */
  readonly budget: number
}

export function total(parcel: Parcel): bigint {
  return parcel.stolen + parcel.clean
}

/** An exact amount as the balances keep it. */
export function amountIn(w: World, asset: number, value: bigint): Amount {
  const limit = BigInt(w.assets[asset]!.loLimit)
  return { hi: Number(value / limit), lo: Number(value % limit) }
}

export function dollars(w: World, asset: number, value: bigint): number {
  return amountIn(w, asset, value).hi / w.assets[asset]!.perDollar
}

/** Does something after at least a block, within the given part of the time that is left. */
export function later(l: Laundering, part: number, act: () => void): void {
  const left = Math.max(2, l.until - l.w.block)
  const wait = 1 + l.random.below(Math.max(1, Math.floor(left / part)))
  l.truth.pending += 1
  l.w.queue.push(l.w.block + wait, {
    kind: 'step',
    run() {
      l.truth.pending -= 1
      act()
    },
  })
}

export function freshAccount(l: Laundering): number {
  const account = newAccount(l.w)
  l.truth.launderers.push(account)
  return account
}

/** Writes a movement of stolen value into the truth; the transfer itself is made by the caller. */
export function record(
  l: Laundering,
  from: number,
  to: number,
  asset: number,
  value: bigint,
  stolen: bigint,
  pattern: Pattern | 'theft',
): void {
  l.truth.flows.push({ transaction: l.w.transaction, from, to, asset, value, stolen, pattern })
  if (pattern !== 'theft') l.truth.patterns.add(pattern)
}

/** Moves a parcel's share to another account inside the current transaction. */
export function moveShare(l: Laundering, share: Parcel, to: number, pattern: Pattern): void {
  const value = total(share)
  const { hi, lo } = amountIn(l.w, share.asset, value)
  move(l.w, share.account, to, share.asset, hi, lo)
  record(l, share.account, to, share.asset, value, share.stolen, pattern)
}

/** The same in a transaction of its own. */
export function sendShare(l: Laundering, share: Parcel, to: number, pattern: Pattern): void {
  begin(l.w)
  moveShare(l, share, to, pattern)
  l.w.payments.push(share.account, to, share.asset)
}

/** Splits off `part / of` of a parcel, stolen and clean alike; the rest keeps what division leaves over. */
export function splitOff(parcel: Parcel, part: number, of: number, budget: number): { readonly share: Parcel; readonly rest: Parcel } {
  const stolen = (parcel.stolen * BigInt(part)) / BigInt(of)
  const clean = (parcel.clean * BigInt(part)) / BigInt(of)
  return {
    share: { account: parcel.account, asset: parcel.asset, stolen, clean, budget },
    rest: { ...parcel, stolen: parcel.stolen - stolen, clean: parcel.clean - clean, budget: parcel.budget - budget },
  }
}

/** Splits a parcel by random weights into `count` shares, budgets evenly. */
export function split(l: Laundering, parcel: Parcel, count: number): Parcel[] {
  const weights = Array.from({ length: count }, () => 200 + l.random.below(1_000))
  let sum = weights.reduce((a, b) => a + b, 0)
  let rest = parcel
  const shares: Parcel[] = []
  for (let i = 0; i < count - 1; i++) {
    const cut = splitOff(rest, weights[i]!, sum, Math.floor(rest.budget / (count - i)))
    shares.push(cut.share)
    rest = cut.rest
    sum -= weights[i]!
  }
  return [...shares, rest]
}

/** An exchange for the launderer; the first ones most often. */
export function chooseExchange(l: Laundering): Exchange {
  const x = l.random.unit()
  return l.w.cast.exchanges[Math.floor(l.w.cast.exchanges.length * x * x)]!
}

/** A deposit address of the launderer at some exchange: mostly a fresh one. */
export function launderersDeposit(l: Laundering): { readonly account: number; readonly exchange: Exchange } {
  if (l.deposits.length > 0 && l.random.oneIn(5)) return l.deposits[l.random.below(l.deposits.length)]!
  const exchange = chooseExchange(l)
  const owner = l.truth.launderers[0] ?? 0
  const entry = { account: newDeposit(l.w, exchange, owner), exchange }
  l.deposits.push(entry)
  l.w.theftOfDeposit.set(entry.account, l.truth)
  return entry
}

export function exact(l: Laundering, asset: number, amount: Amount): bigint {
  return amountOf(l.w, asset, amount.hi, amount.lo)
}
