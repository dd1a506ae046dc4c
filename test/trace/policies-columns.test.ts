import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TransferBatch } from '../../src/ledger/index.ts'
import { bigintOf, writeAmount } from '../../src/trace/amounts/limbs.ts'
import { replayColumns } from '../../src/trace/amounts/replay.ts'
import { proportion } from '../../src/trace/amounts/share.ts'
import { POLICIES, type PolicyName } from '../../src/trace/index.ts'
import { replayPools, replayWhole, type WholeOptions, type WholeResult } from '../../src/trace/whole.ts'

interface Transfer {
  readonly tx: number
  readonly from: number
  readonly to: number
  readonly value: bigint
}

const ACCOUNTS = 6
const LARGEST = (1n << 256n) - 1n

/** Values of every size up to `largest`, small ones and those around the edges of limbs among them. */
const values = (largest: bigint): fc.Arbitrary<bigint> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.bigInt({ min: 0n, max: largest }) },
    { weight: 4, arbitrary: fc.bigInt({ min: 0n, max: 9n }) },
    fc.constantFrom(
      ...[1n << 25n, (1n << 50n) - 1n, 1n << 50n, (1n << 75n) + 1n, largest - 1n, largest].map((value) =>
        value < largest ? value : largest,
      ),
    ),
  )

/** Random ledgers of one asset: shared transactions, self transfers, zero values. */
const transfers = (value: fc.Arbitrary<bigint>): fc.Arbitrary<Transfer[]> =>
  fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: fc.array(fc.tuple(fc.nat(ACCOUNTS - 1), fc.nat(ACCOUNTS - 1), value), { minLength: 1, maxLength: 1 }) },
        { weight: 1, arbitrary: fc.array(fc.tuple(fc.nat(ACCOUNTS - 1), fc.nat(ACCOUNTS - 1), value), { minLength: 2, maxLength: 6 }) },
      ),
      { minLength: 1, maxLength: 60 },
    )
    .map((transactions) =>
      transactions.flatMap((transaction, tx) => transaction.map(([from, to, each]) => ({ tx, from, to, value: each }))),
    )

/** Batches of a few transfers, so that transactions run over their ends; with values as words when told so. */
function batchesOf(list: readonly Transfer[], rows: number, words: boolean): TransferBatch[] {
  const batches: TransferBatch[] = []
  for (let start = 0; start < list.length; start += rows) {
    const part = list.slice(start, start + rows)
    const value = {
      length: part.length,
      get: (i: number) => part[i]!.value,
      words: (target: Uint32Array) => {
        part.forEach((transfer, i) => {
          for (let k = 0; k < 4; k++) target[i * 4 + k] = Number((transfer.value >> BigInt(32 * k)) & 0xffff_ffffn)
        })
        return part.every((transfer) => transfer.value < 1n << 128n)
      },
    }
    batches.push({
      length: part.length,
      row: part.map((_, i) => start + i),
      tx: part.map(({ tx }) => tx),
      from: part.map(({ from }) => from),
      to: part.map(({ to }) => to),
      asset: part.map(() => 0),
      value: words ? value : { length: value.length, get: value.get },
      alone: part.map((transfer) => (list.filter(({ tx }) => tx === transfer.tx).length === 1 ? 1 : 0)),
    })
  }
  return batches
}

/** Thefts of a part of some transfers that stand alone. */
function theftsOf(list: readonly Transfer[], picks: readonly number[]): Map<number, bigint> {
  const theft = new Map<number, bigint>()
  for (const pick of picks) {
    const row = pick % list.length
    const transfer = list[row] as Transfer
    if (list.filter(({ tx }) => tx === transfer.tx).length > 1) continue
    theft.set(row, pick % 3 === 0 ? transfer.value : (transfer.value * BigInt(pick % 7)) / 7n)
  }
  return theft
}

function plain(result: WholeResult): unknown {
  return {
    flows: Array.from(result.tx, (tx, i) => [tx, result.to[i], result.stolen.get(i)]),
    held: [...result.held].sort(([a], [b]) => a - b),
    replayed: result.replayed,
  }
}

const COLUMNED = (Object.keys(POLICIES) as PolicyName[]).filter((name) => POLICIES[name].columns !== undefined)

describe('a replay in columns', () => {
  it('exists for poison, haircut, FIFO and LIFO', () => {
    expect(COLUMNED).toEqual(['poison', 'haircut', 'fifo', 'lifo'])
  })

  for (const name of COLUMNED) {
    const policy = POLICIES[name]
    it(`gives under ${name} the flows and holdings of the pools, for amounts below 2^90`, () => {
      fc.assert(
        fc.property(
          fc.integer({ min: 1, max: 90 }).chain((bits) => transfers(values((1n << BigInt(bits)) - 1n))),
          fc.array(fc.nat(10_000), { minLength: 1, maxLength: 8 }),
          fc.integer({ min: 1, max: 70 }),
          fc.boolean(),
          (list, picks, rows, words) => {
            const options: WholeOptions = { policy, asset: 0, accounts: ACCOUNTS, theft: theftsOf(list, picks) }
            const batches = batchesOf(list, rows, words)
            const columns = replayColumns(batches, policy.columns!, options)
            expect(columns).not.toBeNull()
            expect(plain(columns!)).toEqual(plain(replayPools(batches, options)))
          },
        ),
        { numRuns: 1500 },
      )
    })

    it(`gives under ${name} the flows and holdings of the pools, for any amounts to 2^256-1`, () => {
      let inColumns = 0
      fc.assert(
        fc.property(
          fc.integer({ min: 90, max: 256 }).chain((bits) => transfers(values(bits === 256 ? LARGEST : 1n << BigInt(bits)))),
          fc.array(fc.nat(10_000), { maxLength: 8 }),
          fc.boolean(),
          (list, picks, words) => {
            const options: WholeOptions = { policy, asset: 0, accounts: ACCOUNTS, theft: theftsOf(list, picks) }
            const batches = batchesOf(list, 16, words)
            if (replayColumns(batches, policy.columns!, options) !== null) inColumns++
            expect(plain(replayWhole(batches, options))).toEqual(plain(replayPools(batches, options)))
          },
        ),
        { numRuns: 500 },
      )
      expect(inColumns).toBeGreaterThan(0)
      expect(inColumns).toBeLessThan(500)
    })
  }

  it('refuses, as the pools do, a theft of more than its transfer', () => {
    const batches = batchesOf([{ tx: 0, from: 0, to: 1, value: 5n }], 8, false)
    const options: WholeOptions = { policy: POLICIES.fifo, asset: 0, accounts: ACCOUNTS, theft: new Map([[0, 6n]]) }
    expect(() => replayWhole(batches, options)).toThrow(RangeError)
    expect(() => replayPools(batches, options)).toThrow(RangeError)
  })

  it('is left to the pools when the accounts together could hold 2^100', () => {
    const half = 1n << 99n
    const run = (list: Transfer[]) =>
      replayColumns(batchesOf(list, 8, true), POLICIES.haircut.columns!, {
        policy: POLICIES.haircut,
        asset: 0,
        accounts: ACCOUNTS,
        theft: new Map(),
      })
    const move = (tx: number, from: number, to: number, value: bigint): Transfer => ({ tx, from, to, value })
    expect(run([move(0, 0, 2, half), move(1, 1, 2, half)])).toBeNull()
    expect(run([move(0, 0, 1, half * 2n)])).toBeNull()
    // The same value that goes round many times is no more than itself.
    expect(run(Array.from({ length: 40 }, (_, i) => move(i, i % 2, 1 - (i % 2), half)))).not.toBeNull()
  })
})

describe('the proportional share', () => {
  const amount = (bits: number): fc.Arbitrary<bigint> => fc.bigInt({ min: 1n, max: (1n << BigInt(bits)) - 1n })
  const check = (v: bigint, x: bigint, b: bigint): void => {
    const pool = new Float64Array(4)
    const register = new Float64Array(4)
    writeAmount(b, pool, 0)
    writeAmount(x, pool, 2)
    writeAmount(v, register, 0)
    proportion(pool, 0, register)
    expect(bigintOf(register[2]!, register[3]!)).toBe((v * x) / b)
  }

  it('is floor(v·x/b) for every size of amounts below 2^100', () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 2, max: 100 })
          .chain((bits) =>
            fc.tuple(amount(bits), fc.integer({ min: 1, max: bits }).chain(amount), fc.integer({ min: 1, max: bits }).chain(amount)),
          ),
        ([b, x, v]) => {
          fc.pre(x < b && v < b)
          check(v, x, b)
        },
      ),
      { numRuns: 20_000 },
    )
  })

  it('is exact where the quotient is whole or falls short of it by the least', () => {
    fc.assert(
      fc.property(amount(50), amount(50), amount(49), fc.integer({ min: -2, max: 2 }), (p, q, r, off) => {
        // v·x is a multiple of b, or as near to one as integers come.
        const b = p * q
        const v = p * r + BigInt(off)
        const x = q * ((r % p) + 1n)
        fc.pre(0n < x && x < b && 0n < v && v < b)
        check(v, x, b)
      }),
      { numRuns: 20_000 },
    )
    const top = (1n << 100n) - 1n
    for (const b of [top, top - 1n, 1n << 99n, (1n << 99n) + 1n]) {
      for (const x of [1n, 2n, b / 2n, b - 2n, b - 1n]) for (const v of [1n, 2n, b / 2n, b - 2n, b - 1n]) check(v, x, b)
    }
  })
})
