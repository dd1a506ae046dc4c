import { column, literal } from '../formats/sql.ts'
import { duckPath, type Sniffed } from './sniff.ts'

/** A file as something that SQL reads: its columns, and the number of a row as SQL (1-based; for text files the record, not yet the line). */
export interface Relation {
  readonly sql: string
  readonly row: string
}

/** A line longer than this is no row of a known format (a transaction's input is at most 128 KiB on the wire). */
const LONGEST_LINE = 8 << 20
/** Name of the table that DuckDB writes rows into that have the wrong number of columns. */
export const REJECTS = 'rejected_rows'

/** The row number of text files that are read without numbering. */
export const UNNUMBERED = '0'
/** Name of the table that the edges of the graph file at hand are loaded into. */
export const EDGES = 'gexf_edges'

/** @param numbered number the rows; a pass over a text file then keeps to one thread */
export function relationOf(file: Sniffed, numbered: boolean): Relation {
  const { layout } = file
  if (layout.kind === 'parquet') {
    return { sql: `read_parquet(${duckPath(file.path)}, hive_partitioning = false, file_row_number = true)`, row: 'file_row_number + 1' }
  }
  if (layout.kind === 'gexf') return { sql: EDGES, row: 'line' }
  if (layout.kind === 'json') return { sql: json(file, layout.shape, numbered), row: numbered ? 'record_number' : UNNUMBERED }
  const plain = csv(file, layout.delimiter)
  return numbered
    ? { sql: `(SELECT *, row_number() OVER () AS record_number FROM ${plain})`, row: 'record_number' }
    : { sql: plain, row: UNNUMBERED }
}

/** Numbers of the lines of a JSON-lines file that are no JSON; DuckDB gives NULL for them. */
export function brokenJson(file: Sniffed): string {
  return `SELECT record_number FROM (SELECT r, row_number() OVER () AS record_number FROM (${objects(file, 'lines')})) WHERE r IS NULL`
}

function csv(file: Sniffed, delimiter: string): string {
  const columns = file.columns.names.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ')
  return `read_csv(${duckPath(file.path)}, auto_detect = false, header = true, columns = {${columns}}, delim = ${literal(delimiter)}, quote = '"', escape = '"',
    max_line_size = ${LONGEST_LINE}, store_rejects = true, rejects_table = '${REJECTS}', rejects_limit = 0${compression(file)})`
}

function json(file: Sniffed, shape: JsonShape, numbered: boolean): string {
  const columns = file.columns.names.map((name) => `r ->> ${literal(`$."${name}"`)} AS ${column(name)}`)
  const records = numbered ? `SELECT r, row_number() OVER () AS record_number FROM (${objects(file, shape)})` : objects(file, shape)
  return `(SELECT ${[...columns, ...(numbered ? ['record_number'] : [])].join(', ')} FROM (${records}) WHERE r IS NOT NULL)`
}

type JsonShape = 'lines' | 'array' | 'envelope'

function objects(file: Sniffed, shape: JsonShape): string {
  const path = duckPath(file.path)
  const options = `maximum_object_size = ${shape === 'envelope' ? envelopeSize(file) : LONGEST_LINE}${compression(file)}`
  if (shape === 'envelope')
    return `SELECT unnest(result) AS r FROM read_json(${path}, format = 'unstructured', columns = {result: 'JSON[]'}, ${options})`
  const layout = shape === 'array' ? "format = 'array'" : "format = 'newline_delimited', ignore_errors = true"
  return `SELECT json AS r FROM read_json_objects(${path}, ${layout}, ${options})`
}

function compression(file: Sniffed): string {
  const { layout } = file
  if (layout.kind === 'parquet' || layout.compression === null) return ", compression = 'uncompressed'"
  return `, compression = '${layout.compression}'`
}

/** An API answer is one object, so that it must fit; compressed text rarely shrinks more than thirtyfold. */
function envelopeSize(file: Sniffed): number {
  const { layout } = file
  const grown = layout.kind !== 'parquet' && layout.compression !== null ? file.bytes * 30 : file.bytes
  return Math.min(Math.max(grown + 1024, 1 << 20), 2 ** 31)
}
