import { folded, squeezed, stripped, valuesOf } from './cells.ts'
import { type ContentKeys, type UnnumberedEntry, withContentIds } from './content-id.ts'
import { listedCountry } from './countries.ts'
import { parseListedDate } from './dates.ts'
import { delimitedRows } from './delimited.ts'
import { type EntryKind, emptyEntry, type Identifier, type ListEntry, type ListedDate } from './entry.ts'
import { annexNames } from './eu-annex-names.ts'
import { imoInText } from './in-text.ts'
import type { ListReader, ReadContext, SourceFile } from './reader.ts'
import { type ColumnNames, type Columns, columnsOf, delimiterOf, wrongColumns } from './table-columns.ts'

const LIST = 'eu-annex'
const ACT = 'Council Regulation (EU) 2017/1509'

/** Headers of the annexes' tables in the Official Journal and in its consolidated texts. */
const COLUMNS: ColumnNames = {
  annex: ['Annex', 'Part', 'Annex and part'],
  number: ['No', 'Number', 'Entry'],
  kind: ['Type', 'Kind', 'Category', 'Natural or legal person'],
  name: [
    'Name',
    'Names',
    'Name (and possible aliases)',
    'Name (and possible alias)',
    'Name and aliases',
    'Vessel',
    'Vessel name',
    'Name of vessel',
    'Ship name',
  ],
  alias: ['Alias', 'Aliases', 'Possible aliases', 'a.k.a.', 'Also known as'],
  birth: ['Date of birth', 'DOB', 'Birth date', 'Date(s) of birth'],
  birth_place: ['Place of birth', 'POB'],
  identifying: [
    'Identifying information',
    'Identification',
    'Information',
    'Identity information',
    'Date of birth / identifying information',
  ],
  passport: ['Passport', 'Passport number', 'Passport No'],
  nationality: ['Nationality', 'Citizenship', 'Flag'],
  sex: ['Gender', 'Sex'],
  title: ['Function', 'Title', 'Designation', 'Position'],
  address: ['Address', 'Location', 'Location/address', 'Headquarters'],
  imo: ['IMO', 'IMO number', 'IMO No'],
  listed: [
    'Date of UN designation',
    'Date of designation',
    'Date of listing',
    'Date of UN listing',
    'Date of EU listing',
    'Date of inclusion',
  ],
  reasons: ['Statement of reasons', 'Reasons', 'Grounds', 'Reason for listing', 'Ground for inclusion'],
  other: ['Other information', 'Additional information', 'Remarks', 'Comments'],
}

/** Facts with a label within a text: `Date of birth: 13.10.1944`, `Passport No: 654410025`, up to the next label, line or full stop before a capital. */
const LABELLED: readonly [RegExp, 'birth' | 'birth_place' | 'passport' | 'nationality' | 'sex' | 'address' | 'title'][] = [
  [/(?:date of birth|\bd\.?o\.?b\.?|year of birth)\s*[:.]?\s*(.+)/i, 'birth'],
  [/(?:place of birth|\bp\.?o\.?b\.?)\s*[:.]\s*(.+)/i, 'birth_place'],
  [/(?:passport)(?:\s*(?:no|number|nr))?\s*[.:]*\s*(.+)/i, 'passport'],
  [/(?:nationality|citizenship)\s*[:.]\s*(.+)/i, 'nationality'],
  [/(?:gender|sex)\s*[:.]\s*(.+)/i, 'sex'],
  [/(?:address|location)\s*[:.]\s*(.+)/i, 'address'],
  [/(?:designation|function|title|position)\s*[:.]\s*(.+)/i, 'title'],
]
const LABEL_AHEAD =
  /(?=(?:date of birth|year of birth|d\.?o\.?b\.?\s*[:.]|place of birth|p\.?o\.?b\.?\s*[:.]|passport\b|nationality\s*:|citizenship\s*:|gender\s*:|sex\s*:|address\s*:|location\s*:|designation\s*:|function\s*:|title\s*:|position\s*:|imo\b))/i

const ENDS = new Set(' .,;')

/**
 * Tables of Annexes XIII, XIV, XV, XVI and XVII to Council Regulation (EU) 2017/1509 (Democratic People's Republic of Korea), exported from the Official Journal or EUR-Lex as CSV or TSV (comma, semicolon or
 * tab). A table has a header with a name and the date, the reasons or the information beside it; rows of one cell above a table or within it head what follows (`ANNEX XV`, `(a) Natural persons`). Several files are read as one list.
 *
 * Consolidated texts renumber the rows, so ids are `eu-annex:` and a hash of annex and name, see contentIds. Dates are day, month, year (`16.7.2009`).
 */
export const euAnnex: ListReader = {
  format: 'eu-annex',
  title: 'EU Regulation 2017/1509 (DPRK): tables of its annexes as CSV or TSV',
  lists: [LIST],

  recognises(files) {
    return files.length > 0 && files.every((file) => delimiterOf(file.head, 20, isHeader) !== null)
  },

  async *read(files, context) {
    const found: UnnumberedEntry[] = []
    for (const file of files) await readFile(file, context, found)
    yield* withContentIds(LIST, found, context)
  },
}

/** A header names the persons and says something of them that only an annex says; own lists have `name` too. */
function annexHeader(cells: readonly string[]): Columns | null {
  const columns = columnsOf(cells, COLUMNS)
  return columns.has('name') && ['identifying', 'listed', 'reasons'].some((key) => columns.has(key)) ? columns : null
}

function isHeader(fields: readonly string[]): boolean {
  return annexHeader(fields) !== null
}

async function readFile(file: SourceFile, context: ReadContext, found: UnnumberedEntry[]): Promise<void> {
  let columns: Columns | null = null
  let annex = annexOf(file.name)
  let section = ''
  let first: readonly string[] = []
  const delimiter = delimiterOf(file.head, 20, isHeader) ?? ','
  for await (const { line, fields, raw, fault } of delimitedRows(file, {
    delimiter,
    legacy: 'windows-1252',
    ...(context.signal === undefined ? {} : { signal: context.signal }),
  })) {
    const note = (severity: 'refused' | 'note', reason: string, text: string, field: string | null = null) =>
      context.note({ file: file.name, line, field, entry: null, severity, reason, text: text.slice(0, 200) })
    if (first.length === 0) first = fields
    const values = fields.map((cell) => cell.trim()).filter((cell) => cell !== '')
    const next = annexHeader(fields)
    if (fault !== null) note('refused', fault, raw)
    else if (next !== null) {
      columns = next
      for (const { name } of next.unknown) note('note', 'column not understood', name, name.slice(0, 80))
    } else if (values.length === 1 && (columns === null || annexOf(values[0]!) !== null || sectionKind(values[0]!) !== null)) {
      const named = annexOf(values[0]!)
      if (named !== null) section = ''
      annex = named ?? annex
      if (sectionKind(values[0]!) !== null) section = values[0]!
    } else if (columns === null) {
      if (values.length > 0) note('refused', 'row before the header', raw)
    } else if (values.length > 0) {
      const one = entryOf(file, columns, fields, raw, line, annex, section, note)
      if (one === null) note('refused', 'row without a name', raw)
      else found.push(one)
    }
  }
  if (columns === null) {
    throw wrongColumns(
      file.name,
      first.length === 0 ? null : 1,
      ['Name', 'Date of UN designation or Identifying information or Statement of reasons'],
      first,
      'Export the tables of Annexes XIII, XV, XVI or XVII with their headers.',
    )
  }
}

function entryOf(
  file: SourceFile,
  columns: Columns,
  fields: readonly string[],
  raw: string,
  line: number,
  annexBefore: string | null,
  section: string,
  note: (severity: 'refused' | 'note', reason: string, text: string, field?: string) => void,
): UnnumberedEntry | null {
  const cells = (key: string) => columns.cells(fields, key)
  const annex = cells('annex').flatMap((cell) => annexOf(cell) ?? annexOf(`Annex ${cell}`) ?? [])[0] ?? annexBefore
  const facts = labelled([...cells('identifying'), ...cells('other')])
  const birthTexts = [...cells('birth'), ...facts.birth]
  const kind = kindOf(
    [...cells('kind'), section, ...cells('annex')],
    birthTexts.length > 0 || facts.passport.length > 0 || cells('sex').length > 0,
    cells('address').length > 0,
    cells('imo').length > 0,
  )
  const { names, mended, unclear } = annexNames(cells('name')[0] ?? '', [...cells('name').slice(1), ...cells('alias')], kind)
  if (names.length === 0) return null
  for (const text of mended) note('note', 'stray blank in a romanisation closed', text, 'Name')
  for (const text of unclear) note('note', 'commas between names not clear', text, 'Alias')
  const births = birthTexts.flatMap(annexDates)
  const listed = cells('listed').flatMap(annexDates)[0] ?? null
  for (const { from, text } of [...births, ...(listed === null ? [] : [listed])])
    if (from === null) note('note', 'date not understood', text, 'Date')
  const texts = [...cells('identifying'), ...cells('other'), ...cells('reasons')]
  const sex = [...cells('sex'), ...facts.sex][0]?.toLowerCase() ?? ''
  const passports = [...cells('passport'), ...facts.passport].flatMap(annexPassports)
  const entry: ListEntry = {
    ...emptyEntry(LIST, '', kind, names, raw, { file: file.name, line }),
    programmes: ['PRK'],
    legalBasis: [annex === null ? ACT : `${ACT}, Annex ${annex}`],
    listedOn: listed,
    births,
    birthPlaces: [...cells('birth_place'), ...facts.birth_place],
    countries: [...cells('nationality'), ...facts.nationality].flatMap(valuesOf).map(nationality),
    sex: sex.startsWith('f') ? 'female' : sex.startsWith('m') ? 'male' : null,
    titles: [...cells('title').flatMap(valuesOf), ...facts.title],
    addresses: [...cells('address'), ...facts.address].flatMap(valuesOf).map((text) => ({ text, country: null })),
    identifiers: [
      ...passports,
      ...[...cells('imo').map((cell) => (/imo/i.test(cell) ? cell : `IMO ${cell}`)), ...texts].flatMap((text) => imoInText(text, kind)),
    ],
    remarks: texts,
  }
  const keys: ContentKeys = [
    [annex ?? '', folded(names[0]!.full) || names[0]!.full],
    [folded([...birthTexts, ...passports.map(({ value }) => value)].join(' '))],
    [raw],
  ]
  return { entry, keys }
}

/** `ANNEX XV`, `Annex XIII(a)`: the number; null where the text names none. */
function annexOf(text: string): string | null {
  return /\bannex[\s_-]*(X(?:III|IV|V(?:I{0,3})))\b(?:\s*\(?[a-d]\)?)?/i.exec(text)?.[1]?.toUpperCase() ?? null
}

/** What a heading says of the rows below: `(a) Natural persons`, `Legal persons, entities and bodies`, `Vessels`. */
function sectionKind(text: string): EntryKind | null {
  if (text.length > 200) return null
  if (/natural person|^\W*(?:\(?[a-d]\)?\.?\s*)?(?:persons|individuals?|person)\W*$/i.test(text)) return 'person'
  if (/legal person|entit(?:y|ies)|bodies/i.test(text)) return 'organisation'
  return /vessel|ship/i.test(text) ? 'vessel' : null
}

function kindOf(said: readonly string[], personal: boolean, located: boolean, numbered: boolean): EntryKind {
  for (const text of said) {
    const kind = sectionKind(text)
    if (kind !== null) return kind
  }
  return personal ? 'person' : numbered ? 'vessel' : located ? 'organisation' : 'unknown'
}

function labelled(
  texts: readonly string[],
): Record<'birth' | 'birth_place' | 'passport' | 'nationality' | 'sex' | 'address' | 'title', string[]> {
  const facts = { birth: [], birth_place: [], passport: [], nationality: [], sex: [], address: [], title: [] } as Record<string, string[]>
  for (const piece of texts.flatMap((text) => squeezed(text).split(/[\r\n;]/)).flatMap((text) => text.split(LABEL_AHEAD))) {
    for (const [pattern, field] of LABELLED) {
      const said = pattern.exec(piece)?.[1]?.replace(/\. \p{Lu}.*$/u, '')
      const value = said === undefined ? undefined : stripped(said, ENDS)
      if (value === undefined || value === '') continue
      facts[field]!.push(value)
      break
    }
  }
  return facts as ReturnType<typeof labelled>
}

/** Dates of a cell, several as lists write them: `13.10.1944 or 1946`, `a) 4.3.1935 b) 1936`. Words behind a date (`in Pyongyang`) are left out of it. */
function annexDates(cell: string): ListedDate[] {
  return valuesOf(squeezed(cell))
    .flatMap((value) => value.split(/\s(?:or|and)\s(?=\d|circa|approx)|,\s?(?=\d{1,2}\.\d|\d{4}\b)/i))
    .map((value) => value.trim())
    .filter((value) => /\d/.test(value))
    .map((text) => {
      const whole = parseListedDate(text)
      if (whole.from !== null) return whole
      const inside = /\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d\d-\d\d|\d{1,2}\s+\p{L}+\s+\d{4}/u.exec(text)?.[0]
      return inside === undefined ? whole : { ...parseListedDate(inside), text }
    })
}

/** `654410025 (expires 14.10.2019)`, `A12 and B34`. */
function annexPassports(cell: string): Identifier[] {
  return squeezed(cell)
    .split(/;|,|\band\b|\bor\b/i)
    .map((text) => text.trim())
    .flatMap((text): Identifier[] => {
      const value = /[A-Z0-9][A-Z0-9-]{4,}/i.exec(text.replace(/\([^()]*\)/g, ' '))?.[0]
      if (value === undefined || !/\d/.test(value)) return []
      const expires = /expir\w*\s*(?:on|:)?\s*([\d./-]+\d|\d{1,2}\s\p{L}+\s\d{4})/iu.exec(text)?.[1]
      return [
        {
          kind: 'passport',
          value,
          country: null,
          issued: null,
          expires: expires === undefined ? null : parseListedDate(expires),
          note: text === value ? null : text,
        },
      ]
    })
}

/** `North Korean`, as the annexes say of persons, is no name of a country. */
function nationality(text: string) {
  const found = listedCountry(text)
  return found.code === null && /north korean|\bDPRK\b/i.test(text) ? { code: 'KP', text: found.text } : found
}
