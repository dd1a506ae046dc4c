import { isOriginalScript } from './cells.ts'
import { listedCountry } from './countries.ts'
import { parseListedDate } from './dates.ts'
import { delimitedRows } from './delimited.ts'
import {
  type EntryKind,
  emptyEntry,
  type Identifier,
  type IdentifierKind,
  type ListEntry,
  type ListedName,
  type ListedWallet,
} from './entry.ts'
import { lookUp } from './look-up.ts'
import type { ListReader, ReadContext, SourceFile } from './reader.ts'
import { type Columns, columnsOf, delimiterOf, wrongColumns } from './table-columns.ts'
import { uniqueIds } from './unique-ids.ts'

/** Columns of papers, numbers and contacts; each cell may hold several values separated by `;`. */
const IDENTIFIERS: Readonly<Record<string, IdentifierKind>> = {
  passport: 'passport',
  national_id: 'national-id',
  tax_id: 'tax-id',
  registration: 'registration',
  imo: 'imo-ship',
  imo_company: 'imo-company',
  mmsi: 'mmsi',
  call_sign: 'call-sign',
  aircraft_tail: 'aircraft-tail',
  aircraft_serial: 'aircraft-serial',
  swift: 'swift',
  lei: 'lei',
  email: 'email',
  phone: 'phone',
  website: 'website',
  other_id: 'other',
}

const NAMES: Readonly<Record<string, readonly string[]>> = {
  id: ['id', 'entry_id', 'uid'],
  name: ['name', 'full_name', 'primary_name'],
  family: ['family', 'family_name', 'last_name', 'surname'],
  given: ['given', 'given_name', 'first_name'],
  kind: ['kind', 'type', 'entity_type'],
  aliases: ['aliases', 'alias', 'aka'],
  weak_aliases: ['weak_aliases', 'weak_alias'],
  former_names: ['former_names', 'former_name', 'fka'],
  original_script: ['original_script', 'original_name', 'native_name'],
  birth_date: ['birth_date', 'birth_dates', 'date_of_birth', 'dob', 'birth'],
  birth_place: ['birth_place', 'place_of_birth', 'pob'],
  nationality: ['nationality', 'nationalities', 'country', 'countries', 'flag', 'citizenship'],
  sex: ['sex', 'gender'],
  title: ['title', 'titles', 'position'],
  address: ['address', 'addresses'],
  programme: ['programme', 'program', 'programmes', 'programs'],
  legal_basis: ['legal_basis'],
  listed_on: ['listed_on', 'listed', 'date_listed'],
  wallet: ['wallet', 'wallets'],
  notes: ['notes', 'note', 'remarks', 'comment'],
  passport: ['passport', 'passports', 'passport_number'],
  national_id: ['national_id', 'id_number'],
  tax_id: ['tax_id', 'tax_number'],
  registration: ['registration', 'registration_number'],
  imo: ['imo', 'imo_number', 'imo_ship'],
  imo_company: ['imo_company'],
  mmsi: ['mmsi'],
  call_sign: ['call_sign', 'callsign'],
  aircraft_tail: ['aircraft_tail', 'tail_number'],
  aircraft_serial: ['aircraft_serial'],
  swift: ['swift', 'bic', 'swift_bic'],
  lei: ['lei'],
  email: ['email', 'emails'],
  phone: ['phone', 'phones'],
  website: ['website', 'url'],
  other_id: ['other_id', 'identifier'],
}

const KINDS: Readonly<Record<string, EntryKind>> = {
  person: 'person',
  individual: 'person',
  organisation: 'organisation',
  organization: 'organisation',
  company: 'organisation',
  entity: 'organisation',
  body: 'organisation',
  vessel: 'vessel',
  ship: 'vessel',
  aircraft: 'aircraft',
  airplane: 'aircraft',
  unknown: 'unknown',
  '': 'unknown',
}

/**
 * A list of one's own as CSV with a header (comma, semicolon or tab; UTF-8). `id` and `name` are needed; all else may be left out:
 *
 * `id,name,family,given,kind,aliases,weak_aliases,former_names,original_script,birth_date,birth_place,nationality,sex,title,address,programme,legal_basis,listed_on,passport,national_id,tax_id,registration,imo,imo_company,mmsi,call_sign,aircraft_tail,aircraft_serial,swift,lei,email,phone,website,other_id,wallet,notes`
 *
 * Several values of a cell are separated by `;` (not in `notes`, which is kept as it stands, nor in `name`). `kind` is person, organisation, vessel, aircraft or empty. `wallet` is `ASSET:address`, e.g.
 * `ETH:0x…;XBT:1…`; an address without an asset is kept with an empty one. Columns of other names are noted once and kept in the raw row alone.
 *
 * A row with more fields than the header is refused; one with fewer is kept, as to leave an entry out is the worse error, and noted, as its values may stand under the wrong columns.
 */
export const ownCsv: ListReader = {
  format: 'own-csv',
  title: 'A list of your own as CSV with the columns id and name, and what else you have (own list)',
  lists: [],

  recognises(files) {
    return files.length > 0 && files.every((file) => delimiterOf(file.head, 1, isHeader) !== null)
  },

  async *read(files, context) {
    const distinct = uniqueIds()
    for (const file of files) yield* readFile(file, context, distinct)
  },
}

function isHeader(fields: readonly string[]): boolean {
  const columns = columnsOf(fields, NAMES)
  return columns.has('id') && columns.has('name')
}

async function* readFile(file: SourceFile, context: ReadContext, distinct: ReturnType<typeof uniqueIds>): AsyncGenerator<ListEntry> {
  let columns: Columns | null = null
  const delimiter = delimiterOf(file.head, 1, isHeader) ?? ','
  for await (const row of delimitedRows(file, { delimiter, ...(context.signal === undefined ? {} : { signal: context.signal }) })) {
    const note = (severity: 'refused' | 'note', reason: string, text: string, field: string | null = null, entry: string | null = null) =>
      context.note({ file: file.name, line: row.line, field, entry, severity, reason, text: text.slice(0, 200) })
    if (columns === null) {
      columns = columnsOf(row.fields, NAMES)
      if (!isHeader(row.fields))
        throw wrongColumns(file.name, row.line, ['id', 'name'], row.fields, 'Name the columns in the first line: id,name,kind,aliases,…')
      for (const { name } of columns.unknown) note('note', 'column not understood', name, name.slice(0, 80))
      continue
    }
    if (row.fault !== null) note('refused', row.fault, row.raw)
    else if (row.fields.length > columns.width) note('refused', 'more fields than columns', row.raw)
    else {
      const id = columns.cells(row.fields, 'id')[0]
      const name = columns.cells(row.fields, 'name')[0]
      if (id === undefined) note('refused', 'row without an id', row.raw, 'id')
      else if (name === undefined) note('refused', 'row without a name', row.raw, 'name', id)
      else {
        const unique = distinct(id, row.raw)
        if (unique.id === null) {
          note('refused', 'row given twice', row.raw, 'id', id)
          continue
        }
        const own = unique.id
        if (row.fields.length < columns.width) note('note', 'fewer fields than columns', row.raw, null, own)
        if (unique.again) note('note', 'id used twice', `kept as ${own}`, 'id', own)
        yield entryOf(context.list, own, name, columns, row.fields, row.raw, { file: file.name, line: row.line }, (reason, text, field) =>
          note('note', reason, text, field, own),
        )
      }
    }
  }
  if (columns === null) throw wrongColumns(file.name, null, ['id', 'name'], [], 'The file is empty: nothing is imported.')
}

function entryOf(
  list: string,
  id: string,
  name: string,
  columns: Columns,
  fields: readonly string[],
  raw: string,
  place: ListEntry['place'],
  note: (reason: string, text: string, field: string) => void,
): ListEntry {
  const values = (key: string) => columns.cells(fields, key).flatMap(semicolons)
  const kind = kindOf(columns.cells(fields, 'kind')[0] ?? '')
  if (kind === null) note('kind not understood', columns.cells(fields, 'kind')[0] ?? '', 'kind')
  const births = values('birth_date').map(parseListedDate)
  for (const { from, text } of births) if (from === null) note('date not understood', text, 'birth_date')
  const listed = columns.cells(fields, 'listed_on')[0]
  const sex = columns.cells(fields, 'sex')[0]?.toLowerCase() ?? ''
  return {
    ...emptyEntry(list, id, kind ?? 'unknown', namesOf(name, columns, fields, values), raw, place),
    programmes: values('programme'),
    legalBasis: values('legal_basis'),
    listedOn: listed === undefined ? null : parseListedDate(listed),
    births,
    birthPlaces: values('birth_place'),
    countries: values('nationality').map(listedCountry),
    sex: /^(?:f|female|여|女)$/.test(sex) ? 'female' : /^(?:m|male|남|男)$/.test(sex) ? 'male' : null,
    titles: values('title'),
    addresses: values('address').map((text) => ({ text, country: null })),
    identifiers: Object.entries(IDENTIFIERS).flatMap(([key, kind]): Identifier[] =>
      values(key).map((value) => ({ kind, value, country: null, issued: null, expires: null, note: null })),
    ),
    wallets: values('wallet').map(walletOf),
    remarks: columns.cells(fields, 'notes'),
  }
}

function namesOf(name: string, columns: Columns, fields: readonly string[], values: (key: string) => string[]): ListedName[] {
  const part = (key: string) => columns.cells(fields, key)[0] ?? null
  const names: ListedName[] = [{ full: name, family: part('family'), given: part('given'), quality: 'primary', type: 'primary' }]
  const seen = new Set([name])
  const add = (full: string, quality: ListedName['quality'], type: ListedName['type']) => {
    if (seen.has(full)) return
    seen.add(full)
    names.push({ full, family: null, given: null, quality, type })
  }
  for (const alias of values('original_script')) add(alias, 'strong', 'original-script')
  for (const alias of values('aliases')) add(alias, 'strong', isOriginalScript(alias) ? 'original-script' : 'aka')
  for (const alias of values('former_names')) add(alias, 'strong', 'fka')
  for (const alias of values('weak_aliases')) add(alias, 'weak', 'aka')
  return names
}

/** Own lists have their own words; what is no kind of ours is told, not guessed. */
function kindOf(word: string): EntryKind | null {
  return lookUp(KINDS, word.trim().toLowerCase()) ?? null
}

function walletOf(text: string): ListedWallet {
  const asset = /^([A-Za-z0-9]{2,10}):(.+)$/.exec(text)
  return asset === null ? { asset: '', address: text } : { asset: asset[1]!, address: asset[2]!.trim() }
}

function semicolons(cell: string): string[] {
  return cell
    .split(';')
    .map((value) => value.trim())
    .filter((value) => value !== '')
}
