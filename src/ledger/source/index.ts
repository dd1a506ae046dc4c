export { type OpenOptions, openSources } from './open.ts'
