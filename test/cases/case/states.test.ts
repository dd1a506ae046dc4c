import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  actOnCase,
  assignCase,
  CASE_ACTIONS,
  CASE_OUTCOMES,
  CASE_STATUSES,
  CASE_TABLE,
  type CaseBody,
  changeCase,
  openCase,
  possibleCaseActions,
} from '../../../src/cases/case/index.ts'

const NOW = '2026-01-02T03:04:05.678Z'
const BY = '00000000-0000-4000-8000-000000000001'
const opened = openCase({ title: 'A case' })
const step = (body: CaseBody, action: (typeof CASE_ACTIONS)[number]): CaseBody =>
  actOnCase(body, { action, reason: 'because', outcome: action === 'close' ? 'resolved' : null }, BY, NOW)

describe('the status of a case', () => {
  it('is open at first, and says what it can become', () => {
    expect(opened).toMatchObject({ status: 'open', outcome: null, history: [], priority: 'normal' })
    expect(Object.fromEntries(CASE_STATUSES.map((status) => [status, possibleCaseActions(status)]))).toEqual({
      open: ['start', 'suspend', 'close'],
      active: ['suspend', 'close'],
      suspended: ['resume', 'close'],
      closed: ['reopen'],
      reopened: ['start', 'suspend', 'close'],
    })
  })

  it('moves by its table and by nothing else, and its history is the way that it came', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...CASE_ACTIONS), { maxLength: 20 }), (actions) => {
        let body = opened
        for (const action of actions) {
          const allowed = CASE_TABLE[action].from.includes(body.status)
          if (!allowed) {
            expect(() => step(body, action)).toThrow(expect.objectContaining({ code: 'cases/not-now' }))
            continue
          }
          const next = step(body, action)
          expect(next.status).toBe(CASE_TABLE[action].to)
          expect(next.history.slice(0, -1)).toEqual(body.history)
          expect(next.history.at(-1)).toEqual({ at: NOW, by: BY, action, from: body.status, to: next.status, reason: 'because' })
          body = next
        }
        // Closed and with an outcome are one and the same.
        expect(body.outcome === null).toBe(body.status !== 'closed')
      }),
    )
  })

  it.each(CASE_ACTIONS.filter((action) => CASE_TABLE[action].reason))('needs a reason to %s', (action) => {
    const from = action === 'reopen' ? step(opened, 'close') : opened
    const outcome = action === 'close' ? CASE_OUTCOMES[0] : null
    expect(() => actOnCase(from, { action, outcome }, BY, NOW)).toThrow(
      expect.objectContaining({ code: 'cases/bad-text', place: { field: 'reason' } }),
    )
    expect(() => actOnCase(from, { action, outcome, reason: ' - ' }, BY, NOW)).toThrow(/says nothing/)
  })

  it('stays as it was closed: words and people', () => {
    const closed = step(opened, 'close')
    expect(() => changeCase(closed, { title: 'Other' })).toThrow(expect.objectContaining({ code: 'cases/closed' }))
    expect(() => assignCase(closed, [BY])).toThrow(expect.objectContaining({ code: 'cases/closed' }))
    expect(changeCase(step(closed, 'reopen'), { title: 'Other' }).title).toBe('Other')
  })

  it('leaves status, people and theft alone when words change, and empties what is left out', () => {
    const before = assignCase(openCase({ title: 'A', summary: 'B', tags: ['c'], references: [{ authority: 'D', number: '1' }] }), [BY, BY])
    expect(changeCase(before, { title: 'E' })).toEqual({ ...before, title: 'E', summary: null, tags: [], references: [] })
    expect(before.assignees).toEqual([BY])
  })
})

describe('what people write in a case', () => {
  it('is kept in one spelling, so that it is found', () => {
    const { title, tags, references } = openCase({
      title: ' Cafe\u0301 ',
      tags: ['B  b', 'ｂ B', 'a'],
      references: [
        { authority: 'FBI', number: '1' },
        { authority: ' FBI', number: '1 ' },
      ],
    })
    expect({ title, tags, references }).toEqual({ title: 'Café', tags: ['a', 'b b'], references: [{ authority: 'FBI', number: '1' }] })
  })

  it('has tags without blanks at their ends, also where folding makes them', () => {
    expect(openCase({ title: 'a', tags: ['\ufe49\u4e00'] }).tags).toEqual(['\u0305\u4e00'])
  })

  it('read again gives the same', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { maxLength: 5 }),
        (title, tags) => {
          let once: CaseBody
          try {
            once = openCase({ title, tags })
          } catch (error) {
            expect(error).toMatchObject({ code: 'cases/bad-text' })
            return
          }
          expect(openCase(once)).toEqual(once)
        },
      ),
    )
  })

  it.each([
    ['title', { title: 'a\u202ecba' }],
    ['title', { title: 'a\u0007b' }],
    ['title', { title: '\ud800' }],
    ['title', { title: '—' }],
    ['title', { title: 'two\nlines' }],
    ['tags[1]', { title: 'a', tags: ['b', '!'] }],
    ['references[0].number', { title: 'a', references: [{ authority: 'b', number: '' }] }],
    ['tags', { title: 'a', tags: Array.from({ length: 51 }, (_, i) => `t${i}`) }],
  ])('is refused with its place: %s', (field, given) => {
    expect(() => openCase(given)).toThrow(expect.objectContaining({ code: 'cases/bad-text', place: { field } }))
  })
})
