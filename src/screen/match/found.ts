import type { Reason } from './answer.ts'
import type { PreparedName } from './name-index.ts'

/** What one entry has been found by, before the evidence beside it is weighed. */
export interface Found {
  readonly nameScore: number
  /** Number of the listed name, or -1. */
  readonly name: number
  readonly asked: PreparedName | null
  /** The best of the names that are no weak aliases. */
  readonly strongScore: number
  readonly paper: Reason | null
}

/** An entry that nothing has been found by yet. */
export const NOT_FOUND: Found = { nameScore: 0, name: -1, asked: null, strongScore: 0, paper: null }

/** What has been found, by entry number. */
export type FoundEntries = Map<number, Found>
