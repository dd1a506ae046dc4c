import fc from 'fast-check'
import { type BoundsInput, type Injection, type Opening, OUTSIDE, terminal } from '../../../src/trace/bounds/index.ts'

/** What random ledgers are made from. */
export interface Shape {
  readonly pools: number
  readonly groups: number
  readonly transactions: number
  readonly largest: bigint
  /** Moves of one transaction at most. */
  readonly width: number
  readonly injections: boolean
  readonly unknown: boolean
}

interface Draft {
  readonly from: number
  readonly to: number
  readonly value: bigint
  readonly limits: readonly [bigint, bigint] | null
}

/** Random ledgers that could have happened: no pool pays more than it holds, nor pays and receives in one transaction. */
export function ledgers(shape: Shape): fc.Arbitrary<BoundsInput> {
  const { pools, groups, largest, width, transactions } = shape
  const place = fc.integer({ min: -1 - groups, max: pools - 1 })
  const amount = fc.bigInt({ min: 0n, max: largest })
  const limits = shape.injections
    ? fc.option(fc.tuple(amount, amount), { nil: null, freq: 4 })
    : fc.constant<readonly [bigint, bigint] | null>(null)
  const move = fc.record({ from: place, to: place, value: amount, limits })
  const colours = ['stolen', 'clean', ...(shape.unknown ? (['unknown'] as const) : [])] as const
  const openings = fc.array(fc.record({ pool: fc.integer({ min: 0, max: pools - 1 }), amount, colour: fc.constantFrom(...colours) }), {
    maxLength: pools + 1,
  })
  const holdings = fc.array(
    fc.record({ pool: fc.integer({ min: 0, max: pools - 1 }), at: fc.nat(transactions), limits: fc.tuple(amount, amount) }),
    {
      maxLength: shape.injections ? 2 : 0,
    },
  )
  return fc
    .tuple(openings, fc.array(fc.array(move, { minLength: 1, maxLength: width }), { maxLength: transactions, size: 'max' }), holdings)
    .map(([opening, drafts, marks]) => settle(shape, opening, drafts, marks))
}

function settle(
  { pools, groups }: Shape,
  opening: readonly Opening[],
  drafts: readonly (readonly Draft[])[],
  marks: readonly { pool: number; at: number; limits: readonly [bigint, bigint] }[],
): BoundsInput {
  const balance = new Array<bigint>(pools).fill(0n)
  for (const { pool, amount } of opening) balance[pool]! += amount
  const from: number[] = []
  const to: number[] = []
  const value: bigint[] = []
  const tx: number[] = []
  const injections: Injection[] = []
  const within = ([a, b]: readonly [bigint, bigint], most: bigint): { least: bigint; most: bigint } => {
    const low = a < b ? a : b
    const high = a < b ? b : a
    return { least: low < most ? low : most, most: high < most ? high : most }
  }
  const mark = (at: number, last: boolean): void => {
    for (const { pool, at: when, limits } of marks) {
      if (when === at || (last && when > at)) {
        injections.push({ kind: 'holding', pool, before: value.length, ...within(limits, balance[pool]!) })
      }
    }
  }
  drafts.forEach((moves, t) => {
    mark(t, false)
    const paying = new Set<number>()
    const receiving = new Set<number>()
    const received: [number, bigint][] = []
    for (const draft of moves) {
      if (draft.from >= 0 && receiving.has(draft.from)) continue
      if (draft.to >= 0 && paying.has(draft.to)) continue
      if (draft.from === draft.to && moves.length > 1) continue
      const most = draft.from >= 0 && draft.value > balance[draft.from]! ? balance[draft.from]! : draft.value
      if (draft.limits !== null && draft.from !== draft.to)
        injections.push({ kind: 'move', move: value.length, ...within(draft.limits, most) })
      from.push(draft.from)
      to.push(draft.to)
      value.push(most)
      tx.push(t)
      if (draft.from === draft.to) continue
      if (draft.from >= 0) {
        balance[draft.from]! -= most
        paying.add(draft.from)
      }
      if (draft.to >= 0) {
        receiving.add(draft.to)
        received.push([draft.to, most])
      }
    }
    for (const [pool, amount] of received) balance[pool]! += amount
  })
  mark(drafts.length, true)
  return {
    pools,
    groups,
    opening,
    injections,
    moves: { from: Int32Array.from(from), to: Int32Array.from(to), value, tx: Uint32Array.from(tx) },
  }
}

/** A ledger from rows of `[from, to, value]`, each its own transaction unless a fourth entry says otherwise. */
export function ledger(
  rows: readonly (readonly [from: number | string, to: number | string, value: number, tx?: number])[],
  opening: readonly (readonly [pool: number, amount: number, colour: Opening['colour']])[],
  injections: readonly Injection[] = [],
): BoundsInput {
  const place = (name: number | string): number =>
    typeof name === 'number' ? name : name === 'outside' ? OUTSIDE : terminal(name.charCodeAt(0) - 65)
  const from = rows.map((row) => place(row[0]))
  const to = rows.map((row) => place(row[1]))
  return {
    pools: Math.max(-1, ...from, ...to, ...opening.map(([pool]) => pool)) + 1,
    groups: Math.max(0, ...from.map((at) => -1 - at), ...to.map((at) => -1 - at)),
    opening: opening.map(([pool, amount, colour]) => ({ pool, amount: BigInt(amount), colour })),
    injections,
    moves: {
      from: Int32Array.from(from),
      to: Int32Array.from(to),
      value: rows.map((row) => BigInt(row[2])),
      tx: Uint32Array.from(rows, (row, i) => row[3] ?? i),
    },
  }
}
