import { describe, expect, it } from 'vitest'
import { runTrace, type Seed, type TraceDocument, type TraceParameters } from '../../src/trace/index.ts'
import { address, hash, ledgerOf, type Move, NO_TAGS } from './world.ts'

const chain: Move[] = [
  { from: 1, to: 2, value: 100n },
  { from: 2, to: 3, value: 60n },
  { from: 3, to: 4, value: 60n },
  { from: 4, to: 5, value: 10n },
]

const run = (moves: Move[], seeds: Seed[], parameters: Partial<TraceParameters> = {}): Promise<TraceDocument> =>
  runTrace({ ledger: ledgerOf(moves), tags: NO_TAGS, seeds, parameters: { bounds: false, ...parameters } })
const theft: Seed[] = [{ kind: 'transaction', transaction: hash(1) }]
const held = (doc: TraceDocument): [string, string | undefined][] =>
  doc.endpoints.map((e) => [`${Number(e.account)}`, e.amounts[0]?.amount])

describe('whatever is not followed is listed with its amount and reason', () => {
  it('by depth', async () => {
    const doc = await run(chain, theft, { maxDepth: 2 })
    expect(doc.notFollowed).toEqual([{ account: address(4), asset: 'usd', amount: '60', reason: 'depth', transfers: 1 }])
    expect(held(doc)).toEqual([['2', '40']])
  })
  it('by number of accounts', async () => {
    const doc = await run(chain, theft, { maxAccounts: 1 })
    expect(doc.notFollowed.map((n) => [n.reason, n.amount])).toEqual([['account-limit', '60']])
  })
  it('by amount', async () => {
    const doc = await run(chain, theft, { minAmount: { '*': '50' } })
    expect(doc.notFollowed.map((n) => [n.reason, n.amount])).toEqual([['amount-below-minimum', '10']])
  })
  it('by share', async () => {
    const mixed: Move[] = [{ from: 9, to: 2, value: 900n }, ...chain.slice(0, 1), { from: 2, to: 3, value: 1000n }]
    const doc = await run(mixed, [{ kind: 'transaction', transaction: hash(2) }], { minShare: '1/5', policy: 'haircut' })
    expect(doc.notFollowed.map((n) => [n.reason, n.amount])).toEqual([['share-below-minimum', '100']])
  })
  it('by time', async () => {
    const doc = await run(chain, theft, { until: new Date((1_700_000_000 + 2) * 1000).toISOString().slice(0, 19) + 'Z' })
    expect(doc.notFollowed.map((n) => [n.account, n.reason, n.amount])).toEqual([[address(3), 'after-until', '60']])
    expect(held(doc)).toEqual([['2', '40']])
  })
})

describe('seeds', () => {
  it('an account: what it held before the ledger begins, and all that it receives', async () => {
    const doc = await run(
      [
        { from: 2, to: 3, value: 70n },
        { from: 8, to: 2, value: 5n },
        { from: 2, to: 4, value: 5n },
      ],
      [{ kind: 'account', account: address(2), asset: null, from: null }],
    )
    expect(held(doc)).toEqual([
      ['3', '70'],
      ['4', '5'],
    ])
    expect(doc.completeness.openingBalances).toEqual([{ asset: 'usd', accounts: 1, amount: '70', colour: 'stolen' }])
  })
  it('an account from a time on', async () => {
    const from = '2023-11-14T22:13:22Z'
    const doc = await run(
      [
        { from: 8, to: 2, value: 5n },
        { from: 2, to: 3, value: 1n },
        { from: 2, to: 4, value: 4n },
      ],
      [{ kind: 'account', account: address(2), asset: null, from }],
    )
    expect(held(doc)).toEqual([
      ['4', '4'],
      ['3', '1'],
    ])
  })
  it('an account with an amount', async () => {
    const doc = await run(
      [
        { from: 8, to: 2, value: 50n },
        { from: 2, to: 3, value: 50n },
      ],
      [{ kind: 'amount', account: address(2), asset: 'usd', amount: '20', from: null }],
    )
    expect(held(doc)).toEqual([['3', '20']])
  })
  it('one transfer of a transaction', async () => {
    const moves: Move[] = [
      { from: 1, to: 2, value: 10n, tx: 1 },
      { from: 1, to: 3, value: 30n, tx: 1 },
    ]
    const doc = await run(moves, [{ kind: 'transfer', transaction: hash(1), index: 1 }])
    expect(doc.conservation[0]?.seeded).toBe('30')
  })
  it('a seed that the ledger does not hold is an error, never an empty result', async () => {
    await expect(run(chain, [{ kind: 'account', account: address(77), asset: null, from: null }])).rejects.toMatchObject({
      code: 'trace/seed-not-found',
    })
  })
})

describe('balances of unknown origin', () => {
  it('are followed beside what is stolen, and back to before the stolen value came', async () => {
    const moves: Move[] = [
      { from: 3, to: 4, value: 500n },
      { from: 4, to: 5, value: 500n },
      { from: 1, to: 2, value: 100n },
      { from: 2, to: 3, value: 100n },
    ]
    const seeds: Seed[] = [{ kind: 'transaction', transaction: hash(3) }]
    const clean = await run(moves, seeds, { opening: 'clean' })
    expect(held(clean)).toEqual([['3', '100']])
    const doc = await run(moves, seeds, { opening: 'unknown' })
    expect(doc.endpoints.map((e) => [Number(e.account), e.amounts[0]?.amount, e.amounts[0]?.unknown])).toEqual([
      [3, '100', '0'],
      [5, '0', '500'],
    ])
  })
})
