import type { AccountId, Tx } from '../ledger/index.ts'
import type { Pool } from './pool.ts'
import type { SeedRule } from './seeds.ts'
import type { Timeline } from './timeline.ts'

/** One side of a transaction as the bounds need it: pools by index, -1 for accounts that were not opened. */
export interface PoolEvent {
  readonly tx: Tx
  readonly asset: number
  readonly payers: readonly {
    readonly account: AccountId
    readonly pool: number
    readonly value: bigint
    readonly stolen: 'no' | 'all' | 'maybe'
  }[]
  readonly receivers: readonly {
    readonly account: AccountId
    readonly pool: number
    readonly value: bigint
    readonly seeded: Seeded
    readonly converted: boolean
  }[]
}

/** How much of a receipt a seed colours, whatever the accounting. */
export interface Seeded {
  readonly least: bigint
  readonly most: bigint
}

/** An account's holding of one asset that the replay follows. */
export interface OpenPool {
  readonly account: AccountId
  readonly asset: number
  readonly pool: Pool
  readonly timeline: Timeline
  /** What it held when it was opened, and how much of that was stolen. */
  readonly held: bigint
  readonly heldStolen: bigint
  readonly seed: SeedRule | null
  cursor: number
  planned: boolean
  depth: number
  /** True when later events were left out because of the time limit. */
  cut: boolean
}
