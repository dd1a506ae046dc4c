export * from './block.ts'
export * from './columns.ts'
export * from './transaction.ts'
