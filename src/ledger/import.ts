import { existsSync, readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
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
  /** Refused rows over which the import stops and leaves the ledger as it was; 0 stops at the first, 1000 when left out. */
  readonly refuseLimit?: number | undefined
  /** Bytes that sorting may use. */
  readonly memoryLimit?: number | undefined
}

/** What DuckDB may hold while it reads, and the sorts after it. */
const DEFAULT_MEMORY = 1.5 * 2 ** 30

/**
 * Reads public chain data into a new ledger, in the place of one that may be there; killed or failed, the old one stays whole.
 *
 * @throws CordonError as `openSources` and `writeLedger`
 * @example
 * await importLedger({ paths: ['token_transfers.parquet'], directory: 'ledger' })
 */
export async function importLedger(options: ImportOptions): Promise<ImportReport> {
  return withSources(options, (incoming) => writeLedger(incoming, options.directory, options))
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
  return withSources({ ...options, chain: options.chain ?? chain }, (incoming) => extendLedger(incoming, options.directory, options))
}

async function withSources(options: ImportOptions, use: (incoming: IncomingTransfers) => Promise<ImportReport>): Promise<ImportReport> {
  const [only] = options.paths
  if (options.paths.length === 1 && only !== undefined && isExport(only)) return use(await openExport(only, options))
  const tempDirectory = sortingFolder(options.directory)
  try {
    // Loaded only to import: DuckDB takes a tenth of a second to start, which a question to a ledger need not wait for.
    const { openSources } = await import('./source/index.ts')
    const memoryLimit = `${Math.floor((options.memoryLimit ?? DEFAULT_MEMORY) / 2 ** 20)}MiB`
    return await use(await openSources({ ...options, memoryLimit, tempDirectory }))
  } finally {
    rmSync(tempDirectory, { recursive: true, force: true })
  }
}

/** Where DuckDB may spill: beside the ledger, on the disk that was chosen for it. Takes away what killed processes left there. */
export function sortingFolder(directory: string): string {
  const place = resolve(directory)
  const prefix = `.${basename(place)}.sorting-`
  const beside = existsSync(dirname(place)) ? readdirSync(dirname(place)) : []
  for (const name of beside) {
    if (name.startsWith(prefix) && !isRunning(Number(name.slice(prefix.length))))
      rmSync(join(dirname(place), name), { recursive: true, force: true })
  }
  return join(dirname(place), `${prefix}${process.pid}`)
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { readonly code?: unknown }).code === 'EPERM'
  }
}
