import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CordonError } from '../../../src/chain/index.ts'
import type { EntryKind, IdentifierKind, ListEntry, ListedDate } from '../../../src/screen/lists/entry.ts'
import type { ScreenAnswer, Setting } from '../../../src/screen/match/answer.ts'
import { KINDS } from '../../../src/screen/match/build.ts'
import { DEFAULT_SETTING } from '../../../src/screen/match/matcher.ts'
import { prepareName } from '../../../src/screen/match/name-index.ts'
import { matchNames, scoreNamePair } from '../../../src/screen/match/name-score.ts'
import type { ScreenQuery } from '../../../src/screen/match/query.ts'
import { LANGUAGES } from '../../../src/screen/words/codes.ts'
import { explainAnswer, explainHit, explainStanding } from '../../../src/screen/words/explain.ts'
import { country, entry, paper, screenerOf } from './listed.ts'

const WORDS = [
  'Kim',
  'Yong',
  'Chol',
  'Ri',
  'ABDUL',
  'al-',
  'bin',
  'Ltd',
  '有限公司',
  '金',
  '英哲',
  '김',
  '영철',
  'キム',
  'ﾖﾝ',
  'Владимир',
  'محمد',
  'A.',
  '7',
  'II',
  'Dr',
  '(株)',
  '\u202e',
  '\u0301',
  '\ud83d',
  '🙂',
  'ﷺ',
]
const words = fc.array(fc.constantFrom(...WORDS), { minLength: 0, maxLength: 6 })
const name = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(words, fc.constantFrom(' ', '', '-', ', ', ' \u00a0')).map(([all, between]) => all.join(between)) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)), maxLength: 30 }),
  },
)
const date: fc.Arbitrary<ListedDate> = fc.record({
  from: fc.constantFrom(null, '1970-01-01', '0000-00-00', 'not a date', '9999-12-31', '1984-02-29'),
  to: fc.constantFrom(null, '1970-01-01', '1960-12-31', '', '1984-02-29'),
  circa: fc.boolean(),
  text: fc.string({ maxLength: 5 }),
})
const kind = fc.constantFrom<EntryKind>(...KINDS)
const number = fc.oneof(
  fc.constantFrom('8905490', 'IMO 8905490', '472310082', 'HMYZ', '445161000', 'N/A', ''),
  fc.string({ unit: 'binary', maxLength: 12 }),
)
const identifier = fc.constantFrom<IdentifierKind>('passport', 'imo-ship', 'imo-company', 'mmsi', 'call-sign', 'other', 'email', 'swift')
const code = fc.constantFrom('KP', 'kp', 'RU', '', 'XX', '朝鮮')

const entries: fc.Arbitrary<readonly ListEntry[]> = fc
  .array(
    fc.record({
      kind,
      // No reader makes an entry without a name, or a name of nothing but spaces.
      names: fc.array(
        name.map((text) => (text.trim() === '' ? 'x' : text.trim())),
        { minLength: 1, maxLength: 4 },
      ),
      weak: fc.boolean(),
      births: fc.array(date, { maxLength: 2 }),
      country: code,
      sex: fc.constantFrom(null, 'female' as const, 'male' as const),
      papers: fc.array(fc.tuple(identifier, number), { maxLength: 2 }),
      wallet: number,
    }),
    { minLength: 0, maxLength: 12 },
  )
  .map((all) =>
    all.map((one, i) => ({
      ...entry(String(i % 10), one.kind, one.names),
      names: one.names.map((full, n) => ({
        full,
        family: n % 2 === 1 ? full : null,
        given: n % 2 === 1 ? 'Yong Chol' : null,
        quality: n > 0 && one.weak ? ('weak' as const) : n === 0 ? ('primary' as const) : ('strong' as const),
        type: n === 0 ? ('primary' as const) : ('aka' as const),
      })),
      births: one.births,
      countries: country(one.country),
      sex: one.sex,
      identifiers: one.papers.map(([its, value]) => paper(its, value, one.country)),
      wallets: [{ asset: 'XBT', address: one.wallet }],
    })),
  )

const query: fc.Arbitrary<ScreenQuery> = fc.record({
  name,
  family: fc.option(name),
  given: fc.option(name),
  otherNames: fc.array(name, { maxLength: 2 }),
  kind: fc.option(kind),
  birth: fc.option(date),
  countries: fc.array(code, { maxLength: 2 }),
  sex: fc.constantFrom(null, 'female' as const, 'male' as const),
  papers: fc.array(fc.record({ kind: identifier, value: number, country: fc.option(code) }), { maxLength: 2 }),
})
const score = fc.double({ min: 0, max: 1, noNaN: true })
const setting: fc.Arbitrary<Partial<Setting>> = fc.record(
  { list: score, alert: score, weakAlerts: fc.boolean(), limit: fc.integer({ min: 1, max: 30 }) },
  { requiredKeys: [] },
)

function expectSound(answer: ScreenAnswer, settings: Partial<Setting>): void {
  const { list, alert, weakAlerts, limit } = { ...DEFAULT_SETTING, ...settings }
  expect(answer.hits.length).toBeLessThanOrEqual(limit)
  if (answer.hits.length > 0) expect(answer.outcome).toBe('potential-match')
  else expect(['no-potential-match', 'not-screened']).toContain(answer.outcome)
  if (answer.outcome === 'not-screened') expect(answer.notes.length).toBeGreaterThan(0)
  expect(new Set(answer.hits).size).toBe(answer.hits.length)
  for (const [i, hit] of answer.hits.entries()) {
    for (const value of [hit.score, hit.nameScore, hit.ofacCompatible / 100]) {
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThanOrEqual(1)
    }
    expect(hit.score >= list || hit.nameScore >= 0.9 || (hit.alert && hit.score >= alert)).toBe(true)
    expect(hit.alert).toBe(hit.held === null)
    if (hit.alert) expect(hit.score).toBeGreaterThanOrEqual(alert)
    if (hit.held === 'weak-alias') expect(weakAlerts).toBe(false)
    expect(hit.reasons.length).toBeGreaterThan(0)
    for (const { weight } of hit.reasons) expect(weight >= 0 && Number.isFinite(weight)).toBe(true)
    const before = answer.hits[i - 1]
    if (before !== undefined) expect(Number(before.alert) * 2 + before.score).toBeGreaterThanOrEqual(Number(hit.alert) * 2 + hit.score)
    for (const language of LANGUAGES) expect([...explainHit(hit, language), explainStanding(hit, language)]).not.toContain('')
  }
  for (const language of LANGUAGES) expect(explainAnswer(answer, language)).toContain('2025-06-01')
  // An answer is kept as JSON.
  expect(JSON.parse(JSON.stringify(answer))).toEqual(answer)
}

/** What is done, or nothing where it is refused by an error that a user can act on. */
function unlessRefused<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch (error) {
    if (error instanceof CordonError && error.code.startsWith('screen/')) return undefined
    throw error
  }
}

describe('whatever stands on a list and whatever is asked', () => {
  it('the answer is sound, or the query is refused with a reason', async () => {
    await fc.assert(
      fc.asyncProperty(entries, fc.array(fc.tuple(query, setting), { minLength: 1, maxLength: 5 }), async (all, queries) => {
        const screener = await screenerOf(all)
        for (const [asked, settings] of queries) {
          const answer = unlessRefused(() => screener.screen(asked, settings))
          if (answer !== undefined) expectSound(answer, settings)
          const wallet = unlessRefused(() => screener.wallet(asked.name, null, settings))
          if (wallet !== undefined) expectSound(wallet, settings)
          const ship = { imo: asked.family, mmsi: asked.given, callSign: asked.sex, name: asked.name, flag: asked.countries[0] ?? null }
          const vessel = unlessRefused(() => screener.vessel(ship, settings))
          if (vessel !== undefined) expectSound(vessel, settings)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('an entry is found under each of its names that has a letter or digit, and by names without any nothing is found', async () => {
    await fc.assert(
      fc.asyncProperty(entries, async (all) => {
        const screener = await screenerOf(all)
        for (const one of all) {
          for (const { full } of one.names) {
            const asked = {
              name: full,
              family: null,
              given: null,
              otherNames: [],
              kind: null,
              birth: null,
              countries: [],
              sex: null,
              papers: [],
            }
            const { hits, notes } = screener.screen(asked, { list: 0, alert: 0, limit: 1000 })
            if (notes.some((note) => note.code === 'name-empty')) expect(hits).toEqual([])
            else
              expect(
                hits.map((hit) => hit.entry),
                JSON.stringify(full),
              ).toContain(one.id)
          }
        }
      }),
      { numRuns: 150 },
    )
  })
})

describe('two names', () => {
  it('have the same score with the argument and without it, from 0 to 1', () => {
    fc.assert(
      fc.property(name, name, kind, kind, (a, b, kindA, kindB) => {
        const both = unlessRefused(() => [prepareName(a, kindA, null), prepareName(b, kindB, null)] as const)
        if (both === undefined) return
        const bare = scoreNamePair(both[0], both[1], () => 1)
        expect(bare).toBe(matchNames(both[0], both[1], () => 1).score)
        expect(bare >= 0 && bare <= 1).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})
