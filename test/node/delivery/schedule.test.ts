import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextStep, type Outcome, outcomeOfStatus, RETRIES } from '../../../src/node/delivery/index.ts'

const now = Date.UTC(2026, 1, 21, 14)
const again: Outcome = { kind: 'retry', status: 503, reason: 'the receiver answered 503' }
const no: Outcome = { kind: 'refused', status: 404, reason: 'the receiver answered 404' }
const step = (outcome: Outcome, attempts: number, refusals = 0, chance = 0.5) =>
  nextStep(outcome, { attempts, refusals }, RETRIES, now, () => chance)

describe('retries', () => {
  it('wait between a second and a ceiling that doubles up to twelve hours', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: RETRIES.attempts - 1 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempts, chance) => {
          const next = step(again, attempts, 0, chance)
          if (next.kind !== 'wait') throw new Error(next.kind)
          const seconds = (next.at - now) / 1000
          expect(seconds).toBeGreaterThanOrEqual(1)
          expect(seconds).toBeLessThanOrEqual(Math.min(43_200, 10 * 2 ** (attempts - 1)))
        },
      ),
    )
  })

  it('go on for about three days on average, then the message is a dead letter', () => {
    let total = 0
    for (let attempts = 1; attempts < RETRIES.attempts; attempts++) {
      const next = step(again, attempts)
      if (next.kind !== 'wait') throw new Error(next.kind)
      total += next.at - now
    }
    expect(total / 86_400_000).toBeGreaterThan(2.5)
    expect(total / 86_400_000).toBeLessThan(4)
    expect(step(again, RETRIES.attempts)).toEqual({ kind: 'dead', disable: false })
  })

  it('wait as long as the receiver asks, up to a day', () => {
    expect(step({ ...again, after: 120 }, 1)).toEqual({ kind: 'wait', at: now + 120_000 })
    expect(step({ ...again, after: 10 ** 8 }, 1)).toEqual({ kind: 'wait', at: now + 86_400_000 })
  })

  it('end after the third refusal, and at once when the receiver is gone', () => {
    expect(step(no, 1, 1).kind).toBe('wait')
    expect(step(no, 9, 2).kind).toBe('wait')
    expect(step(no, 3, 3)).toEqual({ kind: 'dead', disable: false })
    expect(step({ kind: 'gone', status: 410, reason: '' }, 1)).toEqual({ kind: 'dead', disable: true })
    expect(step({ kind: 'delivered', status: 200 }, 25)).toEqual({ kind: 'delivered' })
  })
})

describe('an HTTP answer', () => {
  it.each([
    [200, 'delivered'],
    [204, 'delivered'],
    [299, 'delivered'],
    [304, 'refused'],
    [400, 'refused'],
    [401, 'refused'],
    [404, 'refused'],
    [408, 'retry'],
    [410, 'gone'],
    [422, 'refused'],
    [425, 'retry'],
    [429, 'retry'],
    [500, 'retry'],
    [503, 'retry'],
    [599, 'retry'],
  ])('%i is %s', (status, kind) => {
    expect(outcomeOfStatus(status, undefined, now).kind).toBe(kind)
  })

  it.each([
    ['120', 120],
    ['0', 0],
    ['Sat, 21 Feb 2026 14:02:00 GMT', 120],
    ['Sat, 21 Feb 2026 13:00:00 GMT', 0],
    ['2030', 2030],
    ['-5', undefined],
    ['1e9', undefined],
    ['9'.repeat(20), undefined],
    ['soon', undefined],
    ['2026-02-21', undefined],
    ['Sat, 99 Feb 2026 14:02:00 GMT', undefined],
  ])('with Retry-After %j asks for %s seconds', (header, after) => {
    expect((outcomeOfStatus(429, header, now) as { after?: number }).after).toBe(after)
  })
})
