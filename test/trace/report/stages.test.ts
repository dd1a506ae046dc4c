import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AssetId } from '../../../src/chain/index.ts'
import type { TraceDocument } from '../../../src/trace/index.ts'
import { removeCircles } from '../../../src/trace/report/circles.ts'
import { type Stages, stagesOf } from '../../../src/trace/report/stages.ts'
import { DAI, ETHER, heistDocument, smallDocument } from './sample.ts'

function endSums(stages: Stages): Map<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const { to, amount } of stages.bands) {
    const box = stages.boxes[to]
    if (box?.hops === null) sums.set(box.kind, (sums.get(box.kind) ?? 0n) + amount)
  }
  return sums
}

/** What flows into a box, or begins there, flows out of it, unless it is an end; bands lead to the right; the ends come to the conservation line. */
function expectConserved(document: TraceDocument, asset: AssetId, stages: Stages): void {
  const line = document.conservation.find((entry) => entry.asset === asset)
  for (const [i, box] of stages.boxes.entries()) {
    const sum = (side: 'from' | 'to'): bigint => stages.bands.reduce((total, band) => (band[side] === i ? total + band.amount : total), 0n)
    if (box.hops !== null) expect(sum('to') + box.begins, box.key).toBe(sum('from'))
  }
  for (const { from, to } of stages.bands) expect(stages.boxes[from]?.column).toBeLessThan(stages.boxes[to]?.column as number)
  const ends = endSums(stages)
  const services = [...ends].reduce(
    (sum, [kind, amount]) => (['held', 'not-followed', 'swapped-out', 'unaccounted'].includes(kind) ? sum : sum + amount),
    0n,
  )
  expect(ends.get('unaccounted')).toBeUndefined()
  expect(services).toBe(BigInt(line?.atServices as string))
  expect(ends.get('held') ?? 0n).toBe(BigInt(line?.held as string))
  expect(ends.get('not-followed') ?? 0n).toBe(BigInt(line?.notFollowed as string))
  expect(ends.get('swapped-out') ?? 0n).toBe(BigInt(line?.swappedOut as string))
  const begun = stages.boxes.reduce((sum, { begins }) => sum + begins, 0n)
  expect(begun).toBe(BigInt(line?.seeded as string) + BigInt(line?.swappedIn as string))
}

describe('the stages of a flow', () => {
  it.each(['fifo', 'lifo', 'haircut', 'tiho'] as const)('conserve every sum under %s, swaps included', async (policy) => {
    const document = await smallDocument({ policy })
    for (const asset of [ETHER, DAI]) expectConserved(document, asset, stagesOf(document, asset))
  })

  it('conserve what limits left unfollowed', async () => {
    const document = await smallDocument({ maxDepth: 1 })
    expect(document.notFollowed.length).toBeGreaterThan(0)
    expectConserved(document, ETHER, stagesOf(document, ETHER))
  })

  it('conserve a backward trace, told from the cash-out', async () => {
    const document = await smallDocument({ direction: 'backward' })
    expectConserved(document, ETHER, stagesOf(document, ETHER))
  })

  it.each(['harmony-2022', 'atomic-wallet-2023'] as const)('of %s fit on a page and conserve', async (name) => {
    const document = await heistDocument(name)
    if (document === null) return console.info(`skipped: ${name} is not on this machine`)
    const stages = stagesOf(document, 'usd')
    expectConserved(document, 'usd', stages)
    expect(stages.columns).toBeLessThanOrEqual(9)
    expect(stages.boxes.length).toBeLessThanOrEqual(45)
  })

  it('can be made of a poison trace too, which does not conserve', async () => {
    const stages = stagesOf(await smallDocument({ policy: 'poison' }), ETHER)
    expect(stages.boxes.length).toBeGreaterThan(3)
  })
})

describe('taking circles out of a flow', () => {
  const graph = fc.array(fc.record({ from: fc.nat(7), to: fc.nat(7), amount: fc.bigInt({ min: 0n, max: 1n << 80n }) }), { maxLength: 40 })

  it('leaves what enters and leaves every node on balance, and no circle', () => {
    fc.assert(
      fc.property(graph, (edges) => {
        const balance = (list: typeof edges): bigint[] =>
          Array.from({ length: 8 }, (_, i) =>
            list.reduce((sum, { from, to, amount }) => sum + (to === i ? amount : 0n) - (from === i ? amount : 0n), 0n),
          )
        const before = balance(edges)
        const total = edges.reduce((sum, { amount }) => sum + amount, 0n)
        const work = edges.map((edge) => ({ ...edge }))
        const removed = removeCircles(8, work)
        expect(balance(work)).toEqual(before)
        expect(work.every(({ amount }) => amount >= 0n)).toBe(true)
        expect(removeCircles(8, work)).toBe(0n)
        expect(total - work.reduce((sum, { amount }) => sum + amount, 0n)).toBeGreaterThanOrEqual(removed)
      }),
    )
  })
})
