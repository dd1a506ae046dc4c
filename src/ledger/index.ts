export * from './batch.ts'
export * from './ledger.ts'
export * from './local/index.ts'
export { type MemoryOptions, type MemoryRow, memoryLedger } from './memory.ts'
