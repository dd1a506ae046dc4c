import { describe, expect, it } from 'vitest'
import { optimalChange } from '../../../../src/attribution/bitcoin/change/index.ts'
import type { BitcoinTransaction } from '../../../../src/ledger/index.ts'
import { world } from '../table.ts'

describe('optimal change', () => {
  it('the one output smaller than every input is change', () => {
    const tx = world([
      {
        inputs: [
          { account: 1, value: 50 },
          { account: 2, value: 30 },
        ],
        outputs: [
          [3, 60],
          [4, 19],
        ],
      },
    ]).transactions[0]
    expect(optimalChange(tx as BitcoinTransaction)).toMatchObject({
      output: 1,
      against: [0],
      reason: 'output 1 is smaller than the smallest input of 30 satoshis',
    })
  })

  it.each([
    ['there is one input', [{ account: 1, value: 50 }], [30, 19]],
    ['the value of an input is not known', [{ account: 1, value: 50 }, { account: 2 }], [60, 19]],
    [
      'every output is smaller',
      [
        { account: 1, value: 50 },
        { account: 2, value: 40 },
      ],
      [30, 19],
    ],
    [
      'no output is smaller, not even by a satoshi',
      [
        { account: 1, value: 50 },
        { account: 2, value: 40 },
      ],
      [49, 40],
    ],
  ])('says nothing where %s', (_, inputs, [a, b]) => {
    const tx = world([
      {
        inputs,
        outputs: [
          [3, a as number],
          [4, b as number],
        ],
      },
    ]).transactions[0]
    expect(optimalChange(tx as BitcoinTransaction)).toMatchObject({ output: null, against: [] })
  })
})
