import type { ChainId, Work } from '../chain/index.ts'
import type { IncomingTransfers } from './batch.ts'
import { extendLedger, type ImportReport, isExport, openExport, openLedger, writeLedger } from './local/index.ts'

export interface ImportOptions extends Work {
  /** Files, folders and globs; or one folder that `exportLedger` wrote. */
  readonly paths: readonly string[]
  /** Folder of the ledger. */
  readonly directory: string
  /** Chain of sources that do not name one. */
  readonly chain?: ChainId | undefined
  /** True when the sources begin at genesis, so that opening balances are zero. */
  readonly genesis?: boolean | undefined
  /** Refused rows over which the import stops and leaves the ledger as it was; no limit when left out. */
  readonly refuseLimit?: number | undefined
  /** Bytes that sorting may use. */
  readonly memoryLimit?: number | undefined
}

/**
 * Reads public chain data into a new ledger, in the place of one that may be there; killed or failed, the old one stays whole.
 *
 * @throws CordonError as `openSources` and `writeLedger`
 * @example
 * await importLedger({ paths: ['token_transfers.parquet'], directory: 'ledger' })
 */
export async function importLedger(options: ImportOptions): Promise<ImportReport> {
  return writeLedger(await openPaths(options), options.directory, options)
}

/**
 * Reads newer blocks into a ledger that is there.
 *
 * @throws CordonError as `openSources` and `extendLedger`
 */
export async function appendLedger(options: ImportOptions): Promise<ImportReport> {
  const ledger = await openLedger(options.directory)
  const { chain } = ledger.manifest
  await ledger.close()
  return extendLedger(await openPaths({ ...options, chain: options.chain ?? chain }), options.directory, options)
}

async function openPaths(options: ImportOptions): Promise<IncomingTransfers> {
  const [only] = options.paths
  if (options.paths.length === 1 && only !== undefined && isExport(only)) return openExport(only, options)
  // Loaded only to import: DuckDB takes a tenth of a second to start, which a question to a ledger need not wait for.
  const { openSources } = await import('./source/index.ts')
  return openSources(options)
}
