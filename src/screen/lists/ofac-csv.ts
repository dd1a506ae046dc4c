import { CordonError } from '../../chain/index.ts'
import { commaName } from './comma-name.ts'
import { listedCountry } from './countries.ts'
import { type DelimitedRow, splitRow } from './delimited.ts'
import { type EntryKind, emptyEntry, type ListEntry } from './entry.ts'
import { lookUp } from './look-up.ts'
import { addressOf, aliasOf, type Companions, companionsOf, note, noteStrays, refuse, rowsOf } from './ofac-companions.ts'
import { OFAC_COLUMNS, type OfacPart, ofacField, ofacPart } from './ofac-files.ts'
import { parseRemarks } from './ofac-remarks.ts'
import type { ListReader, ReadContext, SourceFile } from './reader.ts'
import type { StoredRow } from './row-store.ts'
import { uniqueIds } from './unique-ids.ts'
import { vesselFacts } from './us-vessel.ts'

const LISTS = ['us-ofac-sdn', 'us-ofac-cons']

/** Columns of `sdn.csv` and `cons_prim.csv`. */
const NAME = 1
const TYPE = 2
const PROGRAMMES = 3
const TITLE = 4
const CALL_SIGN = 5
const VESSEL_TYPE = 6
const TONNAGE = 7
const GROSS_TONNAGE = 8
const FLAG = 9
const OWNER = 10
const REMARKS = 11

/** The remarks column ends here; what is longer goes on in the comments file, in the middle of a word. */
const REMARKS_END = 1000

const KINDS: Readonly<Record<string, EntryKind>> = {
  '': 'organisation',
  individual: 'person',
  vessel: 'vessel',
  aircraft: 'aircraft',
  entity: 'organisation',
}

/**
 * OFAC's lists as sets of four CSV files without headers ("SDN Data Formats", US Treasury): `sdn.csv`, `alt.csv`, `add.csv`, `sdn_comments.csv`, and of the same shape `cons_prim.csv`, `cons_alt.csv`, `cons_add.csv`,
 * `cons_comments.csv` of the consolidated non-SDN list. Which file is which shows in its columns. The first alone is enough; a note says which others are missing.
 *
 * Rows with too few or too many columns, with broken quotes, without a number or a name are refused with a note; rows of the other files whose entry is not in the first get a note each.
 */
export const ofacCsv: ListReader = {
  format: 'ofac-csv',
  title: 'OFAC SDN or consolidated non-SDN list: sdn.csv (or cons_prim.csv) with alt, add and comments beside it',
  lists: LISTS,
  recognises(files) {
    const parts = files.map(ofacPart)
    return parts.includes('main') && !parts.includes(null) && new Set(parts).size === parts.length
  },
  read: readOfacCsv,
}

async function* readOfacCsv(files: readonly SourceFile[], context: ReadContext): AsyncGenerator<ListEntry, void, undefined> {
  const parts = partsOf(files)
  const main = parts.get('main') as SourceFile
  const list = LISTS.includes(context.list) ? context.list : 'us-ofac-sdn'
  if (list !== context.list) {
    context.note({
      file: main.name,
      line: null,
      field: null,
      entry: null,
      severity: 'note',
      reason: 'read as the SDN list',
      text: 'nothing in the files tells the SDN list from the consolidated one',
    })
  }
  const companions: Companions = {
    alt: await companionsOf('alt', parts.get('alt'), main.name, context),
    add: await companionsOf('add', parts.get('add'), main.name, context),
    comments: await companionsOf('comments', parts.get('comments'), main.name, context),
  }
  const numbers = new Set<number>()
  const unique = uniqueIds()
  for await (const row of rowsOf(main, OFAC_COLUMNS.main, context)) {
    const number = ofacField(row.fields, 0)
    if (ofacField(row.fields, NAME) === '') {
      refuse(context, main.name, row, 'name', 'a row without a name', number)
      continue
    }
    numbers.add(Number(number))
    const id = unique(number, row.raw)
    if (id.id === null) {
      refuse(context, main.name, row, 'entry number', 'the same row again', number)
      continue
    }
    if (id.again) note(context, main.name, row.line, 'entry number', id.id, 'an entry number used before', row.raw)
    yield entryOf(list, id.id, row, number, companions, main, parts, context)
  }
  noteStrays(companions, numbers, parts, context)
}

/** @throws CordonError `list/schema` */
function partsOf(files: readonly SourceFile[]): ReadonlyMap<OfacPart, SourceFile> {
  const parts = new Map<OfacPart, SourceFile>()
  const remedy =
    'Give sdn.csv (or cons_prim.csv), and with it alt.csv, add.csv and sdn_comments.csv of the same day, as OFAC publishes them'
  for (const file of files) {
    const part = ofacPart(file)
    if (part === null) {
      throw new CordonError(
        'list/schema',
        `${file.name} is no file of an OFAC list: its rows begin with an entry number and have 12, 6, 5 or 2 columns`,
        { place: { file: file.name, line: 1 }, remedy },
      )
    }
    const other = parts.get(part)
    if (other !== undefined)
      throw new CordonError('list/schema', `${other.name} and ${file.name} are both the ${part} file of an OFAC list`, {
        place: { file: file.name },
        remedy,
      })
    parts.set(part, file)
  }
  if (!parts.has('main'))
    throw new CordonError('list/schema', 'no file with the 12 columns of sdn.csv is among those given', {
      place: { file: files[0]?.name ?? '' },
      remedy,
    })
  return parts
}

function entryOf(
  list: string,
  id: string,
  row: DelimitedRow,
  number: string,
  companions: Companions,
  main: SourceFile,
  parts: ReadonlyMap<OfacPart, SourceFile>,
  context: ReadContext,
): ListEntry {
  const field = (column: number) => ofacField(row.fields, column)
  const type = field(TYPE)
  const kind = lookUp(KINDS, type.toLowerCase())
  if (kind === undefined) note(context, main.name, row.line, 'type', id, 'a type of entry that is not known', type)
  const entryKind = kind ?? 'unknown'
  const rows = (part: keyof Companions) => companions[part].under(Number(number))
  const aliases = rows('alt').map((alias) => aliasOf(alias, entryKind, parts.get('alt')?.name ?? '', id, context))
  const addresses = rows('add').map((address) => addressOf(address))
  const titles = splitTitles(field(TITLE))
  const read = readRemarks(row, rows('comments'), entryKind, titles, id, main.name, context)
  const { facts } = read
  const vessel = vesselFacts({
    callSign: field(CALL_SIGN),
    type: field(VESSEL_TYPE),
    tonnage: field(TONNAGE),
    grossTonnage: field(GROSS_TONNAGE),
    owner: field(OWNER),
  })
  return {
    ...emptyEntry(
      list,
      id,
      entryKind,
      [commaName(field(NAME), entryKind, 'primary', 'primary'), ...aliases.flatMap((alias) => alias.name), ...facts.names],
      [row.raw, ...[...rows('alt'), ...rows('add'), ...rows('comments')].map((companion) => companion.raw)].join('\n'),
      { file: main.name, line: row.line },
    ),
    programmes: splitProgrammes(field(PROGRAMMES)),
    legalBasis: facts.legalBasis,
    listedOn: facts.listedOn,
    births: facts.births,
    birthPlaces: facts.birthPlaces,
    countries:
      field(FLAG) === ''
        ? facts.countries
        : [listedCountry(field(FLAG)), ...facts.countries.filter((country) => country.text !== field(FLAG))],
    sex: facts.sex,
    titles: [...titles, ...facts.titles],
    addresses: addresses.flatMap((address) => address.address),
    identifiers: [...vessel.identifiers, ...facts.identifiers],
    wallets: facts.wallets,
    links: [...vessel.links, ...facts.links],
    remarks: [...vessel.remarks, ...facts.remarks, ...[...aliases, ...addresses].flatMap((companion) => companion.remarks)],
  }
}

function readRemarks(
  row: DelimitedRow,
  comments: readonly StoredRow[],
  kind: EntryKind,
  titles: readonly string[],
  id: string,
  file: string,
  context: ReadContext,
) {
  const written = row.fields[REMARKS] ?? ''
  const remarks = ofacField(row.fields, REMARKS) === '' ? '' : written
  const full = remarks.length >= REMARKS_END
  const further = comments.map((comment) => splitRow(comment.raw).fields[1] ?? '').join('')
  const cut = full && further === ''
  if (cut) note(context, file, row.line, 'remarks', id, 'remarks cut off, and no comments go on with them', remarks.slice(-200))
  if (!full && further !== '' && remarks !== '') {
    note(context, file, row.line, 'remarks', id, 'comments to remarks that are complete; the files may be of different days', further)
  }
  return parseRemarks(full || remarks === '' || further === '' ? remarks + further : `${remarks}; ${further}`, kind, titles, cut)
}

/** `DPRK2] [CYBER2` */
function splitProgrammes(text: string): string[] {
  return text
    .split(/\]\s*\[/)
    .map((programme) => programme.replace(/^\[|\]$/g, '').trim())
    .filter((programme) => programme !== '')
}

function splitTitles(text: string): string[] {
  return text
    .split(';')
    .map((title) => title.trim())
    .filter((title) => title !== '')
}
