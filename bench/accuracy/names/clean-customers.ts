import { listedCountry } from '../../../src/screen/lists/countries.ts'
import { parseListedDate } from '../../../src/screen/lists/dates.ts'
import { nameQuery, type ScreenQuery } from '../../../src/screen/match/query.ts'
import type { Screener } from '../../../src/screen/match/screener.ts'
import { type MeasuredRow, measured } from '../../rows.ts'
import { DATA } from './lists.ts'
import { readTable } from './table.ts'

export interface Customer {
  readonly script: string
  /** With all that the file says. */
  readonly full: ScreenQuery
  /** The name alone. */
  readonly name: ScreenQuery
}

/** The invented customers, none of whom is on a list. */
export async function cleanCustomers(): Promise<readonly Customer[]> {
  const rows = await readTable(`${DATA}names/clean_customers_global.csv`)
  return rows.map((row) => {
    const name: ScreenQuery = { ...nameQuery(row.full_name ?? ''), kind: 'person' }
    const { code } = listedCountry(row.nationality ?? '')
    const sex: ScreenQuery['sex'] = row.gender === 'female' || row.gender === 'male' ? row.gender : null
    const birth = parseListedDate(row.date_of_birth ?? '')
    // As a batch asks (src/screen/batch/flat.ts): with the names that the file has in columns of their own.
    const given = [row.first_name, row.middle_name].filter((part) => part !== undefined && part !== '').join(' ')
    const parts = { family: row.last_name === '' ? null : (row.last_name ?? null), given: given === '' ? null : given }
    const known = { birth: birth.from === null ? null : birth, countries: code === null ? [] : [code], sex }
    return { script: scriptOf(name.name), name, full: { ...name, ...parts, ...known } }
  })
}

const SCRIPTS = ['Hangul', 'Hiragana', 'Katakana', 'Han', 'Arabic', 'Cyrillic', 'Devanagari', 'Greek', 'Hebrew', 'Thai', 'Latin'] as const

function scriptOf(text: string): string {
  return SCRIPTS.find((script) => new RegExp(`\\p{Script=${script}}`, 'u').test(text)) ?? 'other'
}

/** False hits per 1,000 customers who are on no list, over all and by script, at the default setting. */
export function cleanRows(
  screener: Screener,
  customers: readonly Customer[],
): { readonly rows: MeasuredRow[]; readonly notes: readonly string[] } {
  const notes = ['## Clean customers that alert, with all that is known of them']
  const alerts = (query: ScreenQuery, tell: boolean): boolean => {
    const [hit] = screener.screen(query).hits
    if (hit?.alert !== true) return false
    if (tell)
      notes.push(
        `- ${query.name} | ${hit.list} ${hit.entry} ${hit.matched?.full ?? hit.primary} (${hit.score}; ${hit.reasons.map(({ rule }) => rule).join(', ')})`,
      )
    return true
  }
  const found = customers.map((customer) => ({
    script: customer.script,
    full: alerts(customer.full, true),
    name: alerts(customer.name, false),
  }))
  const perThousand = (items: typeof found, by: 'full' | 'name'): number => (1000 * items.filter((item) => item[by]).length) / items.length
  const row = (id: string, what: string, data: string, value: number, target: string | null): MeasuredRow =>
    measured({ id, what, data, value, unit: 'per 1,000', target })
  const rows = [
    row(
      'names.clean',
      'False alerts on clean customers, with birth date, nationality and sex',
      `${found.length} customers`,
      perThousand(found, 'full'),
      '<= 1',
    ),
    row(
      'names.clean.name',
      'False alerts on clean customers, by name alone',
      `${found.length} customers`,
      perThousand(found, 'name'),
      null,
    ),
  ]
  for (const script of [...SCRIPTS, 'other']) {
    const those = found.filter((item) => item.script === script)
    if (those.length > 0)
      rows.push(
        row(
          `names.clean.${script.toLowerCase()}`,
          `The same, ${script} (by name alone: ${perThousand(those, 'name').toFixed(2)})`,
          `${those.length} customers`,
          perThousand(those, 'full'),
          null,
        ),
      )
  }
  return { rows, notes }
}
