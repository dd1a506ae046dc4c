import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBalances } from '../../src/simulate/balances.ts'
import { createRandom } from '../../src/simulate/random.ts'

describe('the generator of chance', () => {
  it('gives the numbers that it gave when this was written', () => {
    const random = createRandom('cordon')
    expect([random.next(), random.next(), random.next()]).toEqual(VECTOR)
  })

  it('stays below its bound, for bounds up to 2^53', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (seed, bound) => {
        const random = createRandom(seed)
        for (let i = 0; i < 20; i++) {
          const drawn = random.below(bound)
          expect(Number.isInteger(drawn) && drawn >= 0 && drawn < bound).toBe(true)
        }
      }),
    )
  })

  it('draws low ranks far more often than high ones, each octave as often as the next', () => {
    const random = createRandom('zipf')
    const ranks = Array.from({ length: 20_000 }, () => random.zipf(1_023, 0))
    const share = (from: number, to: number) => ranks.filter((rank) => rank >= from && rank < to).length / ranks.length
    expect(share(0, 1)).toBeCloseTo(0.1, 1)
    expect(share(511, 1_023)).toBeCloseTo(0.1, 1)
  })
})

describe('compact balances', () => {
  it('agree with exact integers over any run of payments, while the table grows', () => {
    const LIMIT = 1_000_000_000_000
    const step = fc.record({
      account: fc.integer({ min: 1, max: 3_000 }),
      asset: fc.integer({ min: 0, max: 3 }),
      hi: fc.integer({ min: 0, max: 1e9 }),
      lo: fc.integer({ min: 0, max: LIMIT - 1 }),
      take: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 2_000, size: 'max' }), (steps) => {
        const balances = createBalances(1)
        const exact = new Map<string, bigint>()
        for (const { account, asset, hi, lo, take } of steps) {
          const key = `${account}.${asset}`
          const value = BigInt(hi) * BigInt(LIMIT) + BigInt(lo)
          const held = exact.get(key) ?? 0n
          if (take) {
            expect(balances.take(account, asset, hi, lo, LIMIT)).toBe(held >= value)
            if (held >= value) exact.set(key, held - value)
          } else {
            balances.add(account, asset, hi, lo, LIMIT)
            exact.set(key, held + value)
          }
          expect(BigInt(balances.hi(account, asset)) * BigInt(LIMIT) + BigInt(balances.lo(account, asset))).toBe(exact.get(key) ?? 0n)
        }
      }),
      { numRuns: 20 },
    )
  })
})

const VECTOR = [3508936297, 1791561469, 509606030]
