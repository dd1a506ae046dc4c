import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FlowSolver } from '../../../src/trace/bounds/flow.ts'
import { bounds } from '../../../src/trace/bounds/index.ts'
import { type Colour, timeNetwork } from '../../../src/trace/bounds/network.ts'
import { type Reduced, reduce } from '../../../src/trace/bounds/reduce.ts'
import { ledgers } from './ledgers.ts'
import { type PolicyName, replay } from './policies.ts'

/** Capacity of the cut that an answer names: an upper bound of every flow into the groups, whatever found it. */
function cutInto({ tail, head, capacity, supply, nodes }: Reduced, groups: readonly number[], supplied: Uint8Array): bigint {
  const upstream = new Set(groups)
  for (let e = tail.length - 1; e >= 0; e--) if (upstream.has(head[e]!)) upstream.add(tail[e]!)
  let total = 0n
  for (let e = 0; e < tail.length; e++) {
    const arrives = groups.includes(head[e]!) && supplied[head[e]!] === 1
    if (arrives || (upstream.has(head[e]!) && supplied[tail[e]!] === 1 && supplied[head[e]!] === 0)) total += capacity[e]!
  }
  for (let v = 0; v < nodes; v++) {
    if ((groups.includes(v) && supplied[v] === 1) || (upstream.has(v) && supplied[v] === 0)) total += supply[v]!
  }
  return total
}

describe('a maximum flow', () => {
  it.each([1000n, 2n ** 80n, 2n ** 250n])('is proven by a cut of the same value, for amounts up to %s', (largest) => {
    const long = ledgers({ pools: 12, groups: 3, transactions: 250, largest, width: 2, injections: true, unknown: true })
    fc.assert(
      fc.property(
        long,
        fc.constantFrom<Colour>('stolen', 'clean'),
        fc.constantFrom([0], [1], [0, 2], [0, 1, 2]),
        (input, colour, groups) => {
          const reduced = reduce(timeNetwork(input), colour)
          const { value, supplied } = new FlowSolver(reduced).prove(groups)
          expect(cutInto(reduced, groups, supplied)).toBe(value)
        },
      ),
      { numRuns: 100 },
    )
  })

  it('does not depend on what was asked before', () => {
    const long = ledgers({ pools: 12, groups: 3, transactions: 120, largest: 2n ** 80n, width: 2, injections: true, unknown: true })
    fc.assert(
      fc.property(long, (input) => {
        const reduced = reduce(timeNetwork(input), 'clean')
        const used = new FlowSolver(reduced)
        for (const groups of [[0, 1, 2], [1], [0], [1, 2], [1]]) expect(used.prove(groups)).toEqual(new FlowSolver(reduced).prove(groups))
      }),
      { numRuns: 50 },
    )
  })
})

describe('every conserving policy', () => {
  it.each<PolicyName>(['fifo', 'lifo', 'haircut', 'random'])('lies between the bounds: %s', (policy) => {
    const single = { pools: 8, groups: 2, width: 1, injections: false, unknown: false } as const
    const long = fc.oneof(
      ledgers({ ...single, transactions: 120, largest: 30n }),
      ledgers({ ...single, transactions: 60, largest: 10n ** 24n }),
    )
    fc.assert(
      fc.property(long, fc.infiniteStream(fc.nat(1000)), (input, numbers) => {
        const choose = (least: bigint, most: bigint): bigint => least + (BigInt(numbers.next().value) * (most - least)) / 1000n
        const { least, most } = bounds(input)
        replay(input, policy, choose).forEach((stolen, group) => {
          expect(stolen >= least[group]! && stolen <= most[group]!, `${least[group]} <= ${stolen} <= ${most[group]}`).toBe(true)
        })
      }),
      { numRuns: 200 },
    )
  })
})
