export type { BitcoinTruth } from './describe.ts'
export { type BitcoinWorldOptions, blocksOf, openBitcoinWorld } from './generate.ts'
export { type BitcoinFormat, type BitcoinSimulateReport, simulateBitcoin } from './simulate.ts'
