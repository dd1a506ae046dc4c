import { describe, expect, it } from 'vitest'
import { scriptFingerprint } from '../../../../src/attribution/bitcoin/change/index.ts'
import type { BitcoinTransaction } from '../../../../src/ledger/index.ts'
import { type TxSpec, world } from '../table.ts'
import { COINS, NOTHING, votesOn } from './votes.ts'

describe('script fingerprint', () => {
  it.each([
    ['SegWit', { witness: false }],
    ['sequence numbers', { sequence: 'replaceable' as const }],
  ])('the output whose spender alone has the same %s is change', async (_, differs) => {
    const vote = await votesOn(1, [
      COINS,
      {
        inputs: [[0, 0]],
        outputs: [
          [8, 40],
          [9, 50],
        ],
      },
      { inputs: [[1, 0]], outputs: [[10, 39]], ...differs },
      { inputs: [[1, 1]], outputs: [[11, 49]] },
    ])
    expect(vote('fingerprint')).toMatchObject({ output: 1, against: [0] })
  })

  it('the spender of change spends the same script types, and an unknown type differs from none', async () => {
    const scriptOf = (account: number) => (account === 8 ? 'p2sh' : 'p2wpkh')
    const specs: TxSpec[] = [
      COINS,
      {
        inputs: [[0, 0]],
        outputs: [
          [8, 40],
          [9, 50],
        ],
      },
      { inputs: [[1, 0]], outputs: [[10, 39]] },
      { inputs: [[1, 1]], outputs: [[11, 49]] },
    ]
    expect((await votesOn(1, specs, { scriptOf }))('fingerprint')).toMatchObject({ output: 1, against: [0] })
    const blind = [...specs.slice(0, 2), { inputs: [[1, 0], {}], outputs: [[10, 39]] } as TxSpec, specs[3] as TxSpec]
    expect((await votesOn(1, blind, { scriptOf }))('fingerprint')).toMatchObject({ output: null, against: [] })
  })

  it('looks at spenders alone', () => {
    const tx = world([
      {
        inputs: [{ account: 1 }],
        outputs: [
          [2, 1],
          [3, 1],
        ],
      },
    ]).transactions[0] as BitcoinTransaction
    expect(scriptFingerprint(tx, NOTHING)).toMatchObject({ output: null, against: [] })
  })
})
