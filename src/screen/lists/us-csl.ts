import { createHash } from 'node:crypto'
import { CordonError } from '../../chain/index.ts'
import { commaName } from './comma-name.ts'
import { listedCountry } from './countries.ts'
import { addCslIds } from './csl-ids.ts'
import { listedDate, parseListedDate } from './dates.ts'
import { type DelimitedRow, delimitedRows, splitRow } from './delimited.ts'
import { type EntryKind, emptyEntry, type ListEntry, type ListedAddress, type ListedDate } from './entry.ts'
import { lookUp } from './look-up.ts'
import { addCountry, noRemarkFacts, type RemarkFacts } from './ofac-remark-facts.ts'
import { parseRemarks } from './ofac-remarks.ts'
import type { ListReader, ReadContext, SourceFile } from './reader.ts'
import { uniqueIds } from './unique-ids.ts'
import { vesselFacts } from './us-vessel.ts'

/** The columns that are read. The two with addresses of web pages are not: they are the same for all entries of a source, and stand in `raw`. */
const COLUMNS = [
  '_id',
  'source',
  'entity_number',
  'type',
  'programs',
  'name',
  'title',
  'addresses',
  'federal_register_notice',
  'start_date',
  'end_date',
  'standard_order',
  'license_requirement',
  'license_policy',
  'call_sign',
  'vessel_type',
  'gross_tonnage',
  'gross_registered_tonnage',
  'vessel_flag',
  'vessel_owner',
  'remarks',
  'alt_names',
  'citizenships',
  'dates_of_birth',
  'nationalities',
  'places_of_birth',
  'ids',
] as const
const UNREAD = new Set(['source_list_url', 'source_information_url'])

type Column = (typeof COLUMNS)[number]
type Fields = (column: Column) => string

const KINDS: Readonly<Record<string, EntryKind>> = {
  individual: 'person',
  entity: 'organisation',
  vessel: 'vessel',
  aircraft: 'aircraft',
  '': 'unknown',
}

/**
 * The Consolidated Screening List of the US government as CSV (International Trade Administration): the lists of Treasury, Commerce and State in one file. The list that an entry is from is the first of its legal bases.
 * Columns are found by their names in the first line. An entry's id is the short name of its source with its number there (`SDN-21944`), or `_id` where the source numbers nothing.
 *
 * The file does not tell weak aliases from strong ones and gives no kind for entries of Commerce and State; those have the kind `unknown`, and their names are not split into family and given names.
 */
export const usCsl: ListReader = {
  format: 'us-csl',
  title: 'US Consolidated Screening List (CSV of the International Trade Administration)',
  lists: ['us-csl'],
  recognises(files) {
    const names = files.length === 1 ? headerNames(files[0] as SourceFile) : []
    return ['source', 'programs', 'alt_names', 'ids'].every((name) => names.includes(name))
  },
  read: readUsCsl,
}

async function* readUsCsl(files: readonly SourceFile[], context: ReadContext): AsyncGenerator<ListEntry, void, undefined> {
  const [file] = files
  if (file === undefined || files.length > 1) {
    throw new CordonError('list/schema', `the Consolidated Screening List is one file, and ${files.length} were given`, {
      remedy: 'Give consolidated.csv alone',
    })
  }
  const unique = uniqueIds()
  let columns: ReadonlyMap<string, number> | null = null
  for await (const row of delimitedRows(file, context.signal === undefined ? {} : { signal: context.signal })) {
    if (row.fault === 'quote never closed') throw neverClosed(file, row)
    if (columns === null) {
      columns = columnsOf(row.fields, file, context)
      continue
    }
    const index: ReadonlyMap<string, number> = columns
    const refused = row.fault ?? (row.fields.length === index.size ? null : 'not as many columns as the first line')
    const fields: Fields = (column) => (row.fields[index.get(column) as number] ?? '').trim()
    const reason = refused ?? (fields('name') === '' ? 'a row without a name' : null)
    const id = reason === null ? unique(idOf(fields, row, file, context), row.raw) : { id: null }
    if (reason !== null || id.id === null) {
      context.note(noteOf(file, row, 'refused', reason ?? 'the same row again', null, reason === null ? fields('_id') : null))
      continue
    }
    if (id.again) context.note(noteOf(file, row, 'note', 'an id used before by another row', '_id', id.id))
    yield entryOf(fields, row, id.id, file, context)
  }
  if (columns === null) throw schemaOf(file, 'the file is empty')
}

function entryOf(fields: Fields, row: DelimitedRow, id: string, file: SourceFile, context: ReadContext): ListEntry {
  const type = fields('type')
  const kind = lookUp(KINDS, type.toLowerCase())
  if (kind === undefined) context.note(noteOf(file, row, 'note', 'a type of entry that is not known', 'type', id, type))
  const entryKind = kind ?? 'unknown'
  const titles = valuesOf(fields('title'))
  const facts = factsOf(fields, entryKind, titles)
  const vessel = vesselFacts({
    callSign: fields('call_sign'),
    type: fields('vessel_type'),
    tonnage: fields('gross_tonnage'),
    grossTonnage: fields('gross_registered_tonnage'),
    owner: fields('vessel_owner'),
  })
  const source = fields('source')
  const started = fields('start_date') === '' ? null : parseListedDate(fields('start_date'))
  return {
    ...emptyEntry(
      'us-csl',
      id,
      entryKind,
      [
        commaName(fields('name'), entryKind, 'primary', 'primary'),
        ...aliasesOf(fields('alt_names')).map((name) => commaName(name, entryKind, 'strong', 'aka')),
        ...facts.names,
      ],
      row.raw,
      { file: file.name, line: row.line },
    ),
    programmes: valuesOf(fields('programs')),
    legalBasis: [
      ...(source === '' ? [] : [source]),
      ...(fields('federal_register_notice') === '' ? [] : [fields('federal_register_notice')]),
      ...facts.legalBasis,
    ],
    listedOn: started ?? facts.listedOn,
    births: [...valuesOf(fields('dates_of_birth')).map(birthOf), ...facts.births],
    birthPlaces: [...valuesOf(fields('places_of_birth')), ...facts.birthPlaces],
    countries: facts.countries,
    sex: facts.sex,
    titles: [...titles, ...facts.titles],
    addresses: valuesOf(fields('addresses')).map(addressOf),
    identifiers: [...vessel.identifiers, ...facts.identifiers],
    wallets: facts.wallets,
    links: [...vessel.links, ...facts.links],
    remarks: [
      ...vessel.remarks,
      ...facts.remarks,
      ...said('End date', fields('end_date')),
      ...said('Standard order', fields('standard_order')),
      ...said('License requirement', fields('license_requirement')),
      ...said('License policy', fields('license_policy')),
    ],
  }
}

function factsOf(fields: Fields, kind: EntryKind, titles: readonly string[]): RemarkFacts {
  const { facts: read } = parseRemarks(fields('remarks'), kind, titles)
  const facts: RemarkFacts = { ...noRemarkFacts(), ...read, countries: [] }
  for (const country of [fields('vessel_flag'), ...valuesOf(fields('nationalities')), ...valuesOf(fields('citizenships'))]) {
    if (country !== '') addCountry(facts, listedCountry(country))
  }
  for (const country of read.countries) addCountry(facts, country)
  addCslIds(facts, fields('ids'), kind)
  return facts
}

/**
 * The file writes `Sep 1961` as 1961-09-01 and gives of a range its first day alone: of 465 births on the first of a month that could be compared with OFAC's own file 343 were of that very day, 60 of the month
 * and 57 of a range. A first of a month therefore stands for the month, the first of January for the year; the text keeps the day.
 */
function birthOf(text: string): ListedDate {
  const first = /^(\d{4})-(\d\d)-01$/.exec(text)
  return first === null ? parseListedDate(text) : listedDate(Number(first[1]), first[2] === '01' ? null : Number(first[2]), null, text)
}

function idOf(fields: Fields, row: DelimitedRow, file: SourceFile, context: ReadContext): string {
  const number = fields('entity_number')
  const source = /\(([A-Z][A-Z-]*)(?: List)?\)/.exec(fields('source'))?.[1]
  if (number !== '' && source !== undefined) return `${source}-${number}`
  if (fields('_id') !== '') return fields('_id')
  context.note(noteOf(file, row, 'note', 'a row without an id; known by its content', '_id', null))
  return createHash('sha256').update(row.raw).digest('hex').slice(0, 40)
}

function addressOf(text: string): ListedAddress {
  const last = text.slice(text.lastIndexOf(',') + 1).trim()
  return { text, country: /^[A-Z]{2}$/.test(last) ? listedCountry(last) : null }
}

/** Commerce ends its series of names with `; and …`. */
function aliasesOf(text: string): string[] {
  const names = valuesOf(text)
  return names.map((name, index) => (index > 0 && index === names.length - 1 ? name.replace(/^and\s+/, '') : name))
}

function valuesOf(text: string): string[] {
  return text
    .split(';')
    .map((value) => value.trim())
    .filter((value) => value !== '')
}

function said(label: string, value: string): string[] {
  return value === '' ? [] : [`${label}: ${value}`]
}

function columnsOf(header: readonly string[], file: SourceFile, context: ReadContext): ReadonlyMap<string, number> {
  const columns = new Map<string, number>()
  for (const [index, name] of header.map((cell) => cell.trim().toLowerCase()).entries()) {
    if (columns.has(name)) throw schemaOf(file, `the column "${name}" is there twice`)
    columns.set(name, index)
    if (!(COLUMNS as readonly string[]).includes(name) && !UNREAD.has(name)) {
      context.note({
        file: file.name,
        line: 1,
        field: name.slice(0, 200),
        entry: null,
        severity: 'note',
        reason: 'a column that is not known; it stands in the raw record only',
        text: name.slice(0, 200),
      })
    }
  }
  const missing = COLUMNS.filter((name) => !columns.has(name))
  if (missing.length > 0)
    throw schemaOf(file, `the first line lacks the columns ${missing.join(', ')}; it has ${[...columns.keys()].join(', ').slice(0, 400)}`)
  return columns
}

function headerNames(file: SourceFile): string[] {
  const first = new TextDecoder().decode(file.head).split(/\r?\n/, 1)[0] ?? ''
  return splitRow(first).fields.map((name) => name.trim().toLowerCase())
}

function schemaOf(file: SourceFile, found: string): CordonError {
  return new CordonError('list/schema', `${file.name}: ${found}`, {
    place: { file: file.name, line: 1 },
    remedy: 'Fetch consolidated.csv again. If the list has new columns, this version of the reader does not know them yet',
  })
}

function neverClosed(file: SourceFile, row: DelimitedRow): CordonError {
  return new CordonError(
    'list/schema',
    `${file.name}, line ${row.line}: a quote is opened and never closed, so that all that follows cannot be told apart`,
    {
      place: { file: file.name, line: row.line },
      remedy: 'The file is cut off or damaged: fetch it again',
    },
  )
}

function noteOf(
  file: SourceFile,
  row: DelimitedRow,
  severity: 'refused' | 'note',
  reason: string,
  field: string | null,
  entry: string | null,
  text = row.raw,
) {
  return { file: file.name, line: row.line, field, entry, severity, reason, text: text.slice(0, 200) }
}
