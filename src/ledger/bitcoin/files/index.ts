export { isBlockSource } from './locate.ts'
export { type BlockFilesOptions, openBlockFiles } from './open.ts'
