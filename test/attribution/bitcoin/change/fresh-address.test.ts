import { describe, expect, it } from 'vitest'
import { freshAddress } from '../../../../src/attribution/bitcoin/change/index.ts'
import type { BitcoinTransaction } from '../../../../src/ledger/index.ts'
import { world } from '../table.ts'
import { COINS, NOTHING, votesOn } from './votes.ts'

describe('fresh address', () => {
  it('an output to an address that was paid before is a payment, and the one new address is change', async () => {
    const vote = await votesOn(2, [
      COINS,
      { outputs: [[9, 5]] },
      {
        inputs: [[0, 0]],
        outputs: [
          [9, 40],
          [20, 50],
        ],
      },
    ])
    expect(vote('fresh-address')).toMatchObject({ output: 1, against: [0] })
  })

  it('what is paid later was not seen before', async () => {
    const vote = await votesOn(1, [
      COINS,
      {
        inputs: [[0, 0]],
        outputs: [
          [9, 40],
          [20, 50],
        ],
      },
      { outputs: [[9, 5]] },
    ])
    expect(vote('fresh-address')).toMatchObject({ output: null, against: [] })
  })

  it('what was paid before the ledger began was seen before', async () => {
    const vote = await votesOn(1, [
      COINS,
      {
        inputs: [[0, 0]],
        outputs: [
          [9, 40],
          [20, 50],
        ],
      },
      { inputs: [{ account: 9, value: 3 }], outputs: [[21, 2]] },
    ])
    expect(vote('fresh-address')).toMatchObject({ output: 1, against: [0] })
  })

  it('speaks against all outputs when all were seen, but never against one that pays back', async () => {
    const all = await votesOn(2, [
      COINS,
      {
        outputs: [
          [9, 5],
          [8, 5],
        ],
      },
      {
        inputs: [[0, 0]],
        outputs: [
          [9, 40],
          [8, 50],
        ],
      },
    ])
    expect(all('fresh-address')).toMatchObject({ output: null, against: [0, 1] })
    const back = await votesOn(2, [
      COINS,
      { outputs: [[9, 5]] },
      {
        inputs: [[0, 0]],
        outputs: [
          [9, 40],
          [1, 50],
        ],
      },
    ])
    expect(back('fresh-address')).toMatchObject({ output: null, against: [0] })
  })

  it('names no change beside an output that pays back, nor while nothing was seen before', async () => {
    const beside = await votesOn(2, [
      COINS,
      { outputs: [[9, 5]] },
      {
        inputs: [[0, 0]],
        outputs: [
          [9, 40],
          [1, 50],
          [20, 5],
        ],
      },
    ])
    expect(beside('fresh-address')).toMatchObject({ output: null, against: [0] })
    const tx = world([
      {
        inputs: [{ account: 1 }],
        outputs: [
          [2, 1],
          [3, 1],
        ],
      },
    ]).transactions[0] as BitcoinTransaction
    const unknown = { ...tx, outputs: tx.outputs.map((output, k) => (k === 0 ? { ...output, account: null, script: null } : output)) }
    expect(freshAddress(unknown, NOTHING)).toMatchObject({ output: null, against: [] })
  })

  it('asks the context and nothing else', () => {
    const tx = world([
      {
        inputs: [{ account: 1 }],
        outputs: [
          [2, 1],
          [3, 1],
        ],
      },
    ]).transactions[0] as BitcoinTransaction
    expect(freshAddress(tx, { spenderOf: () => null, seenBefore: (account) => account === 3 })).toMatchObject({ output: 0, against: [1] })
  })
})
