import type { AssetId, ChainId } from '../caip.ts'

export type NetworkName = 'main' | 'test' | 'regtest'

/** What tells one Bitcoin network from another. Hashes are hex as people write them: the reverse of the order in blocks. */
export interface BitcoinNetwork {
  readonly name: NetworkName
  /** CAIP-2 `bip122`: the first 32 hex digits of the genesis block's hash. */
  readonly chain: ChainId
  /** Bitcoin or its worthless test form, CAIP-19 with the coin type of SLIP-44. */
  readonly asset: AssetId
  /** First four bytes of every block in blk*.dat and of every message, as a little-endian number. */
  readonly magic: number
  readonly genesis: string
  /** Version bytes of base58check addresses. */
  readonly pubKeyHash: number
  readonly scriptHash: number
  /** Human-readable part of bech32 and bech32m addresses. */
  readonly bech32: string
  /** First height at which a coinbase must begin with its height (BIP 34). */
  readonly bip34: number
}

function network(own: Omit<BitcoinNetwork, 'chain' | 'asset'>): BitcoinNetwork {
  const chain = `bip122:${own.genesis.slice(0, 32)}`
  return { ...own, chain, asset: `${chain}/slip44:${own.name === 'main' ? 0 : 1}` }
}

/** Bitcoin Core, `kernel/chainparams.cpp`; SLIP-44; CAIP-4. */
export const BITCOIN_NETWORKS: Readonly<Record<NetworkName, BitcoinNetwork>> = {
  main: network({
    name: 'main',
    magic: 0xd9b4bef9,
    genesis: '000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f',
    pubKeyHash: 0,
    scriptHash: 5,
    bech32: 'bc',
    bip34: 227_931,
  }),
  test: network({
    name: 'test',
    magic: 0x0709110b,
    genesis: '000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943',
    pubKeyHash: 111,
    scriptHash: 196,
    bech32: 'tb',
    bip34: 21_111,
  }),
  regtest: network({
    name: 'regtest',
    magic: 0xdab5bffa,
    genesis: '0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206',
    pubKeyHash: 111,
    scriptHash: 196,
    bech32: 'bcrt',
    bip34: 1,
  }),
}

/** The network that a CAIP-2 chain id names, or null when it is no Bitcoin network. */
export function bitcoinNetwork(chain: ChainId): BitcoinNetwork | null {
  return Object.values(BITCOIN_NETWORKS).find((each) => each.chain === chain) ?? null
}
