import { bitcoinNetwork } from './bitcoin/network.ts'

/**
 * Chain and asset names as CAIP-2, CAIP-10 and CAIP-19 write them (Chain Agnostic Improvement Proposals).
 * An asset is its contract, never its symbol: symbols are spoofed.
 */

/** CAIP-2, e.g. `eip155:1` (Ethereum main net). */
export type ChainId = string

/** CAIP-19, e.g. `eip155:1/slip44:60` (ether) or `eip155:1/erc20:0xdac1…ec7`; `usd` for flows that were recorded in dollars only. */
export type AssetId = string

export const ETHEREUM: ChainId = 'eip155:1'

/** Flows that investigators recorded in dollars: base unit 10^-18 dollar, so that every printed decimal is kept. */
export const USD: AssetId = 'usd'

/** The native coin of a chain: bitcoin's on a Bitcoin network; elsewhere the coin type of SLIP-44 60, which stands for every ether-like native coin. */
export function nativeAsset(chain: ChainId): AssetId {
  return bitcoinNetwork(chain)?.asset ?? `${chain}/slip44:60`
}

/** An ERC-20 token by its contract (lower-case hex). */
export function erc20Asset(chain: ChainId, contract: string): AssetId {
  return `${chain}/erc20:${contract}`
}
