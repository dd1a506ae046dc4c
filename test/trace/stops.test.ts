import { describe, expect, it } from 'vitest'
import type { Entity, TagStore } from '../../src/attribution/index.ts'
import { memoryLedger } from '../../src/ledger/index.ts'
import { runTrace } from '../../src/trace/index.ts'
import { address, hash, ledgerOf, type Move, NO_TAGS } from './world.ts'

const HOT = 60
const exchange: Entity = {
  id: 'exchange',
  label: 'An exchange',
  kind: 'exchange',
  service: true,
  confidence: 50,
  basis: 'tag',
  evidence: ['a tag'],
  contact: 'https://exchange.example',
  conflicts: [],
}
const TAGS: TagStore = { ...NO_TAGS, entityOf: (name) => (name === address(HOT) ? exchange : null) }

describe('where a trace stops', () => {
  it('at a deposit address of a tagged exchange, with its evidence and whom to call', async () => {
    const doc = await runTrace({
      ledger: ledgerOf([
        { from: 1, to: 2, value: 100n },
        { from: 2, to: 3, value: 100n },
        { from: 3, to: HOT, value: 100n },
      ]),
      tags: TAGS,
      seeds: [{ kind: 'transaction', transaction: hash(1) }],
    })
    expect(doc.endpoints.map(({ account, entity, kind }) => [account, entity, kind])).toEqual([[address(3), 'exchange', 'service']])
    expect(doc.entities[0]).toMatchObject({
      basis: 'deposit-address',
      contact: 'https://exchange.example',
      amounts: [{ amount: '100', least: '100', most: '100' }],
    })
    expect(doc.entities[0]?.evidence.join(' ')).toMatch(/deposit address/)
  })

  it('at an account too busy to be one person, as an unnamed service', async () => {
    const crowd: Move[] = Array.from({ length: 20 }, (_, i) => ({ from: 100 + i, to: 7, value: 1n }))
    const doc = await runTrace({
      ledger: ledgerOf([
        ...crowd,
        { from: 1, to: 2, value: 100n },
        { from: 2, to: 9, value: 50n },
        { from: 2, to: 7, value: 50n },
        { from: 7, to: 8, value: 90n },
      ]),
      tags: NO_TAGS,
      seeds: [{ kind: 'transaction', transaction: hash(21) }],
      parameters: { hubTransfers: 20 },
    })
    expect(doc.endpoints.filter(({ kind }) => kind === 'service').map(({ account, entity }) => [account, entity])).toEqual([
      [address(7), `unnamed:${address(7)}`],
    ])
    expect(doc.flows.map(({ to }) => to)).not.toContain(address(8))
  })

  it('bait from an address that looks like one that the account pays is left out, and listed', async () => {
    const real = '0x1f9b4d915a6d2c65251d72522f297904bf6887ce'
    const fake = '0x1f94cc16c3177f43ff1eb485536a93072a6887ce'
    const eth = 'eip155:1/slip44:60'
    const row = (n: number, from: string, to: string, value: bigint) => ({
      block: n,
      time: 1_700_000_000 + n,
      hash: hash(n),
      from,
      to,
      asset: eth,
      value,
    })
    const ether = 10n ** 18n
    const ledger = memoryLedger([
      row(1, address(1), address(2), 100n * ether),
      row(2, address(2), real, 10n * ether),
      row(3, fake, address(2), 1n),
      row(4, address(2), fake, 0n),
      row(5, address(2), real, 20n * ether),
    ])
    const doc = await runTrace({ ledger, tags: NO_TAGS, seeds: [{ kind: 'transaction', transaction: hash(1) }] })
    expect(doc.lookAlikes.map(({ account, imitates, victim }) => [account, imitates, victim])).toEqual([[fake, real, address(2)]])
    expect(doc.accounts.map(({ account }) => account)).not.toContain(fake)
  })
})
