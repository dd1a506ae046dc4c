export * from './freeze/index.ts'
export * from './heists/index.ts'
