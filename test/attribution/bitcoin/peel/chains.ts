import { followPeelChain, type PeelChain, type PeelOptions } from '../../../../src/attribution/bitcoin/peel/index.ts'
import type { Entity } from '../../../../src/attribution/index.ts'
import { addressOf, type TxSpec, world } from '../table.ts'

export const OWN = { version: 2, lockTime: 700_000, sequence: 'replaceable' as const }
export const OTHER = { version: 1 }

/** A coinbase, three peels by one wallet, and the spends of what was peeled by others. The change is output 1, 0, 1. */
export const CHAIN: TxSpec[] = [
  { outputs: [[1, 1_000_000]] },
  {
    inputs: [[0, 0]],
    outputs: [
      [100, 90_000],
      [2, 909_000],
    ],
    ...OWN,
  },
  { inputs: [[1, 0]], outputs: [[200, 89_000]], ...OTHER },
  {
    inputs: [[1, 1]],
    outputs: [
      [3, 808_000],
      [101, 100_000],
    ],
    ...OWN,
    lockTime: 700_010,
  },
  { inputs: [[3, 1]], outputs: [[201, 99_000]], ...OTHER },
  {
    inputs: [[3, 0]],
    outputs: [
      [102, 50_000],
      [4, 757_000],
    ],
    ...OWN,
  },
  { inputs: [[5, 0]], outputs: [[202, 49_000]], ...OTHER },
]

export const follow = (specs: readonly TxSpec[], start: number, options?: PeelOptions): Promise<PeelChain> =>
  followPeelChain(world(specs).ledger, start, options)
export const path = ({ hops }: PeelChain) => hops.map(({ tx, continues }) => [tx, continues?.index ?? null])

export const service = (id: string): Entity => ({
  id,
  label: id,
  kind: 'exchange',
  service: true,
  confidence: 50,
  basis: 'tag',
  evidence: [],
  contact: null,
  conflicts: [],
})
export const tagged = (entities: Record<number, Entity>) => ({
  tags: {
    entityOf: (address: string) => Object.entries(entities).find(([account]) => addressOf(Number(account)) === address)?.[1] ?? null,
  },
})
