import type { Leg } from './netting.ts'
import { cleanParcel, type Parcel, stolenParcel } from './parcel.ts'
import type { Policy } from './pool.ts'

/** A transaction is a pool while it runs: filled by its payers' parcels in order, and emptied into its receivers in order. Sums must be equal. */
export function shareOut(policy: Policy, parcels: readonly Parcel[], receivers: readonly Leg[]): Parcel[] {
  if (parcels.length === 1 && receivers.length === 1) return [...parcels]
  if (parcels.every((parcel) => parcel.stolen === 0n)) return receivers.map(({ value }) => cleanParcel(value))
  if (parcels.every((parcel) => parcel.stolen === parcel.value)) return receivers.map(({ value }) => stolenParcel(value))
  const pool = policy.pool()
  for (const parcel of parcels) pool.put(parcel)
  pool.plan?.(receivers.map(({ value }) => value))
  return receivers.map(({ value }) => pool.take(value))
}
