import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type ReviewManifest, reviewProblems } from '../../../src/screen/lists/review-manifest.ts'
import { reviewedNotice } from '../../../src/screen/lists/reviewed.ts'
import { fileOf, readAll } from './given-files.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** Invented persons in the form of the ministry's notices (외교부고시): number, name in Hangul, Chinese characters and Latin letters, birth, passport. */
const TABLE = `id,kind,name,hangul,hanja,kana,latin,aliases,birth,nationality,passport,title,wallet,notes
2024-1,person,박가나,박가나,朴加那,パク・カナ,PAK Ka Na,Park Ga-na; Piao Jiana,1987년 7월 22일,북한,654321987; 108420001,기계공업부 대표,ETH:0x098B716B8Aaf21512996dC57EB0615e2383E2f96,"가상자산, 해외 IT인력"
2024-2,organisation,가나정보기술교류사,가나정보기술교류사,,,Kana Information Technology Exchange,,,북한,,,,
`
const PDF = '%PDF-1.7 notice'
const MANIFEST = {
  format: 'reviewed-notice',
  list: 'kr-mofa',
  title: '대북 독자제재 대상 지정',
  authority: 'Ministry of Foreign Affairs, Republic of Korea',
  operator: 'Kim Min-ji',
  reviewer: 'Lee Junho',
  url: 'https://www.mofa.go.kr/www/brd/m_4080/view.do?seq=1',
  read_on: '2025-01-09',
  notice: { number: '외교부고시 제2024-12호', date: '2024-12-26' },
  document: { name: 'notice.pdf', sha256: sha256(PDF) },
  entries: { name: 'entries.csv', sha256: sha256(TABLE) },
  expected_count: 2,
  programme: 'DPRK',
}

const read = (manifest: object | string, table = TABLE, more: Readonly<Record<string, string>> = { 'notice.pdf': PDF }, list = 'kr-mofa') =>
  readAll(
    reviewedNotice,
    [
      fileOf('manifest.json', typeof manifest === 'string' ? manifest : JSON.stringify(manifest)),
      fileOf('entries.csv', table),
      ...Object.entries(more).map(([name, text]) => fileOf(name, text)),
    ],
    list,
  )
const refused = (field: string, text: RegExp) => ({ code: 'list/review', place: { field }, message: expect.stringMatching(text) })

describe('a reviewed notice', () => {
  test('is recognised by its manifest, as JSON and as YAML', () => {
    expect(reviewedNotice.recognises([fileOf('a', JSON.stringify(MANIFEST)), fileOf('b.csv', TABLE)])).toBe(true)
    expect(reviewedNotice.recognises([fileOf('m.yaml', '# typed on paper\nformat: reviewed-notice\nlist: jp-meti\n')])).toBe(true)
    expect(reviewedNotice.recognises([fileOf('entries.csv', TABLE)])).toBe(false)
  })

  test('gives its entries with names in every script, act, paper and wallet, and says who approved', async () => {
    const { entries, published, notes } = await read(MANIFEST)
    expect(published).toEqual(['2024-12-26'])
    expect(entries).toHaveLength(2)
    expect(entries[0]).toMatchObject({
      list: 'kr-mofa',
      id: '2024-1',
      kind: 'person',
      programmes: ['DPRK'],
      legalBasis: ['Ministry of Foreign Affairs, Republic of Korea: 외교부고시 제2024-12호 (2024-12-26)'],
      listedOn: { from: '2024-12-26' },
      births: [{ from: '1987-07-22' }],
      countries: [{ code: 'KP' }],
      titles: ['기계공업부 대표'],
      wallets: [{ asset: 'ETH', address: '0x098B716B8Aaf21512996dC57EB0615e2383E2f96' }],
      remarks: ['가상자산, 해외 IT인력', `Source: ${MANIFEST.url}`],
      place: { file: 'entries.csv', line: 2 },
    })
    expect(entries[0]!.names.map(({ full, type }) => [full, type])).toEqual([
      ['박가나', 'primary'],
      ['PAK Ka Na', 'aka'],
      ['朴加那', 'original-script'],
      ['パク・カナ', 'aka'],
      ['Park Ga-na', 'aka'],
      ['Piao Jiana', 'aka'],
    ])
    expect(entries[0]!.identifiers.map(({ value }) => value)).toEqual(['654321987', '108420001'])
    expect(notes).toEqual([
      expect.objectContaining({
        severity: 'note',
        reason: 'approved by a second person',
        text: expect.stringContaining('typed by Kim Min-ji, approved by Lee Junho'),
      }),
    ])
  })

  test('may come without the notice itself, which is then noted', async () => {
    expect((await read(MANIFEST, TABLE, {})).reasons).toContain('notice itself not at hand')
  })

  test('reads YAML of the same meaning', async () => {
    const yaml = `format: reviewed-notice
list: kr-mofa
title: 대북 독자제재 대상 지정
authority: MOFA
operator: A
reviewer: B
url: https://www.mofa.go.kr/x
read_on: 2025-01-09
notice: { number: 외교부고시 제2024-12호, date: 2024-12-26 }
document: { name: notice.pdf, sha256: ${sha256(PDF)} }
entries: { name: entries.csv, sha256: ${sha256(TABLE).toUpperCase()} }
expected_count: 2
`
    expect((await read(yaml)).entries.map(({ programmes }) => programmes)).toEqual([[], []])
  })

  test.each(['Kim Min-ji', 'KIM MINJI', 'ｋｉｍ　ｍｉｎｊｉ', ' kim  min ji '])(
    'is refused when the second person is the first: %s',
    async (reviewer) => {
      await expect(read({ ...MANIFEST, reviewer })).rejects.toMatchObject(refused('reviewer', /second person/))
    },
  )

  test.each([
    ['reviewer', { ...MANIFEST, reviewer: '' }, /reviewer is missing/],
    ['reviewer', { ...MANIFEST, reviewer: '...' }, /reviewer names nobody/],
    ['operator', { ...MANIFEST, operator: undefined }, /operator is missing/],
    ['url', { ...MANIFEST, url: undefined }, /url is missing/],
    ['url', { ...MANIFEST, url: 'see the gazette' }, /is not a web address/],
    ['url', { ...MANIFEST, url: 'javascript:alert(1)' }, /is not a web address/],
    ['read_on', { ...MANIFEST, read_on: '2025-02-30' }, /is not a date/],
    ['notice.date', { ...MANIFEST, notice: { number: 'x', date: '26.12.2024' } }, /is not a date/],
    ['expected_count', { ...MANIFEST, expected_count: 3 }, /has 2 entries; expected are 3/],
    ['expected_count', { ...MANIFEST, expected_count: 'two' }, /not a whole number/],
    ['entries.sha256', { ...MANIFEST, entries: { name: 'entries.csv', sha256: sha256('other') } }, /approved was/],
    ['entries.sha256', { ...MANIFEST, entries: { name: 'entries.csv', sha256: 'abc' } }, /not 64 hex digits/],
    ['entries.name', { ...MANIFEST, entries: { name: 'other.csv', sha256: sha256(TABLE) } }, /not among the files/],
    ['document.sha256', { ...MANIFEST, document: { name: 'notice.pdf', sha256: sha256('other') } }, /the manifest says/],
    ['list', { ...MANIFEST, list: 'jp-meti' }, /is jp-meti, and kr-mofa was asked for/],
    ['reviwer', { ...MANIFEST, reviwer: 'x' }, /not a field of a manifest/],
  ] as const)('is refused for its %s', async (field, manifest, text) => {
    await expect(read(manifest)).rejects.toMatchObject(refused(field, text))
  })

  test('is refused when the table was changed after its approval, if only by a blank', async () => {
    await expect(read(MANIFEST, TABLE.replace('PAK Ka Na', 'PAK Ka  Na'))).rejects.toMatchObject(refused('entries.sha256', /approved was/))
  })

  test.each([
    ['a row without a name', 'id,name\n1,\n', 1, 'name'],
    ['an id that stands twice', 'id,name\n1,A\n1,B\n', 2, 'id'],
    ['a birth date that does not exist', 'id,name,birth\n1,A,1961-02-31\n', 1, 'birth'],
    ['a kind of its own', 'id,name,kind\n1,A,ghost\n', 1, 'kind'],
    ['a wallet without an asset', 'id,name,wallet\n1,A,0xabc\n', 1, 'wallet'],
    ['a quote that never closes', 'id,name\n1,"A\n', 1, 'row'],
    ['a column that nobody knows', 'id,name,geburt\n1,A,x\n', 1, 'geburt'],
  ])('is refused for %s, though its hash is right', async (_, table, count, field) => {
    const manifest = { ...MANIFEST, entries: { name: 'entries.csv', sha256: sha256(table) }, expected_count: count }
    const error = await read(manifest, table).catch((cause: unknown) => cause)
    expect(error).toMatchObject({ code: 'list/review', message: expect.stringContaining(field) })
  })

  test('is refused without the columns that it needs, naming them', async () => {
    const table = '번호,이름\n1,가\n'
    await expect(read({ ...MANIFEST, entries: { name: 'entries.csv', sha256: sha256(table) } }, table)).rejects.toMatchObject({
      code: 'list/schema',
      message: expect.stringContaining('expected the columns id, name; found: 번호, 이름'),
    })
  })

  test('tells of files that the manifest does not name', async () => {
    const { notes } = await read(MANIFEST, TABLE, { 'notice.pdf': PDF, 'extra.csv': 'id,name\n9,Z\n' })
    expect(notes).toContainEqual(
      expect.objectContaining({ severity: 'refused', reason: 'file not named in the manifest', text: 'extra.csv' }),
    )
  })

  test('does not read two manifests, a manifest that is no YAML, one that grows by aliases, or a dump', async () => {
    await expect(read(MANIFEST, TABLE, { 'second.json': JSON.stringify(MANIFEST) })).rejects.toMatchObject({
      code: 'list/review',
      message: expect.stringContaining('more than one'),
    })
    await expect(read('format: reviewed-notice\nlist: [a')).rejects.toMatchObject({ code: 'list/review' })
    const bomb = `format: reviewed-notice\na: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
      .split('')
      .map((k, i) => `${k}: &${k} [${Array(9).fill(`*${'abcdefghij'[i]}`).join(',')}]`)
      .join('\n')}\n`
    await expect(read(bomb)).rejects.toMatchObject({ code: 'list/review' })
    await expect(read(MANIFEST, `${TABLE}${'x'.repeat(17 << 20)}`)).rejects.toMatchObject({
      code: 'list/review',
      message: expect.stringContaining('larger than'),
    })
  })

  test('is judged by a function of the manifest and the files alone', () => {
    const manifest: ReviewManifest = {
      list: 'l',
      title: 't',
      authority: 'a',
      operator: 'A',
      reviewer: 'B',
      url: 'https://a.example/',
      readOn: '2025-01-01',
      notice: { number: '1', date: '2025-01-01' },
      document: { name: 'd', sha256: 'd' },
      entries: { name: 'e', sha256: 'e' },
      expectedCount: 1,
      programme: null,
    }
    expect(reviewProblems(manifest, { entriesSha256: 'e', documentSha256: null, count: 1 })).toEqual([])
    expect(
      reviewProblems({ ...manifest, reviewer: 'a' }, { entriesSha256: 'x', documentSha256: 'x', count: 0 }).map(({ field }) => field),
    ).toEqual(['reviewer', 'entries.sha256', 'document.sha256', 'expected_count'])
  })
})
