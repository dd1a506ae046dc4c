import { WETH } from '../assets.ts'
import { newDeposit, planForward } from '../honest/exchanges.ts'
import { hotOf } from '../honest/people.ts'
import { NOTES } from '../honest/services.ts'
import type { CashOutTruth } from '../truth.ts'
import { drawAsset, exchanged, fillHot, lowDigits, newAccount, pay, type World } from '../world.ts'
import { amountIn, dollars, exact, type Laundering, later, launderersDeposit, type Parcel, sendShare, split, total } from './laundering.ts'

function cashOut(l: Laundering, share: Parcel, account: number, entity: Pick<CashOutTruth, 'entity' | 'kind' | 'tagged'>): void {
  l.truth.cashOuts.push({ ...entity, account, asset: share.asset, amount: share.stolen, transaction: l.w.transaction })
}

/** Into one deposit address of an exchange. */
export function depositShare(l: Laundering, share: Parcel, pattern: 'deposit to several exchanges' | 'peel chain'): void {
  const { account, exchange } = launderersDeposit(l)
  sendShare(l, share, account, pattern)
  cashOut(l, share, account, { entity: exchange.id, kind: exchange.kind, tagged: exchange.tagged })
  planForward(l.w, account, share.asset)
}

/** Deposits to several exchanges, one after the other. */
export function depositAll(l: Laundering, parcel: Parcel): void {
  const count = dollars(l.w, parcel.asset, total(parcel)) > 5_000 ? 1 + l.random.below(3) : 1
  for (const share of split(l, parcel, count)) later(l, 3, () => depositShare(l, share, 'deposit to several exchanges'))
}

export function hold(l: Laundering, parcel: Parcel): void {
  l.truth.held.push({ account: parcel.account, asset: parcel.asset, amount: parcel.stolen })
  l.truth.patterns.add('hold')
}

/** In to a service where the chain's own record of it ends, and for mixers and instant exchanges out again elsewhere. */
export function throughService(l: Laundering, parcel: Parcel): void {
  const choice = l.random.below(3)
  if (choice === 0 && parcel.asset === WETH && parcel.clean === 0n) {
    later(l, 3, () => mix(l, parcel))
    return
  }
  later(l, 3, () => (choice === 1 ? bridge(l, parcel) : instant(l, parcel)))
}

function bridge(l: Laundering, parcel: Parcel): void {
  const service = l.w.cast.bridges[l.random.below(l.w.cast.bridges.length)]!
  sendShare(l, parcel, service.account, 'hop through services')
  cashOut(l, parcel, service.account, { entity: service.id, kind: 'bridge', tagged: service.tagged })
}

function instant(l: Laundering, parcel: Parcel): void {
  const service = l.w.cast.instants[l.random.below(l.w.cast.instants.length)]!
  const entry = newDeposit(l.w, service, parcel.account)
  l.w.theftOfDeposit.set(entry, l.truth)
  sendShare(l, parcel, entry, 'hop through services')
  cashOut(l, parcel, entry, { entity: service.id, kind: 'instant', tagged: service.tagged })
  planForward(l.w, entry, parcel.asset)
  const out = drawAsset(l.w)
  const hi = Math.max(1, exchanged(l.w, parcel.asset, amountIn(l.w, parcel.asset, total(parcel)).hi, out, 900))
  later(l, 20, () => {
    const hot = hotOf(l.w, service)
    fillHot(l.w, service, hot, out, hi)
    payOut(l, service.id, hot, out, hi, lowDigits(l.w, out))
  })
}

/** Whole notes go in, one by one, and come out at fresh accounts; what is less than a note is deposited at an exchange. */
function mix(l: Laundering, parcel: Parcel): void {
  const w: World = l.w
  const mixer = w.cast.mixers[l.random.below(w.cast.mixers.length)]!
  const limit = BigInt(w.assets[WETH]!.loLimit)
  let rest = parcel
  let notes = 0
  for (const note of [...NOTES].reverse()) {
    const value = BigInt(note) * limit
    while (rest.stolen >= value && notes < 12) {
      const share: Parcel = { ...rest, stolen: value, budget: 0 }
      rest = { ...rest, stolen: rest.stolen - value }
      notes += 1
      later(l, 3, () => {
        sendShare(l, share, mixer.account, 'hop through services')
        cashOut(l, share, mixer.account, { entity: mixer.id, kind: 'mixer', tagged: mixer.tagged })
        later(l, 2, () => payOut(l, mixer.id, mixer.account, WETH, note, 0))
      })
    }
  }
  if (rest.stolen > 0n) depositAll(l, rest)
}

/** What comes out of a service goes to an account that nothing on the chain ties to what went in. */
function payOut(l: Laundering, service: string, from: number, asset: number, hi: number, lo: number): void {
  const w = l.w
  // Others may have emptied the pool meanwhile.
  const amount = w.balances.hi(from, asset) > hi ? { hi, lo } : { hi: w.balances.hi(from, asset), lo: 0 }
  if (amount.hi === 0) return
  const to = newAccount(w)
  pay(w, from, to, asset, amount.hi, amount.lo)
  l.truth.afterServices.push({ transaction: w.transaction, service, to, asset, amount: exact(l, asset, amount) })
}
