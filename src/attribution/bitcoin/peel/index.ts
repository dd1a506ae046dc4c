export type { PeelChain, PeelConfidence, PeelHop, PeelOutput, PeelStop } from './chain.ts'
export { followPeelChain, followPeelChainBack } from './follow.ts'
export type { PeelLedger, PeelOptions } from './read.ts'
