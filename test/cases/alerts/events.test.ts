import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TagStore } from '../../../src/attribution/index.ts'
import {
  evaluate,
  listEvents,
  type MovementEvent,
  type MovementQuestion,
  movements,
  type StoredRule,
  type StoredWatch,
  traceEvents,
} from '../../../src/cases/alerts/index.ts'
import { memoryLedger } from '../../../src/ledger/index.ts'
import type { ListEntry } from '../../../src/screen/index.ts'
import { runTrace, type Seed, type TraceParameters } from '../../../src/trace/index.ts'
import { address, busyMoves, hash, ledgerOf, type Move, NO_TAGS } from '../../trace/world.ts'

const caip = (n: number) => `eip155:1:${address(n)}`
const seenAt = '2026-02-21T15:00:00Z'
const exchange = { id: 'binance', label: 'Binance', kind: 'exchange' } as const

async function all(moves: readonly Move[], accounts: readonly number[], more: Partial<MovementQuestion> = {}): Promise<MovementEvent[]> {
  const question = {
    accounts: accounts.map(caip),
    window: {},
    entityOf: (name: string) => (name === address(3) ? exchange : null),
    seenAt,
    ...more,
  }
  const found: MovementEvent[] = []
  for await (const event of movements(ledgerOf(moves), question)) found.push(event)
  return found
}

describe('movements of watched accounts in a ledger', () => {
  const moves: Move[] = [
    { from: 1, to: 2, value: 100n },
    { from: 8, to: 9, value: 5n },
    { from: 2, to: 3, value: 60n, tx: 7 },
    { from: 2, to: 2, value: 1n, tx: 7 },
    { from: 2, to: 3, value: 0n, tx: 7 },
  ]

  it('are those of the accounts, in chain order, with who is on the other side', async () => {
    const found = await all(moves, [2])
    expect(found.map(({ direction, amount, counterparty }) => [direction, amount, counterparty.account])).toEqual([
      ['in', '100', caip(1)],
      ['out', '60', caip(3)],
      ['self', '1', caip(2)],
      ['out', '0', caip(3)],
    ])
    expect(found[1]).toEqual({
      kind: 'movement',
      id: `movement:eip155:1:${hash(3)}:0:${address(2)}:out`,
      at: '2023-11-14T22:13:23Z',
      timed: true,
      chain: 'eip155:1',
      transaction: hash(3),
      account: caip(2),
      entity: null,
      direction: 'out',
      counterparty: { account: caip(3), entity: exchange },
      asset: 'usd',
      amount: '60',
    })
    expect(new Set(found.map(({ id }) => id)).size).toBe(4)
  })

  it('are two where both sides are watched', async () => {
    expect((await all(moves, [1, 2])).slice(0, 2).map(({ account, direction }) => [account, direction])).toEqual([
      [caip(1), 'out'],
      [caip(2), 'in'],
    ])
  })

  it('are only those of the window, and none of accounts that are not there or on another chain', async () => {
    expect((await all(moves, [2], { window: { fromRow: 1 } })).map(({ amount }) => amount)).toEqual(['60', '1', '0'])
    expect((await all(moves, [2], { window: { toRow: 1 } })).map(({ amount }) => amount)).toEqual(['100'])
    expect(await all(moves, [77])).toEqual([])
    expect(await all(moves, [], { accounts: [`eip155:56:${address(2)}`] })).toEqual([])
  })

  it('say so where the ledger has no times', async () => {
    const ledger = memoryLedger([{ block: 1, time: null, hash: hash(1), from: address(1), to: address(2), asset: 'usd', value: 1n }])
    for await (const event of movements(ledger, { accounts: [caip(1)], window: {}, entityOf: () => null, seenAt })) {
      expect([event.at, event.timed]).toEqual([seenAt, false])
    }
  })

  it('are every transfer of a watched account once on each watched side, with its exact amount, in any ledger', async () => {
    await fc.assert(
      fc.asyncProperty(busyMoves(5, 12), fc.uniqueArray(fc.integer({ min: 1, max: 5 })), async (moves, watched) => {
        const expected = moves.flatMap(({ from, to, value }) => {
          if (from === to) return watched.includes(from) ? [[from, 'self', value]] : []
          return [...(watched.includes(from) ? [[from, 'out', value]] : []), ...(watched.includes(to) ? [[to, 'in', value]] : [])]
        })
        const found = await all(moves, watched)
        expect(found.map(({ account, direction, amount }) => [Number(account.split(':')[2]), direction, BigInt(amount)])).toEqual(expected)
        expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
        // In two windows they are the same, with the same ids: an import that is looked at twice adds nothing.
        const half = Math.floor(moves.length / 2)
        const parts = [
          ...(await all(moves, watched, { window: { toRow: half } })),
          ...(await all(moves, watched, { window: { fromRow: half } })),
        ]
        expect(parts).toEqual(found)
      }),
    )
  })

  it('raise the alert of a watched account that pays an exchange', async () => {
    const rule: StoredRule = {
      id: 'r',
      owner: 'police',
      body: {
        name: 'Cash-out',
        severity: 'critical',
        enabled: true,
        when: { event: 'movement', direction: 'out', assets: { usd: '50' }, counterparties: ['exchange'], entities: null },
        watches: null,
        quietSeconds: 3600,
      },
    }
    const watch: StoredWatch = {
      id: 'w',
      owner: 'police',
      body: { subject: { kind: 'account', account: caip(2) }, note: 'thief', case: null },
    }
    const raised = (await all(moves, [2])).flatMap((event) => evaluate([rule], [watch], event))
    expect(raised.map(({ fact }) => fact.text)).toEqual([`0.00000000000000006 USD out to Binance (${caip(3)}) in ${hash(3)}`])
  })
})

describe('what a trace finds beyond what it had found', () => {
  const seeds: Seed[] = [{ kind: 'transaction', transaction: hash(1) }]
  const first: Move[] = [
    { from: 1, to: 2, value: 100n },
    { from: 2, to: 3, value: 60n },
  ]
  const run = (moves: Move[], parameters: Partial<TraceParameters> = {}) =>
    runTrace({ ledger: ledgerOf(moves), tags: NO_TAGS, seeds, parameters: { bounds: false, ...parameters } })
  const told = (events: ReturnType<typeof traceEvents>) =>
    events.map(({ change, account, amounts }) => [change, Number(account.split(':')[2]), amounts.map(({ amount }) => amount).join()])

  it('is every end point of the first run', async () => {
    expect(told(traceEvents('t', null, await run(first), seenAt))).toEqual([
      ['new-endpoint', 2, '40'],
      ['new-endpoint', 3, '60'],
    ])
  })

  it('is nothing when nothing happened, however the ledger grew elsewhere', async () => {
    const before = await run(first)
    expect(traceEvents('t', before, await run([...first, { from: 8, to: 9, value: 1n }]), seenAt)).toEqual([])
  })

  it('is what moved on, what was reached for the first time, and what got more', async () => {
    const before = await run(first)
    const after = await run([...first, { from: 3, to: 4, value: 50n }, { from: 2, to: 3, value: 15n }])
    const events = traceEvents('t', before, after, seenAt)
    expect(told(events)).toEqual([
      ['moved-on', 2, '15'],
      ['moved-on', 3, '50'],
      ['new-endpoint', 4, '50'],
    ])
    expect(events.map(({ id }) => id)).toEqual([...new Set(events.map(({ id }) => id))])
    expect(events[2]?.at).toBe('2023-11-14T22:13:23Z')
    const more = await run([...first, { from: 2, to: 3, value: 15n }])
    expect(told(traceEvents('t', before, more, seenAt))).toEqual([
      ['moved-on', 2, '15'],
      ['more-arrived', 3, '15'],
    ])
  })

  it('is where it ends by what new tags say, and not that value moved', async () => {
    const tagged: TagStore = {
      ...NO_TAGS,
      entityOf: (name) =>
        name === address(3)
          ? { ...exchange, service: true, confidence: 90, basis: 'tag', evidence: [], contact: null, conflicts: [] }
          : null,
    }
    const after = await runTrace({ ledger: ledgerOf(first), tags: tagged, seeds, parameters: { bounds: false } })
    const events = traceEvents('t', await run(first), after, seenAt)
    // Account 3 is an exchange, so account 2, which forwards to it, is its deposit address: the trace ends there now.
    expect(told(events)).toEqual([['new-endpoint', 2, '100']])
    expect(events[0]?.entity).toEqual(exchange)
  })

  it('is no news when another question was asked', async () => {
    const failing = expect.objectContaining({ code: 'alerts/other-trace' })
    const [before, after] = [await run(first), await run(first, { policy: 'haircut' })]
    expect(() => traceEvents('t', before, after, seenAt)).toThrow(failing)
  })
})

describe('what a new version of a list changes', () => {
  const entry = (id: string, name: string, wallet: string | null = null) =>
    ({ id, names: [{ full: name }], wallets: wallet === null ? [] : [{ asset: 'ETH', address: wallet }] }) as unknown as ListEntry

  it('is told by entry, with the names and wallets of both states', () => {
    const changes = [
      { before: null, after: entry('1', 'A', address(1)) },
      { before: entry('2', 'B'), after: null },
      { before: entry('3', 'C', address(3)), after: entry('3', 'D', address(4)) },
      { before: null, after: null },
    ]
    expect(listEvents('us-ofac-sdn', 'v2', changes, seenAt).map(({ id, change, names, wallets }) => [id, change, names, wallets])).toEqual([
      ['list:us-ofac-sdn:v2:1', 'added', ['A'], [address(1)]],
      ['list:us-ofac-sdn:v2:2', 'removed', ['B'], []],
      ['list:us-ofac-sdn:v2:3', 'changed', ['C', 'D'], [address(3), address(4)]],
    ])
  })
})
