import { CordonError } from '../../chain/index.ts'
import { folded, known } from './cells.ts'

/** What columns of a table are called, by our own key for each: any spelling, as headers are compared without case, width, blanks and punctuation (`日 本 語 表 記`, `Date of Birth`). */
export type ColumnNames = Readonly<Record<string, readonly string[]>>

/** A table's header, understood. */
export interface Columns {
  /** The cells of a row under a key's columns, trimmed, empty ones and those that say "unknown" left out. Several columns may have one meaning (別称 and 別名). */
  cells(fields: readonly string[], key: string): string[]
  has(key: string): boolean
  /** Headers that mean nothing to us, with their position. */
  readonly unknown: readonly { readonly index: number; readonly name: string }[]
  readonly width: number
}

/** The columns of a header row. A header in two languages or with a remark behind (`名称（英語）`) must be listed as it stands. */
export function columnsOf(header: readonly string[], names: ColumnNames): Columns {
  const meaning = new Map<string, string>()
  for (const [key, spellings] of Object.entries(names)) for (const spelling of spellings) meaning.set(folded(spelling), key)
  const found = new Map<string, number[]>()
  const unknown: { index: number; name: string }[] = []
  header.forEach((name, index) => {
    if (name.trim() === '') return
    const key = meaning.get(folded(name))
    const before = key === undefined ? undefined : found.get(key)
    if (key === undefined) unknown.push({ index, name: name.trim() })
    else if (before === undefined) found.set(key, [index])
    else before.push(index)
  })
  return {
    cells: (fields, key) => (found.get(key) ?? []).map((index) => known(fields[index] ?? '')).filter((cell) => cell !== ''),
    has: (key) => found.has(key),
    unknown,
    width: header.length,
  }
}

/** The error for a table whose header lacks what the format promises. */
export function wrongColumns(
  file: string,
  line: number | null,
  expected: readonly string[],
  header: readonly string[],
  remedy: string,
): CordonError {
  const found = header
    .flatMap((name) => name.split(/[\t;]/))
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const shown = found.length === 0 ? 'nothing' : found.slice(0, 30).join(', ').slice(0, 400)
  return new CordonError('list/schema', `${file}: expected the columns ${expected.join(', ')}; found: ${shown}`, {
    place: { file, ...(line === null ? {} : { line }), field: expected[0] ?? '' },
    remedy,
  })
}

/**
 * Which of comma, semicolon and tab parts the columns: the one under which a row among the first is a header. Null where none is. For that the head is enough; line ends within quotes are not followed,
 * so a header with one in a cell is found under its other cells or not at all.
 */
export function delimiterOf(head: Uint8Array, rows: number, isHeader: (fields: readonly string[]) => boolean): string | null {
  const lines = headText(head).split(/\r?\n/, rows)
  const found = [',', ';', '\t'].find((delimiter) =>
    lines.some((line) => isHeader(line.split(delimiter).map((cell) => cell.replaceAll('"', '')))),
  )
  return found ?? null
}

/** The head as UTF-8, or as what Japanese spreadsheets save CSV in. A character cut at its end is no fault. */
export function headText(head: Uint8Array): string {
  const text = new TextDecoder().decode(head)
  return /\uFFFD(?!$)/.test(text) ? new TextDecoder('shift_jis').decode(head) : text
}
