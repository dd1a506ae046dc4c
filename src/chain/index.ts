export type { Asset } from './asset.ts'
export * from './caip.ts'
