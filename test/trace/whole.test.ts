import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ledger, TransferBatch } from '../../src/ledger/index.ts'
import { POLICIES, type PolicyName, runTrace } from '../../src/trace/index.ts'
import { replayWhole, type WholeResult } from '../../src/trace/whole.ts'
import { busyMoves, hash, ledgerOf, type Move, moves, NO_TAGS } from './world.ts'

async function everything(ledger: Ledger): Promise<{ batches: TransferBatch[]; accounts: number }> {
  const { accounts } = ledger.manifest
  const batches: TransferBatch[] = []
  for await (const batch of ledger.transfersOf(Array.from({ length: accounts }, (_, account) => account))) batches.push(batch)
  return { batches, accounts }
}

function flowsOf(whole: WholeResult): [number, string][] {
  return Array.from(whole.tx, (tx, k) => [tx, `${whole.stolen.get(k)}`])
}

function standsAlone(list: readonly Move[], i: number): boolean {
  return list.filter((move) => move.tx === list[i]?.tx).length === 1
}

/** Amounts by receipt: a trace also says from whom, so a receipt may be several flows. */
function sums(flows: readonly (readonly [string, bigint])[]): Map<string, bigint> {
  const total = new Map<string, bigint>()
  for (const [receipt, amount] of flows) total.set(receipt, (total.get(receipt) ?? 0n) + amount)
  return total
}

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
            parameters: { policy, bounds: false, minShare: '0/1', opening: 'clean' },
          })
          expect(doc.flows.map((flow) => [Number(flow.transaction) - 1, flow.amount])).toEqual(flowsOf(whole))
        }),
        { numRuns: 300 },
      )
    })

    it(`finds under ${policy} the same where transactions have several payers and receivers`, async () => {
      await fc.assert(
        fc.asyncProperty(busyMoves(5, 12), fc.nat(11), async (mixed, at) => {
          const list = mixed.filter((move) => move.asset === 'usd')
          const single = list.flatMap((move, i) => (move.from !== move.to && move.value > 0n && standsAlone(list, i) ? [i] : []))
          fc.pre(single.length > 0)
          const i = single[at % single.length] as number
          const theft = list[i] as Move
          const ledger = ledgerOf(list)
          const { batches, accounts } = await everything(ledger)
          const whole = replayWhole(batches, { policy: POLICIES[policy], asset: 0, accounts, theft: new Map([[i, theft.value]]) })
          const receivers = await ledger.addresses(whole.to)
          const tx = [...new Set(list.map((move) => move.tx))].indexOf(theft.tx)
          const doc = await runTrace({
            ledger,
            tags: NO_TAGS,
            seeds: [{ kind: 'transaction', transaction: hash(tx + 1) }],
            parameters: { policy, bounds: false, minShare: '0/1', opening: 'clean' },
          })
          expect(sums(doc.flows.map((flow) => [`${Number(flow.transaction) - 1} ${flow.to}`, BigInt(flow.amount)]))).toEqual(
            sums(Array.from(whole.tx, (id, k) => [`${id} ${receivers[k]}`, whole.stolen.get(k)])),
          )
        }),
        { numRuns: 300 },
      )
    })
  }
})
