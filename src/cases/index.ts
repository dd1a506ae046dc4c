export * from './heists/index.ts'
