import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TransferBatch } from '../../src/ledger/index.ts'
import { POLICIES, type PolicyName, runTrace } from '../../src/trace/index.ts'
import { replayWhole } from '../../src/trace/whole.ts'
import { hash, ledgerOf, moves, NO_TAGS } from './world.ts'

describe('following only what stolen value reaches', () => {
  for (const policy of Object.keys(POLICIES) as PolicyName[]) {
    it(`finds under ${policy} what a replay of every transfer of the ledger finds`, async () => {
      await fc.assert(
        fc.asyncProperty(moves(6, 25), fc.nat(24), async (list, at) => {
          const i = at % list.length
          const theft = list[i]
          fc.pre(theft !== undefined && theft.value > 0n && theft.from !== theft.to)
          const ledger = ledgerOf(list)
          const all = Array.from({ length: ledger.manifest.accounts }, (_, account) => account)
          const batches: TransferBatch[] = []
          for await (const batch of ledger.transfersOf(all)) batches.push(batch)
          const whole = replayWhole(batches, {
            policy: POLICIES[policy],
            asset: 0,
            accounts: all.length,
            theft: new Map([[i, theft.value]]),
          })
          const doc = await runTrace({
            ledger,
            tags: NO_TAGS,
            seeds: [{ kind: 'transaction', transaction: hash(i + 1) }],
            parameters: { policy, bounds: false, minShare: '0/1' },
          })
          expect(doc.flows.map((flow) => [Number(flow.transaction) - 1, flow.amount])).toEqual(
            whole.tx.map((tx, k) => [tx, `${whole.stolen[k]}`]),
          )
        }),
        { numRuns: 300 },
      )
    })
  }
})
