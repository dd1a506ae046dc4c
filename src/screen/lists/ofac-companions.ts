import { commaName } from './comma-name.ts'
import { listedCountry } from './countries.ts'
import { type DelimitedRow, delimitedRows, splitRow } from './delimited.ts'
import type { EntryKind, ListedAddress, ListedName, NameType } from './entry.ts'
import { isNumber, OFAC_COLUMNS, type OfacPart, ofacField } from './ofac-files.ts'
import type { ReadContext, SourceFile } from './reader.ts'
import { type RowStore, rowStore, type StoredRow } from './row-store.ts'

/** Rows of alt, add and comments by entry number. */
export type Companions = Readonly<Record<Exclude<OfacPart, 'main'>, RowStore>>

/** Reads one of the files beside the main one; says so where it is missing. */
export async function companionsOf(
  part: Exclude<OfacPart, 'main'>,
  file: SourceFile | undefined,
  main: string,
  context: ReadContext,
): Promise<RowStore> {
  const found = rowStore()
  if (file === undefined) {
    // Told as refused: whoever screens against half of the list must hear of it.
    const text = 'its aliases, addresses or further remarks are not read'
    context.note({ file: main, line: null, field: null, entry: null, severity: 'refused', reason: `no ${part} file`, text })
    return found
  }
  for await (const row of rowsOf(file, OFAC_COLUMNS[part], context)) {
    found.add(Number(row.fields[0]), row)
  }
  return found
}

/** Rows that have the columns and an entry number; the others are refused. */
export async function* rowsOf(file: SourceFile, columns: number, context: ReadContext): AsyncGenerator<DelimitedRow, void, undefined> {
  const options = { multiline: false, legacy: 'windows-1252', ...(context.signal === undefined ? {} : { signal: context.signal }) }
  for await (const row of delimitedRows(file, options)) {
    if (row.legacy) note(context, file.name, row.line, null, null, 'no UTF-8; read as Windows-1252', row.raw)
    if (row.fault !== null) refuse(context, file.name, row, null, row.fault)
    else if (row.fields.length !== columns) refuse(context, file.name, row, null, `not ${columns} columns`)
    else if (!isNumber(row.fields[0])) refuse(context, file.name, row, 'entry number', 'no entry number')
    else yield row
  }
}

/** A row of `alt.csv`: entry number, own number, type, name, remarks. */
export function aliasOf(
  alias: StoredRow,
  kind: EntryKind,
  file: string,
  id: string,
  context: ReadContext,
): { readonly name: readonly ListedName[]; readonly remarks: readonly string[] } {
  const { fields } = splitRow(alias.raw)
  const name = ofacField(fields, 3)
  const type = ofacField(fields, 2)
  if (name === '') note(context, file, alias.line, 'alias', id, 'an alias without a name', alias.raw)
  if (!/^[afn]ka$/.test(type)) note(context, file, alias.line, 'type', id, 'a type of alias that is not known, read as aka', alias.raw)
  const remark = ofacField(fields, 4)
  return {
    name: name === '' ? [] : [commaName(name, kind, 'strong', /^[fn]ka$/.test(type) ? (type as NameType) : 'aka')],
    remarks: remark === '' ? [] : [remark],
  }
}

/** A row of `add.csv`: entry number, own number, street, city with state and code, country, remarks. Rows in which OFAC says nothing of these give no address. */
export function addressOf(address: StoredRow): { readonly address: readonly ListedAddress[]; readonly remarks: readonly string[] } {
  const { fields } = splitRow(address.raw)
  const parts = [2, 3, 4].map((column) => ofacField(fields, column)).filter((part) => part !== '')
  const country = ofacField(fields, 4)
  const remark = ofacField(fields, 5)
  return {
    address: parts.length === 0 ? [] : [{ text: parts.join(', '), country: country === '' ? null : listedCountry(country) }],
    remarks: remark === '' ? [] : [remark],
  }
}

/** A note for each row whose entry is not in the main file. */
export function noteStrays(
  companions: Companions,
  numbers: ReadonlySet<number>,
  parts: ReadonlyMap<OfacPart, SourceFile>,
  context: ReadContext,
): void {
  const reasons = { alt: 'alias of no entry', add: 'address of no entry', comments: 'comments on no entry' }
  for (const part of ['alt', 'add', 'comments'] as const) {
    const file = parts.get(part)?.name ?? ''
    for (const number of companions[part].numbers()) {
      if (numbers.has(number)) continue
      for (const row of companions[part].under(number))
        note(context, file, row.line, 'entry number', String(number), reasons[part], row.raw)
    }
  }
}

export function refuse(
  context: ReadContext,
  file: string,
  row: DelimitedRow,
  field: string | null,
  reason: string,
  entry: string | null = null,
): void {
  context.note({ file, line: row.line, field, entry, severity: 'refused', reason, text: row.raw.slice(0, 200) })
}

export function note(
  context: ReadContext,
  file: string,
  line: number | null,
  field: string | null,
  entry: string | null,
  reason: string,
  text: string,
): void {
  context.note({ file, line, field, entry, severity: 'note', reason, text: text.slice(0, 200) })
}
