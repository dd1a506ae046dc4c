import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Asset, ChainId } from '../../chain/index.ts'

/**
 * The exchange form: a folder of Parquet files whose columns have ethereum-etl's names, so that any tool reads them, and `ledger.json`
 * with what Parquet has no place for. Importing the folder gives a ledger with the same hash.
 *
 * `transfers-*.parquet`, in chain order: block_number, block_timestamp (Unix seconds, NULL for none), transaction_hash, log_index (NULL for none),
 * token_address (NULL for what is no token), from_address, to_address, value (decimal text), asset (CAIP-19).
 * `fees-*.parquet`: from_address, transaction_hash (NULL where the transaction moved nothing), fee (decimal text).
 */
export const EXPORT_FILE = 'ledger.json'
export const EXPORT_FORMAT = 'cordon-export'

export interface ExportHeader {
  readonly format: typeof EXPORT_FORMAT
  readonly version: 1
  readonly hash: string
  readonly chain: ChainId
  readonly genesis: boolean
  readonly lossy: boolean
  readonly orderNotes: readonly string[]
  readonly assets: readonly Asset[]
  readonly transfers: number
  readonly fees: number
}

/** Whether a path is a folder that `exportLedger` wrote. */
export function isExport(path: string): boolean {
  return existsSync(join(path, EXPORT_FILE))
}
