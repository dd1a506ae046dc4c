import type { PeelChainTruth } from '../truth.ts'
import { end, noteCashOut } from './endings.ts'
import { carry, divideBy, freshAddress, type Laundering, later, launderersDeposit, type Parcel, whole } from './laundering.ts'

/** Satoshis below which a parcel is not divided any more. */
const LEAST = 3_000_000
const SHORTEST_PEEL = 10
const LONGEST_PEEL = 60

/** Carries a parcel on by the next pattern that its budget of transactions allows. */
export function launder(l: Laundering, parcel: Parcel): void {
  if (parcel.budget < 3 || parcel.stolen < LEAST) {
    end(l, parcel)
    return
  }
  const turn = l.turn++ % 3
  if (turn === 0 && parcel.budget >= SHORTEST_PEEL + 3) peel(l, parcel)
  else if (turn === 2 && parcel.budget >= 6) consolidate(l, parcel)
  else split(l, parcel)
}

/** One coin into several. */
function split(l: Laundering, parcel: Parcel): void {
  const widest = Math.min(parcel.budget > 200 ? 20 : 7, Math.floor(parcel.budget / 2))
  const count = 2 + l.random.below(Math.max(1, widest - 1))
  later(l, 6, () => {
    const to = Array.from({ length: count }, () => freshAddress(l))
    const { parcels } = carry(l, [parcel], to, divideBy(l, count), 'split')
    const budget = Math.max(0, Math.floor((parcel.budget - 1) / count))
    for (const each of parcels) launder(l, { ...each, budget })
  })
}

/** A small part goes to an exchange, the large rest to a fresh address, which does the same again: 10 to 60 hops. */
function peel(l: Laundering, parcel: Parcel): void {
  const most = Math.min(LONGEST_PEEL, parcel.budget - 2)
  const hops = Math.min(most, SHORTEST_PEEL + l.random.below(LONGEST_PEEL - SHORTEST_PEEL + 1))
  const chain: PeelChainTruth = { hops: [] }
  l.truth.peelChains.push(chain)
  hop(l, parcel, chain, hops, hops)
}

function hop(l: Laundering, parcel: Parcel, chain: PeelChainTruth, left: number, hops: number): void {
  if (left === 0) {
    launder(l, parcel)
    return
  }
  later(l, 2 * left + 2, () => {
    const { address, exchange } = launderersDeposit(l)
    const part = (300 + l.random.below(600)) / (1_000 * (hops + 4))
    const divide = (value: number) => {
      const peeled = Math.max(10_000, Math.floor(value * part))
      return [peeled, value - peeled]
    }
    const { tx, parcels } = carry(l, [parcel], [address, freshAddress(l)], divide, 'peel chain', { change: 1 })
    const [peeled, rest] = [parcels[0]!, parcels[1]!]
    noteCashOut(l, peeled, exchange.index)
    chain.hops.push({ tx, continues: rest.coin.index, peeled: { index: peeled.coin.index, value: peeled.coin.value } })
    hop(l, { ...rest, budget: Math.max(0, parcel.budget - 1) }, chain, left - 1, hops)
  })
}

/** Out to several addresses, a step further for each, and together again at one. */
function consolidate(l: Laundering, parcel: Parcel): void {
  const count = 3 + l.random.below(Math.min(6, parcel.budget - 4))
  later(l, 6, () => {
    const to = Array.from({ length: count }, () => freshAddress(l))
    const { parcels } = carry(l, [parcel], to, divideBy(l, count), 'split')
    const arrived: { readonly coin: Parcel['coin']; readonly stolen: number }[] = []
    for (const each of parcels)
      later(l, 5, () => {
        arrived.push(carry(l, [each], [freshAddress(l)], whole, 'split').parcels[0]!)
        if (arrived.length < count) return
        later(l, 5, () => {
          const collected = carry(l, arrived, [freshAddress(l)], whole, 'consolidation').parcels[0]!
          launder(l, { ...collected, budget: Math.max(0, parcel.budget - count - 2) })
        })
      })
  })
}
