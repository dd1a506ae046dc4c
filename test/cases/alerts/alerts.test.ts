import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AlertBody,
  type AlertEvent,
  acknowledge,
  close,
  deduplicate,
  escalate,
  evaluate,
  FACTS_KEPT,
  type MovementEvent,
  type RuleBody,
  raise,
  reopen,
  type StoredRule,
  type StoredWatch,
  type Watched,
} from '../../../src/cases/alerts/index.ts'

const ETHER = 'eip155:1/slip44:60'
const now = '2026-02-21T15:00:00.000Z'
const thief = `eip155:1:0x${'a'.repeat(40)}`
const other = `eip155:1:0x${'b'.repeat(40)}`
const mixer = { id: 'tornado-cash', label: 'Tornado Cash', kind: 'mixer' } as const

const rule = (when: RuleBody['when'], more: Partial<RuleBody> = {}, id = 'rule-1', owner = 'police'): StoredRule => ({
  id,
  owner,
  body: { name: 'Stolen funds move', severity: 'high', enabled: true, when, watches: null, quietSeconds: 3600, ...more },
})
const out: RuleBody['when'] = { event: 'movement', direction: 'out', assets: { [ETHER]: '100' }, counterparties: null, entities: null }
const watch = (subject: Watched, id = 'watch-1', owner = 'police'): StoredWatch => ({
  id,
  owner,
  body: { subject, note: 'the thief', case: null },
})
const thiefWatched = watch({ kind: 'account', account: thief })
const movement = (more: Partial<MovementEvent> = {}): MovementEvent => ({
  kind: 'movement',
  id: 'movement-1',
  at: '2026-02-21T14:13:35Z',
  chain: 'eip155:1',
  transaction: `0x${'1'.repeat(64)}`,
  timed: true,
  account: thief,
  entity: null,
  direction: 'out',
  counterparty: { account: other, entity: mixer },
  asset: ETHER,
  amount: '100',
  ...more,
})
const raisedBy = (event: AlertEvent, rules = [rule(out)], watches = [thiefWatched]) => evaluate(rules, watches, event)

describe('a rule about movements', () => {
  it('raises an alert that says what moved, where to and when, under the window that it fell in', () => {
    expect(raisedBy(movement())).toEqual([
      {
        key: expect.stringMatching(/^[0-9a-f]{64}$/),
        owner: 'police',
        rule: 'rule-1',
        ruleName: 'Stolen funds move',
        severity: 'high',
        subject: `account:${thief}`,
        watches: ['watch-1'],
        window: { from: '2026-02-21T14:00:00.000Z', to: '2026-02-21T15:00:00.000Z' },
        fact: {
          id: 'movement-1',
          at: '2026-02-21T14:13:35.000Z',
          text: `0.0000000000000001 ETH out to Tornado Cash (${other}) in 0x${'1'.repeat(64)}`,
        },
      },
    ])
  })

  it.each<[string, Partial<MovementEvent>, number]>([
    ['the least amount', { amount: '100' }, 1],
    ['less than the least', { amount: '99' }, 0],
    ['an amount beyond any float', { amount: (1n << 255n).toString() }, 1],
    ['another asset', { asset: 'eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7' }, 0],
    ['an asset called like a property of every object', { asset: 'constructor' }, 0],
    ['the other direction', { direction: 'in' }, 0],
    ['to itself', { direction: 'self' }, 0],
    ['another account', { account: other }, 0],
  ])('and %s', (_, more, count) => {
    expect(raisedBy(movement(more))).toHaveLength(count)
  })

  it('asks who is on the other side', () => {
    const to = (counterparties: 'exchange' | 'mixer' | 'bridge', entities: string[] | null = null) =>
      raisedBy(movement(), [rule({ ...out, counterparties: [counterparties], entities } as RuleBody['when'])]).length
    expect([to('exchange'), to('bridge'), to('mixer'), to('mixer', ['tornado-cash']), to('mixer', ['chipmixer'])]).toEqual([0, 0, 1, 1, 0])
    expect(
      raisedBy(movement({ counterparty: { account: other, entity: null } }), [
        rule({ ...out, counterparties: ['mixer'] } as RuleBody['when']),
      ]),
    ).toEqual([])
  })

  it('holds for any amount but none: zero transfers are written into histories by anyone', () => {
    const any = [rule({ event: 'movement', direction: 'any', assets: null, counterparties: null, entities: null })]
    expect(raisedBy(movement({ amount: '0' }), any)).toEqual([])
    expect(raisedBy(movement({ amount: '1', direction: 'self' }), any)).toHaveLength(1)
    expect(raisedBy(movement({ amount: '0' }), [rule({ ...out, assets: { [ETHER]: '0' } } as RuleBody['when'])])).toEqual([])
  })

  it('finds a watched entity on either side', () => {
    const watches = [watch({ kind: 'entity', entity: 'tornado-cash' })]
    expect(raisedBy(movement(), undefined, watches)[0]?.subject).toBe('entity:tornado-cash')
    expect(
      raisedBy(movement({ account: other, entity: mixer, counterparty: { account: thief, entity: null } }), undefined, watches),
    ).toHaveLength(1)
    expect(raisedBy(movement({ counterparty: { account: other, entity: null } }), undefined, watches)).toEqual([])
  })

  it('is about the nearest of what was touched, and names every watch', () => {
    const watches = [
      watch({ kind: 'entity', entity: 'tornado-cash' }, 'b'),
      watch({ kind: 'account', account: thief }, 'c'),
      watch({ kind: 'account', account: thief }, 'a'),
    ]
    const raised = raisedBy(movement(), undefined, watches)
    expect(raised.map(({ subject, watches }) => [subject, watches])).toEqual([[`account:${thief}`, ['a', 'b', 'c']]])
    expect(raisedBy(movement(), undefined, watches.toReversed())).toEqual(raised)
  })

  it('meets only watches that it is about, while it is enabled', () => {
    expect(raisedBy(movement(), [rule(out, { watches: ['watch-2'] })])).toEqual([])
    expect(raisedBy(movement(), [rule(out, { watches: ['watch-1'] })])).toHaveLength(1)
    expect(raisedBy(movement(), [rule(out, { enabled: false })])).toEqual([])
  })

  it('never meets the watch of another organisation', () => {
    expect(raisedBy(movement(), [rule(out, {}, 'rule-1', 'exchange')])).toEqual([])
    expect(raisedBy(movement(), [rule(out)], [watch({ kind: 'account', account: thief }, 'watch-1', 'exchange')])).toEqual([])
  })
})

describe('rules about traces, lists, freeze clocks and cases', () => {
  const traceEvent = {
    kind: 'trace',
    id: 't',
    at: now,
    trace: 'trace-7',
    change: 'new-endpoint',
    account: other,
    entity: { id: 'binance', label: 'Binance', kind: 'exchange' },
    amounts: [{ asset: ETHER, amount: '5' }],
  } as const
  const traceRule = rule({ event: 'trace', changes: ['new-endpoint', 'moved-on'], assets: null, kinds: ['exchange'] })

  it('tell each place that a trace reaches apart: each is a call of its own', () => {
    const watches = [watch({ kind: 'trace', trace: 'trace-7' })]
    expect(raisedBy(traceEvent, [traceRule], watches)[0]?.subject).toBe(`trace:trace-7/${other}`)
    expect(raisedBy({ ...traceEvent, account: thief }, [traceRule], watches)[0]?.subject).toBe(`trace:trace-7/${thief}`)
    expect(raisedBy({ ...traceEvent, change: 'more-arrived' }, [traceRule], watches)).toEqual([])
    expect(raisedBy({ ...traceEvent, trace: 'trace-8' }, [traceRule], watches)).toEqual([])
    expect(raisedBy({ ...traceEvent, entity: null }, [traceRule], watches)).toEqual([])
    expect(raisedBy(traceEvent, [traceRule], [watch({ kind: 'entity', entity: 'binance' })])[0]?.subject).toBe('entity:binance')
  })

  const listEvent = {
    kind: 'list',
    id: 'l',
    at: now,
    list: 'us-ofac-sdn',
    version: 'v2',
    change: 'added',
    entry: '22995',
    names: ['RI, Yong Gil', '리영길'],
    wallets: [`0x${'A'.repeat(40)}`],
  } as const
  const listRule = rule({ event: 'list', changes: null, lists: null })

  it('find a watched entry, name or wallet in a new version of a list', () => {
    const found = (subject: Watched) => raisedBy(listEvent, [listRule], [watch(subject)]).length
    expect(found({ kind: 'list-entry', list: 'us-ofac-sdn', entry: '22995' })).toBe(1)
    expect(found({ kind: 'list-entry', list: 'un-consolidated', entry: '22995' })).toBe(0)
    expect(found({ kind: 'name', name: 'Yong Gil RI' })).toBe(1)
    expect(found({ kind: 'name', name: '리영길' })).toBe(1)
    expect(found({ kind: 'name', name: 'Ri Yong Ho' })).toBe(0)
    expect(found({ kind: 'account', account: thief })).toBe(1)
    expect(found({ kind: 'account', account: other })).toBe(0)
  })

  it('take a better comparison of names where there is one', () => {
    const watches = [watch({ kind: 'name', name: 'Lee Young-gil' })]
    expect(evaluate([listRule], watches, listEvent)).toEqual([])
    expect(evaluate([listRule], watches, listEvent, (_, listed) => listed === '리영길')).toHaveLength(1)
  })

  it('say that an exchange is late, and that a case changed, to the organisation whose it is', () => {
    const clock = {
      kind: 'freeze-clock',
      id: 'f',
      at: now,
      owner: 'police',
      request: 'r-1',
      exchange: 'Binance',
      overdueSeconds: 600,
    } as const
    const late = (overdueSeconds: number) => rule({ event: 'freeze-clock', overdueSeconds })
    expect(raisedBy(clock, [late(600)], []).map(({ subject }) => subject)).toEqual(['request:r-1'])
    expect(raisedBy(clock, [late(601)], [])).toEqual([])
    expect(raisedBy({ ...clock, owner: 'exchange' }, [late(0)], [])).toEqual([])
    const changed = { kind: 'case', id: 'c', at: now, owner: 'police', case: 'case-1', change: 'status.closed' } as const
    const about = (changes: string[] | null, cases: string[] | null = null) =>
      raisedBy(changed, [rule({ event: 'case', changes, cases })], []).length
    expect([about(null), about(['status']), about(['status.closed']), about(['stat']), about(null, ['case-2'])]).toEqual([1, 1, 1, 0, 0])
  })

  it('refuse an event without a proper time', () => {
    for (const at of ['', 'yesterday', '2026-02-31T00:00:00Z', '2026-02-21', '2026-02-21T14:00:00+09:00']) {
      expect(() => raisedBy(movement({ at }))).toThrow(expect.objectContaining({ code: 'alerts/time' }))
    }
  })
})

const raisedAt = (id: string, at: string) => raisedBy(movement({ id, at }))[0]!
const opened = raise(null, raisedAt('m1', '2026-02-21T14:10:00Z'), now).alert

describe('what happens again in the window of an alert', () => {
  it('counts up instead of making a second one', () => {
    const { alert, change } = raise(opened, raisedAt('m2', '2026-02-21T14:05:00Z'), now)
    expect(change).toBe('counted')
    expect(alert).toMatchObject({ seen: 2, firstSeen: '2026-02-21T14:05:00.000Z', lastSeen: '2026-02-21T14:10:00.000Z', state: 'open' })
    expect(alert.facts.map(({ id }) => id)).toEqual(['m2', 'm1'])
    expect(alert.history).toHaveLength(1)
  })

  it('has another key in the next window, for another subject and for another rule', () => {
    const keys = [
      raisedAt('m1', '2026-02-21T14:00:00Z'),
      raisedAt('m1', '2026-02-21T14:59:59.999Z'),
      raisedAt('m1', '2026-02-21T15:00:00Z'),
      raisedBy(movement({ account: other }), undefined, [watch({ kind: 'account', account: other })])[0]!,
      raisedBy(movement(), [rule(out, {}, 'rule-2')])[0]!,
    ].map(({ key }) => key)
    expect(keys[0]).toBe(keys[1])
    expect(new Set(keys).size).toBe(4)
  })

  it('changes nothing when it is the same fact', () => {
    expect(raise(opened, raisedAt('m1', '2026-02-21T14:10:00Z'), now)).toEqual({ alert: opened, change: 'known' })
  })

  it('opens a closed alert again only when it is new', () => {
    const closed = close(opened, { by: 'kim', at: now }, 'acted', 'Exchange was called')
    expect(raise(closed, raisedAt('m1', '2026-02-21T14:10:00Z'), now)).toEqual({ alert: closed, change: 'known' })
    const { alert, change } = raise(closed, raisedAt('m2', '2026-02-21T14:11:00Z'), now)
    expect([change, alert.state, alert.seen]).toEqual(['reopened', 'open', 2])
    expect(alert.history.at(-1)).toEqual({ step: 'reopened', at: now, by: null, note: 'm2' })
  })

  it('leaves an alert that somebody has with him', () => {
    const held = acknowledge(opened, { by: 'kim', at: now })
    expect(raise(held, raisedAt('m2', '2026-02-21T14:11:00Z'), now).alert.state).toBe('acknowledged')
  })

  it('is named up to a thousand facts, and counted beyond', () => {
    let alert: AlertBody = opened
    for (let i = 0; i < FACTS_KEPT + 5; i++) alert = raise(alert, raisedAt(`x${i}`, '2026-02-21T14:20:00Z'), now).alert
    expect([alert.seen, alert.facts.length]).toEqual([FACTS_KEPT + 6, FACTS_KEPT])
  })
})

describe('laws', () => {
  const events = fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 0, max: 200 }).map((n) => `m${n}`),
      // Seconds of three windows, with many in the same instant.
      at: fc.integer({ min: 0, max: 30 }).map((n) => new Date(Date.UTC(2026, 1, 21, 14) + n * 360_000).toISOString()),
      account: fc.constantFrom(thief, other),
      amount: fc.integer({ min: 90, max: 110 }).map(String),
    }),
    { selector: ({ id }) => id, maxLength: 40 },
  )
  const rules = [rule(out), rule({ ...out, assets: null } as RuleBody['when'], { quietSeconds: 7200 }, 'rule-2')]
  const watches = [thiefWatched, watch({ kind: 'account', account: other }, 'watch-2')]
  const run = (given: readonly Partial<MovementEvent>[], into: ReadonlyMap<string, AlertBody> = new Map()) => {
    const alerts = new Map(into)
    for (const event of given) {
      for (const [key, { alert }] of deduplicate(alerts, evaluate(rules, watches, movement(event)), now)) alerts.set(key, alert)
    }
    return alerts
  }

  it('no event is lost, and none is alerted twice: each stands in exactly one alert of each rule that it is about', () => {
    fc.assert(
      fc.property(events, (given) => {
        const alerts = [...run(given).values()]
        for (const event of given) {
          for (const { id, body } of rules) {
            const due = body.name !== '' && (id === 'rule-2' || Number(event.amount) >= 100) ? 1 : 0
            const standing = alerts.filter((alert) => alert.rule === id && alert.facts.some((fact) => fact.id === event.id))
            expect(standing).toHaveLength(due)
            for (const alert of standing) {
              expect(alert.subject).toBe(`account:${event.account}`)
              expect(alert.window.from <= event.at && event.at < alert.window.to).toBe(true)
            }
          }
        }
        for (const alert of alerts) expect(alert.seen).toBe(alert.facts.length)
        const windows = alerts.map(({ rule, subject, window }) => `${rule} ${subject} ${window.from}`)
        expect(new Set(windows).size).toBe(windows.length)
      }),
    )
  })

  it('the order of events does not matter, nor whether they come at once, nor how often', () => {
    fc.assert(
      fc.property(
        events.chain((given) =>
          fc.tuple(
            fc.constant(given),
            fc.shuffledSubarray(given, { minLength: given.length, maxLength: given.length }),
            fc.subarray(given),
          ),
        ),
        ([given, shuffled, again]) => {
          const expected = new Map([...run(given)].sort())
          expect(new Map([...run([...shuffled, ...again])].sort())).toEqual(expected)
          const atOnce = deduplicate(
            new Map(),
            shuffled.flatMap((event) => evaluate(rules, watches, movement(event))),
            now,
          )
          expect(new Map([...atOnce].map(([key, { alert }]) => [key, alert] as const).sort())).toEqual(expected)
          expect([...atOnce.values()].every(({ change }) => change === 'opened')).toBe(true)
        },
      ),
    )
  })

  it('what is evaluated again after all was closed stays closed', () => {
    fc.assert(
      fc.property(events, (given) => {
        const closed = new Map([...run(given)].map(([key, alert]) => [key, close(alert, { by: 'kim', at: now }, 'no-action', 'Seen')]))
        expect(run(given, closed)).toEqual(closed)
      }),
    )
  })
})

describe('the life of an alert', () => {
  const act = { by: 'kim', at: '2026-02-21T15:01:00Z' }

  it('is written down step by step, with who, when and why', () => {
    const done = close(
      acknowledge(escalate(acknowledge(opened, act), act, 'supervisor', 'Too large for me'), { by: 'lee', at: act.at }),
      act,
      'acted',
      'Frozen',
    )
    expect(done.state).toBe('closed')
    expect(done.history).toEqual([
      { step: 'opened', at: now, by: null, note: null },
      { step: 'acknowledged', by: 'kim', at: '2026-02-21T15:01:00.000Z', note: null },
      { step: 'escalated', by: 'kim', at: '2026-02-21T15:01:00.000Z', to: 'supervisor', note: 'Too large for me' },
      { step: 'acknowledged', by: 'lee', at: '2026-02-21T15:01:00.000Z', note: null },
      { step: 'closed', by: 'kim', at: '2026-02-21T15:01:00.000Z', reason: 'acted', note: 'Frozen' },
    ])
    expect(reopen(done, act, 'It moved after all').state).toBe('open')
    expect(opened.history).toHaveLength(1)
  })

  it('has no other steps', () => {
    const failing = (code: string) => expect.objectContaining({ code })
    const held = acknowledge(opened, act)
    const closed = close(opened, act, 'duplicate', 'See the other')
    expect(() => acknowledge(held, act)).toThrow(failing('alerts/state'))
    expect(() => acknowledge(closed, act)).toThrow(failing('alerts/state'))
    expect(() => escalate(closed, act, 'supervisor', 'x')).toThrow(failing('alerts/state'))
    expect(() => close(closed, act, 'acted', 'x')).toThrow(failing('alerts/state'))
    expect(() => reopen(opened, act, 'x')).toThrow(failing('alerts/state'))
    expect(() => acknowledge(opened, { ...act, at: '2026-02-21T14:59:59Z' })).toThrow(failing('alerts/time'))
    expect(() => acknowledge(opened, { ...act, at: 'now' })).toThrow(failing('alerts/time'))
    for (const note of ['', '  ', '--', 'x'.repeat(10_001)]) expect(() => close(opened, act, 'acted', note)).toThrow(failing('alerts/note'))
    expect(() => close(opened, act, 'bored' as 'acted', 'x')).toThrow(failing('alerts/note'))
    expect(() => escalate(opened, act, '', 'x')).toThrow(failing('alerts/note'))
  })
})
