export type { Asset } from './asset.ts'
export * from './caip.ts'
export * from './errors.ts'
export type { Progress, Work } from './work.ts'
