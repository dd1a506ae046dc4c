import { describe, expect, it } from 'vitest'
import { parseTrace, runTrace, serialize, verifyTrace } from '../../src/trace/index.ts'
import { address, ledgerOf, NO_TAGS } from './world.ts'

const moves = [
  { from: 1, to: 2, value: 100n },
  { from: 2, to: 3, value: 60n },
  { from: 3, to: 4, value: 10n },
]

describe('verifying a trace', () => {
  const make = async () => {
    const ledger = ledgerOf(moves)
    const doc = await runTrace({ ledger, tags: NO_TAGS, seeds: [{ kind: 'account', account: address(2), asset: null, from: null }] })
    return { ledger, doc: parseTrace(serialize(doc)) }
  }

  it('runs it again to the same bytes', async () => {
    const { ledger, doc } = await make()
    expect(await verifyTrace(doc, { ledger, tags: NO_TAGS })).toEqual({ same: true, differences: [] })
  })
  it('finds one changed unit, and says where', async () => {
    const { ledger, doc } = await make()
    const flows = doc.flows.map((flow, i) => (i === 1 ? { ...flow, amount: '9' } : flow))
    const { same, differences } = await verifyTrace({ ...doc, flows }, { ledger, tags: NO_TAGS })
    expect(same).toBe(false)
    expect(differences[0]).toMatch(/^flows: .*entry 2/)
  })
  it('names another ledger before anything else', async () => {
    const { doc } = await make()
    const other = ledgerOf([...moves, { from: 4, to: 5, value: 1n }])
    const { same, differences } = await verifyTrace(doc, { ledger: other, tags: NO_TAGS })
    expect(same).toBe(false)
    expect(differences[0]).toMatch(/^ledger: /)
  })
})
