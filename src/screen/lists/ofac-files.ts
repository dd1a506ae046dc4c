import { splitRow } from './delimited.ts'
import type { SourceFile } from './reader.ts'

/** The four files of a list in OFAC's CSV format: `sdn` or `cons_prim`, `alt`, `add`, `sdn_comments`. */
export type OfacPart = 'main' | 'alt' | 'add' | 'comments'

export const OFAC_COLUMNS: Readonly<Record<OfacPart, number>> = { main: 12, alt: 5, add: 6, comments: 2 }

/** Which of the four a file is, by the shape of its first rows: they have no header. Null where it is none. */
export function ofacPart(file: SourceFile): OfacPart | null {
  for (const row of firstRows(file)) {
    const { fields, fault } = splitRow(row)
    if (fault !== null || !isNumber(fields[0])) continue
    if (fields.length === OFAC_COLUMNS.main && !isNumber(fields[1])) return 'main'
    if (fields.length === OFAC_COLUMNS.alt && isNumber(fields[1]) && /^[afn]ka$/.test(fields[2] ?? '')) return 'alt'
    if (fields.length === OFAC_COLUMNS.add && isNumber(fields[1])) return 'add'
    if (fields.length === OFAC_COLUMNS.comments && !isNumber(fields[1])) return 'comments'
  }
  return null
}

/** A field's text, empty where OFAC writes `-0-` (with a blank behind it) for nothing. */
export function ofacField(fields: readonly string[], column: number): string {
  const text = (fields[column] ?? '').trim()
  return text === '-0-' ? '' : text
}

export function isNumber(field: string | undefined): boolean {
  return field !== undefined && /^\s*\d{1,12}\s*$/.test(field)
}

/** The first twenty rows of a file's head, without one that the head cuts off. */
function firstRows(file: SourceFile): string[] {
  const text = new TextDecoder('windows-1252').decode(file.head).replace(/^ï»¿/, '')
  const rows = text.split(/\r?\n/)
  return (file.bytes > file.head.length ? rows.slice(0, -1) : rows).slice(0, 20)
}
