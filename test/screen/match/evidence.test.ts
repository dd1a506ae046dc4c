import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ListedDate } from '../../../src/screen/lists/entry.ts'
import { FACTOR } from '../../../src/screen/match/evidence.ts'
import { nameQuery, type ScreenQuery } from '../../../src/screen/match/query.ts'
import { country, day, entry, paper, screenerOf, year } from './listed.ts'

const BIRTH = day('1970-03-04')
const screener = await screenerOf([
  entry('full', 'person', ['KIM|Yong Chol'], {
    births: [BIRTH],
    countries: country('KP'),
    sex: 'male',
    identifiers: [paper('passport', '123456789')],
  }),
  entry('bare', 'person', ['RI|Yong Gil']),
  entry('unsure', 'person', ['HAN|Jang Su'], { births: [year('1955'), day('1970-03-04')] }),
  entry('putin', 'person', ['Vladimir Vladimirovich PUTIN'], { births: [day('1952-10-07')], countries: country('RU'), sex: 'male' }),
  entry('impossible', 'person', ['PAK|To Chun'], { births: [{ from: null, to: null, circa: false, text: '31 Feb 1950' }] }),
])

function score(id: string, name: string, more: Partial<ScreenQuery> = {}): number {
  const answer = screener.screen({ ...nameQuery(name), ...more }, { list: 0, alert: 0 })
  return answer.hits.find((hit) => hit.entry === id)?.score ?? 0
}

function rules(id: string, name: string, more: Partial<ScreenQuery> = {}): readonly string[] {
  const answer = screener.screen({ ...nameQuery(name), ...more }, { list: 0, alert: 0 })
  return (answer.hits.find((hit) => hit.entry === id)?.reasons ?? []).filter(({ about }) => about !== 'name').map(({ rule }) => rule)
}

describe('a birth date', () => {
  const name = 'Kim Yong Chol'
  const alone = score('full', name)

  it.each([
    ['that agrees to the day raises', day('1970-03-04'), 'birth-same-day', 1],
    ['that may be the same raises less', year('1970'), 'birth-overlaps', 1],
    ['whose day and month are swapped lowers a little', day('1970-04-03'), 'birth-near', -1],
    ['with one digit mistyped lowers a little', day('1976-03-04'), 'birth-near', -1],
    ['some years off lowers', day('1973-08-01'), 'birth-years-apart', -1],
    ['decades off lowers much', day('1999-11-30'), 'birth-far-apart', -1],
    ['that is missing changes nothing', null, 'birth-missing', 0],
    ['that does not exist changes nothing', { from: null, to: null, circa: false, text: '31.2.1970' }, 'birth-missing', 0],
  ] as const)('%s', (_, birth, rule, direction) => {
    expect(rules('full', name, { birth })).toContain(rule)
    expect(Math.sign(score('full', name, { birth }) - alone)).toBe(direction)
  })

  it('that the list does not have changes nothing', () => {
    expect(score('bare', 'Ri Yong Gil', { birth: BIRTH })).toBe(score('bare', 'Ri Yong Gil'))
    expect(score('impossible', 'Pak To Chun', { birth: BIRTH })).toBe(score('impossible', 'Pak To Chun'))
    expect(rules('bare', 'Ri Yong Gil', { birth: BIRTH })).toContain('birth-missing')
  })

  it('agrees with any of those that an unsure list gives', () => {
    expect(rules('unsure', 'Han Jang Su', { birth: BIRTH })).toContain('birth-same-day')
    expect(rules('unsure', 'Han Jang Su', { birth: day('1955-06-06') })).toContain('birth-overlaps')
  })

  it('of about a year is compatible with the years around it', () => {
    const circa = (text: string): ListedDate => ({ ...year(text), circa: true })
    expect(rules('full', name, { birth: circa('1971') })).toContain('birth-overlaps')
    expect(rules('full', name, { birth: { ...day('1970-05-30'), circa: true } })).toContain('birth-overlaps')
    expect(rules('full', name, { birth: circa('1980') })).toContain('birth-far-apart')
  })

  it('that contradicts makes no perfect name vanish', () => {
    expect(score('full', name, { birth: day('1940-12-31') })).toBeGreaterThan(0.3)
  })
})

describe('sex, country and papers', () => {
  const name = 'Kim Yong Chol'
  const alone = score('full', name)

  it('raise where they agree, lower where they contradict, and change nothing where they are missing', () => {
    expect(score('full', name, { sex: 'male' })).toBeGreaterThan(alone)
    expect(score('full', name, { sex: 'female' })).toBeLessThan(alone)
    expect(score('bare', 'Ri Yong Gil', { sex: 'female' })).toBe(score('bare', 'Ri Yong Gil'))
    expect(score('full', name, { countries: ['CN', 'KP'] })).toBeGreaterThan(alone)
    expect(score('full', name, { countries: ['CN'] })).toBeLessThan(alone)
    expect(score('bare', 'Ri Yong Gil', { countries: ['CN'] })).toBe(score('bare', 'Ri Yong Gil'))
    expect(score('full', name, { papers: [{ kind: 'passport', value: '123456789', country: null }] })).toBeGreaterThan(alone)
    expect(score('full', name, { papers: [{ kind: 'passport', value: '1', country: null }] })).toBe(alone)
    expect(rules('bare', 'Ri Yong Gil', { papers: [{ kind: 'passport', value: '1', country: null }] })).toContain('paper-missing')
  })
})

describe('laws of evidence', () => {
  const names = fc.constantFrom(
    'Kim Yong Chol',
    '김영철',
    'Kim Yong Chul',
    'Kim Yong',
    'Putin Vladimir',
    'V. Putin',
    'Wladimir Putin',
    'Ri Yong Gil',
  )
  /** Each in the order from contradiction over nothing to agreement. */
  const births = [day('1910-11-22'), day('1973-08-01'), day('1970-04-03'), null, year('1970'), BIRTH]
  const sexes = ['female', null, 'male'] as const
  const countries = [['CN'], [], ['KP']] as const
  const papers = [[], [{ kind: 'passport', value: '123456789', country: null }]] as const

  it('more agreement never lowers the score and more contradiction never raises it, whatever else is known', () => {
    const place = (all: readonly unknown[]) => fc.nat({ max: all.length - 1 })
    const known = fc.tuple(place(births), place(sexes), place(countries), place(papers))
    const asked = ([b, s, c, p]: readonly number[]): Partial<ScreenQuery> => ({
      birth: births[b!]!,
      sex: sexes[s!]!,
      countries: countries[c!]!,
      papers: papers[p!]!,
    })
    fc.assert(
      fc.property(names, known, known, (name, one, other) => {
        const less = one.map((at, i) => Math.min(at, other[i]!))
        const more = one.map((at, i) => Math.max(at, other[i]!))
        expect(score('full', name, asked(less))).toBeLessThanOrEqual(score('full', name, asked(more)))
      }),
      { numRuns: 500 },
    )
  })

  it('nothing asked and nothing listed leave the score of the name as it is', () => {
    const { hits } = screener.screen(nameQuery('Vladimir Putin'), { list: 0 })
    expect(hits[0]?.score).toBe(hits[0]?.nameScore)
  })

  it('every factor says in which direction it counts', () => {
    for (const [rule, factor] of Object.entries(FACTOR)) {
      expect(factor, rule).toBeGreaterThan(0)
      expect(factor >= 1, rule).toBe(/same|overlaps/.test(rule))
    }
  })
})
