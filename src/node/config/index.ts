export { isLoopback, readConfig } from './read.ts'
export { type Config, ConfigSchema } from './schema.ts'
export { showConfig } from './show.ts'
