import { folded, valuesOf } from './cells.ts'
import { type ContentKeys, type UnnumberedEntry, withContentIds } from './content-id.ts'
import { parseListedDate } from './dates.ts'
import { delimitedRows } from './delimited.ts'
import { type EntryKind, emptyEntry, type ListEntry } from './entry.ts'
import { imoInText, walletsInText } from './in-text.ts'
import { holdsMofHeader, mofHeader } from './japan-mof-columns.ts'
import { mofBirths, mofCountries, mofDays, mofListedNames, mofPapers } from './japan-mof-values.ts'
import type { ListReader, ReadContext, SourceFile } from './reader.ts'
import { type Columns, delimiterOf, headText, wrongColumns } from './table-columns.ts'
import { isWorkbook, openWorkbook } from './xlsx.ts'

const LIST = 'jp-mof'
const DATE_COLUMNS = ['notice_date', 'listed', 'birth']

interface TableRow {
  /** Null in CSV. */
  readonly sheet: string | null
  readonly line: number
  readonly cells: readonly string[]
  readonly raw: string
  /** See SheetRow. */
  dayAt(index: number): string | null
}

/**
 * The asset-freeze list of Japan's Ministry of Finance (経済制裁措置及び対象者一覧), as its workbook or as CSV (UTF-8 or Shift_JIS) saved from it: a sheet per programme, its title in the first rows, the
 * header below, one row per person or body. Columns are found by their names anywhere above the rows, as sheets differ; a second header further down begins a new table.
 *
 * The list numbers nothing that lasts (the notices' section numbers move when entries go), so ids are `jp-mof:` and a hash of the first number of the notice and the primary name, see contentIds: rows may be
 * moved, and aliases, dates and remarks amended, without a new id. A person whom two notices list has two entries.
 *
 * Rows are kept until the end of the file (some thousands), as an id depends on homonyms further down. 不明 ("unknown") is no value.
 */
export const japanMof: ListReader = {
  format: 'jp-mof',
  title: 'Japan, Ministry of Finance: persons and bodies under asset freezing (対象者一覧), XLSX or CSV',
  lists: [LIST],

  recognises(files) {
    return files.length > 0 && files.every((file) => isWorkbook(file.head) || holdsMofHeader(headText(file.head)))
  },

  async *read(files, context) {
    const found: UnnumberedEntry[] = []
    for (const file of files) await readFile(file, context, found)
    yield* withContentIds(LIST, found, context)
  },
}

async function readFile(file: SourceFile, context: ReadContext, found: UnnumberedEntry[]): Promise<void> {
  let columns: Columns | null = null
  let header: readonly string[] = []
  let sheet: string | null = null
  /** Rows above the header: the programme. */
  let titles: string[] = []
  let section = ''
  let headers = 0
  let first: readonly string[] = []
  let skipped = 0
  const note = (row: TableRow, severity: 'refused' | 'note', reason: string, text: string, field: string | null = null) =>
    context.note({ file: placeOf(file, row.sheet), line: row.line, field, entry: null, severity, reason, text: text.slice(0, 200) })
  const endOfSheet = () => {
    if (columns === null && skipped > 0) {
      context.note({
        file: placeOf(file, sheet),
        line: null,
        field: null,
        entry: null,
        severity: 'refused',
        reason: 'sheet without a header',
        text: `${skipped} rows: ${titles.join(' / ')}`.slice(0, 200),
      })
    }
  }
  for await (const row of rowsOf(file, context)) {
    context.signal?.throwIfAborted()
    if (row.sheet !== sheet) {
      endOfSheet()
      columns = null
      titles = []
      section = ''
      skipped = 0
      sheet = row.sheet
    }
    if (first.length === 0) first = row.cells
    const values = row.cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
    const next = mofHeader(row.cells)
    if (next !== null) {
      columns = next
      header = row.cells
      headers++
      for (const { name } of next.unknown) note(row, 'note', 'column not understood', name, name.slice(0, 80))
      continue
    }
    const title = values.join(' ')
    const asOf = /(\S+?日)\s*(?:現在|時点)/.exec(title.slice(0, 200))?.[1]
    const published = asOf === undefined ? null : parseListedDate(asOf.replace(/^[（(]/, ''))
    if (columns === null) {
      skipped++
      if (published?.from != null) context.published(published.from)
      else if (titles.length < 20) titles.push(title)
      continue
    }
    // A lone text in a row that names nobody heads the rows below it: （個人）, （団体）.
    if (values.length === 1 && namesOf(columns, row.cells).length === 0) {
      if (published?.from != null) context.published(published.from)
      else section = title
      continue
    }
    const one = entryOf(file, row, columns, header, [...titles, ...(section === '' ? [] : [section])], (reason, text, field) =>
      note(row, 'note', reason, text, field),
    )
    if (one === null) note(row, 'refused', 'row without a name', row.raw)
    else found.push(one)
  }
  endOfSheet()
  if (headers === 0) {
    throw wrongColumns(
      file.name,
      null,
      ['告示日付', '告示番号', '日本語表記', '英語表記'],
      first,
      'Give the list itself (対象者一覧). If the ministry has changed its headers, this reader must be changed first.',
    )
  }
}

function entryOf(
  file: SourceFile,
  row: TableRow,
  columns: Columns,
  header: readonly string[],
  titles: readonly string[],
  note: (reason: string, text: string, field: string) => void,
): UnnumberedEntry | null {
  const dated = row.cells.map((cell, index) =>
    DATE_COLUMNS.some((key) => isUnder(columns, header, index, key)) ? dayText(cell, row.dayAt(index)) : cell,
  )
  const cells = (key: string) => columns.cells(dated, key)
  const names = namesOf(columns, dated)
  if (names.length === 0) return null
  const births = cells('birth').flatMap(mofBirths)
  const notices = cells('notice_date').flatMap(mofDays)
  const listed = notices.find(({ revised }) => !revised)?.date ?? cells('listed').flatMap(mofDays)[0]?.date ?? null
  for (const { from, text } of births) if (from === null) note('date not understood', text, '生年月日')
  if (cells('notice_date').length > 0 && listed?.from == null) note('date not understood', cells('notice_date')[0]!, '告示日付')
  const papers = [
    ...cells('passport').flatMap((cell) => mofPapers(cell, 'passport')),
    ...cells('national_id').flatMap((cell) => mofPapers(cell, 'national-id')),
  ]
  const information = [...cells('basis'), ...cells('information')]
  const kind = kindOf(titles, births.length > 0 || cells('passport').length > 0 || cells('birth_place').length > 0)
  const programme = titles.join(' / ')
  const notice = cells('notice_number').map((cell) => cell.replace(/\s+/g, ' '))
  const contact = (key: string) =>
    cells(key)
      .flatMap(valuesOf)
      .map((value) => ({ kind: 'phone' as const, value, country: null, issued: null, expires: null, note: key === 'fax' ? 'fax' : null }))
  const entry: ListEntry = {
    ...emptyEntry(LIST, '', kind, names, row.raw, { file: placeOf(file, row.sheet), line: row.line }),
    programmes: programme === '' ? [] : [programme],
    legalBasis: [...notice, ...cells('un_reference')],
    listedOn: listed,
    amendedOn: notices.filter(({ revised }) => revised).at(-1)?.date ?? null,
    births,
    birthPlaces: cells('birth_place').flatMap(valuesOf),
    countries: cells('country').flatMap(mofCountries),
    titles: cells('title').flatMap(valuesOf),
    addresses: cells('address')
      .flatMap(valuesOf)
      .map((text) => ({ text, country: null })),
    identifiers: [...papers, ...information.flatMap((text) => imoInText(text, kind)), ...contact('phone'), ...contact('fax')],
    wallets: information.flatMap(walletsInText),
    remarks: information,
  }
  // Notices are amended by later ones, whose numbers are added behind: the first stays.
  const firstNotice = /\d+/.exec((notice[0] ?? '').normalize('NFKC'))?.[0] ?? ''
  const keys: ContentKeys = [
    [firstNotice, folded(names[0]!.full) || names[0]!.full],
    [folded([...births.map(({ text }) => text), ...papers.map(({ value }) => value)].join(' '))],
    [row.raw],
  ]
  return { entry, keys }
}

function namesOf(columns: Columns, cells: readonly string[]) {
  const [english, japanese, alias, former, weak] = ['english', 'japanese', 'alias', 'former', 'weak'].map((key) =>
    columns.cells(cells, key),
  )
  return english!.length + japanese!.length === 0
    ? []
    : mofListedNames({ english: english!, japanese: japanese!, alias: alias!, former: former!, weak: weak! })
}

function isUnder(columns: Columns, header: readonly string[], index: number, key: string): boolean {
  return columns.cells(header, key).includes((header[index] ?? '').trim())
}

/** A number in a column of dates: a year by itself, or the day that a spreadsheet counts so. */
function dayText(cell: string, day: string | null): string {
  return day === null || /^(?:18[5-9]\d|19\d\d|20\d\d)$/.test(cell) ? cell : day
}

/** Persons or bodies, where the sheet's title says so; else persons where the row has what only persons have. */
function kindOf(titles: readonly string[], personal: boolean): EntryKind {
  for (const title of titles.toReversed()) {
    const person = /個人/.test(title)
    const body = /団体|グループ|機関(?!、高官)|銀行|企業/.test(title)
    if (/船舶/.test(title) && !person && !body) return 'vessel'
    if (person !== body) return person ? 'person' : 'organisation'
    if (person) break
  }
  return personal ? 'person' : 'unknown'
}

function placeOf(file: SourceFile, sheet: string | null): string {
  return sheet === null ? file.name : `${file.name}#${sheet}`
}

async function* rowsOf(file: SourceFile, context: ReadContext): AsyncGenerator<TableRow> {
  if (isWorkbook(file.head)) {
    const workbook = await openWorkbook(file, context.signal)
    for await (const { row, ...rest } of workbook.rows()) yield { ...rest, line: row, raw: rest.cells.join('\t') }
    return
  }
  const delimiter = delimiterOf(file.head, 20, (fields) => mofHeader(fields) !== null) ?? ','
  for await (const { line, fields, raw, fault } of delimitedRows(file, {
    delimiter,
    legacy: 'shift_jis',
    ...(context.signal === undefined ? {} : { signal: context.signal }),
  })) {
    if (fault === null) yield { sheet: null, line, cells: fields, raw, dayAt: () => null }
    else context.note({ file: file.name, line, field: null, entry: null, severity: 'refused', reason: fault, text: raw.slice(0, 200) })
  }
}
