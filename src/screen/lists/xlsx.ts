import { CordonError } from '../../chain/index.ts'
import type { SourceFile } from './reader.ts'
import { cellSources, columnIndex, stringItems } from './xlsx-text.ts'
import { readXml, type XmlRecord } from './xml.ts'
import type { XmlElement } from './xml-element.ts'
import { type Member, memberBytes, membersOf } from './zip.ts'

/** Unpacked bytes of one part that we read, texts of the workbook, sheets, and columns of a row. Lists of governments stay below a tenth of each. */
export const XLSX_LIMITS = { part: 128 * 2 ** 20, texts: 500_000, textLength: 64 * 2 ** 20, sheets: 200, columns: 1_024 } as const

export interface SheetRow {
  readonly sheet: string
  /** 1-based, as the sheet counts. */
  readonly row: number
  /** Texts and numbers as written, '' for empty cells; no blanks behind the last one with a value. */
  readonly cells: readonly string[]
  /** The day (ISO date) that the number in the cell at an index is, if it is meant as one; null for texts. Whether it is meant so, only the column can say. */
  dayAt(index: number): string | null
}

export interface Workbook {
  readonly sheets: readonly string[]
  /** The rows of all visible and hidden sheets, in the workbook's order; rows without a value are left out. */
  rows(): AsyncGenerator<SheetRow>
}

/** Whether the bytes begin as those of a workbook do: a ZIP archive whose first names are those of an Office package. */
export function isWorkbook(head: Uint8Array): boolean {
  if (head[0] !== 0x50 || head[1] !== 0x4b || head[2] !== 3 || head[3] !== 4) return false
  return /\[Content_Types\]\.xml|xl\/|_rels\/\.rels/.test(Buffer.from(head).toString('latin1'))
}

/**
 * An Office Open XML workbook (ECMA-376), read as a table of texts: shared and inline strings with their rich-text runs joined and phonetic guides left out, numbers and truth values as written, formulas by
 * their cached value. Formats, links and everything else are not looked at, and nothing is evaluated. Only the parts needed are unpacked, streamed from the file; sheets one after the other.
 *
 * @throws CordonError `list/archive` where the archive is damaged or a bomb, `list/xml` where a part is malformed or declares entities, `list/schema` where it is no workbook or over XLSX_LIMITS
 */
export async function openWorkbook(file: SourceFile, signal?: AbortSignal): Promise<Workbook> {
  if (file.path.includes('!')) throw bad(file, 'lies within another archive', 'Unpack the archive and give the workbook itself.')
  const members = new Map((await membersOf(file.path, file.bytes)).map((member) => [member.name.replace(/^\//, '').toLowerCase(), member]))
  const part = (name: string) => partFile(file, name, members.get(name.toLowerCase()))
  const main = (await relations(part('_rels/.rels'), '', signal)).find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml'
  const folder = main.slice(0, main.lastIndexOf('/') + 1)
  const targets = await relations(part(`${folder}_rels/${main.slice(folder.length)}.rels`), folder, signal)
  const sheets: { readonly name: string; readonly path: string }[] = []
  let from1904 = false
  for await (const record of readXml(part(main), {
    records: ['*/*/*', '*/workbookPr', '*/x:workbookPr'],
    root: rootNamed(file, main, 'workbook'),
    signal,
  })) {
    if (localName(record) === 'workbookPr') from1904 = /^(?:1|true)$/.test(record.attributes.date1904 ?? '')
    if (localName(record) !== 'sheet') continue
    const target = targets.find(({ id }) => id === attribute(record, 'id'))
    // Chart sheets and the like are no worksheets and hold no rows.
    if (target?.type === 'worksheet') sheets.push({ name: record.attributes.name ?? `sheet ${sheets.length + 1}`, path: target.target })
  }
  if (sheets.length === 0) throw bad(file, 'has no worksheet', 'Export the list as XLSX or CSV.')
  if (sheets.length > XLSX_LIMITS.sheets)
    throw bad(file, `has more than ${XLSX_LIMITS.sheets} sheets`, 'Give the sheets of the list alone.')
  const stringsPath = targets.find(({ type }) => type === 'sharedStrings')?.target
  const texts = stringsPath === undefined ? [] : await sharedStrings(file, part(stringsPath), signal)
  return {
    sheets: sheets.map(({ name }) => name),
    async *rows() {
      for (const { name, path } of sheets) yield* sheetRows(file, part(path), name, texts, from1904, signal)
    },
  }
}

/**
 * The day that a spreadsheet's number is, as ISO date: days since 1899-12-30, or since 1904-01-01 in workbooks that count so. Null below 1 and beyond the year 9999, and for 60, the 29 February 1900
 * that never was. Days before March 1900 are one later than their number says, for the same reason.
 */
export function serialDay(serial: number, from1904: boolean): string | null {
  const days = Math.floor(serial) + (from1904 ? 1_462 : 0)
  if (!Number.isFinite(days) || days < 1 || days === 60 || days > 2_958_465) return null
  return new Date(Date.UTC(1899, 11, days < 60 ? 31 : 30) + days * 86_400_000).toISOString().slice(0, 10)
}

async function* sheetRows(
  file: SourceFile,
  part: SourceFile,
  sheet: string,
  texts: readonly string[],
  from1904: boolean,
  signal?: AbortSignal,
): AsyncGenerator<SheetRow> {
  let next = 1
  for await (const record of readXml(part, { records: ['*/*/*'], root: rootNamed(file, part.name, 'worksheet'), signal })) {
    if (localName(record) !== 'row') continue
    const row = Number(record.attributes.r ?? next)
    if (!Number.isSafeInteger(row) || row < 1)
      throw bad(
        file,
        `has a row numbered "${record.attributes.r}" on the sheet ${sheet}`,
        'Open it in a spreadsheet program and save it again.',
      )
    next = row + 1
    const { cells, numbers } = cellsOf(file, record, sheet, row, texts)
    if (cells.length > 0)
      yield { sheet, row, cells, dayAt: (index) => (numbers.has(index) ? serialDay(Number(cells[index]), from1904) : null) }
  }
}

function cellsOf(
  file: SourceFile,
  record: XmlRecord,
  sheet: string,
  row: number,
  texts: readonly string[],
): { readonly cells: string[]; readonly numbers: ReadonlySet<number> } {
  const cells: string[] = []
  const numbers = new Set<number>()
  const children = record.children.filter((child) => localName(child) === 'c')
  const sources = children.some(isInline) ? cellSources(record.raw) : []
  let at = 0
  children.forEach((cell, index) => {
    const place = cell.attributes.r === undefined ? at : columnIndex(cell.attributes.r)
    if (place === null)
      throw bad(
        file,
        `has a cell at "${cell.attributes.r?.slice(0, 20)}" on the sheet ${sheet}`,
        'Open it in a spreadsheet program and save it again.',
      )
    at = place + 1
    const { text, number } = cellValue(file, cell, sources[index], texts, `${sheet}, row ${row}`)
    if (text === '') return
    if (place >= XLSX_LIMITS.columns)
      throw bad(
        file,
        `has values beyond column ${XLSX_LIMITS.columns} on the sheet ${sheet}, row ${row}`,
        'Delete what stands beside the table.',
      )
    while (cells.length < place) cells.push('')
    cells[place] = text
    if (number) numbers.add(place)
  })
  return { cells, numbers }
}

function cellValue(
  file: SourceFile,
  cell: XmlElement,
  source: string | undefined,
  texts: readonly string[],
  where: string,
): { readonly text: string; readonly number: boolean } {
  if (isInline(cell)) {
    if (source === undefined)
      throw bad(file, `has cells that cannot be told apart (${where})`, 'Open it in a spreadsheet program and save it again.')
    return { text: stringItems(source)[0] ?? '', number: false }
  }
  const value = cell.children.find((child) => localName(child) === 'v')?.text ?? ''
  if (value === '') return { text: '', number: false }
  switch (cell.attributes.t ?? 'n') {
    case 's': {
      const text = /^\d+$/.test(value) ? texts[Number(value)] : undefined
      if (text === undefined)
        throw bad(
          file,
          `refers to text ${value.slice(0, 20)} of ${texts.length} (${where})`,
          'Open it in a spreadsheet program and save it again.',
        )
      return { text, number: false }
    }
    case 'str':
    case 'd':
      return { text: value, number: false }
    case 'b':
      return { text: value === '1' ? 'true' : 'false', number: false }
    case 'e':
      // `#N/A` and its like stand for no value.
      return { text: '', number: false }
    default:
      return { text: value, number: true }
  }
}

function isInline(cell: XmlElement): boolean {
  return cell.attributes.t === 'inlineStr'
}

async function sharedStrings(file: SourceFile, part: SourceFile, signal?: AbortSignal): Promise<string[]> {
  const texts: string[] = []
  let length = 0
  for await (const record of readXml(part, { records: ['*/*'], root: rootNamed(file, part.name, 'sst'), signal })) {
    if (localName(record) !== 'si') continue
    const text = stringItems(record.raw)[0] ?? ''
    texts.push(text)
    length += text.length
    if (texts.length > XLSX_LIMITS.texts || length > XLSX_LIMITS.textLength)
      throw bad(file, 'holds more text than any list', 'Give the sheets of the list alone.')
  }
  return texts
}

interface Relation {
  readonly id: string
  /** The last part of the type's address: `worksheet`, `sharedStrings`; strict and transitional files differ in the rest. */
  readonly type: string
  readonly target: string
}

async function relations(part: SourceFile, folder: string, signal?: AbortSignal): Promise<Relation[]> {
  const found: Relation[] = []
  for await (const { attributes } of readXml(part, { records: ['*/*'], root: () => undefined, signal })) {
    // External targets are never followed.
    if (attributes.Id === undefined || attributes.Target === undefined || attributes.TargetMode === 'External') continue
    const target = attributes.Target.startsWith('/') ? attributes.Target.slice(1) : resolved(folder + attributes.Target)
    found.push({ id: attributes.Id, type: attributes.Type?.split('/').at(-1) ?? '', target })
  }
  return found
}

/** `xl/../xl/sheet.xml` without its dots; names within the archive only, never of files on the disk. */
function resolved(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

function partFile(file: SourceFile, name: string, member: Member | undefined): SourceFile {
  if (member === undefined) throw bad(file, `has no part ${name}`, 'Export the list as XLSX or CSV.')
  if (member.size > XLSX_LIMITS.part)
    throw bad(
      file,
      `has a part ${name} of ${member.size} bytes; at most ${XLSX_LIMITS.part} are read`,
      'Give the sheets of the list alone.',
    )
  return {
    path: `${file.path}!${name}`,
    name: `${file.name}!${name}`,
    bytes: member.size,
    head: new Uint8Array(0),
    open: () => memberBytes(file.path, member),
  }
}

function rootNamed(file: SourceFile, part: string, expected: string) {
  return (root: { readonly name: string }) => {
    if (localName(root) !== expected)
      throw bad(file, `expected the root ${expected} in ${part}; found: ${root.name.slice(0, 60)}`, 'Export the list as XLSX or CSV.')
  }
}

function localName({ name }: { readonly name: string }): string {
  return name.slice(name.indexOf(':') + 1)
}

/** An attribute in whatever prefix: `r:id`, or another that a writer chose for the same namespace. */
function attribute(element: XmlElement, name: string): string | undefined {
  return Object.entries(element.attributes).find(([key]) => key.includes(':') && key.endsWith(`:${name}`))?.[1]
}

function bad(file: SourceFile, message: string, remedy: string): CordonError {
  return new CordonError('list/schema', `${file.name} ${message}`, { place: { file: file.name }, remedy })
}
