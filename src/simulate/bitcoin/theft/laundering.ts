import type { Random } from '../../random.ts'
import type { AddressNumber } from '../addresses.ts'
import type { Exchange } from '../cast.ts'
import { newDeposit } from '../honest/exchanges.ts'
import { byValueThenScript, feeRate, sizeOf } from '../paying.ts'
import type { Pattern, TheftTruth } from '../truth.ts'
import { type BitcoinWorld, type Coin, lockTimeOf, newAddress, type Output, send, type TxNumber, total, type Wallet } from '../world.ts'

/** One launderer at work. All of his transactions bear one fingerprint: his wallet's software. */
export interface Laundering {
  readonly w: BitcoinWorld
  readonly truth: TheftTruth
  readonly random: Random
  readonly wallet: Wallet
  /** Height by which it should be over. */
  readonly until: number
  /** Counts choices, so that every pattern comes to its turn. */
  turn: number
  leaf: number
  readonly deposits: { readonly address: AddressNumber; readonly exchange: Exchange }[]
}

/** A coin of the launderer and the part of it that was stolen, in satoshis. */
export interface Parcel {
  readonly coin: Coin
  readonly stolen: number
  /** Transactions that may still be spent on it. */
  readonly budget: number
}

export interface Carried {
  readonly tx: TxNumber
  /** In the order of the addresses. */
  readonly parcels: readonly { readonly coin: Coin; readonly stolen: number }[]
}

/** Does something at once or later, within the given part of the time that is left. */
export function later(l: Laundering, part: number, act: () => void): void {
  const left = Math.max(0, l.until - l.w.height)
  l.truth.pending += 1
  l.w.queue.push(l.w.height + l.random.below(2 + Math.floor(left / part)), {
    kind: 'step',
    run() {
      l.truth.pending -= 1
      act()
    },
  })
}

export function freshAddress(l: Laundering): AddressNumber {
  return newAddress(l.w, l.wallet)
}

/**
 * One transaction of the launderer, recorded in the truth. The fee comes out of the stolen part. Clean value among the inputs must leave by a single output, so that nobody can argue which part of it is stolen.
 *
 * @param divide values of the outputs, which must sum up to what it is given: the inputs less the fee
 * @param change index among `to` of the output that goes on under the same owner while others leave; the software's habit says where it stands
 */
export function carry(
  l: Laundering,
  from: readonly { readonly coin: Coin; readonly stolen: number }[],
  to: readonly AddressNumber[],
  divide: (value: number) => readonly number[],
  pattern: Pattern,
  more: { readonly change?: number; readonly data?: Uint8Array } = {},
): Carried {
  const { w, wallet, truth } = l
  const inputs = from.map(({ coin }) => coin)
  const types = to.map((address) => w.addresses.type(address))
  const fee = feeRate(w) * sizeOf(w, inputs, types, more.data === undefined ? 0 : 12 + more.data.length)
  const stolen = from.reduce((sum, parcel) => sum + parcel.stolen, 0)
  const clean = total(inputs) - stolen
  if (clean > 0 && to.length > 1) throw new Error('clean and stolen value would be divided')
  if (stolen <= fee) throw new Error('the fee would be more than what was stolen')
  const values = divide(total(inputs) - fee)
  const portions: Output[] = to.map((address, k) => ({ address, value: values[k]! }))
  const outputs = arrange(l, portions, more.change)
  if (more.data !== undefined) outputs.splice(1, 0, { data: more.data })
  const sent = send(w, {
    inputs,
    outputs,
    version: wallet.software.version,
    lockTime: lockTimeOf(w, wallet.software),
    sequence: wallet.software.sequence,
    change: more.change === undefined ? null : outputs.indexOf(portions[more.change]!),
  })
  if (sent.fee !== fee) throw new Error('the parts of a parcel do not sum up to it')
  const parcels = portions.map((portion) => {
    const coin = sent.coins[outputs.indexOf(portion)]!
    return { coin, stolen: coin.value - clean }
  })
  truth.fees.push({ tx: sent.tx, stolen: fee })
  for (const parcel of parcels.toSorted((a, b) => a.coin.index - b.coin.index)) truth.flows.push({ ...parcel, pattern })
  truth.patterns.add(pattern)
  return { tx: sent.tx, parcels }
}

function arrange({ w, wallet }: Laundering, portions: readonly Output[], change: number | undefined): Output[] {
  if (change === undefined) return [...portions]
  const rest = portions.filter((_, k) => k !== change)
  const goesOn = portions[change]!
  const habit = wallet.software.change
  if (habit === 'first') return [goesOn, ...rest]
  if (habit === 'last') return [...rest, goesOn]
  if (habit === 'sorted') return [...portions].sort((a, b) => byValueThenScript(w, a, b))
  rest.splice(w.random.below(rest.length + 1), 0, goesOn)
  return rest
}

/** Values of `count` outputs by random weights. */
export function divideBy(l: Laundering, count: number): (value: number) => number[] {
  const weights = Array.from({ length: count }, () => 200 + l.random.below(1_000))
  const sum = weights.reduce((a, b) => a + b, 0)
  return (value) => {
    const parts = weights.map((weight) => Math.floor(value / sum) * weight)
    const given = parts.reduce((a, b) => a + b, 0)
    parts[count - 1]! += value - given
    return parts
  }
}

/** All into one output. */
export const whole = (value: number): readonly number[] => [value]

/** An exchange for the launderer; the first ones most often. */
export function chooseExchange(l: Laundering): Exchange {
  const x = l.random.unit()
  return l.w.cast.exchanges[Math.floor(l.w.cast.exchanges.length * x * x)]!
}

/** A deposit address of the launderer at some exchange: mostly a fresh one. */
export function launderersDeposit(l: Laundering): { readonly address: AddressNumber; readonly exchange: Exchange } {
  if (l.deposits.length > 0 && l.random.oneIn(5)) return l.deposits[l.random.below(l.deposits.length)]!
  const exchange = chooseExchange(l)
  const entry = { address: newDeposit(l.w, exchange, l.wallet), exchange }
  l.deposits.push(entry)
  return entry
}
