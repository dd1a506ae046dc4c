import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'

/** Transfers in one file. */
const FILE_ROWS = 10_000_000
const FIRST_BLOCK = 10_000_000
const FIRST_TIME = 1_600_000_000

/**
 * Writes token transfers as ethereum-etl Parquet (BigQuery's columns): 200 a block, one transaction per 1.25 transfers, 40 tokens, power-law
 * senders and receivers out of a tenth as many accounts as transfers, values from small to above 2^63, in chain order. The worst case for
 * locality: who pays whom has nothing to do with when an account was first seen. Files that are there already are kept.
 *
 * @returns the files, in chain order
 */
export async function generateTransfers(folder: string, transfers: number): Promise<string[]> {
  mkdirSync(folder, { recursive: true })
  const accounts = Math.max(1000, Math.floor(transfers / 10))
  const files: string[] = []
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '3GB' })
  const connection = await instance.connect()
  try {
    for (let first = 0, number = 0; first < transfers; first += FILE_ROWS, number++) {
      const end = Math.min(transfers, first + FILE_ROWS)
      const file = join(folder, `token_transfers-${transfers}-${String(number).padStart(3, '0')}.parquet`)
      files.push(file)
      if (existsSync(file)) continue
      const uniform = (salt: number): string => `(hash(i + ${salt * 1_000_000_007}) / 18446744073709551616.0)`
      const account = (salt: number, power: number): string =>
        `'0x' || sha1((pow(${uniform(salt)}, ${power}) * ${accounts})::BIGINT::VARCHAR)`
      await connection.run(
        `COPY (SELECT '0x' || sha1('token' || (hash(i + 11) % 40)) AS token_address,
          ${account(0, 3)} AS from_address, ${account(77, 2)} AS to_address,
          (hash(i + 5) // (1::UBIGINT << (hash(i) % 30)::UBIGINT))::VARCHAR || CASE WHEN i % 3 = 0 THEN '00' ELSE '' END AS value,
          '0x' || sha256('tx' || (i * 4 // 5)) AS transaction_hash,
          (i % 200)::BIGINT AS log_index, make_timestamp((${FIRST_TIME} + (i // 200) * 12) * 1000000) AS block_timestamp,
          (${FIRST_BLOCK} + i // 200)::BIGINT AS block_number
          FROM range(${first}, ${end}) t(i)) TO '${file}.unfinished' (FORMAT parquet)`,
      )
      renameSync(`${file}.unfinished`, file)
    }
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
  return files
}

export function bytesOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(file).size, 0)
}
