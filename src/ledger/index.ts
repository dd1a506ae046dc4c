export * from './batch.ts'
export * from './ledger.ts'
