import type { AssetId } from './caip.ts'

/** What is known of an asset. Decimals and symbol are for display only; amounts are always integers of base units. */
export interface Asset {
  readonly id: AssetId
  /** Base units per displayed unit as a power of ten; null when unknown (then base units are shown). */
  readonly decimals: number | null
  readonly symbol: string | null
}
