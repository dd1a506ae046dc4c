import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Ask,
  type Asker,
  applySuppressions,
  type DecisionRecord,
  dataHash,
  type MadeDecision,
  readDecisions,
  readSuppressions,
  recordDecision,
  suppressionsOf,
} from '../../../src/screen/decide/index.ts'
import { parseListedDate } from '../../../src/screen/lists/dates.ts'
import type { ListEntry } from '../../../src/screen/lists/entry.ts'
import { nameQuery, type ScreenQuery } from '../../../src/screen/match/query.ts'
import { logIn } from './decisions.ts'
import { folders, person, plainScreener } from './plain-screener.ts'

const fresh = folders()
const query: ScreenQuery = { ...nameQuery('Kim Yong Chol'), countries: ['KR', 'US'] }
const ask: Ask = { about: 'name', query }
const passport = { kind: 'passport', value: '836110035', country: null } as const
const first = person('7', 'KIM Yong Chol')
const homonym = person('8', 'KIM Yong Chol', { births: [parseListedDate('1970')] })
const screener = plainScreener([first, homonym])

async function decided(screenedBy: Asker, ...made: readonly Partial<MadeDecision>[]): Promise<readonly DecisionRecord[]> {
  const log = logIn(fresh())
  const records: DecisionRecord[] = []
  for (const more of made) {
    const whole = {
      customer: 'C-1',
      ask,
      answer: screenedBy.screen(query),
      decision: 'false-positive',
      reason: 'born in Busan',
      by: 'Kim Minji',
      second: null,
      expires: null,
      ...more,
    } as const
    const entry =
      more.entry === undefined ? { list: 'test-list', id: '7', version: 'v1', hash: screenedBy.entryHash('test-list', '7') } : more.entry
    records.push(await recordDecision(log, { ...whole, entry }))
  }
  return records
}

function applied(
  records: readonly DecisionRecord[],
  by: Asker = screener,
  customer: string | null = 'C-1',
  asked: Ask = ask,
  at = '2026-02-01T00:00:00.000Z',
) {
  const answer = asked.about === 'name' ? by.screen(asked.query) : by.wallet((asked as { address: string }).address, null)
  const hashes = (list: string, id: string) => by.entryHash(list, id)
  return applySuppressions(answer, { id: customer, data: dataHash(asked) }, suppressionsOf(records), hashes, at)
}

const hit = (result: ReturnType<typeof applied>, id: string) => result.answer.hits.find((each) => each.entry === id)

describe('a false positive', () => {
  it('holds its own hit back, in sight and with the decision as a reason, and no other', async () => {
    const result = applied(await decided(screener, {}))
    expect(result.answer.hits).toHaveLength(2)
    expect(hit(result, '7')).toMatchObject({ alert: false, held: 'suppressed' })
    expect(hit(result, '7')?.reasons.at(-1)).toMatchObject({ rule: 'decision-suppresses', listed: 'born in Busan' })
    expect(hit(result, '8')).toMatchObject({ alert: true, held: null })
    expect(result.answer.hits.map(({ entry }) => entry)).toEqual(['8', '7'])
    expect(result.answer.outcome).toBe('potential-match')
    expect(result.lapsed).toEqual([])
  })

  it('does not hold for another customer, nor for nobody in particular', async () => {
    const records = await decided(screener, {})
    for (const customer of ['C-2', 'c-1', '', null])
      expect(applied(records, screener, customer).answer.hits.every(({ alert }) => alert)).toBe(true)
  })

  it('holds in a new version of the list that leaves the entry as it was, whatever its row', async () => {
    const next = plainScreener(
      [homonym, { ...first, raw: 'spelt "otherwise"', place: { file: 'list-2.csv', line: 9 } }, person('9', 'PAK Jin Hyok')],
      'v2',
    )
    expect(hit(applied(await decided(screener, {}), next), '7')).toMatchObject({ held: 'suppressed', version: 'v2' })
  })

  it('lapses when the list says anything else of the entry, and tells so', async () => {
    const changes: readonly Partial<ListEntry>[] = [
      { births: [parseListedDate('1991')] },
      { sex: 'male' },
      { remarks: ['a new remark'] },
      { names: [...first.names, { ...first.names[0]!, type: 'aka' }] },
    ]
    for (const change of changes) {
      const result = applied(await decided(screener, {}), plainScreener([{ ...first, ...change }], 'v2'))
      expect(hit(result, '7')).toMatchObject({ alert: true, held: null })
      expect(result.lapsed.map(({ why }) => why)).toEqual(['entry-changed'])
      expect(hit(result, '7')?.reasons.at(-1)?.rule).toBe('decision-lapsed-entry-changed')
    }
  })

  it('lapses when the customer’s data is another, and tells so; the order of countries is no change', async () => {
    const records = await decided(screener, {})
    for (const change of [
      { birth: parseListedDate('1991') },
      { countries: ['KR'] },
      { otherNames: ['金英哲'] },
      { name: 'Kim Yong-chol' },
    ] as const) {
      const result = applied(records, screener, 'C-1', { about: 'name', query: { ...query, ...change } })
      expect(result.lapsed.filter(({ why }) => why !== 'customer-changed')).toEqual([])
      expect(result.answer.hits.filter(({ held }) => held === 'suppressed')).toEqual([])
    }
    expect(hit(applied(records, screener, 'C-1', { about: 'name', query: { ...query, countries: ['US', 'KR'] } }), '7')?.held).toBe(
      'suppressed',
    )
  })

  it('ends with the day that was set', async () => {
    const records = await decided(screener, { expires: '2026-03-31' })
    expect(hit(applied(records, screener, 'C-1', ask, '2026-03-31T23:59:59.999Z'), '7')?.held).toBe('suppressed')
    const after = applied(records, screener, 'C-1', ask, '2026-04-01T00:00:00.000Z')
    expect([hit(after, '7')?.alert, after.lapsed[0]?.why]).toEqual([true, 'expired'])
  })

  it('holds nothing back where the entry was not at hand', async () => {
    const records = await decided(screener, { entry: { list: 'test-list', id: '7', version: 'v1', hash: null } })
    expect(hit(applied(records), '7')?.alert).toBe(true)
  })

  it('of one person does not hold once a paper agrees', async () => {
    // Decided by one person under rules that let it pass; the law of papers holds all the same.
    const withPaper = { ...first, identifiers: [{ ...passport, issued: null, expires: null, note: null }] }
    const lists = plainScreener([withPaper])
    const paperAsk: Ask = { about: 'name', query: { ...query, papers: [passport] } }
    const suppression = {
      customer: 'C-1',
      data: dataHash(paperAsk),
      list: 'test-list',
      entry: '7',
      hash: lists.entryHash('test-list', '7') as string,
      record: 1,
      time: '2026-01-05T10:00:00.000Z',
      by: 'Kim Minji',
      second: null,
      reason: 'no',
      expires: null,
      secondFrom: 0.9,
    }
    const apply = (second: string | null) =>
      applySuppressions(
        lists.screen(paperAsk.about === 'name' ? paperAsk.query : query),
        { id: 'C-1', data: dataHash(paperAsk) },
        new Map([['C-1', [{ ...suppression, second }]]]),
        (list, id) => lists.entryHash(list, id),
      )
    expect(apply(null)).toMatchObject({ answer: { hits: [{ alert: true }] }, lapsed: [{ why: 'needs-second' }] })
    expect(apply('Sato Ken')).toMatchObject({ answer: { hits: [{ alert: false, held: 'suppressed' }] }, lapsed: [] })
  })

  it('of one person does not hold once the hit scores so high that two must look, as after a change of the matcher', async () => {
    const sharper = (score: number): Asker => ({
      ...screener,
      screen: (...asked) => {
        const answer = screener.screen(...asked)
        return { ...answer, matcher: 'cordon-2', hits: answer.hits.map((each) => ({ ...each, score })) }
      },
    })
    const alone = await decided(screener, {})
    expect(hit(applied(alone, sharper(0.899)), '7')).toMatchObject({ alert: false, held: 'suppressed' })
    for (const score of [0.9, 0.97]) {
      const result = applied(alone, sharper(score))
      expect(hit(result, '7')).toMatchObject({ alert: true, held: null, score })
      expect(result.lapsed.map(({ why }) => why)).toEqual(['needs-second'])
      expect(hit(result, '7')?.reasons.at(-1)?.rule).toBe('decision-lapsed-needs-second')
    }
    const together = await decided(screener, { second: 'Sato Ken' })
    expect(hit(applied(together, sharper(0.97)), '7')).toMatchObject({ alert: false, held: 'suppressed' })
  })

  it('of one person holds up to the score that the rules of the house set', async () => {
    const answer = screener.screen(query)
    const customer = { id: 'C-1', data: dataHash(ask) }
    const records = await decided(screener, {})
    const held = (secondFrom: number) => {
      const suppressions = suppressionsOf(records, { secondFrom })
      const { hits } = applySuppressions(answer, customer, suppressions, (list, id) => screener.entryHash(list, id)).answer
      return hits.find(({ entry }) => entry === '7')?.held
    }
    expect([held(0.86), held(0.85), held(0.5)]).toEqual(['suppressed', null, null])
  })

  it('is withdrawn by any later doubt on the same customer and entry, and comes back only with another false positive', async () => {
    for (const doubt of ['escalated', 'undecided', 'true-match'] as const) {
      const records = await decided(screener, {}, { decision: doubt, second: 'Sato Ken' }, {})
      expect(hit(applied(records.slice(0, 1)), '7')?.held).toBe('suppressed')
      expect(hit(applied(records.slice(0, 2)), '7')?.held).toBe(null)
      expect(hit(applied(records), '7')?.held).toBe('suppressed')
    }
  })

  it('read from the log as it streams is the same', async () => {
    const log = logIn(fresh())
    const [record] = await decided(screener, {})
    const {
      format: _f,
      schema: _s,
      record: _r,
      time: _t,
      data: _d,
      setAside: _a,
      previous: _p,
      hash: _h,
      ...made
    } = record as DecisionRecord
    const { hash } = await recordDecision(log, made)
    const { version, suppressions } = await readSuppressions(readDecisions(log.file))
    expect(version).toBe(hash)
    expect([...suppressions.keys()]).toEqual(['C-1'])
  })
})

describe('whatever was decided', () => {
  const decisions = fc.array(
    fc.record({
      customer: fc.constantFrom('C-1', 'C-2'),
      data: fc.constantFrom(dataHash(ask), 'another'),
      entry: fc.constantFrom('7', '8', '9'),
      hash: fc.constantFrom(screener.entryHash('test-list', '7'), screener.entryHash('test-list', '8'), 'another', null),
      decision: fc.constantFrom('false-positive', 'escalated', 'true-match', 'undecided', 'no-hit'),
      expires: fc.constantFrom(null, '2020-01-01', '2030-01-01'),
      second: fc.constantFrom(null, 'Sato Ken'),
    }),
    { maxLength: 12 },
  )
  const records = (made: readonly { entry: string; hash: string | null }[]) =>
    made.map((each, at) => ({
      ...each,
      record: at + 1,
      time: '2026-01-05T10:00:00.000Z',
      by: 'Kim Minji',
      reason: 'r',
      entry: { list: 'test-list', id: each.entry, version: 'v1', hash: each.hash },
    })) as unknown as DecisionRecord[]

  it('no hit is lost, none is raised, and only one with a valid false positive as its last word is held back', () => {
    fc.assert(
      fc.property(decisions, (made) => {
        const before = screener.screen(query)
        const result = applied(records(made))
        expect(result.answer.hits.map(({ entry }) => entry).sort()).toEqual(before.hits.map(({ entry }) => entry).sort())
        expect(result.answer.outcome).toBe(before.outcome)
        for (const now of result.answer.hits) {
          const was = before.hits.find(({ entry }) => entry === now.entry)
          expect({ ...now, alert: was?.alert, held: was?.held, reasons: [] }).toEqual({ ...was, reasons: [] })
          expect(now.reasons.slice(0, was?.reasons.length)).toEqual(was?.reasons)
          const mine = made.filter((each) => each.customer === 'C-1' && each.entry === now.entry)
          const lastDoubt = mine.findLastIndex((each) => each.decision !== 'false-positive')
          const last = mine.slice(lastDoubt + 1).findLast((each) => each.data === dataHash(ask))
          const holds = last !== undefined && last.hash === screener.entryHash('test-list', now.entry) && last.expires !== '2020-01-01'
          expect(now.held === 'suppressed').toBe(holds)
          expect(now.alert).toBe(!holds)
        }
      }),
    )
  })

  it('applying twice is applying once', () => {
    fc.assert(
      fc.property(decisions, (made) => {
        const suppressions = suppressionsOf(records(made))
        const hashes = (list: string, id: string) => screener.entryHash(list, id)
        const customer = { id: 'C-1', data: dataHash(ask) }
        const once = applySuppressions(screener.screen(query), customer, suppressions, hashes, '2026-02-01T00:00:00.000Z')
        const twice = applySuppressions(once.answer, customer, suppressions, hashes, '2026-02-01T00:00:00.000Z')
        expect(twice.answer).toEqual(once.answer)
      }),
    )
  })
})
