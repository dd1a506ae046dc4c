export type { EsploraLedger, Traffic } from './ledger.ts'
export { type EsploraOptions, openEsplora } from './open.ts'
