import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type DuckDBConnection, type DuckDBDataChunk, DuckDBInstance } from '@duckdb/node-api'
import { type Asset, CordonError, type Work } from '../../chain/index.ts'
import { type IncomingBatch, type IncomingFees, type IncomingTransfers, KIND } from '../batch.ts'
import type { SourceRecord } from '../ledger.ts'
import { EXPORT_FILE, EXPORT_FORMAT, type ExportHeader } from './exchange.ts'

/** Eight bytes of a hexadecimal column from a digit on, as one number. */
const word = (column: string, digit: number, digits: number): string =>
  `('0x' || substr(${column}, ${digit + 3}, ${digits}))::${digits === 16 ? 'UBIGINT' : 'UINTEGER'}`
const addressSql = (column: string): string => [word(column, 0, 16), word(column, 16, 16), word(column, 32, 8)].join(', ')
const hashSql = (column: string): string => [0, 16, 32, 48].map((digit) => word(column, digit, 16)).join(', ')

/**
 * Opens an exported ledger to be imported again: rows keep the order in which they lie.
 *
 * @throws CordonError `ledger/bad-export` when files are missing, added or not as `exportLedger` writes them
 */
export async function openExport(directory: string, { signal }: Work = {}): Promise<IncomingTransfers> {
  const header = readHeader(directory)
  const names = readdirSync(directory).sort()
  const transfers = names.filter((name) => /^transfers-\d+\.parquet$/.test(name))
  const fees = names.filter((name) => /^fees-.*\.parquet$/.test(name))
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1GB', threads: '2' })
  const connection = await instance.connect()
  const assets: Asset[] = [...header.assets]
  const numberOf = new Map(assets.map((asset, i) => [asset.id, i]))
  const sources: SourceRecord[] = []
  let seen = 0
  return {
    chain: header.chain,
    assets,
    sources,
    orderNotes: header.orderNotes,
    lossy: header.lossy,
    genesis: header.genesis,
    refused: { count: 0, rows: [] },
    async *batches() {
      for (const name of transfers) {
        let rows = 0
        for await (const chunk of chunksOf(connection, join(directory, name), TRANSFERS_SQL)) {
          signal?.throwIfAborted()
          rows += chunk.rowCount
          yield transfersOf(chunk, (id) => {
            const number = numberOf.get(id)
            if (number === undefined) throw badExport(join(directory, name), `names the asset ${id}, which ${EXPORT_FILE} does not list`)
            return number
          })
        }
        seen += rows
        const path = join(directory, name)
        sources.push({
          file: path,
          format: EXPORT_FORMAT,
          bytes: statSync(path).size,
          sha256: null,
          rowsRead: rows,
          transfers: rows,
          refused: 0,
          lacks: [],
          lossy: header.lossy,
        })
      }
      if (seen !== header.transfers) throw badExport(directory, `holds ${seen} transfers and should hold ${header.transfers}`)
    },
    async *fees() {
      let count = 0
      for (const name of fees) {
        for await (const chunk of chunksOf(connection, join(directory, name), FEES_SQL)) {
          count += chunk.rowCount
          yield feesOf(chunk)
        }
      }
      if (count !== header.fees) throw badExport(directory, `holds ${count} fees and should hold ${header.fees}`)
    },
    async close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

const TRANSFERS_SQL = `block_number::UINTEGER, coalesce(block_timestamp, -1)::DOUBLE, coalesce(log_index, -1)::INTEGER, ${hashSql('transaction_hash')},
  ${addressSql('from_address')}, ${addressSql('to_address')}, asset, TRY_CAST(value AS UHUGEINT), value`
const FEES_SQL = `${hashSql("coalesce(transaction_hash, '0x' || repeat('0', 64))")}, ${addressSql('from_address')}, fee::UBIGINT`

function readHeader(directory: string): ExportHeader {
  const file = join(directory, EXPORT_FILE)
  let header: ExportHeader
  try {
    header = JSON.parse(readFileSync(file, 'utf8')) as ExportHeader
  } catch (cause) {
    throw badExport(file, 'is not readable JSON', cause)
  }
  if (header?.format !== EXPORT_FORMAT || header.version !== 1 || !Array.isArray(header.assets))
    throw badExport(file, 'is not the header of an exported ledger')
  return header
}

function badExport(file: string, what: string, cause?: unknown): CordonError {
  return new CordonError('ledger/bad-export', `${file} ${what}`, {
    place: { file },
    remedy: 'export the ledger again with `cordon ledger export`',
    ...(cause === undefined ? {} : { cause }),
  })
}

async function* chunksOf(connection: DuckDBConnection, file: string, columns: string): AsyncGenerator<DuckDBDataChunk> {
  try {
    const result = await connection.stream(`SELECT ${columns} FROM read_parquet('${file.replaceAll("'", "''")}')`)
    for (;;) {
      const chunk = await result.fetchChunk()
      if (chunk === null || chunk.rowCount === 0) return
      yield chunk
    }
  } catch (error) {
    if (error instanceof CordonError) throw error
    throw badExport(file, `cannot be read: ${error instanceof Error ? error.message : String(error)}`, error)
  }
}

function transfersOf(chunk: DuckDBDataChunk, numberOf: (asset: string) => number): IncomingBatch {
  const n = chunk.rowCount
  const assets = chunk.getColumnVector(13)
  const values = chunk.getColumnVector(14)
  const texts = chunk.getColumnVector(15)
  const value = new Uint32Array(n * 4)
  let wide: Map<number, bigint> | null = null
  const asset = new Uint32Array(n)
  for (let i = 0; i < n; i++) {
    asset[i] = numberOf(String(assets.getItem(i)))
    let small = values.getItem(i) as bigint | null
    if (small === null) {
      small = BigInt(String(texts.getItem(i)))
      wide ??= new Map()
      wide.set(i, small)
    }
    for (let k = 0; k < 4; k++) value[i * 4 + k] = Number((small >> BigInt(k * 32)) & 0xffff_ffffn)
  }
  return {
    length: n,
    block: Uint32Array.from({ length: n }, numbers(chunk, 0)),
    time: Float64Array.from({ length: n }, numbers(chunk, 1)),
    txIndex: new Int32Array(n).fill(-1),
    index: Int32Array.from({ length: n }, numbers(chunk, 2)),
    kind: new Uint8Array(n).fill(KIND.token),
    hash: [longs(chunk, 3), longs(chunk, 4), longs(chunk, 5), longs(chunk, 6)],
    from: [longs(chunk, 7), longs(chunk, 8), Uint32Array.from({ length: n }, numbers(chunk, 9))],
    to: [longs(chunk, 10), longs(chunk, 11), Uint32Array.from({ length: n }, numbers(chunk, 12))],
    asset,
    value,
    wide,
  }
}

function feesOf(chunk: DuckDBDataChunk): IncomingFees {
  const n = chunk.rowCount
  return {
    length: n,
    hash: [longs(chunk, 0), longs(chunk, 1), longs(chunk, 2), longs(chunk, 3)],
    payer: [longs(chunk, 4), longs(chunk, 5), Uint32Array.from({ length: n }, numbers(chunk, 6))],
    amount: longs(chunk, 7),
  }
}

function numbers(chunk: DuckDBDataChunk, column: number): (_: unknown, i: number) => number {
  const vector = chunk.getColumnVector(column)
  return (_, i) => Number(vector.getItem(i))
}

/** A column of 64-bit numbers as (low, high) pairs. */
function longs(chunk: DuckDBDataChunk, column: number): Uint32Array {
  const vector = chunk.getColumnVector(column)
  const out = new BigUint64Array(chunk.rowCount)
  for (let i = 0; i < out.length; i++) out[i] = vector.getItem(i) as bigint
  return new Uint32Array(out.buffer)
}
