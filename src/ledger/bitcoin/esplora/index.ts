export type { EsploraLedger } from './ledger.ts'
export { type EsploraOptions, openEsplora } from './open.ts'
