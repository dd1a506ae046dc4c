import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readingsOf } from '../../src/screen/korean/hanja-readings.ts'

/**
 * data/screen/listed-persons-hangul.csv: persons of the UN's (1718 Committee) and the US Treasury's lists with their names as notices and papers write them in Hangul,
 * Han characters and Kana. Several sources of a row are joined by ` | `, in the order of their addresses and dates; `check` is `read` where the text was seen and `recalled`
 * where the row was written from memory of a notice and wants checking.
 */
const rows = readRows(fileURLToPath(new URL('../../data/screen/listed-persons-hangul.csv', import.meta.url)))

const UN = fileURLToPath(new URL('../../../shared/data/lists/un_consolidated_2026-02-27.xml', import.meta.url))
const SDN = fileURLToPath(new URL('../../../shared/data/lists/ofac_sdn_2024-05-03.csv', import.meta.url))
const withLists = existsSync(UN) && existsSync(SDN)
if (!withLists) process.stderr.write('skipped: tests on lists/un_consolidated and lists/ofac_sdn, the shared data is not on this machine\n')

describe('persons on the lists with their names in Hangul, Han characters and Kana', () => {
  test('there are at least 60 persons, each entry of a list once', () => {
    expect(new Set(rows.map((row) => `${row.list} ${row.entry_id}`)).size).toBe(rows.length)
    expect(new Set(rows.map((row) => row.hangul || row.kana)).size).toBeGreaterThanOrEqual(60)
  })

  test('each row has a form of the name, and each form is written in its script', () => {
    for (const row of rows) {
      expect(row.hangul || row.hanja || row.kana, row.entry_id).not.toBe('')
      expect(row.hangul, row.entry_id).toMatch(/^[가-힣]{2,4}$|^$/u)
      expect(row.hanja, row.entry_id).toMatch(/^\p{Script=Han}{2,4}$|^$/u)
      expect(row.kana, row.entry_id).toMatch(/^[ァ-ヴー]+・[ァ-ヴー]+$|^$/u)
    }
  })

  test('each row says where it is from: as many addresses and dates as sources where it was read, no address where it was recalled', () => {
    for (const row of rows) {
      const sources = row.source.split(' | ')
      expect(
        sources.every((source) => source.length > 5),
        row.entry_id,
      ).toBe(true)
      expect(row.date_read_or_published.split(' | '), row.entry_id).toHaveLength(sources.length)
      expect(['read', 'recalled']).toContain(row.check)
      if (row.check === 'recalled') expect(row.source_url, row.entry_id).toBe('')
      else {
        const urls = row.source_url.split(' | ')
        expect(urls, row.entry_id).toHaveLength(sources.length)
        for (const url of urls) expect(new URL(url).protocol, row.entry_id).toMatch(/^https?:$/)
      }
    }
  })

  test('Hangul and Han characters of a person agree syllable by syllable, but for the initial-sound rule', () => {
    for (const row of rows.filter((one) => one.hangul !== '' && one.hanja !== '')) {
      const han = [...row.hanja]
      expect([...row.hangul], row.entry_id).toHaveLength(han.length)
      for (const [index, hangul] of [...row.hangul].entries()) {
        const readings = readingsOf(han[index] ?? '')
        // 유진 for 劉進, whose dictionary reading is 류진.
        const spoken = index === 0 ? readings.flatMap((one) => (one === '류' ? ['류', '유'] : [one])) : readings
        expect(spoken, `${row.entry_id} ${row.hanja} ${row.hangul}`).toContain(hangul)
      }
    }
  })

  test.skipIf(!withLists)('each entry is on its list under this name (skipped where ../shared/data is missing)', () => {
    const listed = new Map([...unNames(readFileSync(UN, 'utf8')), ...sdnNames(readFileSync(SDN, 'latin1'))])
    for (const row of rows) expect(listed.get(`${row.list} ${row.entry_id}`), `${row.list} ${row.entry_id}`).toBe(row.listed_name)
  })
})

function* unNames(xml: string): Generator<[string, string]> {
  for (const [person] of xml.matchAll(/<INDIVIDUAL>[\s\S]*?<\/INDIVIDUAL>/g)) {
    const text = (tag: string) =>
      new RegExp(`<${tag}>([^<]*)<`).exec(person)?.[1]?.replaceAll('&apos;', "'").replaceAll('&amp;', '&').trim() ?? ''
    const names = ['FIRST_NAME', 'SECOND_NAME', 'THIRD_NAME', 'FOURTH_NAME'].map(text).filter((name) => name !== '')
    yield [`un-sc ${text('REFERENCE_NUMBER')}`, names.join(' ')]
  }
}

function* sdnNames(csv: string): Generator<[string, string]> {
  for (const [, id, name] of csv.matchAll(/^(\d+),"([^"]*)","?individual/gm)) yield [`us-ofac-sdn ${id}`, name ?? '']
}

interface Row {
  readonly list: string
  readonly entry_id: string
  readonly listed_name: string
  readonly hangul: string
  readonly hanja: string
  readonly kana: string
  readonly source: string
  readonly source_url: string
  readonly date_read_or_published: string
  readonly check: string
}

function readRows(path: string): readonly Row[] {
  const [header, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n')
  const columns = (header ?? '').split(',')
  return lines.map((line) => {
    const cells = [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^",]*))/g)].map((match) => match[1] ?? match[2] ?? '')
    expect(cells, line).toHaveLength(columns.length)
    return Object.fromEntries(columns.map((column, index) => [column, cells[index]])) as unknown as Row
  })
}
