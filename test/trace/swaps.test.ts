import { describe, expect, it } from 'vitest'
import type { Entity, TagStore } from '../../src/attribution/index.ts'
import { runTrace, type TraceDocument } from '../../src/trace/index.ts'
import { address, hash, ledgerOf, type Move, NO_TAGS } from './world.ts'

const ETH = 'eip155:1/slip44:60'
const POOL = 50
const ROUTER = 51
const EXCHANGE = 60

const entity = (id: string, kind: Entity['kind']): Entity => ({
  id,
  label: id,
  kind,
  service: true,
  confidence: 50,
  basis: 'tag',
  evidence: ['test'],
  contact: null,
  conflicts: [],
})
const TAGS: TagStore = {
  ...NO_TAGS,
  entityOf: (name) =>
    name === address(POOL) ? entity('pool', 'defi') : name === address(EXCHANGE) ? entity('exchange', 'exchange') : null,
}

const trace = (moves: Move[], tags = TAGS, more = {}): Promise<TraceDocument> =>
  runTrace({
    ledger: ledgerOf(moves),
    tags,
    seeds: [{ kind: 'transaction', transaction: hash(1) }],
    parameters: { bounds: false, ...more },
  })

describe('swaps, without knowing any contract', () => {
  it('stolen value that goes into a pool comes out as the other asset', async () => {
    const doc = await trace([
      { from: 1, to: 2, value: 100n },
      { from: 2, to: POOL, value: 100n, tx: 7 },
      { from: POOL, to: 2, value: 7n, asset: ETH, tx: 7 },
      { from: 2, to: EXCHANGE, value: 7n, asset: ETH },
    ])
    expect(doc.endpoints.map(({ account, amounts }) => [account, amounts[0]?.asset, amounts[0]?.amount])).toEqual([
      [address(EXCHANGE), ETH, '7'],
    ])
    expect(doc.swaps).toHaveLength(1)
    expect(doc.swaps[0]).toMatchObject({
      account: address(2),
      via: address(POOL),
      to: address(2),
      gave: { stolen: '100' },
      got: { stolen: '7' },
    })
    expect(doc.conservation.map(({ asset, swappedIn, swappedOut }) => [asset, swappedIn, swappedOut])).toEqual([
      ['usd', '0', '100'],
      [ETH, '7', '0'],
    ])
  })

  it('only the stolen share passes, as an exact fraction rounded down', async () => {
    const doc = await trace(
      [
        { from: 1, to: 2, value: 30n },
        { from: 3, to: 2, value: 70n },
        { from: 2, to: POOL, value: 100n, tx: 7 },
        { from: POOL, to: 2, value: 11n, asset: ETH, tx: 7 },
        { from: 2, to: EXCHANGE, value: 11n, asset: ETH },
      ],
      TAGS,
      { policy: 'haircut' },
    )
    // 11 · 30/100 = 3.3
    expect(doc.endpoints[0]?.amounts[0]?.amount).toBe('3')
    expect(doc.completeness.roundedSwaps).toBe(1)
  })

  it('a router that passes value through both ways drops out', async () => {
    const doc = await trace([
      { from: 1, to: 2, value: 100n },
      { from: 2, to: ROUTER, value: 100n, tx: 7 },
      { from: ROUTER, to: POOL, value: 100n, tx: 7 },
      { from: POOL, to: ROUTER, value: 7n, asset: ETH, tx: 7 },
      { from: ROUTER, to: 2, value: 7n, asset: ETH, tx: 7 },
      { from: 2, to: 4, value: 7n, asset: ETH },
    ])
    expect(doc.accounts.map(({ account }) => account)).not.toContain(address(ROUTER))
    expect(doc.endpoints.map(({ account, kind }) => [account, kind])).toEqual([[address(4), 'held']])
  })

  it('a swap may deliver to a third account', async () => {
    const doc = await trace([
      { from: 1, to: 2, value: 100n },
      { from: 2, to: POOL, value: 100n, tx: 7 },
      { from: POOL, to: 5, value: 7n, asset: ETH, tx: 7 },
    ])
    expect(doc.endpoints.map(({ account, amounts }) => [account, amounts[0]?.asset, amounts[0]?.amount])).toEqual([[address(5), ETH, '7']])
  })

  it('value passes through two pools in one transaction', async () => {
    const other = 52
    const tags: TagStore = { ...TAGS, entityOf: (name) => (name === address(other) ? entity('other', 'defi') : TAGS.entityOf(name)) }
    const doc = await trace(
      [
        { from: 1, to: 2, value: 100n },
        { from: 2, to: POOL, value: 100n, tx: 7 },
        { from: POOL, to: other, value: 7n, asset: ETH, tx: 7 },
        { from: other, to: 2, value: 40n, asset: 'third', tx: 7 },
      ],
      tags,
    )
    expect(doc.endpoints.map(({ account, amounts }) => [account, amounts[0]?.asset, amounts[0]?.amount])).toEqual([
      [address(2), 'third', '40'],
    ])
  })

  it('a worthless token handed back by an unknown account does not wash the payment', async () => {
    const doc = await trace([
      { from: 1, to: 2, value: 100n },
      { from: 2, to: 8, value: 100n, tx: 7 },
      { from: 8, to: 2, value: 1n, asset: 'worthless', tx: 7 },
    ])
    expect(doc.endpoints.map(({ account, amounts }) => [account, amounts[0]?.asset, amounts[0]?.amount])).toEqual([
      [address(8), 'usd', '100'],
    ])
  })

  it('where assets of different stolen share buy one, the trace stops and says so', async () => {
    const doc = await trace([
      { from: 1, to: 2, value: 100n },
      { from: 2, to: POOL, value: 100n, tx: 7 },
      { from: 2, to: POOL, value: 5n, asset: ETH, tx: 7 },
      { from: POOL, to: 2, value: 9n, asset: 'share', tx: 7 },
    ])
    expect(doc.notFollowed).toEqual([{ account: address(POOL), asset: 'usd', amount: '100', reason: 'swap-legs-unmatched', transfers: 1 }])
  })
})
