import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import {
  DOUBLE,
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  INTEGER,
  UBIGINT,
  UHUGEINT,
  UINTEGER,
  VARCHAR,
} from '@duckdb/node-api'
import { CordonError, type Work } from '../../chain/index.ts'
import { ABSENT } from '../ledger.ts'
import { transactionOf } from './bits.ts'
import { EXPORT_FILE, EXPORT_FORMAT, type ExportHeader } from './exchange.ts'
import { diskError, sync, writeFile } from './files.ts'
import { readRows } from './gather.ts'
import { type LocalLedger, openLedger } from './local.ts'
import type { Segment } from './segment.ts'
import { readValue } from './value.ts'
import { ADDRESS_WORDS, HASH_WORDS, lowerBound, swap } from './words.ts'

export interface ExportReport {
  readonly directory: string
  readonly transfers: number
  readonly fees: number
  readonly files: readonly string[]
}

/** Rows of one Parquet file; bounds what DuckDB holds. */
const FILE_ROWS = 1 << 20
/** Rows of a DuckDB vector. */
const VECTOR_ROWS = 2048

/**
 * Writes a ledger as Parquet into a new folder.
 *
 * @throws CordonError `ledger/not-empty` when `out` exists and is not an empty folder; `ledger/disk-full`; as `openLedger`
 */
export async function exportLedger(options: { readonly directory: string; readonly out: string } & Work): Promise<ExportReport> {
  const { directory, out, signal } = options
  if (existsSync(out) && readdirSync(out).length > 0) {
    throw new CordonError('ledger/not-empty', `${out} is not empty`, { place: { file: out }, remedy: 'name a new or empty folder' })
  }
  const ledger = await openLedger(directory)
  const staging = join(dirname(out), `.${basename(out)}.unfinished`)
  try {
    rmSync(staging, { recursive: true, force: true })
    mkdirSync(staging, { recursive: true })
    const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1GB', threads: '2' })
    const connection = await instance.connect()
    let fees = 0
    try {
      await exportTransfers(ledger, connection, staging, options)
      for (const segment of ledger.segments) fees += await exportFees(segment, connection, staging, signal)
    } finally {
      connection.closeSync()
      instance.closeSync()
    }
    const { hash, chain, genesis, lossy, orderNotes, assets, transfers } = ledger.manifest
    const header: ExportHeader = { format: EXPORT_FORMAT, version: 1, hash, chain, genesis, lossy, orderNotes, assets, transfers, fees }
    writeFile(join(staging, EXPORT_FILE), new TextEncoder().encode(`${JSON.stringify(header, null, 2)}\n`))
    const files = readdirSync(staging).sort()
    for (const file of files) await sync(join(staging, file))
    if (existsSync(out)) rmSync(out, { recursive: true })
    renameSync(staging, out)
    return { directory: out, transfers, fees, files }
  } catch (error) {
    throw /no space left|ENOSPC/i.test(String(error)) && !(error instanceof CordonError) ? diskError({ code: 'ENOSPC' }, staging) : error
  } finally {
    rmSync(staging, { recursive: true, force: true })
    await ledger.close()
  }
}

const ADDRESS = (column: string): string => `format('0x{:016x}{:016x}{:08x}', ${column}0, ${column}1, ${column}2)`
const HASH = (column: string): string => `format('0x{:016x}{:016x}{:016x}{:016x}', ${column}0, ${column}1, ${column}2, ${column}3)`

async function exportTransfers(ledger: LocalLedger, connection: DuckDBConnection, folder: string, work: Work): Promise<void> {
  const { transfers, assets } = ledger.manifest
  await connection.run('CREATE TABLE assets (number UINTEGER, id VARCHAR)')
  const list = await connection.createAppender('assets')
  for (const [i, asset] of assets.entries()) {
    list.appendUInteger(i)
    list.appendVarchar(asset.id)
    list.endRow()
  }
  list.closeSync()
  const columns =
    'block UINTEGER, time DOUBLE, h0 UBIGINT, h1 UBIGINT, h2 UBIGINT, h3 UBIGINT, index INTEGER, f0 UBIGINT, f1 UBIGINT, f2 UINTEGER, t0 UBIGINT, t1 UBIGINT, t2 UINTEGER, asset UINTEGER, value UHUGEINT, wide VARCHAR'
  let file = 0
  let done = 0
  for (const segment of ledger.segments) {
    for (let first = 0; first < segment.record.rows; first += FILE_ROWS) {
      const end = Math.min(segment.record.rows, first + FILE_ROWS)
      await connection.run(`CREATE OR REPLACE TABLE part (${columns})`)
      const appender = await connection.createAppender('part')
      for (let row = first; row < end; row += VECTOR_ROWS) appendRows(ledger, segment, row, Math.min(end, row + VECTOR_ROWS), appender)
      appender.closeSync()
      await connection.run(
        `COPY (
          SELECT block::BIGINT AS block_number, time::BIGINT AS block_timestamp, ${HASH('h')} AS transaction_hash, index AS log_index,
            nullif(regexp_extract(id, '/erc20:(.*)$', 1), '') AS token_address, ${ADDRESS('f')} AS from_address, ${ADDRESS('t')} AS to_address,
            coalesce(wide, value::VARCHAR) AS value, id AS asset
          FROM part JOIN assets ON asset = number ORDER BY part.rowid
        ) TO '${quoted(join(folder, `transfers-${String(file++).padStart(5, '0')}.parquet`))}' (FORMAT parquet, COMPRESSION zstd)`,
      )
      done += end - first
      work.signal?.throwIfAborted()
      work.progress?.({ phase: 'exporting', done, total: transfers, unit: 'transfers' })
    }
  }
  await connection.run('DROP TABLE IF EXISTS part')
}

function quoted(path: string): string {
  return path.replaceAll("'", "''")
}

const TYPES = [
  UINTEGER,
  DOUBLE,
  UBIGINT,
  UBIGINT,
  UBIGINT,
  UBIGINT,
  INTEGER,
  UBIGINT,
  UBIGINT,
  UINTEGER,
  UBIGINT,
  UBIGINT,
  UINTEGER,
  UINTEGER,
  UHUGEINT,
  VARCHAR,
]

function appendRows(ledger: LocalLedger, segment: Segment, first: number, end: number, appender: DuckDBAppender): void {
  const n = end - first
  const batch = readRows(
    segment,
    Uint32Array.from({ length: n }, (_, i) => first + i),
  )
  const { blockRow, blockNumber, blockTime, index, starts, txHashes, wide } = segment
  const columns: (number | bigint | string | null)[][] = TYPES.map(() => new Array(n))
  let block = lowerBound(blockRow, first + 1) - 1
  for (let i = 0; i < n; i++) {
    const row = first + i
    while (block + 1 < blockRow.length && (blockRow[block + 1] as number) <= row) block++
    const time = blockTime[block] as number
    const source = index?.[row] ?? -1
    const hash = transactionOf(starts, row) * HASH_WORDS
    const value = readValue(batch.word[i * 2] as number, batch.word[i * 2 + 1] as number, wide)
    const from = addressWords(ledger, batch.from[i] as number)
    const to = addressWords(ledger, batch.to[i] as number)
    const entry = [
      blockNumber[block] as number,
      Number.isNaN(time) ? null : time,
      pair(txHashes, hash),
      pair(txHashes, hash + 2),
      pair(txHashes, hash + 4),
      pair(txHashes, hash + 6),
      source === -1 ? null : source,
      ...from,
      ...to,
      batch.asset[i] as number,
      value < 1n << 128n ? value : null,
      value < 1n << 128n ? null : value.toString(),
    ]
    for (let c = 0; c < entry.length; c++)
      (columns[c] as (number | bigint | string | null)[])[i] = entry[c] as number | bigint | string | null
  }
  const chunk = DuckDBDataChunk.create(TYPES, n)
  chunk.setColumns(columns)
  appender.appendDataChunk(chunk)
}

/** Eight bytes of a key as one number, first byte highest. */
function pair(keys: Uint32Array, at: number): bigint {
  return (BigInt(swap(keys[at] as number)) << 32n) | BigInt(swap(keys[at + 1] as number))
}

function addressWords(ledger: LocalLedger, account: number): [bigint, bigint, number] {
  const segment = ledger.segments.findLast(({ record }) => record.firstAccount <= account && record.accounts > 0) as Segment
  return keyWords(segment.accountKeys, (account - segment.record.firstAccount) * ADDRESS_WORDS)
}

function keyWords(keys: Uint32Array, at: number): [bigint, bigint, number] {
  return [pair(keys, at), pair(keys, at + 2), swap(keys[at + 4] as number)]
}

/** One file of fees for a segment that has any. Returns how many. */
async function exportFees(
  segment: Segment,
  connection: DuckDBConnection,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<number> {
  const { fees, payers, name } = segment.record
  if (fees === 0) return 0
  await connection.run(
    'CREATE OR REPLACE TABLE fee (f0 UBIGINT, f1 UBIGINT, f2 UINTEGER, h0 UBIGINT, h1 UBIGINT, h2 UBIGINT, h3 UBIGINT, fee UBIGINT)',
  )
  const appender = await connection.createAppender('fee')
  const start = segment.u32('fee.start')
  const txs = segment.u32('fee.tx')
  const amounts = segment.u32('fee.amount')
  const keys = segment.u32('fee.payer')
  for (let payer = 0; payer < payers; payer++) {
    if ((payer & 0xffff) === 0) signal?.throwIfAborted()
    const [f0, f1, f2] = keyWords(keys, payer * ADDRESS_WORDS)
    const end = start[payer + 1] as number
    for (let i = start[payer] as number; i < end; i++) {
      appender.appendUBigInt(f0)
      appender.appendUBigInt(f1)
      appender.appendUInteger(f2)
      for (let k = 0; k < 4; k++) {
        const tx = txs[i] as number
        if (tx === ABSENT) appender.appendNull()
        else appender.appendUBigInt(pair(segment.txHashes, tx * HASH_WORDS + k * 2))
      }
      appender.appendUBigInt((BigInt(amounts[i * 2 + 1] as number) << 32n) | BigInt(amounts[i * 2] as number))
      appender.endRow()
    }
  }
  appender.closeSync()
  await connection.run(
    `COPY (
      SELECT ${ADDRESS('f')} AS from_address, CASE WHEN h0 IS NULL THEN NULL ELSE ${HASH('h')} END AS transaction_hash, fee::VARCHAR AS fee
      FROM fee ORDER BY rowid
    ) TO '${quoted(join(folder, `fees-${name}.parquet`))}' (FORMAT parquet, COMPRESSION zstd)`,
  )
  await connection.run('DROP TABLE fee')
  return fees
}
