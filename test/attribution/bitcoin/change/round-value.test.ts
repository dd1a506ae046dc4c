import { describe, expect, it } from 'vitest'
import { roundValue, roundValueOf } from '../../../../src/attribution/bitcoin/change/index.ts'
import type { BitcoinTransaction } from '../../../../src/ledger/index.ts'
import { world } from '../table.ts'
import { NOTHING } from './votes.ts'

describe('round value', () => {
  const of = (...values: number[]): BitcoinTransaction =>
    world([{ inputs: [{ account: 1, value: 1_000_000_000 }], outputs: values.map((value, k) => [k + 2, value] as const) }])
      .transactions[0] as BitcoinTransaction

  it('the one output that is no multiple of a hundredth of a bitcoin is change', () => {
    expect(roundValue(of(25_000_000, 13_371_234), NOTHING)).toMatchObject({
      output: 1,
      against: [0],
      reason: 'the value of output 0 is a multiple of 10^6 satoshis',
    })
  })

  it('one satoshi beside a round value is not round', () => {
    expect(roundValue(of(25_000_001, 13_371_234), NOTHING)).toMatchObject({ output: null, against: [] })
  })

  it('says nothing where all are round', () => {
    expect(roundValue(of(25_000_000, 13_000_000), NOTHING)).toMatchObject({ output: null, against: [] })
  })

  it('counts as many digits as asked', () => {
    expect(roundValueOf(8)(of(25_000_000, 100_000_000), NOTHING)).toMatchObject({ output: 0, against: [1] })
    expect(roundValueOf(3)(of(25_001_000, 13_371_234), NOTHING)).toMatchObject({ output: 1, against: [0] })
  })
})
