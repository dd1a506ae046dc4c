import fc from 'fast-check'
import type { TagStore } from '../../src/attribution/index.ts'
import type { Ledger } from '../../src/ledger/index.ts'
import { type MemoryRow, memoryLedger } from '../../src/ledger/memory.ts'

/** A store without a tag: every account is passed through. */
export const NO_TAGS: TagStore = { tagsOf: () => [], entityOf: () => null, packs: [], size: 0 }

export function address(n: number): string {
  return `0x${n.toString(16).padStart(40, '0')}`
}

export function hash(n: number): string {
  return `0x${n.toString(16).padStart(64, '0')}`
}

export interface Move {
  readonly from: number
  readonly to: number
  readonly value: bigint
  readonly asset?: string
  /** Moves with the same number, standing together, are one transaction; each its own when left out. */
  readonly tx?: number
}

/** Accounts are small numbers, from 1; one second and one block a transaction. */
export function ledgerOf(moves: readonly Move[], options: { genesis?: boolean } = {}): Ledger {
  let next = 0
  let last: number | undefined
  const rows: MemoryRow[] = moves.map((move) => {
    if (move.tx === undefined || move.tx !== last) next += 1
    last = move.tx
    return {
      block: next,
      time: 1_700_000_000 + next,
      hash: hash(next),
      from: address(move.from),
      to: address(move.to),
      asset: move.asset ?? 'usd',
      value: move.value,
    }
  })
  return memoryLedger(rows, options)
}

/** Random small ledgers of one asset, one transfer a transaction. */
export const moves = (accounts: number, count: number): fc.Arbitrary<Move[]> =>
  fc.array(
    fc.record({
      from: fc.integer({ min: 1, max: accounts }),
      to: fc.integer({ min: 1, max: accounts }),
      value: fc.bigInt({ min: 0n, max: 50n }),
    }),
    {
      minLength: 1,
      maxLength: count,
    },
  )

/** Random ledgers with transactions of several transfers and two assets. */
export const busyMoves = (accounts: number, count: number): fc.Arbitrary<Move[]> =>
  fc
    .array(
      fc.array(
        fc.record({
          from: fc.integer({ min: 1, max: accounts }),
          to: fc.integer({ min: 1, max: accounts }),
          value: fc.bigInt({ min: 0n, max: 1n << 70n }),
          asset: fc.constantFrom('usd', 'eip155:1/slip44:60'),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      { minLength: 1, maxLength: count },
    )
    .map((transactions) => transactions.flatMap((transaction, tx) => transaction.map((move) => ({ ...move, tx }))))
