export * from './blind/index.ts'
export * from './log/index.ts'
export * from './release/index.ts'
