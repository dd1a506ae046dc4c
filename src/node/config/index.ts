export { isLoopback, readConfig } from './read.ts'
export type { BitcoinSource, Config } from './schema.ts'
export { showConfig } from './show.ts'
