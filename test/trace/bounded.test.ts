import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Entity, TagStore } from '../../src/attribution/index.ts'
import { runTrace, type Seed } from '../../src/trace/index.ts'
import { address, busyMoves, ledgerOf, moves, NO_TAGS } from './world.ts'

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
