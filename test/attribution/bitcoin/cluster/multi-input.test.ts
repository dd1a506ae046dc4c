import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ClusterOptions, type Clusters, clusterAccounts } from '../../../../src/attribution/bitcoin/cluster/index.ts'
import { type InputSpec, type TxSpec, type WorldOptions, world } from '../table.ts'

/** A transaction that spends from these accounts and pays to nobody who matters. */
const spend = (...accounts: number[]): TxSpec => ({ inputs: accounts.map((account) => ({ account, value: 10 })), outputs: [[0, 1]] })

const cluster = (specs: readonly TxSpec[], options: ClusterOptions = {}, of: WorldOptions = {}): Promise<Clusters> =>
  clusterAccounts(world(specs, of).table, options)
const labels = (clusters: Clusters): number[] => Array.from({ length: clusters.accounts }, (_, account) => clusters.clusterOf(account))

describe('clusters by common inputs', () => {
  it('join what is spent together, across transactions, under their smallest account', async () => {
    const clusters = await cluster([spend(5, 3), spend(4, 5), spend(6)])
    expect(labels(clusters)).toEqual([0, 1, 2, 3, 3, 3, 6])
    expect(clusters).toMatchObject({ layer: 'multi-input', accounts: 7, clusters: 5 })
    expect(clusters.sizeOf(3)).toBe(3)
    expect([...clusters.accountsOf(3)]).toEqual([3, 4, 5])
    expect([...clusters.accountsOf(6)]).toEqual([6])
  })

  it('have no size under a number that is no cluster’s, and an unknown account is an error', async () => {
    const clusters = await cluster([spend(1, 2)])
    expect(clusters.sizeOf(2)).toBe(0)
    expect(clusters.sizeOf(99)).toBe(0)
    expect([...clusters.accountsOf(2)]).toEqual([])
    for (const account of [3, -1, 0.5, Number.NaN]) {
      expect(() => clusters.clusterOf(account)).toThrowError(expect.objectContaining({ code: 'attribution/unknown-account' }))
    }
  })

  it('of a ledger without transactions are its accounts, each alone', async () => {
    expect(await cluster([], {}, { accounts: 3 })).toMatchObject({ clusters: 3, counts: { transactions: 0, joining: 0 } })
    expect(await cluster([])).toMatchObject({ clusters: 0, accounts: 0 })
  })

  it('skip an input whose account is not known, and count it', async () => {
    const clusters = await cluster([
      { inputs: [{ account: 1 }, {}, { account: 2 }, {}], outputs: [[0, 1]] },
      { inputs: [{}], outputs: [[0, 1]] },
    ])
    expect(clusters.clusterOf(2)).toBe(1)
    expect(clusters.counts).toMatchObject({ unknownInputs: 2, transactionsWithUnknownInputs: 1, transactions: 2, inputs: 5, joining: 1 })
  })

  it('are not joined by a coinbase or by a collaborative transaction, which is counted', async () => {
    const clusters = await cluster(
      [
        {
          outputs: [
            [1, 5],
            [2, 5],
          ],
        },
        spend(1, 2, 3),
        spend(3, 4),
      ],
      { collaborative: (_, run, k) => run.firstTx + k === 1 },
    )
    expect(labels(clusters)).toEqual([0, 1, 2, 3, 3])
    expect(clusters.counts).toMatchObject({ collaborative: 1, joining: 1, inputs: 5 })
  })

  it('are not joined by a Whirlpool mix, unless it is said to be no mix', async () => {
    const mix: TxSpec = {
      inputs: [1, 2, 3, 4, 5].map((account) => ({ account, value: account < 4 ? 5_000_000 : 5_000_800 })),
      outputs: [11, 12, 13, 14, 15].map((account) => [account, 5_000_000] as const),
    }
    const clusters = await cluster([mix])
    expect(clusters.clusters).toBe(clusters.accounts)
    expect(clusters.counts.collaborative).toBe(1)
    expect((await cluster([mix], { collaborative: () => false })).sizeOf(1)).toBe(5)
  })

  it('stop when they are told to', async () => {
    const stopped = AbortSignal.abort(new Error('enough'))
    await expect(cluster([spend(1, 2)], { work: { signal: stopped } })).rejects.toThrow('enough')
  })

  it('say how far they are', async () => {
    const seen: number[] = []
    await cluster([spend(1, 2), spend(3), spend(4)], { work: { progress: ({ done }) => seen.push(done) } }, { runOf: 2 })
    expect(seen).toEqual([2, 3])
  })
})

describe('a transaction of two entities', () => {
  const entities = new Map([
    [1, 'binance'],
    [4, 'kraken'],
    [7, 'kraken'],
  ])

  it('joins nothing, its untagged inputs neither, and is listed', async () => {
    const clusters = await cluster([spend(1, 2), spend(4, 5), spend(6, 5, 2, 3)], { entities }, { accounts: 8 })
    expect(labels(clusters)).toEqual([0, 1, 1, 3, 4, 4, 6, 7])
    expect(clusters.conflicts).toEqual([{ tx: 2, layer: 'multi-input', entities: ['binance', 'kraken'], accounts: [2, 3, 5, 6] }])
    expect(clusters.counts).toMatchObject({ conflicting: 1, joining: 2 })
  })

  it('is found by what earlier transactions joined: the first to come has the untagged account', async () => {
    const one = await cluster([spend(1, 9), spend(4, 9)], { entities })
    expect([one.clusterOf(9), one.conflicts.map(({ tx }) => tx)]).toEqual([1, [1]])
    const other = await cluster([spend(4, 9), spend(1, 9)], { entities })
    expect([other.clusterOf(9), other.conflicts.map(({ tx }) => tx)]).toEqual([4, [1]])
  })

  it('is none where both are the same entity', async () => {
    const clusters = await cluster([spend(4, 7)], { entities })
    expect(clusters.conflicts).toEqual([])
    expect(clusters.sizeOf(4)).toBe(2)
  })

  it('is still found after the tagged root has passed to a smaller account', async () => {
    const clusters = await cluster([spend(4, 3), spend(3, 2), spend(2, 1)], { entities }, { accounts: 8 })
    expect(clusters.conflicts).toEqual([{ tx: 2, layer: 'multi-input', entities: ['binance', 'kraken'], accounts: [1, 2] }])
  })

  it('is no conflict where it is collaborative', async () => {
    const clusters = await cluster([spend(1, 4)], { entities, collaborative: () => true }, { accounts: 8 })
    expect(clusters.counts).toMatchObject({ conflicting: 0, collaborative: 1 })
  })

  it('cannot be looked for with tags on accounts that the ledger has not', async () => {
    await expect(cluster([spend(1, 2)], { entities })).rejects.toMatchObject({ code: 'attribution/unknown-account' })
  })
})

const ACCOUNTS = 14
const inputs: fc.Arbitrary<InputSpec[]> = fc.array(
  fc.record({ account: fc.option(fc.integer({ min: 0, max: ACCOUNTS - 1 }), { freq: 9, nil: undefined }) }),
  {
    minLength: 1,
    maxLength: 5,
  },
) as fc.Arbitrary<InputSpec[]>
const chain = fc.array(inputs, { maxLength: 12 }).map((all) => all.map((each): TxSpec => ({ inputs: each, outputs: [[0, 1]] })))
const tags = fc.dictionary(fc.integer({ min: 0, max: ACCOUNTS - 1 }).map(String), fc.constantFrom('a', 'b', 'c'), { maxKeys: 5 })
const entitiesOf = (found: Record<string, string>) => new Map(Object.entries(found).map(([account, entity]) => [Number(account), entity]))
const random: WorldOptions = { accounts: ACCOUNTS }

/** The same rule on plain sets, transaction by transaction. */
function naive(specs: readonly TxSpec[], entities: ReadonlyMap<number, string>, skip: (tx: number) => boolean) {
  let sets = Array.from({ length: ACCOUNTS }, (_, account) => new Set([account]))
  const conflicts: number[] = []
  for (const [tx, spec] of specs.entries()) {
    if (skip(tx)) continue
    const spent = new Set((spec.inputs ?? []).flatMap((input) => ('length' in input || input.account === undefined ? [] : [input.account])))
    const touched = sets.filter((set) => [...set].some((account) => spent.has(account)))
    if (touched.length < 2) continue
    const named = new Set(touched.flatMap((set) => [...set].flatMap((account) => entities.get(account) ?? [])))
    if (named.size > 1) conflicts.push(tx)
    else sets = [...sets.filter((set) => !touched.includes(set)), new Set(touched.flatMap((set) => [...set]))]
  }
  const label = Array.from({ length: ACCOUNTS }, (_, account) => Math.min(...(sets.find((set) => set.has(account)) as Set<number>)))
  return { label, conflicts, clusters: sets.length }
}

describe('on any chain', () => {
  it('clusters and conflicts are those of plain sets', async () => {
    await fc.assert(
      fc.asyncProperty(chain, tags, fc.integer({ min: 1, max: 4 }), fc.integer(), async (specs, found, runOf, mask) => {
        const entities = entitiesOf(found)
        const skip = (tx: number): boolean => ((mask >>> tx) & 3) === 3
        const clusters = await cluster(specs, { entities, collaborative: (_, run, k) => skip(run.firstTx + k) }, { ...random, runOf })
        const expected = naive(specs, entities, skip)
        expect(labels(clusters)).toEqual(expected.label)
        expect(clusters.conflicts.map(({ tx }) => tx)).toEqual(expected.conflicts)
        expect(clusters.clusters).toBe(expected.clusters)
        for (const id of new Set(expected.label)) {
          const members = expected.label.flatMap((label, account) => (label === id ? [account] : []))
          expect([...clusters.accountsOf(id)]).toEqual(members)
          expect(clusters.sizeOf(id)).toBe(members.length)
        }
      }),
    )
  })

  it('the order of inputs within a transaction is of no matter', async () => {
    await fc.assert(
      fc.asyncProperty(chain, tags, async (specs, found) => {
        const turned = specs.map((spec) => ({ ...spec, inputs: [...(spec.inputs ?? [])].reverse() }))
        const [a, b] = await Promise.all([specs, turned].map((each) => cluster(each, { entities: entitiesOf(found) }, random)))
        expect(labels(b as Clusters)).toEqual(labels(a as Clusters))
        expect(b?.conflicts).toEqual(a?.conflicts)
      }),
    )
  })

  it('what comes later changes nothing of what was joined or refused before', async () => {
    await fc.assert(
      fc.asyncProperty(chain, chain, tags, async (first, then, found) => {
        const entities = entitiesOf(found)
        const before = await cluster(first, { entities }, random)
        const after = await cluster([...first, ...then], { entities }, random)
        expect(after.conflicts.filter(({ tx }) => tx < first.length)).toEqual(before.conflicts)
        for (let account = 0; account < ACCOUNTS; account++) {
          expect(after.clusterOf(before.clusterOf(account))).toBe(after.clusterOf(account))
        }
      }),
    )
  })

  it('no cluster has two entities', async () => {
    await fc.assert(
      fc.asyncProperty(chain, tags, async (specs, found) => {
        const entities = entitiesOf(found)
        const clusters = await cluster(specs, { entities }, random)
        const named = new Map<number, string>()
        for (const [account, entity] of entities) {
          const id = clusters.clusterOf(account)
          expect(named.get(id) ?? entity).toBe(entity)
          named.set(id, entity)
        }
      }),
    )
  })

  it('collaborative transactions join nothing', async () => {
    await fc.assert(
      fc.asyncProperty(chain, async (specs) => {
        const clusters = await cluster(specs, { collaborative: () => true }, random)
        expect(clusters.clusters).toBe(ACCOUNTS)
        expect(clusters.counts.joining).toBe(0)
      }),
    )
  })
})
