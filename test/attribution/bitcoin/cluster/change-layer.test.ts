import { describe, expect, it } from 'vitest'
import {
  type ChangeLayerOptions,
  type Clusters,
  clusterAccounts,
  clusterByChange,
} from '../../../../src/attribution/bitcoin/cluster/index.ts'
import { type TxSpec, world } from '../table.ts'

/** Account 1 pays a round amount to 8, who was paid before; the change goes to 2, which later is spent with 3. */
const SPECS: TxSpec[] = [
  {
    outputs: [
      [1, 50_000_000],
      [8, 7],
      [3, 9_999],
    ],
  },
  {
    inputs: [[0, 0]],
    outputs: [
      [8, 20_000_000],
      [2, 29_990_001],
    ],
  },
  {
    inputs: [
      [1, 1],
      [0, 2],
    ],
    outputs: [[5, 30_000_000]],
  },
]

async function layers(specs: readonly TxSpec[], options: ChangeLayerOptions = {}): Promise<{ below: Clusters; above: Clusters }> {
  const { table } = world(specs, { runOf: 2 })
  const below = await clusterAccounts(table, options)
  return { below, above: await clusterByChange(table, below, options) }
}

describe('the layer of change', () => {
  it('joins the account that received the change to its spenders, and leaves the layer below alone', async () => {
    const { below, above } = await layers(SPECS)
    expect([below.layer, below.clusterOf(1), below.clusterOf(2), below.clusterOf(3)]).toEqual(['multi-input', 1, 2, 2])
    expect([above.layer, ...[1, 2, 3].map(above.clusterOf)]).toEqual(['change', 1, 1, 1])
    expect([...above.accountsOf(1)]).toEqual([1, 2, 3])
    expect([...below.accountsOf(1)]).toEqual([1])
    expect(above.clusters).toBe(below.clusters - 1)
    expect(above.clusterOf(8)).toBe(8)
  })

  it('explains what it joined, each step by its layer', async () => {
    const { above } = await layers(SPECS)
    expect(await above.explain(1, 3)).toEqual([
      { tx: 1, from: 1, to: 2, by: 'change' },
      { tx: 2, from: 2, to: 3, by: 'multi-input' },
    ])
    expect(await above.evidenceOf(1)).toEqual({ jointSpends: 1, changeLinks: 1, firstTx: 1, lastTx: 2 })
  })

  it('joins by as many votes as asked and no fewer', async () => {
    expect((await layers(SPECS, { minVotes: 3 })).above.clusterOf(2)).toBe(2)
  })

  it('does not join two entities, but says so', async () => {
    const entities = new Map([
      [1, 'thief'],
      [3, 'exchange'],
    ])
    const { above } = await layers(SPECS, { entities })
    expect(above.clusterOf(2)).toBe(2)
    expect(above.conflicts).toEqual([{ tx: 1, layer: 'change', entities: ['exchange', 'thief'], accounts: [1, 2] }])
    expect(above.counts).toMatchObject({ conflicting: 1, joining: 0 })
  })

  it('carries an entity along from link to link', async () => {
    // 1 pays change to 2, 2 pays change to 4: joined from 1 (tagged) to 2, so that 4 (tagged otherwise) is refused.
    const specs: TxSpec[] = [
      {
        outputs: [
          [1, 50_000_000],
          [8, 7],
        ],
      },
      {
        inputs: [[0, 0]],
        outputs: [
          [8, 20_000_000],
          [2, 29_990_001],
        ],
      },
      {
        inputs: [[1, 1]],
        outputs: [
          [8, 20_000_000],
          [4, 9_980_001],
        ],
      },
    ]
    expect([1, 2, 4].map((await layers(specs)).above.clusterOf)).toEqual([1, 1, 1])
    const entities = new Map([
      [1, 'thief'],
      [4, 'exchange'],
    ])
    const { above } = await layers(specs, { entities })
    expect([1, 2, 4].map(above.clusterOf)).toEqual([1, 1, 4])
    expect(above.conflicts).toEqual([{ tx: 2, layer: 'change', entities: ['exchange', 'thief'], accounts: [2, 4] }])
  })

  it('does not go by a transaction that was refused below, and lists it still', async () => {
    const entities = new Map([
      [1, 'a'],
      [3, 'b'],
    ])
    const specs: TxSpec[] = [
      SPECS[0] as TxSpec,
      {
        inputs: [
          [0, 0],
          [0, 2],
        ],
        outputs: [
          [8, 20_000_000],
          [2, 9_001],
        ],
      },
    ]
    expect((await layers(specs)).above.clusterOf(2)).toBe(1)
    const { above } = await layers(specs, { entities })
    expect(above.clusterOf(2)).toBe(2)
    expect(above.conflicts).toEqual([{ tx: 1, layer: 'multi-input', entities: ['a', 'b'], accounts: [1, 3] }])
  })

  it('does not go by collaborative transactions', async () => {
    const { above } = await layers(SPECS, { collaborative: (_, run, k) => run.firstTx + k === 1 })
    expect(above.clusterOf(2)).toBe(2)
    expect(above.counts.collaborative).toBe(1)
  })

  it('takes an account for seen that was paid before the ledger begins', async () => {
    const specs: TxSpec[] = [
      { outputs: [[1, 50_000_000]] },
      {
        inputs: [[0, 0]],
        outputs: [
          [8, 20_000_000],
          [2, 29_990_001],
        ],
      },
      { inputs: [{ account: 8, value: 5 }], outputs: [[9, 4]] },
    ]
    expect((await layers(specs)).above.clusterOf(2)).toBe(1)
    expect((await layers(specs.slice(0, 2))).above.clusterOf(2)).toBe(2)
  })

  it('refuses a layer below that knew nothing of the tags', async () => {
    const { table } = world(SPECS)
    const below = await clusterAccounts(table)
    const entities = new Map([
      [2, 'a'],
      [3, 'b'],
    ])
    await expect(clusterByChange(table, below, { entities })).rejects.toMatchObject({ code: 'attribution/tagged-apart' })
  })
})
