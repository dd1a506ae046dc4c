import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bitcoins } from '../../../../src/attribution/bitcoin/coinjoin/coinjoin.ts'
import {
  COINJOIN_FAMILIES,
  detectCoinJoin,
  detectJoinMarket,
  detectWasabi1,
  detectWasabi2,
  detectWhirlpool,
  detectWhirlpoolTx0,
} from '../../../../src/attribution/bitcoin/coinjoin/index.ts'
import { anything, joinMarketOf, times, transaction, whirlpool } from './build.ts'

describe('detectors', () => {
  it('no transaction, however malformed, makes one throw, and what is found points at its outputs', () => {
    fc.assert(
      fc.property(anything, (tx) => {
        for (const detect of [detectCoinJoin, detectWhirlpool, detectWhirlpoolTx0, detectWasabi1, detectWasabi2, detectJoinMarket]) {
          const found = detect(tx)
          if (found === null) continue
          expect(COINJOIN_FAMILIES).toContain(found.family)
          expect(found.mixed.every((k) => k >= 0 && k < tx.outputs.length)).toBe(true)
          expect(found.collaborative).toBe(found.mixed.length > 0)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('thousands of equal inputs and outputs are answered at once', () => {
    const tx = transaction({ inputs: times(6_000, 5_000_000), outputs: times(6_000, 5_000_000) })
    const started = performance.now()
    expect(detectCoinJoin(tx)).toBeNull()
    expect(performance.now() - started).toBeLessThan(1_000)
  })

  it('nothing is said of a coinbase, of a transaction without inputs, or where an output has no known value', () => {
    fc.assert(
      fc.property(fc.oneof(whirlpool, joinMarketOf(2)), (tx) => {
        expect(detectCoinJoin({ ...tx, coinbase: true })).toBeNull()
        expect(detectCoinJoin({ ...tx, inputs: [] })).toBeNull()
        expect(
          detectCoinJoin({ ...tx, outputs: tx.outputs.map((output, k) => (k === 0 ? { ...output, value: null } : output)) }),
        ).toBeNull()
      }),
    )
  })

  it('satoshis are written as bitcoins without loss', () => {
    expect([0, 1, 5_000_000, 100_000_000, 2_099_999_997_690_000].map(bitcoins)).toEqual([
      '0 BTC',
      '0.00000001 BTC',
      '0.05 BTC',
      '1 BTC',
      '20999999.9769 BTC',
    ])
  })
})
