import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { followPeelChain, followPeelChainBack } from '../../../../src/attribution/bitcoin/peel/index.ts'
import { SEQUENCES, type SequenceClass } from '../../../../src/ledger/index.ts'
import { type TxSpec, world } from '../table.ts'
import { follow } from './chains.ts'

interface Peel {
  readonly part: number
  readonly fee: number
  readonly changeFirst: boolean
  readonly version: number
  readonly sequence: SequenceClass
}
const peel: fc.Arbitrary<Peel> = fc.record({
  part: fc.integer({ min: 1, max: 999 }),
  fee: fc.integer({ min: 0, max: 5_000 }),
  changeFirst: fc.boolean(),
  version: fc.constantFrom(1, 2),
  sequence: fc.constantFrom(...SEQUENCES),
})

/** A chain of one wallet (version 2, sequence numbers final), whose payees spend with whatever they have. */
function chainOf(peels: readonly Peel[]): TxSpec[] {
  const specs: TxSpec[] = [{ outputs: [[0, 2_000_000_000]] }]
  let [tx, index, left] = [0, 0, 2_000_000_000]
  for (const [k, { part, fee, changeFirst, version, sequence }] of peels.entries()) {
    const paid = 1 + Math.floor((left * part) / 10_000)
    const change = [3 * k + 1, left - paid - fee] as const
    const payment = [3 * k + 2, paid] as const
    specs.push({ inputs: [[tx, index]], outputs: changeFirst ? [change, payment] : [payment, change], version: 2 })
    tx = specs.length - 1
    specs.push({ inputs: [[tx, changeFirst ? 1 : 0]], outputs: [[3 * k + 3, paid]], version, sequence })
    index = changeFirst ? 0 : 1
    left -= paid + fee
  }
  return specs
}

describe('on any chain of one wallet', () => {
  it('every satoshi is change, peeled, undecided or fee, and each hop spends the change of the one before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(peel, { minLength: 1, maxLength: 12 }), async (peels) => {
        const chain = await follow(chainOf(peels), 1)
        const sum = (values: readonly { readonly value: bigint }[]) => values.reduce((total, { value }) => total + value, 0n)
        for (const [i, hop] of chain.hops.entries()) {
          expect((hop.continues?.value ?? 0n) + sum(hop.peeled) + sum(hop.undecided) + (hop.fee as bigint)).toBe(hop.value)
          const next = chain.hops[i + 1]
          if (next !== undefined) expect([hop.continues?.spentBy, hop.continues?.value]).toEqual([next.tx, next.value])
        }
        expect(chain.peeled + (chain.fees as bigint) + sum(chain.hops.at(-1)?.undecided ?? [])).toBe(chain.hops[0]?.value)
      }),
    )
  })

  it('a chain is never led off by a payee whose wallet is another', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(peel, { minLength: 1, maxLength: 12 }), async (peels) => {
        const others = peels.map((each): Peel => ({ ...each, version: 1 }))
        const chain = await follow(chainOf(others), 1)
        // The last payee is the only one whose spend stands beside a change that nobody spends.
        expect(chain.hops.map(({ tx }) => tx)).toEqual(others.map((_, k) => 2 * k + 1))
        expect(chain.hops.slice(0, -1).map(({ continues }) => continues?.index)).toEqual(
          others.slice(0, -1).map(({ changeFirst }) => (changeFirst ? 0 : 1)),
        )
        expect(chain.stoppedBecause.code).toBe('unspent')
      }),
    )
  })

  it('backward from the last hop is forward from the first', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(peel, { minLength: 1, maxLength: 12 }), async (peels) => {
        const { ledger } = world(chainOf(peels))
        const forward = await followPeelChain(ledger, 1)
        const back = await followPeelChainBack(ledger, forward.hops.at(-1)?.tx as number)
        expect(back.hops).toEqual(forward.hops)
      }),
    )
  })
})
