import { bitcoinNetwork } from './bitcoin/index.ts'
import { type AssetId, nativeAsset, USD } from './caip.ts'

/** The unit in which people write an asset: its symbol, and its base units as a power of ten. */
export type CoinUnit = { readonly symbol: string; readonly decimals: number }

/** The unit of an asset that every ledger counts alike: a native coin, or recorded dollars. Null for tokens, whose contracts say it, and for what is no asset. */
export function coinUnit(asset: AssetId): CoinUnit | null {
  if (asset === USD) return { symbol: 'USD', decimals: 18 }
  const chain = asset.slice(0, asset.indexOf('/'))
  if (asset !== nativeAsset(chain)) return null
  const network = bitcoinNetwork(chain)
  if (network !== null) return { symbol: network.name === 'main' ? 'BTC' : 'test BTC', decimals: 8 }
  return chain.startsWith('eip155:') ? { symbol: chain === 'eip155:1' ? 'ETH' : `native coin of ${chain}`, decimals: 18 } : null
}
