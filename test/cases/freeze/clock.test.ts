import { describe, expect, test } from 'vitest'
import { applyFreezeAction, type ExchangeEntry, type FreezeBody, freezeClock, openFreeze } from '../../../src/cases/freeze/index.ts'
import { after, parseSpan, type Span } from '../../../src/cases/freeze/span.ts'
import { ANALYST, COMPLIANCE, DESK, DIRECTORY, ID, REQUEST, sent } from './example.ts'

const LBANK = DIRECTORY.exchange('lbank') as ExchangeEntry
const ISSUER = DIRECTORY.exchange('issuer') as ExchangeEntry
const draft = openFreeze(ID, REQUEST, ANALYST, '2026-02-21T14:33:00.000Z')
const find = (body: FreezeBody, now: string, id: string, entry: ExchangeEntry | null = LBANK) =>
  freezeClock(body, entry, now).deadlines.filter((each) => each.id === id)
const held = (until: string | null): FreezeBody =>
  applyFreezeAction(
    sent(),
    {
      do: 'answer',
      answer: {
        status: 'held',
        at: '2026-02-21T15:18:00Z',
        reference: 'LB-1',
        amounts: [{ point: 'p1', amount: '1' }],
        until,
        reason: null,
        document: null,
        more: null,
      },
    },
    COMPLIANCE,
    '2026-02-21T15:20:00.000Z',
    DESK,
  )

describe('The clock', () => {
  test('counts the window of an exchange from each deposit: 15 minutes', () => {
    expect(find(draft, '2026-02-21T14:40:00Z', 'deposit-window')).toMatchObject([
      { point: 'p1', at: '2026-02-21T14:46:11.000Z', remaining: 371, state: 'ahead' },
      { point: 'p2', at: '2026-02-21T15:07:40.000Z', state: 'ahead' },
    ])
    expect(find(draft, '2026-02-21T15:00:00Z', 'deposit-window')).toMatchObject([{ state: 'passed', remaining: -829 }, { state: 'ahead' }])
    // It was sent at 15:12: after the windows of both.
    expect(find(sent(), '2026-02-21T15:13:00Z', 'deposit-window')).toMatchObject([{ state: 'passed' }, { state: 'passed' }])
    const early = { ...sent(), sent: { ...(sent().sent as NonNullable<FreezeBody['sent']>), at: '2026-02-21T14:50:00.000Z' } }
    expect(find(early, '2026-02-21T15:13:00Z', 'deposit-window')).toMatchObject([{ state: 'passed' }, { state: 'met' }])
  })

  test('counts the first hop, the victim’s notice, the day and the ten days from the theft', () => {
    const at = (id: string) => find(draft, '2026-02-21T14:40:00Z', id)[0]?.at
    expect(at('first-hop')).toBe('2026-02-21T14:16:35.000Z')
    expect(at('victim-notice')).toBe('2026-02-21T22:13:35.000Z')
    expect(at('day')).toBe('2026-02-22T14:13:35.000Z')
    expect(at('ten-days')).toBe('2026-03-03T14:13:35.000Z')
  })

  test('counts the median of stablecoin freezes for issuers only, and is overdue after five hours', () => {
    expect(find(draft, '2026-02-21T14:40:00Z', 'stablecoin-freeze')).toEqual([])
    expect(find(draft, '2026-02-21T20:00:00Z', 'stablecoin-freeze', ISSUER)).toMatchObject([
      { at: '2026-02-21T19:13:35.000Z', state: 'overdue' },
    ])
    expect(find(draft, '2026-02-21T14:40:00Z', 'deposit-window', ISSUER)).toEqual([])
  })

  test('says that a moment was met by what was stopped until then, and by nothing later', () => {
    const body = held(null)
    expect(find(body, '2026-03-04T00:00:00Z', 'day')).toMatchObject([{ state: 'met' }])
    expect(find(body, '2026-02-21T20:00:00Z', 'stablecoin-freeze', ISSUER)).toMatchObject([{ state: 'met' }])
    const late = { ...body, answers: body.answers.map((answer) => ({ ...answer, at: '2026-02-23T09:00:00Z' })) }
    expect(find(late, '2026-03-04T00:00:00Z', 'day')).toMatchObject([{ state: 'passed' }])
    expect(find(late, '2026-03-04T00:00:00Z', 'ten-days')).toMatchObject([{ state: 'met' }])
    expect(find(late, '2026-03-04T00:00:00Z', 'stablecoin-freeze', ISSUER)).toMatchObject([{ state: 'passed' }])
    expect(freezeClock(late, ISSUER, '2026-03-04T00:00:00Z').overdue).toEqual([])
  })

  test('says whom to turn to next as silence lasts', () => {
    const next = (body: FreezeBody, now: string) => freezeClock(body, LBANK, now).next.id
    expect(next(draft, '2026-02-21T14:40:00Z')).toBe('authorise')
    expect(next(sent(), '2026-02-21T15:20:00Z')).toBe('call')
    expect(next(sent(), '2026-02-21T15:50:00Z')).toBe('second-channel')
    // Five business days from a Saturday end on Friday.
    expect(next(sent(), '2026-02-27T15:11:00Z')).toBe('second-channel')
    expect(next(sent(), '2026-02-27T15:13:00Z')).toBe('treaty-network')
  })

  test('is overdue where the exchange neither confirms nor answers within its own time', () => {
    expect(freezeClock(sent(), LBANK, '2026-02-21T15:41:00Z').overdue).toEqual([])
    expect(freezeClock(sent(), LBANK, '2026-02-21T15:43:00Z').overdue.map(({ id }) => id)).toEqual(['acknowledgement'])
    expect(freezeClock(sent(), LBANK, '2026-03-01T00:00:00Z').overdue.map(({ id }) => id)).toEqual(['acknowledgement', 'answer'])
    expect(freezeClock(held(null), LBANK, '2026-03-01T00:00:00Z').overdue).toEqual([])
  })

  test('warns 72 and 24 hours before a hold ends, and says when it has', () => {
    const body = held('2026-02-28T15:18:00Z')
    const overdue = (now: string) => freezeClock(body, LBANK, now).overdue.map(({ id }) => id)
    expect(overdue('2026-02-25T15:17:00Z')).toEqual([])
    expect(overdue('2026-02-25T15:18:00Z')).toEqual(['hold-warning'])
    expect(overdue('2026-02-27T15:18:00Z')).toEqual(['hold-warning', 'hold-last-warning'])
    expect(freezeClock(body, LBANK, '2026-02-26T00:00:00Z').next).toEqual({ id: 'extend-or-seize', at: '2026-02-25T15:18:00.000Z' })
    expect(overdue('2026-02-28T15:18:00Z')).toEqual(['hold-warning', 'hold-last-warning', 'hold-end'])
    expect(freezeClock(body, LBANK, '2026-03-01T00:00:00Z').next.id).toBe('expire')
  })

  test('takes the end that the exchange publishes where it named none', () => {
    expect(find(held(null), '2026-02-22T00:00:00Z', 'hold-end')).toMatchObject([{ at: '2026-03-23T15:18:00.000Z' }])
    expect(find(held(null), '2026-02-22T00:00:00Z', 'hold-end', null)).toEqual([])
  })

  test('refuses a time that is none', () => {
    expect(() => freezeClock(draft, LBANK, 'yesterday')).toThrow(expect.objectContaining({ code: 'cases/freeze-time' }))
  })
})

describe('A length of time', () => {
  test('is read as exchanges write it, and as nothing else', () => {
    expect(parseSpan('15 business days')).toEqual({ count: 15, unit: 'business days' })
    for (const text of ['soon', '0 days', '1 week', '-3 hours', '3  hours', '99999 hours']) expect(parseSpan(text)).toBeNull()
  })

  test('in business days skips Saturdays and Sundays', () => {
    const friday = Date.parse('2026-02-20T12:00:00Z')
    expect(new Date(after(friday, parseSpan('1 business days') as Span)).toISOString()).toBe('2026-02-23T12:00:00.000Z')
  })
})
