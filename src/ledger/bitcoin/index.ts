export * from './block.ts'
export { BlockBuilder, type BuilderHeader, type BuilderInput, type BuilderTransaction } from './builder.ts'
export * from './columns.ts'
export { type EsploraLedger, type EsploraOptions, openEsplora, type Traffic } from './esplora/index.ts'
export {
  type BitcoinImportReport,
  type BitcoinWriteOptions,
  extendBitcoinLedger,
  openBitcoinLedger,
  writeBitcoinLedger,
} from './local/import.ts'
export type { BitcoinManifest } from './local/layout.ts'
export type { LocalBitcoinLedger } from './local/ledger.ts'
export * from './match.ts'
export * from './pseudo.ts'
export * from './transaction.ts'
export { BatchBuilder } from './transfers.ts'
