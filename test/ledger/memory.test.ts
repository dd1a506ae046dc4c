import { describe, expect, it } from 'vitest'
import { memoryLedger } from '../../src/ledger/index.ts'
import { ledgerContract } from './contract.ts'
import { sampleRows } from './rows.ts'

ledgerContract('in memory', async (rows, options) => memoryLedger(rows, options))

describe('the ledger in memory', () => {
  it('refuses a transaction whose rows do not stand together', () => {
    const [a, b] = sampleRows()
    if (a === undefined || b === undefined) throw new Error('no rows')
    expect(() => memoryLedger([a, b, { ...a, block: b.block }])).toThrow(/stand together/)
  })

  it('refuses blocks that fall', () => {
    const rows = sampleRows()
    expect(() => memoryLedger(rows.toReversed())).toThrow(/chain order/)
  })
})
