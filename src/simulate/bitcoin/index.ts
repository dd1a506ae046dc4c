export type { BitcoinTruth, DescribedBitcoinTheft, DescribedCoin, DescribedPart } from './describe.ts'
export { type BitcoinWorldOptions, blocksOf, type MadeBlock, openBitcoinWorld } from './generate.ts'
export {
  type BitcoinFormat,
  type BitcoinSimulateOptions,
  type BitcoinSimulateReport,
  type BitcoinTheftSummary,
  simulateBitcoin,
} from './simulate.ts'
