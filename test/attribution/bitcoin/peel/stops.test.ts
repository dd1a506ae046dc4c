import { describe, expect, it } from 'vitest'
import { followPeelChainBack } from '../../../../src/attribution/bitcoin/peel/index.ts'
import { type TxSpec, world } from '../table.ts'
import { CHAIN, follow, OTHER, path, service, tagged } from './chains.ts'

describe('a peel chain stops', () => {
  const one = (
    spec: Partial<TxSpec>,
    first: TxSpec = {
      outputs: [
        [1, 60],
        [1, 40],
        [7, 50],
      ],
    },
  ): TxSpec[] => [
    first,
    {
      inputs: [[0, 0]],
      outputs: [
        [2, 10],
        [3, 49],
      ],
      ...spec,
    },
  ]

  it.each([
    ['at a coinbase', 'coinbase', one({ inputs: [] }), {}],
    [
      'where the whole is moved',
      'nothing-peeled',
      one({
        outputs: [
          [2, 59],
          [null, 0],
        ],
      }),
      {},
    ],
    [
      'where too many are paid',
      'too-many-outputs',
      one({
        outputs: [
          [2, 1],
          [3, 1],
          [4, 1],
        ],
      }),
      { maxOutputs: 2 },
    ],
    [
      'where inputs of other owners come in',
      'several-owners',
      one({
        inputs: [
          [0, 0],
          [0, 2],
        ],
      }),
      {},
    ],
    ['where an input is not known', 'several-owners', one({ inputs: [[0, 0], {}] }), {}],
    ['at a mix', 'collaborative', one({}), { collaborative: () => true }],
    ['where nothing is spent', 'unspent', one({}), {}],
    [
      'where nothing is spent alike',
      'none-fits',
      [...one({}), { inputs: [[1, 0]], outputs: [[8, 9]], ...OTHER }, { inputs: [[1, 1]], outputs: [[9, 48]], ...OTHER }],
      {},
    ],
  ] as const)('%s: %s', async (_, code, specs, options) => {
    const chain = await follow(specs as readonly TxSpec[], 1, options)
    expect(chain.stoppedBecause.code).toBe(code)
    expect(chain.hops).toHaveLength(1)
    expect(chain.hops[0]).toMatchObject({ continues: null, confidence: null })
    expect(chain.hops[0]?.evidence.at(-1)).toBe(chain.stoppedBecause.reason)
    expect(chain.confidence).toBeNull()
  })

  it('at a Whirlpool mix that it runs into, of which nothing is said to be peeled', async () => {
    const specs: TxSpec[] = [
      { outputs: [[1, 5_000_000]] },
      {
        inputs: [[0, 0], ...[11, 12, 13, 14].map((account) => ({ account, value: 5_000_500 }))],
        outputs: [21, 22, 23, 24, 25].map((account) => [account, 5_000_000] as const),
      },
    ]
    const chain = await follow(specs, 1, tagged({ 21: service('binance') }))
    expect(chain).toMatchObject({ stoppedBecause: { code: 'collaborative' }, peeled: 0n, fees: 0n })
    expect(chain.hops[0]?.undecided).toHaveLength(5)
  })

  it('and does not count what a service pays to itself for peeled', async () => {
    const specs = one({
      outputs: [
        [2, 10],
        [3, 29],
        [4, 20],
      ],
    })
    const chain = await follow(specs, 1, tagged({ 1: service('binance'), 2: service('binance'), 3: service('kraken') }))
    expect(chain.hops[0]).toMatchObject({ continues: null, undecided: [{ index: 0 }, { index: 2 }], peeled: [{ index: 1 }] })
  })

  it('where what may be the change goes into a mix, which is no evidence against it', async () => {
    const specs: TxSpec[] = [
      ...one({}),
      { inputs: [[1, 0]], outputs: [[8, 9]], ...OTHER },
      {
        inputs: [[1, 1], { account: 30, value: 60 }, { account: 31, value: 60 }],
        outputs: [
          [32, 40],
          [33, 40],
          [34, 40],
        ],
      },
    ]
    const chain = await follow(specs, 1)
    expect(chain.stoppedBecause).toEqual({
      code: 'mixed',
      reason: 'output 1 is spent by several parties together, and no other is spent alike',
    })
    const known = await follow(specs, 1, tagged({ 2: service('binance') }))
    expect(path(known)).toEqual([
      [1, 1],
      [3, null],
    ])
    expect(known).toMatchObject({ stoppedBecause: { code: 'collaborative' }, confidence: 'weak', peeled: 10n })
  })

  it('not where several inputs are of one address or one cluster', async () => {
    expect(
      (
        await follow(
          one({
            inputs: [
              [0, 0],
              [0, 1],
            ],
          }),
          1,
        )
      ).stoppedBecause.code,
    ).toBe('unspent')
    expect(
      (
        await follow(
          one({
            inputs: [
              [0, 0],
              [0, 2],
            ],
          }),
          1,
          { sameOwner: (a, b) => a + b === 8 },
        )
      ).stoppedBecause.code,
    ).toBe('unspent')
  })

  it('after as many hops as asked, in both directions', async () => {
    const forward = await follow(CHAIN, 1, { maxHops: 2 })
    expect(path(forward)).toEqual([
      [1, 1],
      [3, 0],
    ])
    expect(forward.stoppedBecause.code).toBe('max-hops')
    const back = await followPeelChainBack(world(CHAIN).ledger, 5, { maxHops: 2 })
    expect(path(back)).toEqual([
      [3, 0],
      [5, null],
    ])
    expect(back.stoppedBecause.code).toBe('max-hops')
  })

  it('backward before the ledger, at a coinbase, and where two chains come together', async () => {
    const back = (specs: readonly TxSpec[], start: number) => followPeelChainBack(world(specs).ledger, start, { sameOwner: () => true })
    const before = await back([{ inputs: [{ account: 1, value: 9 }], outputs: [[2, 8]] }], 0)
    expect(before.stoppedBecause.code).toBe('before-ledger')
    expect((await back([{ outputs: [[2, 8]] }], 0)).stoppedBecause.code).toBe('coinbase')
    const peel = (from: number, change: number): TxSpec => ({
      inputs: [[0, from]],
      outputs: [
        [50 + change, 1],
        [change, 8],
      ],
    })
    const joined = await followPeelChainBack(
      world([
        {
          outputs: [
            [1, 9],
            [2, 9],
          ],
        },
        { ...peel(0, 1) },
        { ...peel(1, 2) },
        {
          inputs: [
            [1, 1],
            [2, 1],
          ],
          outputs: [[9, 15]],
        },
      ]).ledger,
      3,
    )
    expect(joined.stoppedBecause).toEqual({ code: 'several-fit', reason: 'the change of 2 transactions comes together here' })
  })

  it('when it is told to, and at limits that make no sense', async () => {
    await expect(follow(CHAIN, 1, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
    for (const options of [{ maxHops: 0 }, { maxHops: 1.5 }, { maxOutputs: -1 }]) {
      await expect(follow(CHAIN, 1, options)).rejects.toMatchObject({ code: 'attribution/bad-parameter' })
    }
  })
})
