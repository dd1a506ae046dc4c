import { describe, expect, it } from 'vitest'
import { addressType } from '../../../../src/attribution/bitcoin/change/index.ts'
import type { BitcoinTransaction } from '../../../../src/ledger/index.ts'
import { world } from '../table.ts'
import { COINS, votesOn } from './votes.ts'

describe('address type', () => {
  const scriptOf = (account: number) => (account < 5 ? 'p2wpkh' : account < 10 ? 'p2sh' : 'p2tr')

  it('the one output with the script type of all inputs is change', async () => {
    const vote = await votesOn(
      1,
      [
        COINS,
        {
          inputs: [
            [0, 0],
            [0, 1],
          ],
          outputs: [
            [7, 5],
            [4, 6],
            [12, 7],
          ],
        },
      ],
      { scriptOf },
    )
    expect(vote('address-type')).toMatchObject({ output: 1, against: [0, 2] })
  })

  it('rules out what is of another type where several are of the same', async () => {
    const vote = await votesOn(
      1,
      [
        COINS,
        {
          inputs: [[0, 0]],
          outputs: [
            [3, 5],
            [4, 6],
            [12, 7],
          ],
        },
      ],
      { scriptOf },
    )
    expect(vote('address-type')).toMatchObject({ output: null, against: [2] })
  })

  it.each([
    ['all outputs are of the inputs’ type', [[0, 0]] as const, [3, 4]],
    ['no output is', [[0, 0]] as const, [7, 12]],
  ])('says nothing where %s', async (_, inputs, [a, b]) => {
    const vote = await votesOn(
      1,
      [
        COINS,
        {
          inputs,
          outputs: [
            [a as number, 1],
            [b as number, 2],
          ],
        },
      ],
      { scriptOf },
    )
    expect(vote('address-type')).toMatchObject({ output: null, against: [] })
  })

  it('says nothing where the inputs are of two types, or one is not known', () => {
    const mixed = world(
      [
        {
          inputs: [{ account: 1 }, { account: 7 }],
          outputs: [
            [2, 1],
            [8, 1],
          ],
        },
      ],
      { scriptOf },
    ).transactions[0]
    expect(addressType(mixed as BitcoinTransaction)).toMatchObject({ output: null, against: [] })
    const unknown = world(
      [
        {
          inputs: [{ account: 1 }, {}],
          outputs: [
            [2, 1],
            [8, 1],
          ],
        },
      ],
      { scriptOf },
    ).transactions[0]
    expect(addressType(unknown as BitcoinTransaction)).toMatchObject({ output: null, against: [] })
  })
})
