import { mkdir, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { DOUBLE, DuckDBDataChunk, DuckDBInstance, UINTEGER, UTINYINT } from '@duckdb/node-api'
import type { Work } from '../chain/index.ts'
import type { SimulatedAsset } from './assets.ts'
import type { Names } from './names.ts'
import type { TransferColumns } from './tape.ts'
import { BLOCK_SECONDS, FIRST_BLOCK, FIRST_TIME, type World } from './world.ts'

export type Format = 'csv' | 'parquet'

/** Rows in one file; the last has what is left. */
export const PART_ROWS = 5_000_000

/** A file of a world, as the report lists it. */
export interface WrittenFile {
  readonly file: string
  readonly bytes: number
  readonly rows: number
}

const TYPES = [UINTEGER, UINTEGER, UINTEGER, DOUBLE, DOUBLE, UTINYINT, DOUBLE, DOUBLE]
const CHUNK = 2_048

const columnsOf = (batch: TransferColumns) => [
  batch.block,
  batch.logIndex,
  batch.transaction,
  batch.from,
  batch.to,
  batch.asset,
  batch.hi,
  batch.lo,
]

/**
 * Writes transfers as ethereum-etl `token_transfers` (with BigQuery's `block_timestamp`), in the order given, in parts of 5 M rows.
 * Numbers become addresses, hashes and decimal text inside DuckDB, while the next part is being made.
 */
export async function writeTransfers(
  w: World,
  batches: Iterable<TransferColumns>,
  folder: string,
  format: Format,
  work: Work,
): Promise<WrittenFile[]> {
  await mkdir(folder, { recursive: true })
  // One thread writes while this one makes the next part: two cores are busy, row groups do not depend on the machine, and memory
  // is half of what two writers would hold.
  const settings = { preserve_insertion_order: 'true', allocator_flush_threshold: '16MB', threads: '1' }
  const instance = await DuckDBInstance.create(':memory:', settings)
  const making = await instance.connect()
  const writing = await instance.connect()
  const parts: { readonly file: string; readonly rows: number }[] = []
  const feed = createFeed()
  const select = transfersSql(w.names, w.assets, format)
  let written: Promise<unknown> = Promise.resolve()
  let done = 0
  try {
    let rows = 0
    let table = ''
    let appender = null as Awaited<ReturnType<typeof making.createAppender>> | null

    const finishPart = async () => {
      if (appender === null) return
      appender.closeSync()
      appender = null
      // One part at a time is on its way to disk, so that memory stays bounded.
      await written
      const file = join(folder, `part-${String(parts.length).padStart(5, '0')}.${format}`)
      parts.push({ file, rows })
      const name = table
      written = writing
        .run(`COPY (${select(name)}) TO '${file.replaceAll("'", "''")}' (${copyOptions(format)})`)
        .then(() => writing.run(`DROP TABLE ${name}`))
      written.catch(() => {})
      rows = 0
    }

    for (const batch of batches) {
      work.signal?.throwIfAborted()
      for (let at = 0; at < batch.length; ) {
        if (appender === null) {
          table = `part${parts.length}`
          await making.run(
            `CREATE TABLE ${table} (block UINTEGER, log_index UINTEGER, tx UINTEGER, f DOUBLE, t DOUBLE, asset UTINYINT, hi DOUBLE, lo DOUBLE)`,
          )
          appender = await making.createAppender(table)
        }
        const n = Math.min(CHUNK, batch.length - at, PART_ROWS - rows)
        appender.appendDataChunk(feed(batch, at, n))
        at += n
        rows += n
        if (rows === PART_ROWS) await finishPart()
      }
      done += batch.length
      work.progress?.({ phase: 'simulating', done, total: w.sizes.transfers, unit: 'transfers' })
      // Lets signals in.
      await setImmediate()
    }
    await finishPart()
    await written
  } catch (error) {
    writing.interrupt()
    throw error
  } finally {
    await written.catch(() => {})
    making.closeSync()
    writing.closeSync()
    instance.closeSync()
  }
  return Promise.all(parts.map(async ({ file, rows }) => ({ file, rows, bytes: (await stat(file)).size })))
}

/** One native chunk for all rows: a fresh one each time would wait for a garbage collection that tiny JavaScript handles never cause. */
function createFeed() {
  const chunk = DuckDBDataChunk.create(TYPES, CHUNK)
  const vectors = TYPES.map((_, k) => chunk.getColumnVector(k))
  return (batch: TransferColumns, at: number, n: number): DuckDBDataChunk => {
    columnsOf(batch).forEach((column, k) => {
      const vector = vectors[k]!
      for (let i = 0; i < n; i++) vector.setItem(i, column[at + i]!)
      vector.flush()
    })
    chunk.rowCount = n
    return chunk
  }
}

function copyOptions(format: Format): string {
  return format === 'csv' ? 'FORMAT csv, HEADER' : 'FORMAT parquet, COMPRESSION snappy'
}

/** A table of numbers as rows of `token_transfers`. CSV has times as BigQuery prints them, Parquet as UTC timestamps. */
function transfersSql(names: Names, assets: readonly SimulatedAsset[], format: Format): (table: string) => string {
  const list = (of: (asset: SimulatedAsset) => string) => `list_extract([${assets.map(of).join(', ')}], asset + 1)`
  const contract = list((asset) => `'${asset.address}'`)
  const wide = list((asset) => (asset.loLimit > 1 ? 'true' : 'false'))
  const zeros = list((asset) => `'${'0'.repeat(asset.zeros)}'`)
  const small = assets.filter((asset) => asset.zeros > 0).map((asset) => asset.index)
  const value = `CASE WHEN hi = 0 THEN (lo::BIGINT)::VARCHAR WHEN ${wide} THEN (hi::BIGINT) || lpad((lo::BIGINT)::VARCHAR, 12, '0') ELSE (hi::BIGINT)::VARCHAR END`
  const full = small.length === 0 ? value : `CASE WHEN asset IN (${small.join(', ')}) THEN (${value}) || ${zeros} ELSE ${value} END`
  const seconds = `(${FIRST_TIME} + (block::BIGINT - ${FIRST_BLOCK}) * ${BLOCK_SECONDS})`
  const time = format === 'csv' ? `strftime(make_timestamp(${seconds} * 1000000), '%Y-%m-%d %H:%M:%S UTC')` : `to_timestamp(${seconds})`
  return (table) => `SELECT ${contract} AS token_address, ${names.accountSql('f')} AS from_address, ${names.accountSql('t')} AS to_address,
    ${full} AS value, ${names.transactionSql('tx')} AS transaction_hash, log_index::BIGINT AS log_index, block::BIGINT AS block_number,
    ${time} AS block_timestamp FROM ${table}`
}

/** Writes rows of text as CSV or Parquet; for the large lists of the truth. */
export async function writeTable(
  file: string,
  columns: readonly string[],
  rows: Iterable<readonly string[]>,
  format: Format,
): Promise<WrittenFile> {
  const instance = await DuckDBInstance.create(':memory:', { preserve_insertion_order: 'true' })
  const connection = await instance.connect()
  try {
    await connection.run(`CREATE TABLE t (${columns.map((name) => `"${name}" VARCHAR`).join(', ')})`)
    const appender = await connection.createAppender('t')
    let count = 0
    for (const row of rows) {
      for (const cell of row) appender.appendVarchar(cell)
      appender.endRow()
      count += 1
    }
    appender.closeSync()
    await connection.run(`COPY t TO '${file.replaceAll("'", "''")}' (${copyOptions(format)})`)
    return { file, rows: count, bytes: (await stat(file)).size }
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** True when the directory is missing or empty. */
export async function isFree(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true
    throw error
  }
}
