import { isOriginalScript, valuesOf } from './cells.ts'
import { listedCountry } from './countries.ts'
import { parseListedDate } from './dates.ts'
import {
  type EntryKind,
  type EntryPlace,
  emptyEntry,
  type Identifier,
  type IdentifierKind,
  type ListEntry,
  type ListedName,
} from './entry.ts'
import type { ReviewManifest, ReviewProblem } from './review-manifest.ts'
import type { ColumnNames, Columns } from './table-columns.ts'

/** Columns of a table that was typed from a notice; see reviewedNotice. */
export const REVIEWED_COLUMNS: ColumnNames = {
  id: ['id'],
  kind: ['kind'],
  name: ['name'],
  hangul: ['hangul'],
  hanja: ['hanja'],
  kana: ['kana'],
  latin: ['latin'],
  aliases: ['aliases'],
  former_names: ['former_names'],
  weak_aliases: ['weak_aliases'],
  birth: ['birth'],
  birth_place: ['birth_place'],
  nationality: ['nationality'],
  sex: ['sex'],
  passport: ['passport'],
  national_id: ['national_id'],
  imo: ['imo'],
  title: ['title'],
  address: ['address'],
  listed_on: ['listed_on'],
  programme: ['programme'],
  wallet: ['wallet'],
  notes: ['notes'],
}

const KINDS: ReadonlySet<string> = new Set(['person', 'organisation', 'vessel', 'aircraft', 'unknown'] satisfies EntryKind[])
const PAPERS: readonly (readonly [string, IdentifierKind])[] = [
  ['passport', 'passport'],
  ['national_id', 'national-id'],
  ['imo', 'imo-ship'],
]

/** The entry that a row of the table is, or what is wrong with it: people typed it, so nothing is guessed and nothing passed over. */
export function reviewedEntry(
  manifest: ReviewManifest,
  columns: Columns,
  fields: readonly string[],
  raw: string,
  place: EntryPlace,
): ListEntry | ReviewProblem {
  const one = (key: string) => columns.cells(fields, key)[0]
  const several = (key: string) => columns.cells(fields, key).flatMap(valuesOf)
  const row = `row on line ${place.line}`
  const id = one('id')
  if (id === undefined) return { field: 'id', text: `is empty in the ${row}` }
  const kind = one('kind') ?? 'unknown'
  if (!KINDS.has(kind)) return { field: 'kind', text: `"${kind.slice(0, 40)}" in the ${row} is none of ${[...KINDS].join(', ')}` }
  const names = namesOf(columns, fields)
  if (names.length === 0) return { field: 'name', text: `is empty in the ${row}` }
  const births = several('birth').map(parseListedDate)
  const listed = one('listed_on')
  const listedOn = parseListedDate(listed ?? manifest.notice.date)
  const unread = [...births, listedOn].find(({ from }) => from === null)
  if (unread !== undefined)
    return { field: births.includes(unread) ? 'birth' : 'listed_on', text: `"${unread.text.slice(0, 40)}" in the ${row} is no date` }
  const sex = one('sex')
  if (sex !== undefined && sex !== 'female' && sex !== 'male')
    return { field: 'sex', text: `"${sex.slice(0, 40)}" in the ${row} is neither female nor male` }
  const wallets = several('wallet').map((text) => /^([A-Za-z0-9]{2,10}):\s*(\S+)$/.exec(text))
  if (wallets.includes(null)) return { field: 'wallet', text: `in the ${row} is not ASSET:address` }
  return {
    ...emptyEntry(manifest.list, id, kind as EntryKind, names, raw, place),
    programmes: several('programme').length > 0 ? several('programme') : manifest.programme === null ? [] : [manifest.programme],
    legalBasis: [`${manifest.authority}: ${manifest.notice.number} (${manifest.notice.date})`],
    listedOn,
    births,
    birthPlaces: several('birth_place'),
    countries: several('nationality').map(listedCountry),
    sex: sex ?? null,
    titles: several('title'),
    addresses: several('address').map((text) => ({ text, country: null })),
    identifiers: PAPERS.flatMap(([key, paper]): Identifier[] =>
      several(key).map((value) => ({ kind: paper, value, country: null, issued: null, expires: null, note: null })),
    ),
    wallets: wallets.map((found) => ({ asset: found![1]!, address: found![2]! })),
    remarks: [...columns.cells(fields, 'notes'), `Source: ${manifest.url}`],
  }
}

function namesOf(columns: Columns, fields: readonly string[]): ListedName[] {
  const names: ListedName[] = []
  const seen = new Set<string>()
  const add = (keys: readonly string[], quality: ListedName['quality'], type: (name: string) => ListedName['type']) => {
    for (const full of keys.flatMap((key) => columns.cells(fields, key)).flatMap(valuesOf)) {
      if (seen.has(full)) continue
      seen.add(full)
      if (names.length === 0)
        names.push({ full, family: null, given: null, quality: quality === 'weak' ? 'weak' : 'primary', type: 'primary' })
      else names.push({ full, family: null, given: null, quality, type: type(full) })
    }
  }
  add(['name', 'latin'], 'strong', () => 'aka')
  add(['hangul', 'hanja'], 'strong', () => 'original-script')
  add(['kana'], 'strong', () => 'aka')
  add(['aliases'], 'strong', (name) => (isOriginalScript(name) ? 'original-script' : 'aka'))
  add(['former_names'], 'strong', () => 'fka')
  add(['weak_aliases'], 'weak', () => 'aka')
  return names
}
