import type { AccountId } from '../ledger/index.ts'
import type { Leg } from './netting.ts'
import { cleanParcel, type Parcel, stolenParcel } from './parcel.ts'
import type { Policy } from './pool.ts'

/**
 * A transaction is a pool while it runs: filled by its payers' parcels in order, and emptied into its receivers in order. Sums must be equal.
 *
 * The receiver `spared` is given clean value before any policy is asked, the last clean units of the last payers; stolen value only for what is then still due to it.
 */
export function shareOut(policy: Policy, parcels: readonly Parcel[], receivers: readonly Leg[], spared?: AccountId): Parcel[] {
  if (parcels.length === 1 && receivers.length === 1) return [...parcels]
  if (parcels.every((parcel) => parcel.stolen === 0n)) return receivers.map(({ value }) => cleanParcel(value))
  if (parcels.every((parcel) => parcel.stolen === parcel.value)) return receivers.map(({ value }) => stolenParcel(value))
  const at = spared === undefined ? -1 : receivers.findIndex(({ account }) => account === spared)
  if (at !== -1) return shareSparing(policy, parcels, receivers, at)
  const pool = policy.pool()
  for (const parcel of parcels) pool.put(parcel)
  pool.plan?.(receivers.map(({ value }) => value))
  return receivers.map(({ value }) => pool.take(value))
}

function shareSparing(policy: Policy, parcels: readonly Parcel[], receivers: readonly Leg[], at: number): Parcel[] {
  const due = (receivers[at] as Leg).value
  const left = [...parcels]
  let clean = 0n
  for (let p = left.length - 1; p >= 0 && clean < due; p--) {
    const parcel = left[p] as Parcel
    const free = parcel.value - parcel.stolen
    const part = free < due - clean ? free : due - clean
    left[p] = withoutClean(parcel, part)
    clean += part
  }
  const rest = receivers.map((receiver, r) => (r === at ? { ...receiver, value: due - clean } : receiver))
  // What is still due once all clean value is gone is stolen, as is then everything else.
  return shareOut(policy, left, rest).map((parcel, r) =>
    r === at ? { value: due, stolen: parcel.stolen, lots: null, firstStolen: parcel.stolen !== 0n } : parcel,
  )
}

/** A parcel less its last clean units. */
function withoutClean(parcel: Parcel, amount: bigint): Parcel {
  if (amount === 0n) return parcel
  const value = parcel.value - amount
  if (parcel.stolen === 0n) return cleanParcel(value)
  if (parcel.lots === null) return value === parcel.stolen ? stolenParcel(value) : { ...parcel, value }
  const lots = [...parcel.lots]
  let left = amount
  for (let k = lots.length - 1; k >= 0 && left > 0n; k--) {
    if ((k % 2 === 0) === parcel.firstStolen) continue
    const part = (lots[k] as bigint) < left ? (lots[k] as bigint) : left
    lots[k] = (lots[k] as bigint) - part
    left -= part
  }
  // Lots of nothing keep the colours alternating; pools pass over them.
  return { value, stolen: parcel.stolen, lots, firstStolen: parcel.firstStolen }
}
