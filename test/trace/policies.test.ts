import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PolicyName, runTrace } from '../../src/trace/index.ts'
import { address, busyMoves, hash, ledgerOf, moves, NO_TAGS } from './world.ts'

const flowsOf = async (policy: PolicyName, list: Parameters<typeof ledgerOf>[0], seed: string): Promise<Record<string, string>> => {
  const doc = await runTrace({
    ledger: ledgerOf(list),
    tags: NO_TAGS,
    seeds: [{ kind: 'transaction', transaction: seed }],
    parameters: { policy, bounds: false, minShare: '0/1' },
  })
  return Object.fromEntries(doc.flows.map((flow) => [`${Number(flow.transaction)}`, flow.amount]))
}

describe('five ways to take from a pool', () => {
  // 2 holds 10 clean, then receives 10 stolen, then pays 5, 12 and 3.
  const list = [
    { from: 1, to: 2, value: 10n },
    { from: 9, to: 2, value: 10n },
    { from: 2, to: 3, value: 5n },
    { from: 2, to: 4, value: 12n },
    { from: 2, to: 5, value: 3n },
  ]
  const theft = hash(2)

  it('FIFO pays the oldest units first', async () => {
    expect(await flowsOf('fifo', list, theft)).toEqual({ 2: '10', 4: '7', 5: '3' })
  })
  it('LIFO pays the newest units first', async () => {
    expect(await flowsOf('lifo', list, theft)).toEqual({ 2: '10', 3: '5', 4: '5' })
  })
  it('haircut pays pro rata, rounded down, the rest staying', async () => {
    expect(await flowsOf('haircut', list, theft)).toEqual({ 2: '10', 3: '2', 4: '6', 5: '2' })
  })
  it('TIHO gives the stolen holding to the highest payment before the next receipt', async () => {
    expect(await flowsOf('tiho', list, theft)).toEqual({ 2: '10', 4: '10' })
  })
  it('poison taints all that leaves', async () => {
    expect(await flowsOf('poison', list, theft)).toEqual({ 2: '10', 3: '5', 4: '12', 5: '3' })
  })
})

describe('laws of every policy', () => {
  for (const policy of ['haircut', 'fifo', 'lifo', 'tiho'] as const) {
    it(`${policy} creates and loses nothing, on ledgers with swaps and shared transactions`, async () => {
      await fc.assert(
        fc.asyncProperty(busyMoves(6, 14), async (list) => {
          const doc = await runTrace({
            ledger: ledgerOf(list),
            tags: NO_TAGS,
            seeds: [{ kind: 'account', account: address(list[0]?.from ?? 1), asset: null, from: null }],
            parameters: { policy, bounds: false, minShare: '0/1', poolTransfers: 4 },
          })
          for (const line of doc.conservation) expect(line.difference).toBe('0')
          for (const flow of doc.flows) expect(BigInt(flow.amount) <= BigInt(flow.value)).toBe(true)
        }),
        { numRuns: 150 },
      )
    })
  }

  for (const policy of ['fifo', 'lifo'] as const) {
    it(`${policy} run backward from a transfer gives the forward run's flows`, async () => {
      await fc.assert(
        fc.asyncProperty(moves(5, 14), fc.nat(13), fc.nat(13), async (list, a, b) => {
          const i = a % list.length
          const j = b % list.length
          const first = list[Math.min(i, j)]
          const last = list[Math.max(i, j)]
          fc.pre(i !== j && first !== undefined && last !== undefined)
          fc.pre(first.from !== first.to && last.from !== last.to && first.value > 0n && last.value > 0n)
          const early = hash(Math.min(i, j) + 1)
          const late = hash(Math.max(i, j) + 1)
          const common = { policy, bounds: false, minShare: '0/1' } as const
          const forward = await runTrace({
            ledger: ledgerOf(list),
            tags: NO_TAGS,
            seeds: [{ kind: 'transaction', transaction: early }],
            parameters: common,
          })
          const backward = await runTrace({
            ledger: ledgerOf(list),
            tags: NO_TAGS,
            seeds: [{ kind: 'transaction', transaction: late }],
            parameters: { ...common, direction: 'backward' },
          })
          const through = (doc: typeof forward, transaction: string): string =>
            doc.flows.find((flow) => flow.transaction === transaction)?.amount ?? '0'
          expect(through(backward, early)).toBe(through(forward, late))
        }),
        { numRuns: 400 },
      )
    })
  }

  for (const policy of ['fifo', 'lifo'] as const) {
    it(`${policy} is reversible through transactions of several payers and receivers too`, async () => {
      await fc.assert(
        fc.asyncProperty(busyMoves(5, 8), fc.nat(7), fc.nat(7), async (mixed, a, b) => {
          const list = mixed.filter((move) => move.asset === 'usd' && move.from !== move.to && move.value > 0n)
          const numbers = [...new Set(list.map((move) => move.tx))]
          const i = a % Math.max(1, numbers.length)
          const j = b % Math.max(1, numbers.length)
          fc.pre(i < j)
          const ledger = ledgerOf(list)
          const run = (transaction: string, direction: 'forward' | 'backward'): ReturnType<typeof runTrace> =>
            runTrace({
              ledger,
              tags: NO_TAGS,
              seeds: [{ kind: 'transaction', transaction }],
              parameters: { policy, direction, bounds: false, minShare: '0/1' },
            })
          const through = (doc: Awaited<ReturnType<typeof run>>, transaction: string): bigint =>
            doc.flows.reduce((sum, flow) => (flow.transaction === transaction ? sum + BigInt(flow.amount) : sum), 0n)
          const early = hash(i + 1)
          const late = hash(j + 1)
          expect(through(await run(late, 'backward'), early)).toBe(through(await run(early, 'forward'), late))
        }),
        { numRuns: 400 },
      )
    })
  }

  it('the same trace gives the same document twice', async () => {
    await fc.assert(
      fc.asyncProperty(busyMoves(5, 10), async (list) => {
        const once = (): Promise<unknown> =>
          runTrace({
            ledger: ledgerOf(list),
            tags: NO_TAGS,
            seeds: [{ kind: 'account', account: address(list[0]?.from ?? 1), asset: null, from: null }],
            parameters: { bounds: false },
          })
        expect(JSON.stringify(await once())).toBe(JSON.stringify(await once()))
      }),
      { numRuns: 30 },
    )
  })
})
