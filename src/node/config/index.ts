export { isLoopback, readConfig } from './read.ts'
export type { Config } from './schema.ts'
export { showConfig } from './show.ts'
