import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { followPeelChain, followPeelChainBack, type PeelChain, type PeelOptions } from '../../../../src/attribution/bitcoin/peel/index.ts'
import type { Entity } from '../../../../src/attribution/index.ts'
import { SEQUENCES, type SequenceClass } from '../../../../src/ledger/index.ts'
import { addressOf, type InputSpec, type TxSpec, txidOf, world } from '../table.ts'

const OWN = { version: 2, lockTime: 700_000, sequence: 'replaceable' as const }
const OTHER = { version: 1 }

/** A coinbase, three peels by one wallet, and the spends of what was peeled by others. The change is output 1, 0, 1. */
const CHAIN: TxSpec[] = [
  { outputs: [[1, 1_000_000]] },
  {
    inputs: [[0, 0]],
    outputs: [
      [100, 90_000],
      [2, 909_000],
    ],
    ...OWN,
  },
  { inputs: [[1, 0]], outputs: [[200, 89_000]], ...OTHER },
  {
    inputs: [[1, 1]],
    outputs: [
      [3, 808_000],
      [101, 100_000],
    ],
    ...OWN,
    lockTime: 700_010,
  },
  { inputs: [[3, 1]], outputs: [[201, 99_000]], ...OTHER },
  {
    inputs: [[3, 0]],
    outputs: [
      [102, 50_000],
      [4, 757_000],
    ],
    ...OWN,
  },
  { inputs: [[5, 0]], outputs: [[202, 49_000]], ...OTHER },
]

const follow = (specs: readonly TxSpec[], start: number, options?: PeelOptions): Promise<PeelChain> =>
  followPeelChain(world(specs).ledger, start, options)
const path = ({ hops }: PeelChain) => hops.map(({ tx, continues }) => [tx, continues?.index ?? null])

const service = (id: string): Entity => ({
  id,
  label: id,
  kind: 'exchange',
  service: true,
  confidence: 50,
  basis: 'tag',
  evidence: [],
  contact: null,
  conflicts: [],
})
const tagged = (entities: Record<number, Entity>) => ({
  tags: {
    entityOf: (address: string) => Object.entries(entities).find(([account]) => addressOf(Number(account)) === address)?.[1] ?? null,
  },
})

describe('a peel chain', () => {
  it('is followed hop by hop while one output alone is spent in the manner of the hop', async () => {
    const chain = await follow(CHAIN, 1)
    expect(path(chain)).toEqual([
      [1, 1],
      [3, 0],
      [5, null],
    ])
    expect(chain.stoppedBecause.code).toBe('unspent')
    expect(chain.confidence).toBe('strong')
    expect(chain.hops[0]).toMatchObject({
      txid: txidOf(1),
      block: 2,
      time: 1_700_000_600,
      value: 1_000_000n,
      fee: 1_000n,
      confidence: 'strong',
      continues: { index: 1, account: 2, address: addressOf(2), value: 909_000n, spentBy: 3 },
      peeled: [{ index: 0, account: 100, value: 90_000n, entity: null }],
      undecided: [],
    })
    expect(chain.hops[0]?.evidence).toEqual([
      'output 0 is spent otherwise: version 1 instead of version 2, no lock time instead of a lock time by height, sequence numbers "final" instead of sequence numbers "replaceable"',
      'output 1 is spent as this transaction spends: version 2, a lock time by height, SegWit, sequence numbers "replaceable", inputs of type p2wpkh',
    ])
    expect([chain.peeled, chain.fees]).toEqual([190_000n, 1_000n + 1_000n + 1_000n])
    expect(chain.hops[2]).toMatchObject({ undecided: [{ index: 0 }, { index: 1 }], peeled: [], confidence: null })
  })

  it('begins with the spender of an output, and is empty where that is not spent', async () => {
    const { ledger } = world(CHAIN)
    expect(path(await followPeelChain(ledger, { txid: txidOf(1), index: 1 }))).toEqual([
      [3, 0],
      [5, null],
    ])
    expect(await followPeelChain(ledger, { txid: txidOf(5), index: 1 })).toMatchObject({
      hops: [],
      stoppedBecause: { code: 'unspent' },
      peeled: 0n,
    })
    await expect(followPeelChain(ledger, { txid: txidOf(5), index: 7 })).rejects.toMatchObject({ code: 'ledger/unknown-outpoint' })
  })

  it('is the same chain backward, and ends where its owner was paid', async () => {
    const { ledger } = world(CHAIN)
    const back = await followPeelChainBack(ledger, 5)
    expect(back.direction).toBe('backward')
    expect(path(back)).toEqual([
      [1, 1],
      [3, 0],
      [5, null],
    ])
    expect(back.stoppedBecause).toMatchObject({ code: 'none-fits' })
    expect(path(await followPeelChainBack(ledger, { txid: txidOf(3), index: 0 }))).toEqual([
      [1, 1],
      [3, 0],
    ])
  })

  it('is not followed backward through a payment', async () => {
    const back = await followPeelChainBack(world(CHAIN).ledger, 4)
    expect(path(back)).toEqual([[4, null]])
    expect(back.stoppedBecause.code).toBe('none-fits')
  })

  it('goes on by an output that pays back to the inputs, whoever spends it', async () => {
    const specs: TxSpec[] = [
      { outputs: [[1, 100]] },
      {
        inputs: [[0, 0]],
        outputs: [
          [2, 10],
          [1, 89],
        ],
        ...OWN,
      },
      { inputs: [[1, 1]], outputs: [[3, 88]], ...OTHER },
    ]
    const chain = await follow(specs, 1)
    expect(chain.hops[0]).toMatchObject({
      continues: { index: 1 },
      confidence: 'certain',
      evidence: ['output 1 pays back to an address of the inputs'],
    })
    expect(chain.stoppedBecause.code).toBe('nothing-peeled')
  })

  it('goes on by an output to the cluster of the inputs', async () => {
    const chain = await follow(CHAIN.slice(0, 2), 1, { sameOwner: (a, b) => a <= 4 && b <= 4 })
    expect(chain.hops[0]).toMatchObject({
      continues: { index: 1 },
      confidence: 'strong',
      evidence: ['output 1 is in the cluster of the inputs'],
    })
    expect(chain.stoppedBecause).toEqual({ code: 'unspent', reason: 'the change, output 1, is not spent' })
  })

  it('is weaker where an output is not spent and may be the true change', async () => {
    const chain = await follow(
      CHAIN.filter((_, tx) => tx !== 2).map((spec) => shift(spec, 2)),
      1,
    )
    expect(chain.hops[0]).toMatchObject({ continues: { index: 1 }, confidence: 'weak' })
    expect(chain.hops[0]?.evidence[0]).toBe('output 0 is not spent: nothing to compare')
    expect(chain.confidence).toBe('weak')
  })

  it('names who was paid, and never takes a service for change', async () => {
    // Output 0, to the exchange, is spent just as the chain is; the change is not spent at all.
    const specs: TxSpec[] = [
      { outputs: [[1, 100]] },
      {
        inputs: [[0, 0]],
        outputs: [
          [2, 40],
          [3, 59],
        ],
        ...OWN,
      },
      { inputs: [[1, 0]], outputs: [[4, 39]], ...OWN },
    ]
    expect(path(await follow(specs, 1))).toEqual([
      [1, 0],
      [2, null],
    ])
    const chain = await follow(specs, 1, tagged({ 2: service('binance') }))
    expect(path(chain)).toEqual([[1, 1]])
    expect(chain.hops[0]).toMatchObject({
      confidence: 'weak',
      peeled: [{ index: 0, entity: { id: 'binance' } }],
      evidence: [
        'output 0 pays binance, a service: it is no change',
        'output 1 is not spent: nothing to compare',
        'output 1 alone can be the change',
      ],
    })
    expect(chain.peeled).toBe(40n)
    const all = await follow(specs, 1, tagged({ 2: service('binance'), 3: service('kraken') }))
    expect(all.stoppedBecause.code).toBe('service')
    expect(all.peeled).toBe(99n)
    // A service’s own peel chain is followed: its change is its own.
    expect(path(await follow(specs, 1, tagged({ 1: service('binance'), 2: service('binance') })))[0]).toEqual([1, 0])
  })
})

/** Renumber what a transaction spends after one was taken out. */
function shift(spec: TxSpec, gone: number): TxSpec {
  return {
    ...spec,
    ...(spec.inputs === undefined
      ? {}
      : { inputs: spec.inputs.map((input): InputSpec => ('length' in input && input[0] > gone ? [input[0] - 1, input[1]] : input)) }),
  }
}

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

interface Peel {
  readonly part: number
  readonly fee: number
  readonly changeFirst: boolean
  readonly version: number
  readonly sequence: SequenceClass
}
const peel: fc.Arbitrary<Peel> = fc.record({
  part: fc.integer({ min: 1, max: 999 }),
  fee: fc.integer({ min: 0, max: 5_000 }),
  changeFirst: fc.boolean(),
  version: fc.constantFrom(1, 2),
  sequence: fc.constantFrom(...SEQUENCES),
})

/** A chain of one wallet (version 2, sequence numbers final), whose payees spend with whatever they have. */
function chainOf(peels: readonly Peel[]): TxSpec[] {
  const specs: TxSpec[] = [{ outputs: [[0, 2_000_000_000]] }]
  let [tx, index, left] = [0, 0, 2_000_000_000]
  for (const [k, { part, fee, changeFirst, version, sequence }] of peels.entries()) {
    const paid = 1 + Math.floor((left * part) / 10_000)
    const change = [3 * k + 1, left - paid - fee] as const
    const payment = [3 * k + 2, paid] as const
    specs.push({ inputs: [[tx, index]], outputs: changeFirst ? [change, payment] : [payment, change], version: 2 })
    tx = specs.length - 1
    specs.push({ inputs: [[tx, changeFirst ? 1 : 0]], outputs: [[3 * k + 3, paid]], version, sequence })
    index = changeFirst ? 0 : 1
    left -= paid + fee
  }
  return specs
}

describe('on any chain of one wallet', () => {
  it('every satoshi is change, peeled, undecided or fee, and each hop spends the change of the one before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(peel, { minLength: 1, maxLength: 12 }), async (peels) => {
        const chain = await follow(chainOf(peels), 1)
        const sum = (values: readonly { readonly value: bigint }[]) => values.reduce((total, { value }) => total + value, 0n)
        for (const [i, hop] of chain.hops.entries()) {
          expect((hop.continues?.value ?? 0n) + sum(hop.peeled) + sum(hop.undecided) + (hop.fee as bigint)).toBe(hop.value)
          const next = chain.hops[i + 1]
          if (next !== undefined) expect([hop.continues?.spentBy, hop.continues?.value]).toEqual([next.tx, next.value])
        }
        expect(chain.peeled + (chain.fees as bigint) + sum(chain.hops.at(-1)?.undecided ?? [])).toBe(chain.hops[0]?.value)
      }),
    )
  })

  it('a chain is never led off by a payee whose wallet is another', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(peel, { minLength: 1, maxLength: 12 }), async (peels) => {
        const others = peels.map((each): Peel => ({ ...each, version: 1 }))
        const chain = await follow(chainOf(others), 1)
        // The last payee is the only one whose spend stands beside a change that nobody spends.
        expect(chain.hops.map(({ tx }) => tx)).toEqual(others.map((_, k) => 2 * k + 1))
        expect(chain.hops.slice(0, -1).map(({ continues }) => continues?.index)).toEqual(
          others.slice(0, -1).map(({ changeFirst }) => (changeFirst ? 0 : 1)),
        )
        expect(chain.stoppedBecause.code).toBe('unspent')
      }),
    )
  })

  it('backward from the last hop is forward from the first', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(peel, { minLength: 1, maxLength: 12 }), async (peels) => {
        const { ledger } = world(chainOf(peels))
        const forward = await followPeelChain(ledger, 1)
        const back = await followPeelChainBack(ledger, forward.hops.at(-1)?.tx as number)
        expect(back.hops).toEqual(forward.hops)
      }),
    )
  })
})
