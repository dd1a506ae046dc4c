import { describe, expect, it } from 'vitest'
import type { TxSpec } from '../table.ts'
import { follow, OTHER, OWN } from './chains.ts'

describe('where outputs are spent alike', () => {
  const alike = (extra: Partial<TxSpec>[] = [{}, {}], before: TxSpec[] = [{ outputs: [[9, 1]] }]): TxSpec[] => [
    { outputs: [[1, 1_000]] },
    ...before,
    {
      inputs: [[0, 0]],
      outputs: [
        [2, 400],
        [3, 599],
      ],
      ...OWN,
    },
    { inputs: [[2, 0]], outputs: [[4, 399]], ...OWN, ...extra[0] },
    { inputs: [[2, 1]], outputs: [[5, 598]], ...OWN, ...extra[1] },
  ]

  it('the one to a new address is the change, weakly', async () => {
    const chain = await follow(alike([{}, {}], [{ outputs: [[2, 7]] }]), 2)
    expect(chain.hops[0]).toMatchObject({ continues: { index: 1 }, confidence: 'weak' })
    expect(chain.hops[0]?.evidence.at(-1)).toBe('of these, output 1 alone is to an address that was never paid before')
  })

  it('the one that is spent in the same shape is the change, weakly', async () => {
    const chain = await follow(
      alike([
        {},
        {
          outputs: [
            [5, 98],
            [6, 500],
          ],
        },
      ]),
      2,
    )
    expect(chain.hops[0]).toMatchObject({ continues: { index: 1 }, confidence: 'weak' })
    expect(chain.hops[0]?.evidence.at(-1)).toBe('of these, output 1 alone is spent in the same shape: 1 in, 2 out, outputs rising')
    const falling = await follow(
      alike([
        {},
        {
          outputs: [
            [5, 500],
            [6, 98],
          ],
        },
      ]),
      2,
    )
    expect(falling.stoppedBecause.code).toBe('several-fit')
  })

  it('one that has as many inputs is of the same shape, one with more is not', async () => {
    const more: Partial<TxSpec> = {
      outputs: [
        [5, 98],
        [6, 500],
      ],
      inputs: [[2, 1], { account: 77, value: 5 }],
    }
    expect((await follow(alike([{}, more]), 2)).stoppedBecause.code).toBe('several-fit')
  })

  it('of two in the cluster and one outside, the one in the cluster', async () => {
    const specs: TxSpec[] = [
      { outputs: [[1, 1_000]] },
      {
        inputs: [[0, 0]],
        outputs: [
          [2, 400],
          [3, 300],
          [4, 299],
        ],
        ...OWN,
      },
      { inputs: [[1, 1]], outputs: [[5, 299]], ...OWN },
      { inputs: [[1, 2]], outputs: [[6, 298]], ...OWN },
    ]
    const chain = await follow(specs, 1, { sameOwner: (a, b) => a < 4 && b < 4 })
    expect(chain.hops[0]).toMatchObject({ continues: { index: 1 }, confidence: 'weak' })
  })

  it('and nothing tells them apart, the chain stops and all are undecided', async () => {
    const chain = await follow(alike(), 2)
    expect(chain.stoppedBecause).toEqual({ code: 'several-fit', reason: 'outputs 0, 1 are all spent in the manner of this transaction' })
    expect(chain.hops).toMatchObject([{ continues: null, undecided: [{ index: 0 }, { index: 1 }], peeled: [] }])
    expect(chain.hops[0]?.evidence).toHaveLength(3)
  })

  it('two that pay back, or two in the cluster, are not told apart by that alone', async () => {
    const back: TxSpec[] = [
      { outputs: [[1, 100]] },
      {
        inputs: [[0, 0]],
        outputs: [
          [1, 40],
          [1, 59],
        ],
      },
    ]
    expect((await follow(back, 1)).stoppedBecause.code).toBe('several-fit')
    expect((await follow(alike([OTHER, {}]), 2, { sameOwner: () => true })).hops[0]).toMatchObject({ continues: { index: 1 } })
  })
})
