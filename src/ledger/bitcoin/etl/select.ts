import { column, literal, timeOf } from '../../formats/sql.ts'
import { duckPath } from '../../source/sniff.ts'
import { type ExportFile, jsonRecords } from './file.ts'

const TRANSACTION_FIELDS = [
  'hash',
  'block_number',
  'size',
  'virtual_size',
  'version',
  'lock_time',
  'block_hash',
  'is_coinbase',
  'input_count',
  'output_count',
  'input_value',
  'output_value',
  'fee',
]
const INPUT_FIELDS = [
  'index',
  'spent_transaction_hash',
  'spent_output_index',
  'script_hex',
  'sequence',
  'type',
  'addresses',
  'address',
  'value',
]
const OUTPUT_FIELDS = ['index', 'script_hex', 'type', 'addresses', 'address', 'value']

/**
 * SQL of a transactions file: `block`, `position` (both NULL where absent or no number), `coinbase`, `block_hash`, `record` (number of the row in its file, from 1), and with
 * `whole` the transaction as one JSON text, of Parquet made by DuckDB, which writes integers and decimals with all their digits and doubles so that they read back the same.
 */
export function transactionsSelect(file: ExportFile, whole: boolean): string {
  const { layout } = file
  if (layout.kind === 'json') {
    const shape = layout.shape === 'array' ? 'array' : 'lines'
    return `SELECT TRY_CAST(json ->> '$.block_number' AS UINTEGER) AS block, TRY_CAST(json ->> '$.index' AS UINTEGER) AS position,
      coalesce(TRY_CAST(json ->> '$.is_coinbase' AS BOOLEAN), json_array_length(json, '$.inputs') = 0, true) AS coinbase, lower(json ->> '$.block_hash') AS block_hash,
      record${whole ? ', CAST(json AS VARCHAR) AS text' : ''}
      FROM (SELECT json, row_number() OVER () AS record FROM ${jsonRecords(file.path, shape, layout.compression)})`
  }
  const has = (name: string) => file.columns.types.has(name)
  // The nested lists are most of a file: they are opened for this only where nothing else tells a coinbase.
  const coinbase = [has('is_coinbase') ? 'TRY_CAST(is_coinbase AS BOOLEAN)' : has('inputs') ? 'len(inputs) = 0' : null, 'true']
  return `SELECT TRY_CAST(block_number AS UINTEGER) AS block, ${has('index') ? 'TRY_CAST("index" AS UINTEGER)' : 'NULL::UINTEGER'} AS position,
    coalesce(${coinbase.filter((sql) => sql !== null).join(', ')}) AS coinbase, ${has('block_hash') ? `lower(${hex(file, 'block_hash')})` : 'NULL::VARCHAR'} AS block_hash,
    file_row_number + 1 AS record${whole ? `, CAST(to_json(${transactionStruct(file)}) AS VARCHAR) AS text` : ''}
    FROM ${parquet(file)}`
}

/** SQL of a blocks file: `height`, `hash`, `time`, `transactions`, `merkle`, `previous`, `record`; texts, NULL where absent. */
export function blocksSelect(file: ExportFile): string {
  const wanted = [
    ['height', ['number']],
    ['hash', ['hash']],
    ['time', ['timestamp', 'block_timestamp']],
    ['transactions', ['transaction_count']],
    ['merkle', ['merkle_root']],
    ['previous', ['previousblockhash', 'previous_block_hash', 'previous_hash']],
  ] as const
  const { layout } = file
  const columns = wanted.map(([as, names]) => {
    const name = names.find((each) => file.columns.types.has(each))
    if (name === undefined) return `NULL::VARCHAR AS ${as}`
    if (layout.kind === 'json') {
      const text = `json ->> ${literal(`$."${name}"`)}`
      return `${as === 'time' ? `CAST(${timeOf(`(${text})`, 'VARCHAR').seconds} AS VARCHAR)` : text} AS ${as}`
    }
    return `${as === 'time' ? `CAST(${timeOf(column(name), file.columns.types.get(name) ?? '').seconds} AS VARCHAR)` : hex(file, name)} AS ${as}`
  })
  if (layout.kind === 'json') {
    const shape = layout.shape === 'array' ? 'array' : 'lines'
    return `SELECT ${columns.join(', ')}, record, json IS NULL AS broken FROM (SELECT json, row_number() OVER () AS record FROM ${jsonRecords(file.path, shape, layout.compression)})`
  }
  return `SELECT ${columns.join(', ')}, file_row_number + 1 AS record, false AS broken FROM ${parquet(file)}`
}

function parquet(file: ExportFile): string {
  return `read_parquet(${duckPath(file.path)}, hive_partitioning = false, file_row_number = true)`
}

function transactionStruct(file: ExportFile): string {
  const fields = TRANSACTION_FIELDS.filter((name) => file.columns.types.has(name)).map((name) => `${column(name)}: ${value(file, name)}`)
  const time = ['block_timestamp', 'block_time'].find((name) => file.columns.types.has(name))
  if (time !== undefined) fields.push(`block_timestamp: ${timeOf(column(time), file.columns.types.get(time) ?? '').seconds}`)
  for (const [list, wanted] of [
    ['inputs', INPUT_FIELDS],
    ['outputs', OUTPUT_FIELDS],
  ] as const) {
    const own = wanted.filter((name) => file.nested[list].has(name)).map((name) => `${column(name)}: each.${column(name)}`)
    if (own.length > 0) fields.push(`${list}: list_transform(${list}, lambda each: {${own.join(', ')}})`)
  }
  return `{${fields.join(', ')}}`
}

function value(file: ExportFile, name: string): string {
  return name === 'hash' || name === 'block_hash' ? hex(file, name) : column(name)
}

/** A hash as text, however the file keeps it. */
function hex(file: ExportFile, name: string): string {
  const sql = column(name)
  return file.columns.types.get(name) === 'BLOB' ? `lower(hex(${sql}))` : `CAST(${sql} AS VARCHAR)`
}
