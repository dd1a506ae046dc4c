import { CordonError } from '../../chain/index.ts'
import { type DelimitedRow, delimitedRows, splitRow } from '../lists/delimited.ts'
import type { SourceFile } from '../lists/reader.ts'
import { checkColumns, checkMapped, type FieldMap, fieldFinder } from './fields.ts'
import { flatSubject } from './flat.ts'
import { fault, type InputRow } from './subject.ts'

/** A name of 10 MB is one row to be refused, not the end of the batch. */
const LONGEST_ROW = 64 * 1024 * 1024
const SEPARATORS = [',', ';', '\t', '|']
/** Rows that are no UTF-8 are read so, to be refused one by one. */
const ANY_BYTES = 'windows-1252'

/**
 * Customers of a CSV file (RFC 4180; comma, semicolon, tab or bar; a header in the first row). A row whose quotes or fields do not fit is refused; where it ran over several lines, as after a quote that is never closed, the
 * lines behind the first are read as rows of their own, so that one stray quote does not swallow the customers behind it.
 *
 * @throws CordonError `screen/no-columns`, `screen/bad-mapping`, `list/row-size`, `list/encoding`
 */
export async function* csvRows(file: SourceFile, map: FieldMap, signal?: AbortSignal): AsyncGenerator<InputRow> {
  const find = fieldFinder(map)
  const delimiter = separatorOf(file)
  let columns: readonly string[] | null = null
  let unused: readonly string[] = []
  let record = 0
  const options = { delimiter, maxRowBytes: LONGEST_ROW, legacy: ANY_BYTES, ...(signal === undefined ? {} : { signal }) }
  for await (const whole of delimitedRows(file, options)) {
    if (columns === null) {
      columns = whole.fields.map((name) => name.trim())
      if (whole.legacy || whole.fault !== null) {
        throw new CordonError('screen/no-columns', `the header of ${file.name} ${whole.fault ?? 'is no UTF-8'}`, {
          place: { file: file.name, line: 1 },
          remedy: 'Save the file as CSV in UTF-8.',
        })
      }
      checkMapped(map, columns, file.name)
      checkColumns(find, columns, file.name)
      unused = columns.filter((column) => find(column) === null)
      continue
    }
    for (const row of wellFormed(whole, columns.length) ? [whole] : singleLines(whole, delimiter)) {
      record++
      const refused = refusalOf(row, columns.length)
      if (refused !== null) {
        yield { record, line: row.line, subjects: [], refused: fault('', refused, row.raw), unused: [] }
        continue
      }
      const cells = columns.map((column, at) => ({ column, values: [row.fields[at] as string] }))
      const { subject, refused: empty } = flatSubject(cells, find)
      yield { record, line: row.line, subjects: empty === null ? [subject] : [], refused: empty, unused }
    }
  }
  if (columns === null)
    throw new CordonError('screen/no-columns', `${file.name} holds nothing`, {
      place: { file: file.name },
      remedy: 'Give a file with a header and rows.',
    })
}

type Row = Pick<DelimitedRow, 'line' | 'fields' | 'raw' | 'fault' | 'legacy'>

function wellFormed(row: Row, width: number): boolean {
  return refusalOf(row, width) === null
}

function refusalOf({ fields, fault: quotes, legacy }: Row, width: number): string | null {
  if (legacy) return 'is no UTF-8'
  if (quotes !== null) return quotes
  return fields.length === width ? null : `has ${fields.length} fields where the header has ${width}`
}

/** The lines of a row that does not fit, each as a row: the first is at fault, the others may be whole. */
function singleLines(row: Row, delimiter: string): readonly Row[] {
  const lines = row.raw.split('\n')
  if (lines.length === 1) return [row]
  return lines.flatMap((text, at): Row[] => {
    const raw = text.endsWith('\r') ? text.slice(0, -1) : text
    return raw === '' ? [] : [{ line: row.line + at, raw, legacy: row.legacy, ...splitRow(raw, delimiter) }]
  })
}

function separatorOf({ head }: SourceFile): string {
  const text = new TextDecoder('utf-8').decode(head)
  const line = text.slice(0, text.search(/[\r\n]|$/))
  return SEPARATORS.reduce((best, mark) => (line.split(mark).length > line.split(best).length ? mark : best))
}
