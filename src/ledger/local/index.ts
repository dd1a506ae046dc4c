import type * as Exporting from './export.ts'
import type * as Importing from './exported.ts'

export { isExport } from './exchange.ts'
export type { ExportReport } from './export.ts'
export type { ImportReport, WriteOptions } from './import.ts'
export { extendLedger, writeLedger } from './import.ts'
export type { SegmentRecord, StoredManifest } from './layout.ts'
export { type LedgerColumns, type LocalLedger, type OpenOptions, openLedger } from './local.ts'
export type { ReadMode } from './mapping.ts'
export type { DirectionColumns } from './segment.ts'
export { type Problem, type VerifyReport, verifyLedger } from './verify.ts'

// DuckDB takes a tenth of a second to start, which a question to a ledger need not wait for: it is loaded when it is used.

/** See export.ts. */
export const exportLedger: typeof Exporting.exportLedger = async (options) => (await import('./export.ts')).exportLedger(options)

/** See exported.ts. */
export const openExport: typeof Importing.openExport = async (directory, work) =>
  (await import('./exported.ts')).openExport(directory, work)
