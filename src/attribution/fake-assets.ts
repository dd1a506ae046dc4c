import { type Asset, type ChainId, ETHEREUM, erc20Asset, nativeAsset } from '../chain/index.ts'

/**
 * Contracts behind the symbols that spammers copy most, on Ethereum main net, as their issuers publish them
 * (tether.to, circle.com, makerdao.com, weth.io, wbtc.network).
 */
const GENUINE: Readonly<Record<string, string>> = {
  USDT: '0xdac17f958d2ee523a2206206994597c13d831ec7',
  USDC: '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48',
  DAI: '0x6b175474e89094c44da98b954eedeac495271d0f',
  WETH: '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2',
  WBTC: '0x2260fac5e5542a773aa44fbcfedf7c193bc2c599',
}

/** Letters of other alphabets that look like Latin capitals, after NFKD and upper-casing. */
const TWINS: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  С: 'C',
  Е: 'E',
  Н: 'H',
  І: 'I',
  К: 'K',
  М: 'M',
  О: 'O',
  Р: 'P',
  Ѕ: 'S',
  Т: 'T',
  Х: 'X',
  Α: 'A',
  Β: 'B',
  Ε: 'E',
  Η: 'H',
  Ι: 'I',
  Κ: 'K',
  Μ: 'M',
  Ν: 'N',
  Ο: 'O',
  Ρ: 'P',
  Τ: 'T',
  Χ: 'X',
  Ս: 'U',
  Տ: 'S',
  Օ: 'O',
  ꓐ: 'B',
  ꓓ: 'D',
  ꓚ: 'C',
  ꓔ: 'T',
  ꓢ: 'S',
  ꓳ: 'O',
  ꓴ: 'U',
  ꓰ: 'E',
  ꓧ: 'H',
  ꓮ: 'A',
  ꓲ: 'I',
  ꓪ: 'W',
}

/**
 * The well-known symbol that an asset imitates (`USDT` by another contract, `UЅDТ` with Cyrillic letters), or null when it does not. The chain's own coin
 * has no contract: every token that calls itself ETH is an imitation.
 */
export function imitatedSymbol(asset: Asset, chain: ChainId = ETHEREUM): string | null {
  if (asset.symbol === null || chain !== ETHEREUM) return null
  const plain = latin(asset.symbol)
  if (plain === 'ETH') return asset.id === nativeAsset(chain) ? null : 'ETH'
  const contract = GENUINE[plain]
  return contract === undefined || asset.id === erc20Asset(chain, contract) ? null : plain
}

/** Whether an asset is the chain's own coin or one of the contracts that are known to be what they say; amounts in these are never a copy. */
export function isGenuine(asset: Asset, chain: ChainId = ETHEREUM): boolean {
  return (
    asset.id === nativeAsset(chain) ||
    (chain === ETHEREUM && Object.values(GENUINE).some((contract) => asset.id === erc20Asset(chain, contract)))
  )
}

/** How a symbol reads to the eye: Latin capitals and digits. */
function latin(symbol: string): string {
  return [...symbol.normalize('NFKD').toUpperCase()]
    .map((character) => TWINS[character] ?? character)
    .join('')
    .replace(/[^A-Z0-9]/g, '')
}
