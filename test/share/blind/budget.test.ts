import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { onlyOwn, type Spent, spend } from '../../../src/share/blind/index.ts'

const code = (name: string) => expect.objectContaining({ code: `blind/${name}` })

describe('the budget of a day', () => {
  it('is never exceeded within a day, and refuses without counting', () => {
    const asks = fc.array(fc.record({ accounts: fc.integer({ min: 1, max: 60 }), minutes: fc.integer({ min: 0, max: 600 }) }), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(asks, fc.integer({ min: 1, max: 200 }), (all, perDay) => {
        const answered = new Map<string, number>()
        let spent: Spent | null = null
        let at = Date.parse('2026-03-01T00:00:00Z')
        for (const { accounts, minutes } of all) {
          at += minutes * 60_000
          const now = new Date(at).toISOString()
          const day = now.slice(0, 10)
          const before = answered.get(day) ?? 0
          if (before + accounts <= perDay) {
            spent = spend({ perDay }, spent, accounts, now)
            answered.set(day, before + accounts)
            expect(spent).toEqual({ day, accounts: before + accounts })
          } else {
            const kept: Spent | null = spent
            expect(() => spend({ perDay }, kept, accounts, now)).toThrow(code('budget'))
          }
        }
      }),
    )
  })

  it('does not come back when the clock is set back', () => {
    const spent = spend({ perDay: 10 }, null, 8, '2026-03-02T00:00:00.000Z')
    expect(() => spend({ perDay: 10 }, spent, 3, '2026-03-01T23:59:59.000Z')).toThrow(/2 are left/)
    expect(spend({ perDay: 10 }, spent, 3, '2026-03-03T00:00:00.000Z')).toEqual({ day: '2026-03-03', accounts: 3 })
  })

  it('is asked for in whole accounts, at a time in UTC', () => {
    for (const accounts of [0, -5, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => spend({ perDay: 10 }, null, accounts, '2026-03-01T00:00:00Z')).toThrow(code('bad-message'))
    }
    for (const now of ['', '2026-03-01', '2026-03-01T00:00:00', '2026-03-01T00:00:00+09:00', '2026-13-01T00:00:00Z']) {
      expect(() => spend({ perDay: 10 }, null, 1, now)).toThrow(code('bad-time'))
    }
  })
})

describe('accounts that one may ask about', () => {
  it('are those of the own cases', () => {
    const own = new Set(['a:b:1', 'a:b:2'])
    expect(() => onlyOwn(['a:b:1', 'a:b:2'], own)).not.toThrow()
    expect(() => onlyOwn(['a:b:1', 'a:b:3', 'a:b:4'], own)).toThrow(/2 of the 3 accounts are in none of your cases/)
  })
})
