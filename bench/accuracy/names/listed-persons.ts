import { fileURLToPath } from 'node:url'
import { nameQuery } from '../../../src/screen/match/query.ts'
import type { Screener } from '../../../src/screen/match/screener.ts'
import { type MeasuredRow, measured } from '../../rows.ts'
import { readTable } from './table.ts'

const TABLE = fileURLToPath(new URL('../../../data/screen/listed-persons-hangul.csv', import.meta.url))

/** Persons found in the first five results by the Hangul, Han and Kana forms that public notices and papers print. */
export async function listedPersonRows(screener: Screener): Promise<{ readonly rows: MeasuredRow[]; readonly notes: readonly string[] }> {
  const table = await readTable(TABLE)
  const rows: MeasuredRow[] = []
  const notes = ['## Forms of listed persons that are not among the first five results']
  let found = 0
  let asked = 0
  const persons = new Set<string>()
  for (const form of ['hangul', 'hanja', 'kana'] as const) {
    let hits = 0
    let forms = 0
    for (const row of table) {
      const text = row[form] ?? ''
      if (text === '') continue
      forms++
      persons.add(`${row.list} ${row.entry_id}`)
      const answer = screener.screen({ ...nameQuery(text), kind: 'person' }, { limit: 100 })
      // The same person is on several lists: an entry of any list counts, and five results are five different persons of one list.
      const mine = answer.hits.filter(({ list }) => list === row.list).slice(0, 5)
      if (mine.some(({ entry }) => entry === row.entry_id)) hits++
      else notes.push(`- ${row.list} ${row.entry_id} ${row.listed_name}: ${text} (${row.check})`)
    }
    asked += forms
    found += hits
    rows.push(
      measured({
        id: `names.scripts.${form}`,
        what: `Listed persons found by ${form} among the first five results`,
        data: `${forms} names from public notices and papers`,
        value: hits / forms,
        unit: 'share',
        target: '>= 0.95',
      }),
    )
  }
  rows.unshift(
    measured({
      id: 'names.scripts',
      what: 'Listed persons found by Hangul, Hanja and Kana among the first five results',
      data: `${asked} names of ${persons.size} entries`,
      value: found / asked,
      unit: 'share',
      target: '>= 0.95',
    }),
  )
  return { rows, notes }
}
