import { sha256 } from '@noble/hashes/sha2.js'
import { base58, createBase58check } from '@scure/base'
import fc from 'fast-check'
import { BITCOIN_NETWORKS, scriptAddress } from '../../../src/chain/index.ts'

const base58check = createBase58check(sha256)
const hash = fc.uint8Array({ minLength: 20, maxLength: 20 })

/** Addresses in base58check as the chain writes them, by asset. */
export const base58Address: fc.Arbitrary<readonly [asset: string, address: string]> = fc
  .tuple(
    fc.constantFrom<readonly [string, readonly number[]]>(
      ['BTC', [0]],
      ['BTC', [5]],
      ['BSV', [0]],
      ['BCH', [0]],
      ['LTC', [48]],
      ['LTC', [50]],
      ['LTC', [5]],
      ['DOGE', [30]],
      ['XVG', [30]],
      ['BTG', [38]],
      ['DASH', [76]],
      ['ZEC', [0x1c, 0xb8]],
      ['TRX', [0x41]],
    ),
    hash,
  )
  .map(([[asset, version], bytes]) => [asset, base58check.encode(Uint8Array.of(...version, ...bytes))])

export const evmAddress: fc.Arbitrary<string> = hash.map((bytes) => `0x${Buffer.from(bytes).toString('hex')}`)

export const segwitAddress: fc.Arbitrary<string> = hash.map(
  (bytes) => scriptAddress(Uint8Array.of(0, 20, ...bytes), BITCOIN_NETWORKS.main) as string,
)

export const solanaAddress: fc.Arbitrary<string> = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => base58.encode(bytes))

/** Any well-formed address, with its asset. */
export const anyAddress: fc.Arbitrary<readonly [asset: string, address: string]> = fc.oneof(
  base58Address,
  evmAddress.map((address) => ['ETH', address] as const),
  segwitAddress.map((address) => ['XBT', address] as const),
  solanaAddress.map((address) => ['SOL', address] as const),
)
