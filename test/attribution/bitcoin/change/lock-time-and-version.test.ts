import { describe, expect, it } from 'vitest'
import { lockTime } from '../../../../src/attribution/bitcoin/change/index.ts'
import type { BitcoinTransaction } from '../../../../src/ledger/index.ts'
import { type TxSpec, world } from '../table.ts'
import { COINS, votesOn } from './votes.ts'

describe('lock time and version', () => {
  const pay = (spec: Partial<TxSpec>): TxSpec => ({
    inputs: [[0, 0]],
    outputs: [
      [8, 40],
      [9, 50],
    ],
    ...spec,
  })

  it('the output whose spender alone keeps version and lock-time habit is change', async () => {
    const vote = await votesOn(1, [
      COINS,
      pay({ lockTime: 700_000, version: 2 }),
      { inputs: [[1, 0]], outputs: [[10, 39]], lockTime: 0, version: 2 },
      { inputs: [[1, 1]], outputs: [[11, 49]], lockTime: 700_123, version: 2 },
    ])
    expect(vote('lock-time')).toMatchObject({
      output: 1,
      against: [0],
      reason:
        'output 1 alone is spent with version 2, a lock time by height, as this transaction; output 0 is spent with no lock time instead of a lock time by height',
    })
  })

  it('an output that is not spent may be the change: no vote for the other, but one against what differs', async () => {
    const alike = await votesOn(1, [COINS, pay({}), { inputs: [[1, 1]], outputs: [[11, 49]] }])
    expect(alike('lock-time')).toMatchObject({ output: null, against: [] })
    const other = await votesOn(1, [COINS, pay({}), { inputs: [[1, 1]], outputs: [[11, 49]], version: 1 }])
    expect(other('lock-time')).toMatchObject({ output: null, against: [1] })
  })

  it('votes for nothing while one output is spent alike, another otherwise, and a third not at all', async () => {
    const vote = await votesOn(1, [
      COINS,
      {
        inputs: [[0, 0]],
        outputs: [
          [8, 40],
          [9, 50],
          [10, 60],
        ],
      },
      { inputs: [[1, 0]], outputs: [[11, 39]] },
      { inputs: [[1, 1]], outputs: [[12, 49]], version: 1 },
    ])
    expect(vote('lock-time')).toMatchObject({ output: null, against: [1] })
  })

  it('says nothing where every spender differs: the wallet itself may be another', async () => {
    const vote = await votesOn(1, [
      COINS,
      pay({ version: 1 }),
      { inputs: [[1, 0]], outputs: [[10, 39]], version: 2 },
      { inputs: [[1, 1]], outputs: [[11, 49]], version: 2 },
    ])
    expect(vote('lock-time')).toMatchObject({ output: null, against: [] })
  })

  it('a CoinJoin that spends an output shows nobody’s habits', async () => {
    const mix: TxSpec = {
      inputs: [[1, 1], { account: 30, value: 40 }, { account: 31, value: 40 }],
      outputs: [
        [32, 25],
        [33, 25],
        [34, 25],
      ],
      version: 1,
    }
    const vote = await votesOn(1, [COINS, pay({}), { inputs: [[1, 0]], outputs: [[10, 39]] }, mix])
    expect(vote('lock-time')).toMatchObject({ output: null, against: [] })
    const { outputs: _, ...alone } = mix
    const swept = await votesOn(1, [COINS, pay({}), { inputs: [[1, 0]], outputs: [[10, 39]] }, { ...alone, outputs: [[32, 75]] }])
    expect(swept('lock-time')).toMatchObject({ output: 0, against: [1] })
  })

  it('a lock time by time is not one by height', () => {
    const tx = world([pay({ inputs: [{ account: 1 }], lockTime: 499_999_999 })]).transactions[0] as BitcoinTransaction
    const spender = (lock: number) => ({ ...tx, lockTime: lock })
    const context = { spenderOf: (index: number) => spender(index === 0 ? 500_000_000 : 499_999_998), seenBefore: () => false }
    expect(lockTime(tx, context)).toMatchObject({ output: 1, against: [0] })
  })
})
