import { sha256 } from '@noble/hashes/sha2.js'
import { bech32, bech32m, createBase58check } from '@scure/base'
import type { BitcoinNetwork } from './network.ts'
import { scriptTypeOf } from './script.ts'
import { SCRIPT_TYPES } from './script-type.ts'

const base58check = createBase58check(sha256)

/** Name of a locking script that has no address: the SHA-256 of the script, as Esplora's `/scripthash/` takes it. */
const SCRIPT_HASH = /^scripthash:[0-9a-f]{64}$/

/**
 * Address of a locking script: base58check for P2PKH and P2SH, bech32 for witness version 0 (BIP 173), bech32m for later ones (BIP 350). Null where it has none: a bare public key is not
 * its hash, and Cordon does not call one by the other's name.
 */
export function scriptAddress(script: Uint8Array, network: BitcoinNetwork): string | null {
  const type = SCRIPT_TYPES[scriptTypeOf(script, 0, script.length)]
  if (type === 'p2pkh') return base58check.encode(Uint8Array.of(network.pubKeyHash, ...script.subarray(3, 23)))
  if (type === 'p2sh') return base58check.encode(Uint8Array.of(network.scriptHash, ...script.subarray(2, 22)))
  if (type === 'p2wpkh' || type === 'p2wsh' || type === 'p2tr' || type === 'witness') {
    const version = script[0] === 0 ? 0 : (script[0] as number) - 0x50
    const words = [version, ...bech32.toWords(script.subarray(2))]
    return (version === 0 ? bech32 : bech32m).encode(network.bech32, words)
  }
  return null
}

/** The locking script that an address stands for, or null when it is no address of the network (wrong checksum, network, length or version). */
export function addressScript(address: string, network: BitcoinNetwork): Uint8Array | null {
  if (address.length < 14 || address.length > 90) return null
  try {
    return address.toLowerCase().startsWith(`${network.bech32}1`) ? witnessScript(address, network) : hashScript(address, network)
  } catch {
    // The codecs say by exception that a text is not in their alphabet or fails its checksum; either way it is no address.
    return null
  }
}

function witnessScript(address: string, network: BitcoinNetwork): Uint8Array | null {
  const [, text] = /^[^1]+1(.)/.exec(address.toLowerCase()) ?? []
  // The version is the first symbol after the separator: `q` is 0, and decides which checksum holds.
  const { prefix, words } = (text === 'q' ? bech32 : bech32m).decode(address as `${string}1${string}`)
  const [version = 99, ...rest] = words
  if (prefix !== network.bech32 || version > 16) return null
  const program = bech32.fromWords(rest)
  if (program.length < 2 || program.length > 40 || (version === 0 && program.length !== 20 && program.length !== 32)) return null
  return Uint8Array.of(version === 0 ? 0 : 0x50 + version, program.length, ...program)
}

function hashScript(address: string, network: BitcoinNetwork): Uint8Array | null {
  const payload = base58check.decode(address)
  if (payload.length !== 21) return null
  const hash = payload.subarray(1)
  if (payload[0] === network.pubKeyHash) return Uint8Array.of(0x76, 0xa9, 0x14, ...hash, 0x88, 0xac)
  if (payload[0] === network.scriptHash) return Uint8Array.of(0xa9, 0x14, ...hash, 0x87)
  return null
}

/** Name of the account behind a locking script: its address, or `scripthash:` and the SHA-256 of the script where it has none. */
export function scriptName(script: Uint8Array, network: BitcoinNetwork): string {
  return scriptAddress(script, network) ?? `scripthash:${Buffer.from(sha256(script)).toString('hex')}`
}

/** A name in the one form that Cordon uses: bech32 in lower case, all else as it is written; null when it names nothing on the network. */
export function canonicalBitcoinName(text: string, network: BitcoinNetwork): string | null {
  if (SCRIPT_HASH.test(text)) return text
  const script = addressScript(text, network)
  return script === null ? null : scriptAddress(script, network)
}
