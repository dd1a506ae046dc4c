import { sha256 } from '@noble/hashes/sha2.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { base58, base58xmr, base58xrp, bech32, bech32m } from '@scure/base'
import { addressFault, addressScript } from '../../chain/index.ts'
import type { Family } from './assets.ts'
import { decodeCashAddress } from './cash-address.ts'
import { base58check, type KeyHash, ownForms, rippleAddress, TRON_VERSION, VERSIONS, WITNESS_NETWORKS } from './key-hash.ts'
import type { WalletNote } from './wallet-text.ts'

/** One chain family on which a text is an address. */
export interface Reading {
  readonly family: Family
  /** In the family's canonical form. */
  readonly address: string
  /** Keys of all its forms in the family. */
  readonly keys: readonly string[]
  /** What it has in common with addresses of other chains; null where nothing is known. */
  readonly hash: KeyHash | null
  readonly notes: readonly WalletNote[]
}

/** All families in which a bare text (no spaces, ASCII) is a well-formed address with a right checksum, the likeliest first; empty where it is none. */
export function readings(text: string): Reading[] {
  if (/^(?:0x)?[0-9a-f]+$/i.test(text)) {
    const found = hexReadings(text)
    if (found.length > 0) return found
  }
  // By form one text can be both; by checksum it cannot.
  return [...thirtyTwoReadings(text), ...base58Readings(text)]
}

function reading(family: Family, hash: KeyHash, notes: readonly WalletNote[] = [], address?: string): Reading {
  const keys = ownForms(family, hash)
  return { family, address: address ?? (keys[0] as string), keys, hash, notes }
}

function hexReadings(text: string): Reading[] {
  const prefixed = /^0x/i.test(text)
  const digits = prefixed ? text.slice(2) : text
  if (digits.length === 40) {
    const notes: WalletNote[] = []
    if (!prefixed) notes.push({ code: 'prefix-missing', text: '40 hex digits without 0x were read as an EVM address' })
    if (addressFault(`0x${digits}`) === 'bad EIP-55 checksum') {
      notes.push({
        code: 'bad-eip55-checksum',
        text: 'the mix of upper and lower case is not that of the address (EIP-55): a letter may be mistyped; it was looked up as written',
      })
    }
    return [reading('evm', { kind: 'account', bytes: Buffer.from(digits, 'hex') }, notes)]
  }
  if (digits.length === 42 && digits.startsWith('41') && !prefixed) {
    return [reading('tron', { kind: 'account', bytes: Buffer.from(digits.slice(2), 'hex') })]
  }
  if (digits.length === 64) {
    const address = digits.toLowerCase()
    const opaque = [{ code: 'opaque', text: '32 bytes in hex: compared as written, and on no chain in particular' }] as const
    return [{ family: 'hex32', address, keys: [`hex32:${address}`], hash: null, notes: opaque }]
  }
  return []
}

/** The EVM form of a TRON address, which only the name of the chain tells from an address of an EVM chain. */
export function tronReading(evm: Reading): Reading {
  return reading('tron', evm.hash as KeyHash)
}

const UNCHECKED: WalletNote = { code: 'checksum-not-checked', text: 'the form has no checksum, or one that is not checked here' }

function thirtyTwoReadings(text: string): Reading[] {
  const lower = text.toLowerCase()
  if (text !== lower && text !== text.toUpperCase()) return []
  const cash = decodeCashAddress(lower)
  if (cash !== null) return [reading('bch', { kind: cash.script ? 'script' : 'key', bytes: cash.hash })]
  for (const [family, network] of WITNESS_NETWORKS) {
    if (!lower.startsWith(`${network.bech32}1`)) continue
    const script = addressScript(lower, network)
    if (script === null) return []
    const notes = family === 'btc-test' ? [TEST] : []
    const key = script[0] === 0 && script.length === 22
    const keys = [lower]
    // A key's hash is the same in P2PKH; the address is another, so its forms are no forms of this one.
    const hash: KeyHash = key ? { kind: 'key', bytes: script.subarray(2) } : { kind: 'program', bytes: script }
    return [{ family, address: lower, keys, hash, notes }]
  }
  return genericBech32(lower)
}

function genericBech32(lower: string): Reading[] {
  const decoded = bech32.decodeUnsafe(lower, 1_023) ?? bech32m.decodeUnsafe(lower, 1_023)
  if (decoded === undefined || decoded.words.length === 0) return []
  const family = /^(?:addr|stake)(?:_test)?$/.test(decoded.prefix) ? 'ada' : 'bech32'
  const notes: WalletNote[] = family === 'ada' ? [] : [{ code: 'opaque', text: `an address of the chain that writes ${decoded.prefix}1…` }]
  return [{ family, address: lower, keys: [lower], hash: null, notes }]
}

const TEST: WalletNote = { code: 'test-network', text: 'an address of a test network, where nothing has value' }

function base58Readings(text: string): Reading[] {
  if (!/^[1-9A-HJ-NP-Za-km-z]{25,120}$/.test(text)) return []
  return [...checkedReadings(text), ...rippleReadings(text), ...moneroReadings(text), ...cardanoReadings(text), ...solanaReadings(text)]
}

function checkedReadings(text: string): Reading[] {
  if (text.length > 40) return []
  const payload = decoded(() => base58check.decode(text))
  if (payload === null || (payload.length !== 21 && payload.length !== 22)) return []
  const version = payload.length === 21 ? (payload[0] as number) : ((payload[0] as number) << 8) | (payload[1] as number)
  const bytes = payload.subarray(-20)
  if (payload.length === 21 && version === TRON_VERSION) return [reading('tron', { kind: 'account', bytes })]
  return VERSIONS.flatMap(([family, keys, scripts]) => {
    // One byte and two can spell the same number; no two-byte version begins with 0.
    const kind = keys.includes(version) ? 'key' : scripts.includes(version) ? 'script' : null
    return kind === null || version > 255 !== (payload.length === 22)
      ? []
      : [reading(family, { kind, bytes }, family === 'btc-test' ? [TEST] : [])]
  })
}

/** Classic addresses (r…), and X-addresses, which hold one with its destination tag (XLS-5). */
function rippleReadings(text: string): Reading[] {
  if (!/^[rXT]/.test(text) || text.length > 47) return []
  const bytes = decoded(() => base58xrp.decode(text))
  if (bytes === null || bytes.length < 25) return []
  const payload = bytes.subarray(0, -4)
  if (
    !sha256(sha256(payload))
      .subarray(0, 4)
      .every((byte, k) => byte === bytes[payload.length + k])
  )
    return []
  if (payload.length === 21 && payload[0] === 0) return [reading('xrp', { kind: 'key', bytes: payload.subarray(1) })]
  if (payload.length !== 31 || payload[0] !== 5 || payload[1] !== 0x44) return []
  const account = payload.subarray(2, 22)
  const tag = payload[22] === 1 ? [{ code: 'tag-left-out', text: `destination tag ${Buffer.from(payload).readUInt32LE(23)}` } as const] : []
  return [reading('xrp', { kind: 'key', bytes: account }, tag, rippleAddress(account))]
}

/** Network bytes of Monero's main network (`cryptonote_config.h`): standard, integrated, subaddress. */
const MONERO_STANDARD = 18
const MONERO_INTEGRATED = 19
const MONERO_SUBADDRESS = 42

function moneroReadings(text: string): Reading[] {
  if (text.length !== 95 && text.length !== 106) return []
  const bytes = decoded(() => base58xmr.decode(text))
  if (bytes === null || (bytes.length !== 69 && bytes.length !== 77)) return []
  if (!moneroChecksum(bytes.subarray(0, -4)).every((byte, k) => byte === bytes[bytes.length - 4 + k])) return []
  const network = bytes[0]
  if (bytes.length === 69 && (network === MONERO_STANDARD || network === MONERO_SUBADDRESS)) return [moneroReading(text, [])]
  if (bytes.length !== 77 || network !== MONERO_INTEGRATED) return []
  // An integrated address is the standard one with a payment id inside: the wallet is the standard one.
  const standard = Uint8Array.of(MONERO_STANDARD, ...bytes.subarray(1, 65))
  const payment = Buffer.from(bytes.subarray(65, 73)).toString('hex')
  return [
    moneroReading(base58xmr.encode(Uint8Array.of(...standard, ...moneroChecksum(standard))), [
      { code: 'tag-left-out', text: `payment id ${payment}` },
    ]),
  ]
}

function moneroReading(address: string, notes: readonly WalletNote[]): Reading {
  return { family: 'xmr', address, keys: [address], hash: null, notes }
}

function moneroChecksum(payload: Uint8Array): Uint8Array {
  return keccak_256(payload).subarray(0, 4)
}

/** Byron addresses: CBOR in base58. */
function cardanoReadings(text: string): Reading[] {
  if (!/^(?:Ae2|DdzFF)/.test(text) || text.length < 59) return []
  return [{ family: 'ada', address: text, keys: [text], hash: null, notes: [UNCHECKED] }]
}

/** Any 32 bytes in base58. */
function solanaReadings(text: string): Reading[] {
  if (text.length < 32 || text.length > 44) return []
  const bytes = decoded(() => base58.decode(text))
  return bytes?.length === 32 ? [{ family: 'sol', address: text, keys: [text], hash: null, notes: [UNCHECKED] }] : []
}

/** Codecs say by exception that a text is not in their alphabet or fails its checksum; either way it is no address of theirs. */
function decoded(decode: () => Uint8Array): Uint8Array | null {
  try {
    return decode()
  } catch {
    return null
  }
}
