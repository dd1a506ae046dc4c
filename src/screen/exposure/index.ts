export type {
  AssetExposure,
  Counterparty,
  ExposureDocument,
  ExposureParameters,
  Listed,
  ListedParty,
  ListedSource,
  NotLookedAt,
  PathStep,
  ServiceStop,
  Share,
  TracedAmount,
} from './document.ts'
export { type ExposureOptions, walletExposure } from './exposure.ts'
export { accountOn, listedBy } from './on-chain.ts'
export { DEFAULT_EXPOSURE } from './parameters.ts'
