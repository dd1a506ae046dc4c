import { ripemd160 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { base58xrp, createBase58check } from '@scure/base'
import { BITCOIN_NETWORKS, type BitcoinNetwork, scriptAddress } from '../../chain/index.ts'
import type { Family } from './assets.ts'
import { cashAddresses } from './cash-address.ts'

/** What an address stands for beneath its form: the same key or script has an address on every chain of its kind. */
export interface KeyHash {
  /** `key` and `script`: RIPEMD-160 of SHA-256 of a public key or script; `account`: the last 20 bytes of Keccak-256 of a public key; `program`: a witness program that is no plain key. */
  readonly kind: 'key' | 'script' | 'account' | 'program'
  /** The hash; of `program` the whole locking script. */
  readonly bytes: Uint8Array
}

export const base58check = createBase58check(sha256)

/** Version bytes of base58check addresses by family (each project's chain parameters); the canonical form first. */
export const VERSIONS: readonly (readonly [Family, keys: readonly number[], scripts: readonly number[]])[] = [
  ['btc', [0], [5]],
  // 28 and 40 are BitPay's short-lived form of Bitcoin Cash addresses (C…, H…).
  ['bch', [0, 28], [5, 40]],
  ['bsv', [0], [5]],
  // Litecoin wrote P2SH with Bitcoin's version (3…) before it took one of its own (M…).
  ['ltc', [48], [50, 5]],
  ['doge', [30], [22]],
  ['xvg', [30], [33]],
  ['btg', [38], [23]],
  ['dash', [76], [16]],
  ['zec', [0x1cb8], [0x1cbd]],
  ['btc-test', [111], [196]],
]

const { main, test } = BITCOIN_NETWORKS

/** Networks with witness addresses, by family: Bitcoin's codec with another readable part. */
export const WITNESS_NETWORKS: readonly (readonly [Family, BitcoinNetwork])[] = [
  ['btc', main],
  ['ltc', { ...main, bech32: 'ltc' }],
  ['btg', { ...main, bech32: 'btg' }],
  ['btc-test', test],
  ['btc-test', BITCOIN_NETWORKS.regtest],
]

export const TRON_VERSION = 0x41

export function base58Address(version: number, hash: Uint8Array): string {
  return base58check.encode(Uint8Array.of(...(version > 255 ? [version >> 8, version & 255] : [version]), ...hash))
}

/** Ripple's base58check has an alphabet of its own; account ids are version 0. */
export function rippleAddress(hash: Uint8Array): string {
  const payload = Uint8Array.of(0, ...hash)
  return base58xrp.encode(Uint8Array.of(...payload, ...sha256(sha256(payload)).subarray(0, 4)))
}

/** Keys of every way to write a key's or script's address in one family, the canonical one first; empty where the family has none. */
export function ownForms(family: Family, { kind, bytes }: KeyHash): string[] {
  if (kind === 'account') {
    const hex = Buffer.from(bytes).toString('hex')
    if (family === 'evm') return [`0x${hex}`]
    return family === 'tron' ? [base58Address(TRON_VERSION, bytes), `tron:${hex}`] : []
  }
  if (kind === 'program') return witnessForms(family, bytes)
  if (family === 'xrp') return kind === 'key' ? [rippleAddress(bytes)] : []
  const versions = VERSIONS.find(([each]) => each === family)
  if (versions === undefined) return []
  const base58 = versions[kind === 'key' ? 1 : 2].map((version) => base58Address(version, bytes))
  const cash = family === 'bch' ? cashAddresses({ script: kind === 'script', hash: bytes }) : []
  return [...cash, ...base58]
}

function witnessForms(family: Family, script: Uint8Array): string[] {
  return WITNESS_NETWORKS.filter(([each]) => each === family).flatMap(([, network]) => {
    const address = scriptAddress(script, network)
    return address === null ? [] : [address]
  })
}

/** Families whose addresses hold a hash of a key or script; what the same key has on a test network is worth nothing. */
const HASHED: readonly Family[] = [...VERSIONS.map(([family]) => family).filter((family) => family !== 'btc-test'), 'xrp']
const WITNESSED: readonly Family[] = ['btc', 'ltc', 'btg']

/**
 * Keys of addresses that are under the same key or script without being the same address: on other chains, or in another form on the same one (P2PKH, P2WPKH, and P2WPKH in P2SH of one public key:
 * BIP 141). A contract's address on an EVM chain says nothing of the same twenty bytes on TRON: there it is only the account of a key that is the same.
 */
export function sameKeyForms(hash: KeyHash): string[] {
  const families: readonly Family[] = hash.kind === 'account' ? ['evm', 'tron'] : hash.kind === 'program' ? WITNESSED : HASHED
  const forms = families.flatMap((family) => ownForms(family, hash))
  if (hash.kind === 'key') {
    const script = Uint8Array.of(0, 20, ...hash.bytes)
    const nested: KeyHash = { kind: 'script', bytes: ripemd160(sha256(script)) }
    for (const family of WITNESSED) forms.push(...witnessForms(family, script), ...ownForms(family, nested))
  }
  return forms
}
