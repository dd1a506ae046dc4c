export * from './block.ts'
export * from './columns.ts'
export * from './match.ts'
export * from './transaction.ts'
