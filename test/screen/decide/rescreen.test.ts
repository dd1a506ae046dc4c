import { describe, expect, it } from 'vitest'
import {
  type Ask,
  type Asker,
  applySuppressions,
  type Change,
  dataHash,
  rescreen,
  type Screened,
  type Suppressions,
} from '../../../src/screen/decide/index.ts'
import { parseListedDate } from '../../../src/screen/lists/dates.ts'
import { nameQuery } from '../../../src/screen/match/query.ts'
import { person, plainScreener } from './plain-screener.ts'

const kim = person('7', 'KIM Yong Chol')
const pak = person('9', 'PAK Jin Hyok')
const query = nameQuery('Pak Jin Hyok')
const THEN = Date.parse('2024-05-03T10:00:00.000Z')
const NOW = Date.parse('2026-01-05T10:00:00.000Z')

function screened(by: Asker, customer = 'C-17', asked = query): Screened {
  const ask: Ask = { about: 'name', query: asked }
  return { customer, asks: [{ ask, answer: by.screen(asked) }] }
}

function again(
  before: Screened,
  screener: Asker,
  changed: readonly string[] | null = null,
  suppressions: Suppressions | null = null,
): readonly Change[] {
  return rescreen(before, { screener, changed: changed === null ? null : new Set(changed), suppressions }).changes
}

const old = plainScreener([kim], 'v1', () => THEN)

describe('screening again', () => {
  it('says of an entry that came: whom, when, against which version, and what is hit now', () => {
    const changes = again(
      screened(old),
      plainScreener([kim, pak], 'v2', () => NOW),
      ['test-list:9'],
    )
    expect(changes).toHaveLength(1)
    expect(changes[0]).toMatchObject({
      kind: 'new-hit',
      customer: 'C-17',
      list: 'test-list',
      entry: '9',
      before: null,
      after: { version: 'v2', alert: true },
      cause: 'entry',
    })
    expect(changes[0]?.statement).toBe(
      'Customer C-17 (Pak Jin Hyok), screened on 2024-05-03T10:00:00.000Z against test-list v1 by cordon-1, would now hit test-list 9 (PAK Jin Hyok) with an alert and a score of 0.85, as of version v2.',
    )
  })

  it('says of an entry that went that it is not hit any more', () => {
    const changes = again(screened(plainScreener([kim, pak], 'v1', () => THEN)), plainScreener([kim], 'v2'), ['test-list:9'])
    expect(changes).toMatchObject([{ kind: 'gone-hit', entry: '9', after: null, cause: 'entry' }])
  })

  it('says of an entry that changed which score it has now, or whether it alerts', () => {
    const born = { ...query, birth: parseListedDate('1984-08-15') }
    const before = screened(
      plainScreener([pak], 'v1', () => THEN),
      'C-17',
      born,
    )
    const same = { ...pak, births: [parseListedDate('1984-08-15')] }
    const other = { ...pak, births: [parseListedDate('1950-01-01')] }
    expect(again(before, plainScreener([same], 'v2'))).toMatchObject([
      { kind: 'score-changed', before: { score: 0.85 }, after: { score: 0.95 }, cause: 'list' },
    ])
    expect(again(before, plainScreener([other], 'v2'))).toMatchObject([
      { kind: 'alert-changed', before: { alert: true }, after: { alert: false, held: 'below-alert' } },
    ])
  })

  it('says nothing where nothing changed, and nothing of a confirmation of the same version', () => {
    expect(
      again(
        screened(old),
        plainScreener([kim], 'v1', () => NOW),
      ),
    ).toEqual([])
    expect(again(screened(plainScreener([kim, pak])), plainScreener([kim, pak, person('10', 'Somebody Else')], 'v2'))).toEqual([])
  })

  it('lays a difference that no list explains at the matcher’s door, or at nobody’s', () => {
    const before = screened(old)
    expect(
      again(
        before,
        plainScreener([kim, pak], 'v1', () => NOW, 2),
      )[0]?.cause,
    ).toBe('matcher')
    expect(again(before, plainScreener([kim, pak], 'v1'))[0]?.cause).toBe('unknown')
  })

  it('says of a list that was not in service then', () => {
    expect(again(screened(old), plainScreener([kim, { ...pak, list: 'a-new-list' }], 'v2'))[0]?.statement).toContain(
      'when a-new-list was not in service',
    )
  })

  it('keeps what decisions hold back held back, and says where one lapsed and why', () => {
    const ask: Ask = { about: 'name', query }
    const lists = plainScreener([pak], 'v1', () => THEN)
    const suppressions: Suppressions = new Map([
      [
        'C-17',
        [
          {
            customer: 'C-17',
            data: dataHash(ask),
            list: 'test-list',
            entry: '9',
            hash: lists.entryHash('test-list', '9') as string,
            record: 3,
            time: '2024-05-04T10:00:00.000Z',
            by: 'Kim Minji',
            second: 'Sato Ken',
            reason: 'no',
            expires: null,
            secondFrom: 0.9,
          },
        ],
      ],
    ])
    const answer = applySuppressions(lists.screen(query), { id: 'C-17', data: dataHash(ask) }, suppressions, (list, id) =>
      lists.entryHash(list, id),
    ).answer
    expect(answer.hits[0]?.held).toBe('suppressed')
    const before = { customer: 'C-17', asks: [{ ask, answer }] }
    expect(again(before, plainScreener([pak, kim], 'v2'), [], suppressions)).toEqual([])
    const changes = again(before, plainScreener([{ ...pak, sex: 'male' }], 'v2'), ['test-list:9'], suppressions)
    expect(changes.map(({ kind, cause }) => [kind, cause])).toEqual([
      ['alert-changed', 'entry'],
      ['suppression-lapsed', 'entry'],
    ])
    expect(changes[1]).toMatchObject({ lapse: { record: 3, why: 'entry-changed' } })
    expect(changes[1]?.statement).toContain('the decision of record 3 lapsed (entry-changed)')
    // Decided meanwhile: that is the decision's doing.
    const undecided = { customer: 'C-17', asks: [{ ask, answer: lists.screen(query) }] }
    expect(again(undecided, lists, null, suppressions)).toMatchObject([
      { kind: 'alert-changed', cause: 'decision', after: { held: 'suppressed' } },
    ])
  })

  it('asks with the setting of the earlier answer, or with another where one is given', () => {
    const born = { ...query, birth: parseListedDate('1984-08-15') }
    const lists = plainScreener([{ ...pak, births: [parseListedDate('1950-01-01')] }])
    const before: Screened = { customer: null, asks: [{ ask: { about: 'name', query: born }, answer: lists.screen(born, { alert: 0.5 }) }] }
    expect(again(before, lists)).toEqual([])
    expect(rescreen(before, { screener: lists, changed: null, suppressions: null, setting: { alert: 0.9 } }).changes).toMatchObject([
      { kind: 'alert-changed' },
    ])
    expect(rescreen(before, { screener: lists, changed: null, suppressions: null, setting: { alert: 0.9 } }).changes[0]?.statement).toMatch(
      /^A query for Pak Jin Hyok/,
    )
  })
})
