import { CordonError } from '../../chain/index.ts'
import type { SourceFile } from '../lists/reader.ts'
import { csvRecords } from './csv-records.ts'
import { checkColumns, checkMapped, type FieldMap, fieldFinder } from './fields.ts'
import { flatSubject } from './flat.ts'
import { fault, type InputRow } from './subject.ts'

const SEPARATORS = [',', ';', '\t', '|']

/**
 * Customers of a CSV file (RFC 4180; comma, semicolon, tab or bar; a header in the first row). A row that cannot be read is refused: quotes, fields or bytes that do not fit. Where it ran over several lines, as after a quote
 * that is never closed, the lines behind the first are read as rows of their own.
 *
 * @throws CordonError `screen/no-columns`, `screen/bad-mapping`
 */
export async function* csvRows(file: SourceFile, map: FieldMap, signal?: AbortSignal): AsyncGenerator<InputRow> {
  const find = fieldFinder(map)
  let columns: readonly string[] | null = null
  let unused: readonly string[] = []
  let record = 0
  const fits = (fields: readonly string[]) => columns === null || fields.length === columns.length
  for await (const row of csvRecords(file.open(), separatorOf(file), fits, signal)) {
    if (columns === null) {
      columns = headerOf(row.fields, row.fault, file)
      checkMapped(map, columns, file.name)
      checkColumns(find, columns, file.name)
      unused = columns.filter((column) => find(column) === null)
      continue
    }
    record++
    const width = columns.length
    const refused = row.fault ?? (fits(row.fields) ? null : `has ${row.fields.length} fields where the header has ${width}`)
    if (refused !== null) {
      yield { record, line: row.line, subjects: [], refused: fault('', refused, row.raw), unused: [] }
      continue
    }
    const cells = columns.map((column, at) => ({ column, values: [row.fields[at] as string] }))
    const { subject, refused: empty } = flatSubject(cells, find)
    yield { record, line: row.line, subjects: empty === null ? [subject] : [], refused: empty, unused }
  }
  if (columns === null)
    throw new CordonError('screen/no-columns', `${file.name} holds nothing`, {
      place: { file: file.name },
      remedy: 'Give a file with a header and rows.',
    })
}

function headerOf(fields: readonly string[], wrong: string | null, { head, name }: SourceFile): readonly string[] {
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  const found = isUtf16 ? 'is UTF-16' : wrong
  if (found === null) return fields.map((field) => field.trim())
  throw new CordonError('screen/no-columns', `the header of ${name}: ${found}`, {
    place: { file: name, line: 1 },
    remedy: 'Save the file as CSV in UTF-8.',
  })
}

function separatorOf({ head }: SourceFile): string {
  const text = new TextDecoder('utf-8').decode(head)
  const line = text.slice(0, text.search(/[\r\n]|$/))
  return SEPARATORS.reduce((best, mark) => (line.split(mark).length > line.split(best).length ? mark : best))
}
