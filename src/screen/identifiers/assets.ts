/**
 * Families of addresses: one form and one key space each. Two addresses are the same only within a family. All EVM chains are one, because an address there belongs to the same key on each of them.
 * `hex32` is any 32 bytes in hex without a meaning of their own (Monero keys on OFAC's list; Sui, Aptos, Starknet), `bech32` any chain of the Cosmos kind, `btc-test` worthless Bitcoin of test networks.
 */
export const FAMILIES = [
  'evm',
  'btc',
  'bch',
  'bsv',
  'btg',
  'ltc',
  'dash',
  'doge',
  'xvg',
  'zec',
  'xrp',
  'tron',
  'sol',
  'xmr',
  'ada',
  'bech32',
  'hex32',
  'btc-test',
] as const

export type Family = (typeof FAMILIES)[number]

export interface ListedAsset {
  /** The code in general use. */
  readonly code: string
  /** Other codes of the same asset, such as the list's own: OFAC writes XBT for bitcoin. */
  readonly also: readonly string[]
  /** Families in which its addresses are written, the usual one first. */
  readonly families: readonly Family[]
}

function asset(code: string, families: readonly Family[], ...also: string[]): ListedAsset {
  return { code, also, families }
}

const EVERYWHERE: readonly Family[] = ['evm', 'tron', 'sol', 'btc', 'bch', 'xrp', 'bech32', 'ada', 'hex32']

/**
 * Assets on sanctions lists and those likely next: OFAC's "Digital Currency Address" codes in the SDN list of 2024-09, the EVM chains, and the coins with an address form that is told apart here.
 * Tokens live on several chains: USDT on Omni (a Bitcoin address), Ethereum, TRON, Solana; the text says on which.
 */
export const LISTED_ASSETS: readonly ListedAsset[] = [
  asset('BTC', ['btc'], 'XBT', 'BITCOIN'),
  asset('ETH', ['evm'], 'ETHEREUM', 'WETH', 'STETH'),
  asset('USDT', EVERYWHERE, 'TETHER'),
  asset('USDC', EVERYWHERE),
  asset('DAI', ['evm']),
  asset('BUSD', ['evm']),
  asset('ARB', ['evm'], 'ARBITRUM'),
  asset('OP', ['evm']),
  asset('BASE', ['evm']),
  asset('BSC', ['evm']),
  // Binance Chain, gone since 2024, wrote bech32 (`bnb1…`).
  asset('BNB', ['evm', 'bech32']),
  asset('ETC', ['evm']),
  asset('POL', ['evm'], 'MATIC', 'POLYGON'),
  asset('AVAX', ['evm', 'bech32']),
  asset('FTM', ['evm']),
  asset('CRO', ['evm', 'bech32']),
  asset('XDC', ['evm']),
  asset('LTC', ['ltc'], 'LITECOIN'),
  asset('BCH', ['bch'], 'BCC', 'BCHABC', 'BITCOINCASH'),
  asset('BSV', ['bsv'], 'BITCOINSV'),
  asset('BTG', ['btg'], 'BITCOINGOLD'),
  asset('DASH', ['dash']),
  asset('ZEC', ['zec', 'bech32'], 'ZCASH'),
  asset('XMR', ['xmr', 'hex32'], 'MONERO'),
  asset('XRP', ['xrp'], 'RIPPLE', 'XRPL'),
  asset('XVG', ['xvg'], 'VERGE'),
  asset('DOGE', ['doge'], 'DOGECOIN'),
  asset('TRX', ['tron'], 'TRON'),
  asset('SOL', ['sol'], 'SOLANA'),
  asset('ADA', ['ada'], 'CARDANO'),
  asset('ATOM', ['bech32'], 'COSMOS'),
  asset('OSMO', ['bech32']),
  asset('RUNE', ['bech32']),
  asset('SUI', ['hex32']),
  asset('APT', ['hex32']),
  asset('STRK', ['hex32']),
]

const BY_CODE: ReadonlyMap<string, ListedAsset> = new Map(
  LISTED_ASSETS.flatMap((each) => [each.code, ...each.also].map((code) => [code, each] as const)),
)

/** The asset that a list or a user calls so, in any letter case; null where the code is not known: then the address alone must say what it is. */
export function listedAsset(code: string): ListedAsset | null {
  return BY_CODE.get(code.trim().toUpperCase()) ?? null
}
