export * from './batch.ts'
export * from './ledger.ts'
export { type MemoryOptions, type MemoryRow, memoryLedger } from './memory.ts'
