import { describe, expect, it } from 'vitest'
import { addressReuse } from '../../../../src/attribution/bitcoin/change/index.ts'
import type { BitcoinTransaction } from '../../../../src/ledger/index.ts'
import { world } from '../table.ts'
import { COINS, votesOn } from './votes.ts'

describe('address reuse', () => {
  it('an output back to an input is change without doubt', async () => {
    const vote = await votesOn(1, [
      COINS,
      {
        inputs: [
          [0, 0],
          [0, 1],
        ],
        outputs: [
          [9, 60_000_000],
          [2, 89_000_000],
        ],
      },
    ])
    expect(vote('address-reuse')).toEqual({
      rule: 'address-reuse',
      output: 1,
      against: [],
      certain: true,
      reason: 'output 1 pays back to an address of the inputs',
    })
  })

  it('says nothing where no output pays back, or two do', async () => {
    const none = await votesOn(1, [
      COINS,
      {
        inputs: [[0, 0]],
        outputs: [
          [8, 1],
          [9, 2],
        ],
      },
    ])
    expect(none('address-reuse')).toMatchObject({ output: null, certain: false })
    const two = await votesOn(1, [
      COINS,
      {
        inputs: [
          [0, 0],
          [0, 1],
        ],
        outputs: [
          [1, 1],
          [2, 2],
        ],
      },
    ])
    expect(two('address-reuse')).toMatchObject({
      output: null,
      certain: false,
      reason: 'outputs 0, 1 all pay back to addresses of the inputs',
    })
  })

  it('data and unknown accounts are never equal to an unknown input', () => {
    const { transactions } = world([
      {
        inputs: [{ value: 10 }],
        outputs: [
          [null, 0],
          [1, 9],
        ],
      },
    ])
    expect(addressReuse(transactions[0] as BitcoinTransaction).output).toBeNull()
  })
})
