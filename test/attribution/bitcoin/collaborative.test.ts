import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collaborativeByCoinJoin } from '../../../src/attribution/bitcoin/cluster/index.ts'
import { hasEqualShares, isCollaborative } from '../../../src/attribution/bitcoin/collaborative.ts'
import type { BitcoinColumns, BitcoinTransaction } from '../../../src/ledger/index.ts'
import { type TxSpec, world } from './table.ts'

const tx = (inputs: readonly (number | null)[], outputs: readonly (readonly [number | null, number])[]): BitcoinTransaction =>
  world([{ inputs: inputs.map((account) => (account === null ? {} : { account, value: 100 })), outputs }])
    .transactions[0] as BitcoinTransaction

describe('equal shares', () => {
  it('are three equal outputs to three accounts, paid by three, with at most one more output each', () => {
    expect(
      hasEqualShares(
        tx(
          [1, 2, 3],
          [
            [11, 50],
            [12, 50],
            [13, 50],
          ],
        ),
      ),
    ).toBe(true)
    expect(
      hasEqualShares(
        tx(
          [1, 2, 3],
          [
            [11, 50],
            [12, 50],
            [13, 50],
            [14, 7],
            [15, 8],
            [16, 9],
          ],
        ),
      ),
    ).toBe(true)
  })

  it.each([
    [
      'two equal outputs',
      tx(
        [1, 2, 3],
        [
          [11, 50],
          [12, 50],
          [13, 51],
        ],
      ),
    ],
    [
      'equal outputs to fewer accounts',
      tx(
        [1, 2, 3],
        [
          [11, 50],
          [12, 50],
          [12, 50],
        ],
      ),
    ],
    [
      'fewer accounts that pay',
      tx(
        [1, 2, 2],
        [
          [11, 50],
          [12, 50],
          [13, 50],
        ],
      ),
    ],
    [
      'more other outputs than shares',
      tx(
        [1, 2, 3],
        [
          [11, 50],
          [12, 50],
          [13, 50],
          [14, 1],
          [15, 2],
          [16, 3],
          [17, 4],
        ],
      ),
    ],
    [
      'data among the equal',
      tx(
        [1, 2, 3],
        [
          [11, 0],
          [12, 0],
          [null, 0],
        ],
      ),
    ],
  ])('are not %s', (_, it) => {
    expect(hasEqualShares(it)).toBe(false)
  })

  it('may be paid by accounts that are not known, each taken for another', () => {
    expect(
      hasEqualShares(
        tx(
          [null, null, 1],
          [
            [11, 50],
            [12, 50],
            [13, 50],
          ],
        ),
      ),
    ).toBe(true)
  })
})

describe('a transaction of several parties', () => {
  it('is told from the columns as it is from the transaction', () => {
    const spec = fc.record({
      inputs: fc.array(fc.record({ account: fc.integer({ min: 1, max: 9 }), value: fc.constantFrom(5_000_000, 5_000_900, 9_000_000) }), {
        minLength: 1,
        maxLength: 7,
      }),
      outputs: fc.array(
        fc.tuple(fc.option(fc.integer({ min: 10, max: 25 }), { freq: 20 }), fc.constantFrom(5_000_000, 5_000_000, 777, 31_337)),
        {
          minLength: 4,
          maxLength: 9,
        },
      ),
    })
    let together = 0
    fc.assert(
      fc.property(spec, (it: TxSpec) => {
        const { table, transactions } = world([it])
        const expected = isCollaborative(transactions[0] as BitcoinTransaction)
        expect(collaborativeByCoinJoin(table, table.runs[0] as BitcoinColumns, 0)).toBe(expected)
        if (expected) together++
      }),
      { numRuns: 500, seed: 1 },
    )
    expect(together).toBeGreaterThan(20)
  })
})
