import { keccak_256 } from '@noble/hashes/sha3.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'

const EVM = /^0x[0-9a-fA-F]{40}$/i

/** An address in the form under which tags are kept, and what was odd about it. */
export interface ReadAddress {
  /** Lower-case 0x for EVM; as given elsewhere. */
  readonly address: string
  /** Something that a person should look at, or null. */
  readonly note: string | null
}

export function isEvmAddress(text: string): boolean {
  return EVM.test(text)
}

/**
 * EIP-55: letters of a mixed-case address carry a checksum (upper case where the digit of keccak-256 over the lower-case address is 8 or more).
 * Addresses of one case have none and pass.
 */
export function hasValidChecksum(address: string): boolean {
  const digits = address.slice(2)
  const lower = digits.toLowerCase()
  if (digits === lower || digits === digits.toUpperCase()) return true
  const hash = keccak_256(utf8ToBytes(lower))
  for (let i = 0; i < lower.length; i++) {
    const nibble = ((hash[i >> 1] as number) >> (i % 2 === 0 ? 4 : 0)) & 15
    const right = nibble >= 8 ? (lower[i] as string).toUpperCase() : lower[i]
    if (right !== digits[i]) return false
  }
  return true
}

/** The lookup form of an address as people write it. */
export function canonicalAddress(text: string): string {
  const trimmed = text.trim()
  return isEvmAddress(trimmed) ? trimmed.toLowerCase() : trimmed
}

/** Check and canonicalise; a string gives the reason why it is no address. */
export function readAddress(text: string): ReadAddress | string {
  const given = text.trim()
  if (given === '') return 'is empty'
  if (given.length > 200) return `is ${given.length} characters long`
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\s\u0000-\u001f\u007f]/.test(given)) return 'contains spaces or control characters'
  if (isEvmAddress(given)) {
    const note = hasValidChecksum(given) ? null : `${given} has a wrong EIP-55 checksum: a letter may be mistyped`
    return { address: given.toLowerCase(), note }
  }
  if (/^0x[0-9a-f]*$/i.test(given) && given.length < 50) return `has ${given.length - 2} hex digits where an EVM address has 40`
  return { address: given, note: null }
}
