import { keccak_256 } from '@noble/hashes/sha3.js'

/** Canonical form of an EVM address in Cordon: 0x and 40 lower-case hex digits. */
export type Address = string

/** Whom issuance comes from and burnt value goes to. */
export const NULL_ACCOUNT: Address = `0x${'0'.repeat(40)}`

const SHAPE = /^0x[0-9a-fA-F]{40}$/
const encoder = new TextEncoder()

/** Why a text is not an address, or null when it is one. */
export type AddressFault = 'not an address' | 'bad EIP-55 checksum'

/**
 * Checks an address. Letter case carries a checksum (EIP-55) only where both cases occur:
 * addresses written in one case, as most exports do, are taken as they are.
 */
export function addressFault(text: string): AddressFault | null {
  if (!SHAPE.test(text)) return 'not an address'
  const digits = text.slice(2)
  if (digits === digits.toLowerCase() || digits === digits.toUpperCase()) return null
  return checksumAddress(text) === text ? null : 'bad EIP-55 checksum'
}

/** Canonical form of an address, or null where `addressFault` finds a fault. */
export function parseAddress(text: string): Address | null {
  return addressFault(text) === null ? text.toLowerCase() : null
}

/**
 * The mixed-case form of EIP-55: a letter is upper case where the same digit of the Keccak-256 of the lower-case hex text is 8 or more.
 *
 * @param address 0x and 40 hex digits in any case
 */
export function checksumAddress(address: string): string {
  const digits = address.slice(2).toLowerCase()
  const hash = keccak_256(encoder.encode(digits))
  let text = '0x'
  for (let i = 0; i < digits.length; i++) {
    const nibble = (hash[i >> 1]! >> (i % 2 === 0 ? 4 : 0)) & 15
    text += nibble >= 8 ? digits[i]!.toUpperCase() : digits[i]!
  }
  return text
}

/**
 * The contract that a transaction without receiver creates: the last 20 bytes of Keccak-256 over RLP of (sender, nonce).
 * Yellow Paper, section 7. Not for CREATE2.
 *
 * @param sender canonical address
 * @param nonce the transaction's nonce, 0 or more
 */
export function createdContract(sender: Address, nonce: bigint): Address {
  const nonceBytes = nonce === 0n ? new Uint8Array(0) : bytesOf(evenHex(nonce))
  const single = nonceBytes.length === 1 && nonceBytes[0]! < 0x80
  const payload = Uint8Array.of(0x94, ...bytesOf(sender.slice(2)), ...(single ? nonceBytes : [0x80 + nonceBytes.length, ...nonceBytes]))
  const hash = keccak_256(Uint8Array.of(0xc0 + payload.length, ...payload))
  return `0x${Buffer.from(hash.subarray(12)).toString('hex')}`
}

function evenHex(n: bigint): string {
  const hex = n.toString(16)
  return hex.length % 2 === 0 ? hex : `0${hex}`
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, 'hex'))
}
