import type { AccountId } from '../ledger/index.ts'

/** Bounds by place, in base units. */
export interface BoundsByPlace {
  account(kind: 'service' | 'held', account: AccountId, asset: number): { least: bigint; most: bigint } | null
  entity(id: string, asset: number): { least: bigint; most: bigint } | null
  readonly notes: readonly string[]
}

export function boundsOf(_o: unknown): BoundsByPlace {
  throw new Error('not yet')
}
