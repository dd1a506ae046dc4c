import { describe, expect, it } from 'vitest'
import { attributeClusters, clusterAccounts, taggedAccounts, taggedEntities } from '../../../../src/attribution/bitcoin/cluster/index.ts'
import { type Tag, tagStore } from '../../../../src/attribution/index.ts'
import { ABSENT } from '../../../../src/ledger/index.ts'
import { tagOf } from '../../tag-of.ts'
import { addressOf, type TxSpec, world } from '../table.ts'

const tag = (account: number, fields: Partial<Tag>): Tag => tagOf({ address: addressOf(account), concepts: ['exchange'], ...fields })
const ledger = {
  accountIds: async (addresses: readonly string[]) =>
    Uint32Array.from(addresses, (address) => [1, 2, 3, 4, 5].find((account) => addressOf(account) === address) ?? ABSENT),
}
const spend = (...accounts: number[]): TxSpec => ({ inputs: accounts.map((account) => ({ account, value: 10 })), outputs: [[0, 1]] })
const tagged = (...tags: readonly Tag[]) => taggedAccounts(ledger, tagStore(tags))

describe('names over clusters', () => {
  it('are claims of tags with their confidence, beside the structure', async () => {
    const found = await tagged(
      tag(3, { label: 'Kraken' }),
      tag(2, { label: 'Kraken', confidence: 'service_data' }),
      tag(9, { label: 'elsewhere' }),
    )
    expect(found.map(({ account }) => account)).toEqual([2, 3])
    const clusters = await clusterAccounts(world([spend(1, 2, 3), spend(4, 5)]).table, { entities: taggedEntities(found) })
    const attributed = attributeClusters(clusters, found)
    expect(attributed).toMatchObject([
      {
        cluster: 1,
        size: 3,
        layer: 'multi-input',
        entity: { id: 'kraken', confidence: 50 },
        accounts: [{ account: 2 }, { account: 3 }],
        conflicts: [],
      },
    ])
    expect(attributed[0]?.accounts[1]?.tags).toHaveLength(1)
  })

  it('of two entities in one cluster are both told, the better claim first', async () => {
    const found = await tagged(
      tag(1, { label: 'Kraken', confidence: 'service_data' }),
      tag(2, { label: 'Bitfinex' }),
      tag(3, { label: 'Bitfinex' }),
    )
    // Clustered without tags, so that nothing kept the two apart.
    const clusters = await clusterAccounts(world([spend(1, 2, 3)]).table)
    expect(attributeClusters(clusters, found)).toMatchObject([
      {
        entity: { id: 'kraken' },
        accounts: [{ account: 1 }],
        conflicts: [{ entity: { id: 'bitfinex' }, accounts: [{ account: 2 }, { account: 3 }] }],
      },
    ])
  })

  it('come first from a tag that defines its cluster, then from more accounts, then by id', async () => {
    const clusters = await clusterAccounts(world([spend(1, 2, 3)]).table)
    const best = async (...tags: readonly Tag[]) => attributeClusters(clusters, await tagged(...tags))[0]?.entity.id
    expect(await best(tag(1, { label: 'A', confidence: 'ownership' }), tag(2, { label: 'B', isClusterDefiner: true }))).toBe('b')
    expect(await best(tag(1, { label: 'A' }), tag(2, { label: 'B' }), tag(3, { label: 'B' }))).toBe('b')
    expect(await best(tag(1, { label: 'B' }), tag(2, { label: 'A' }))).toBe('a')
  })

  it('of too little confidence do not keep clusters apart', async () => {
    const found = await tagged(tag(1, { label: 'Kraken', confidence: 'service_data' }), tag(2, { label: 'rumour', confidence: 'unknown' }))
    const { table } = world([spend(1, 2)])
    expect((await clusterAccounts(table, { entities: taggedEntities(found) })).conflicts).toHaveLength(1)
    expect((await clusterAccounts(table, { entities: taggedEntities(found, 5) })).conflicts).toHaveLength(1)
    expect((await clusterAccounts(table, { entities: taggedEntities(found, 10) })).conflicts).toHaveLength(0)
  })
})
