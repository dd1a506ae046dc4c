import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCoinJoins } from '../../../../bench/accuracy/coinjoin-file.ts'
import { detectCoinJoin, mayBeCoinJoin } from '../../../../src/attribution/bitcoin/coinjoin/index.ts'
import { hasShared } from '../../shared.ts'
import { anything, columnsOf, joinMarketOf, times, transaction, whirlpool } from './build.ts'

const many = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 13, maxLength: 300 })

describe('what is worth asking about', () => {
  it('is never passed over when the detectors find several owners', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(whirlpool, joinMarketOf(2), anything), { minLength: 1, maxLength: 10 }), (txs) => {
        const columns = columnsOf(txs)
        txs.forEach((tx, k) => {
          if (detectCoinJoin(tx)?.collaborative === true) expect(mayBeCoinJoin(columns, k)).toBe(true)
        })
      }),
    )
  })

  it.skipIf(!hasShared('coinjoin'))('is never passed over among the real mixes, and is rare among the rest', () => {
    const txs = (readCoinJoins() ?? []).map(({ tx }) => tx)
    const columns = columnsOf(txs)
    let asked = 0
    txs.forEach((tx, k) => {
      const found = detectCoinJoin(tx)
      const may = mayBeCoinJoin(columns, k)
      if (found?.collaborative === true) expect(may).toBe(true)
      else if (found === null && may) asked++
    })
    expect(asked).toBeLessThan(20)
  })

  it('is three outputs of one value, in any of many', () => {
    fc.assert(
      fc.property(many, (values) => {
        const counts = new Map<number, number>()
        for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
        const columns = columnsOf([transaction({ inputs: [1, 2, 3], outputs: values })])
        expect(mayBeCoinJoin(columns, 0)).toBe(Math.max(...counts.values()) >= 3)
      }),
    )
  })

  it('values that differ in their upper halves alone differ', () => {
    const outputs = Array.from({ length: 40 }, (_, k) => BigInt(k + 1) << 32n).map((value) => ({ value }))
    expect(mayBeCoinJoin(columnsOf([transaction({ inputs: [1, 2, 3], outputs })]), 0)).toBe(false)
    const few = outputs.slice(0, 6)
    expect(mayBeCoinJoin(columnsOf([transaction({ inputs: [1, 2, 3], outputs: few })]), 0)).toBe(false)
  })

  it('needs three inputs and four outputs', () => {
    const columns = columnsOf([
      transaction({ inputs: [1, 2], outputs: times(9, 500) }),
      transaction({ inputs: [1, 2, 3], outputs: times(3, 500) }),
      transaction({ inputs: [1, 2, 3], outputs: [...times(3, 500), 7] }),
    ])
    expect([0, 1, 2].map((k) => mayBeCoinJoin(columns, k))).toEqual([false, false, true])
  })

  it('more outputs than the table has room for are looked at as well', () => {
    const different = Array.from({ length: 20_000 }, (_, k) => 1_000 + k)
    const columns = columnsOf([
      transaction({ inputs: [1, 2, 3], outputs: different }),
      transaction({ inputs: [1, 2, 3], outputs: [...different, 1_500, 1_500] }),
    ])
    expect(mayBeCoinJoin(columns, 0)).toBe(false)
    expect(mayBeCoinJoin(columns, 1)).toBe(true)
  })
})
