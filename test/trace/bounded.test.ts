import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Entity, TagStore } from '../../src/attribution/index.ts'
import { runTrace, type Seed } from '../../src/trace/index.ts'
import { address, busyMoves, ledgerOf, type Move, moves, NO_TAGS } from './world.ts'

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
const TAGS: TagStore = {
  ...NO_TAGS,
  entityOf: (name) =>
    name === address(1) || name === address(2) ? service('one exchange') : name === address(3) ? service('another') : null,
}

describe('policy-free bounds', () => {
  it('do not let in what came as one leg of a swap whose legs were not matched', async () => {
    const ETH = 'eip155:1/slip44:60'
    // 4 is the thief. 7 takes ether in and pays dollars of its own, which were stolen before, in the same transaction; what it held of ether before the ledger begins is unknown.
    const list: Move[] = [
      { from: 4, to: 1, value: 0n, asset: 'usd', tx: 0 },
      { from: 7, to: 1, value: 1n, asset: ETH, tx: 0 },
      { from: 4, to: 1, value: 1n, asset: 'usd', tx: 1 },
      { from: 1, to: 7, value: 1n, asset: 'usd', tx: 1 },
      { from: 4, to: 7, value: 1n, asset: ETH, tx: 2 },
      { from: 7, to: 1, value: 1n, asset: 'usd', tx: 2 },
      { from: 4, to: 7, value: 1n, asset: ETH, tx: 3 },
    ]
    const seed: Seed = { kind: 'account', account: address(4), asset: null, from: null }
    const parameters = { policy: 'haircut', opening: 'unknown', minShare: '0/1', poolTransfers: 3 } as const
    const doc = await runTrace({ ledger: ledgerOf(list), tags: TAGS, seeds: [seed], parameters })
    expect(doc.notFollowed).toMatchObject([{ account: address(7), asset: ETH, amount: '1', reason: 'swap-legs-unmatched' }])
    const held = doc.endpoints.find(({ account, kind }) => account === address(7) && kind === 'held')
    expect(held?.amounts).toEqual([{ asset: ETH, amount: '1', unknown: expect.any(String), least: '1', most: '2' }])
  })

  for (const policy of ['haircut', 'fifo', 'lifo', 'tiho'] as const) {
    for (const [kind, ledgers] of [
      ['transfers', moves(7, 16)],
      ['shared transactions and swaps', busyMoves(7, 9)],
    ] as const) {
      it(`what ${policy} finds at an account and at an entity lies between least and most (${kind})`, async () => {
        await fc.assert(
          fc.asyncProperty(
            ledgers,
            fc.boolean(),
            fc.constantFrom('clean' as const, 'unknown' as const),
            async (list, byAmount, opening) => {
              const account = address(list.find((move) => move.from > 3)?.from ?? 4)
              const asset = list[0]?.asset ?? 'usd'
              const ledger = ledgerOf(list)
              const seed: Seed = byAmount
                ? { kind: 'amount', account, asset, amount: '20', from: null }
                : { kind: 'account', account, asset: null, from: null }
              fc.pre(ledger.manifest.assets.some(({ id }) => id === asset))
              fc.pre(list.some((move) => address(move.from) === account || address(move.to) === account))
              const doc = await runTrace({
                ledger,
                tags: TAGS,
                seeds: [seed],
                parameters: { policy, opening, minShare: '0/1', poolTransfers: 3 },
              })
              for (const place of [...doc.endpoints, ...doc.entities]) {
                for (const { amount, least, most } of place.amounts) {
                  expect(least).not.toBeNull()
                  expect(BigInt(least as string) <= BigInt(amount), `${amount} is below ${least}`).toBe(true)
                  expect(BigInt(amount) <= BigInt(most as string), `${amount} is above ${most}`).toBe(true)
                }
              }
            },
          ),
          { numRuns: 200 },
        )
      })
    }
  }
})
