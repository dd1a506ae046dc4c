import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AnswerGiven, applyFreezeAction, type FreezeBody, standingOf } from '../../../src/cases/freeze/index.ts'
import { COMPLIANCE, DESK, NOW, REQUEST, SUPERVISOR, sent } from './example.ts'

const ANSWER: AnswerGiven = {
  status: 'frozen',
  at: '2026-02-21T15:18:00Z',
  reference: 'LB-99120',
  amounts: [{ point: 'p1', amount: '1000000000000' }],
  until: null,
  reason: null,
  document: null,
  more: null,
}
const answered = (change: Partial<AnswerGiven>, body: FreezeBody = sent()): FreezeBody =>
  applyFreezeAction(body, { do: 'answer', answer: { ...ANSWER, ...change } }, COMPLIANCE, NOW, DESK)
const usdt = REQUEST.points[0]?.asset as string

describe('What an exchange answered', () => {
  test('is recorded per point, and what is short of the request is said', () => {
    const { points, assets } = standingOf(answered({}))
    expect(points.get('p1')).toEqual({ asked: 1_250_000_000_000n, held: 0n, frozen: 1_000_000_000_000n, short: 250_000_000_000n })
    expect(points.get('p2')).toEqual({ asked: 1_234_567_890n, held: 0n, frozen: 0n, short: 1_234_567_890n })
    expect(assets.get(usdt)?.frozen).toBe(1_000_000_000_000n)
  })

  test('replaces the answer before it, and is not added to it', () => {
    const twice = answered({ amounts: [{ point: 'p1', amount: '600000000000' }] }, answered({}))
    expect(standingOf(twice).assets.get(usdt)?.frozen).toBe(600_000_000_000n)
    expect(twice.answers).toHaveLength(2)
  })

  test('holds nothing any more once it is released', () => {
    const released = applyFreezeAction(answered({}), { do: 'release', reason: 'returned to the victim' }, SUPERVISOR, NOW, DESK)
    expect(standingOf(released).assets.get(usdt)).toMatchObject({ frozen: 0n, short: 1_250_000_000_000n })
  })

  test('never exceeds what was asked without a word of why', () => {
    const amounts = [{ point: 'p1', amount: '1250000000001' }]
    expect(() => answered({ amounts })).toThrow(/more than the 1250000000000 that were asked/)
    expect(answered({ amounts, more: 'the whole account was frozen' }).state).toBe('frozen')
  })

  test.each<[string, Partial<AnswerGiven>, RegExp]>([
    ['an unknown point', { amounts: [{ point: 'p9', amount: '1' }] }, /no point "p9"/],
    [
      'a point twice',
      {
        amounts: [
          { point: 'p1', amount: '1' },
          { point: 'p1', amount: '1' },
        ],
      },
      /p1 is there twice/,
    ],
    ['an inexact amount', { amounts: [{ point: 'p1', amount: '1.5' }] }, /no exact amount/],
    ['no amount', { amounts: [] }, /how much/],
    ['a time to come', { at: '2026-02-21T18:00:00Z' }, /has not come yet/],
    ['a time before the request', { at: '2026-02-21T15:00:00Z' }, /before the request was sent/],
    ['a date alone', { at: '2026-02-21' }, /no time in UTC/],
    ['no reference', { reference: '' }, /reference is missing/],
    ['a forged line', { reference: 'LB-1\u202e' }, /cannot be seen/],
    ['an end before its beginning', { until: '2026-02-21T15:00:00Z' }, /not after the answer/],
    ['a document without a hash', { document: { name: 'letter.pdf', sha256: 'x' } }, /no SHA-256/],
    ['an answer that does not fit', { status: 'preserved', amounts: [] }, /no answer to a request to freeze/],
  ])('is refused with %s', (_, change, message) => {
    expect(() => answered(change)).toThrow(message)
  })

  test('asked is what is held, frozen and short together, as long as no more is held than asked', () => {
    const amount = fc.bigInt({ min: 0n, max: 1_250_000_000_000n })
    fc.assert(
      fc.property(amount, fc.constantFrom('held' as const, 'frozen' as const), (got, status) => {
        for (const { asked, held, frozen, short } of standingOf(
          answered({ status, amounts: [{ point: 'p1', amount: got.toString() }] }),
        ).points.values())
          expect(held + frozen + short).toBe(asked)
      }),
      { numRuns: 50 },
    )
  })
})
