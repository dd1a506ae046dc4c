import { CordonError } from '../../chain/index.ts'
import { byteLines } from '../disk/lines.ts'
import type { SourceFile } from '../lists/reader.ts'
import { type FieldFinder, type FieldMap, fieldFinder } from './fields.ts'
import { type Cell, flatSubject } from './flat.ts'
import { isIvms101, ivmsSubjects } from './ivms101.ts'
import { type FieldFault, fault, type InputRow, type Subject } from './subject.ts'

const LONGEST_LINE = 64 * 1024 * 1024
/** A document that is no JSON lines is held whole. */
const LARGEST_DOCUMENT = 64 * 1024 * 1024

/**
 * Customers or payments as JSON lines: each line an object with the properties of a customer, or an IVMS101 payload. A line that is not is refused. What is no JSON lines but one document, an object or a list of
 * them over several lines, is read too, up to 64 MiB.
 *
 * @throws CordonError `screen/bad-mapping`; `screen/not-json-lines` where the file is neither
 */
export async function* jsonRows(file: SourceFile, map: FieldMap, signal?: AbortSignal): AsyncGenerator<InputRow> {
  const find = fieldFinder(map)
  if (isDocument(file)) {
    yield* documentRows(file, find)
    return
  }
  let line = 0
  let record = 0
  for await (const { bytes, length } of byteLines(file.open(), LONGEST_LINE)) {
    line++
    signal?.throwIfAborted()
    const text = decoded(bytes)
    if (text !== null && text.trim() === '') continue
    record++
    if (length > LONGEST_LINE) yield refusedRow(record, line, fault('', `is longer than ${LONGEST_LINE} bytes`, text ?? ''))
    else if (text === null) yield refusedRow(record, line, fault('', 'is no UTF-8', Buffer.from(bytes.subarray(0, 200)).toString('latin1')))
    else yield jsonRow(text, record, line, find)
  }
}

function jsonRow(text: string, record: number, line: number, find: FieldFinder): InputRow {
  let value: unknown
  try {
    value = parsed(text)
  } catch (error) {
    return refusedRow(record, line, fault('', `is no JSON: ${(error as Error).message.slice(0, 200)}`, text))
  }
  return valueRow(value, record, line, find, text)
}

function valueRow(value: unknown, record: number, line: number | null, find: FieldFinder, text: string): InputRow {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refusedRow(record, line, fault('', 'is no object', text))
  if (isIvms101(value)) {
    const { subjects, refused } = ivmsSubjects(value)
    return { record, line, subjects, refused, unused: [] }
  }
  const faults: FieldFault[] = []
  const cells = Object.entries(value).flatMap(([column, part]) => cellsOf(column, part, find, faults))
  const { subject, refused, unused } = flatSubject(cells, find)
  const whole: Subject = { ...subject, faults: [...faults, ...subject.faults] }
  return { record, line, subjects: refused === null ? [whole] : [], refused, unused }
}

/** A property as cells. `{"wallets": [{"address": …, "asset": …}]}` makes a cell with the asset in its name, as a column `wallet_xbt` would have it. */
function cellsOf(column: string, value: unknown, find: FieldFinder, faults: FieldFault[]): readonly Cell[] {
  const use = find(column)
  const texts: string[] = []
  const cells: Cell[] = []
  for (const part of Array.isArray(value) ? value : [value]) {
    if (part === null) continue
    if (typeof part !== 'object') texts.push(String(part))
    else if (use?.field === 'wallet' && typeof (part as { address?: unknown }).address === 'string') {
      const { address, asset } = part as { address: string; asset?: unknown }
      cells.push({ column: typeof asset === 'string' && find(`${asset} wallet`) !== null ? `${asset} wallet` : column, values: [address] })
    } else if (use !== null) faults.push(fault(column, 'is no text', JSON.stringify(part).slice(0, 200)))
  }
  return [{ column, values: texts }, ...cells]
}

/** Numbers keep their digits: an id of 20 digits is no double. */
function parsed(text: string): unknown {
  const reviver = (_key: string, value: unknown, context?: { readonly source?: string }) =>
    typeof value === 'number' && context?.source !== undefined ? context.source : value
  return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text, reviver)
}

/** Whether the first line is no whole JSON value: then the file is one document. */
function isDocument({ head }: SourceFile): boolean {
  const text = new TextDecoder('utf-8')
    .decode(head)
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (text.startsWith('[')) return true
  const end = text.indexOf('\n')
  if (end < 0 || !text.startsWith('{')) return false
  try {
    JSON.parse(text.slice(0, end))
    return false
  } catch {
    // `{` or `{"a":` alone is the beginning of a document; anything longer is a line at fault.
    // Blanks at the end are taken off first: two runs of blanks side by side take quadratic time.
    return /^\{\s*(?:"[^"\\]*(?:\\.[^"\\]*)*"\s*:\s*[[{]?)?$/.test(text.slice(0, end).trimEnd())
  }
}

async function* documentRows(file: SourceFile, find: FieldFinder): AsyncGenerator<InputRow> {
  if (file.bytes > LARGEST_DOCUMENT) {
    throw notLines(
      file,
      `is one JSON document of ${file.bytes} bytes`,
      `Write it as JSON lines, one object a line (jq -c '.[]'); a document may have ${LARGEST_DOCUMENT} bytes.`,
    )
  }
  const chunks: Uint8Array[] = []
  for await (const chunk of file.open()) chunks.push(chunk)
  const text = decoded(Buffer.concat(chunks))
  if (text === null) throw notLines(file, 'is no UTF-8', 'Save it in UTF-8.')
  let value: unknown
  try {
    value = parsed(text)
  } catch (error) {
    throw notLines(
      file,
      `is neither JSON lines nor a JSON document: ${(error as Error).message.slice(0, 200)}`,
      'Write one JSON object a line.',
    )
  }
  let record = 0
  for (const part of Array.isArray(value) ? value : [value]) {
    record++
    yield valueRow(part, record, null, find, JSON.stringify(part).slice(0, 400))
  }
}

function refusedRow(record: number, line: number | null, refused: FieldFault): InputRow {
  return { record, line, subjects: [], refused, unused: [] }
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function notLines(file: SourceFile, what: string, remedy: string): CordonError {
  return new CordonError('screen/not-json-lines', `${file.name} ${what}`, { place: { file: file.name }, remedy })
}
