import { column } from '../../formats/sql.ts'
import type { Duck } from '../../source/duck.ts'
import { type Compression, readHead } from '../../source/head.ts'
import type { Located } from '../../source/locate.ts'
import { duckPath, type Sniffed, sniff } from '../../source/sniff.ts'
import { type ExportTable, exportTable, type NestedColumns } from './tables.ts'

/** A file of a known export. */
export interface ExportFile extends Sniffed {
  /** Its place among the files that were given. */
  readonly number: number
  readonly table: ExportTable
  readonly nested: NestedColumns
}

/** Longest line that is read. A transaction of a full block with nothing but outputs takes some ten bytes of JSON for each of its million. */
const LONGEST_LINE = 32 << 20
/** Records whose keys are looked at: exporters may leave out what is null, and a coinbase shows no inputs. */
const LOOKED_AT = 200

/**
 * Looks at a file's beginning, at a Parquet file's schema, and says which table of which export it is; null when it is none.
 *
 * @throws CordonError `ledger/unreadable`, `ledger/empty-file`, `ledger/damaged-file`
 */
export async function recogniseExport(duck: Duck, file: Located, number: number): Promise<ExportFile | null> {
  const head = await readHead(file.path)
  if (head.bytes.toString('latin1', 0, 4) === 'PAR1') {
    const sniffed = await sniff(duck, file)
    const nested = {
      inputs: await structFields(duck, sniffed, 'inputs'),
      outputs: await structFields(duck, sniffed, 'outputs'),
    }
    const table = exportTable(sniffed.columns, nested)
    return table === null ? null : { ...sniffed, number, table, nested }
  }
  const start = head.bytes
    .toString('utf8', 0, 256)
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (!start.startsWith('{') && !start.startsWith('[')) return null
  const shape = start.startsWith('[') ? 'array' : 'lines'
  const records = await firstRecords(duck, file.path, shape, head.compression)
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))]
  const columns = { names, types: new Map(names.map((name) => [name, 'JSON'])) }
  const nested = { inputs: listFields(records, 'inputs'), outputs: listFields(records, 'outputs') }
  const table = exportTable(columns, nested)
  return table === null ? null : { ...file, layout: { kind: 'json', shape, compression: head.compression }, columns, number, table, nested }
}

/** SQL of a JSON file's records: `json`, NULL where a line is no JSON. */
export function jsonRecords(path: string, shape: 'lines' | 'array', compression: Compression): string {
  const layout = shape === 'array' ? "format = 'array'" : "format = 'newline_delimited', ignore_errors = true"
  return `read_json_objects(${duckPath(path)}, ${layout}, maximum_object_size = ${LONGEST_LINE}, compression = '${compression ?? 'uncompressed'}')`
}

async function structFields(duck: Duck, file: Sniffed, name: string): Promise<ReadonlyMap<string, string>> {
  const type = file.columns.types.get(name) ?? ''
  if (!/^STRUCT\(.*\)\[\]$/s.test(type)) return new Map()
  const rows = await duck.rows(
    `DESCRIBE SELECT unnest(${column(name)}[1]) FROM read_parquet(${duckPath(file.path)}, hive_partitioning = false)`,
  )
  return new Map(rows.map((row) => [row[0] as string, row[1] as string]))
}

async function firstRecords(
  duck: Duck,
  path: string,
  shape: 'lines' | 'array',
  compression: Compression,
): Promise<Readonly<Record<string, unknown>>[]> {
  let rows: (string | null)[][]
  try {
    rows = await duck.rows(
      `SELECT CAST(json AS VARCHAR) FROM ${jsonRecords(path, shape, compression)} WHERE json IS NOT NULL LIMIT ${LOOKED_AT}`,
    )
  } catch {
    // Whatever begins with a bracket and is no JSON is no export; who asked will say what it is not.
    return []
  }
  return rows.flatMap(([text]) => {
    const record: unknown = parsed(text)
    return isRecord(record) ? [record] : []
  })
}

function parsed(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}

function listFields(records: readonly Readonly<Record<string, unknown>>[], name: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (const record of records) {
    const list = record[name]
    if (!Array.isArray(list)) continue
    for (const entry of list) if (isRecord(entry)) for (const key of Object.keys(entry)) fields.set(key, 'JSON')
  }
  return fields
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
