import { describe, expect, it } from 'vitest'
import { runOf, shapeOf } from '../../../src/attribution/bitcoin/shape.ts'
import type { BitcoinColumns } from '../../../src/ledger/index.ts'
import { world } from './table.ts'

describe('a transaction put together from the columns', () => {
  const { table, transactions } = world(
    [
      { outputs: [[1, 50]] },
      {
        inputs: [[0, 0], { account: 7, value: 30 }],
        outputs: [
          [2, 60],
          [null, 0],
          [3, 15],
        ],
        version: 1,
        lockTime: 5,
        witness: false,
        sequence: 'replaceable',
      },
      { inputs: [[1, 2], {}], outputs: [[4, 10]], sequence: 'mixed' },
      { inputs: [[1, 0]], outputs: [[5, 59]] },
    ],
    { runOf: 2, scriptOf: (account) => (account === 3 ? 'p2sh' : 'p2tr') },
  )

  it('is the transaction that the ledger tells of, across runs, foreign outputs and data', () => {
    expect(table.runs).toHaveLength(2)
    for (const { block: _, time: __, data: ___, ...shape } of transactions) {
      const run = runOf(table, shape.tx) as BitcoinColumns
      expect(shapeOf(table, run, shape.tx - run.firstTx)).toEqual(shape)
    }
  })

  it('is found by bisection, and nothing is found outside', () => {
    expect(runOf(table, 1)?.firstTx).toBe(0)
    expect(runOf(table, 2)?.firstTx).toBe(2)
    expect(runOf(table, 4)).toBeNull()
    expect(runOf(world([]).table, 0)).toBeNull()
  })
})
