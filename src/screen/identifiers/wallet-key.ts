/**
 * The key of an address by its shape alone: no checksum is computed, so that a million addresses a second can be looked up. It is the address as written, EVM addresses in lower case; which chain an equal
 * text belongs to is told by what is filed under the key. Keys of all other kinds hold a colon, which no address does.
 *
 * Null where the text needs a closer look (`normaliseWallet`): anything around it, upper-case bech32, forms with a tag or payment id inside, bare hex, or no address at all.
 */
export function walletKey(text: string): string | null {
  const { length } = text
  if (length < 25 || length > 120) return null
  const evm = length === 42 && text.charCodeAt(0) === 0x30 && text.charCodeAt(1) === 0x78
  let common = 255
  for (let k = evm ? 2 : 0; k < length; k++) {
    const code = text.charCodeAt(k)
    common &= code < 128 ? (CLASSES[code] as number) : 0
  }
  if (evm) return common & HEX ? text.toLowerCase() : null
  if (common & UPPER || (common & HEX && (length === 40 || length === 42 || length === 64))) return null
  if (common & LOWER) return text
  // Ripple's X-addresses and Monero's integrated addresses are another address within.
  return common & BASE58 && !(length === 47 && /^[XT]/.test(text)) && length !== 106 ? text : null
}

const HEX = 1
const BASE58 = 2
/** Lower-case letters and digits: bech32 and CashAddr. */
const LOWER = 4
const UPPER = 8

/** Classes that each ASCII character belongs to. */
const CLASSES: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  const within = (set: RegExp, bit: number) => (set.test(character) ? bit : 0)
  return within(/[0-9a-fA-F]/, HEX) | within(/[1-9A-HJ-NP-Za-km-z]/, BASE58) | within(/[0-9a-z]/, LOWER) | within(/[0-9A-Z]/, UPPER)
})

/** Key of a text that is no address in any form known here: it can only be met as it is written. */
export function writtenKey(text: string): string {
  return walletKey(text) ?? `text:${asciiKey(text)}`
}

/** Keys are ASCII, so that an index can hold one byte a character: other UTF-16 units are written as `\uXXXX`, and a backslash as two. */
export function asciiKey(text: string): string {
  return text.replace(/[^\x20-\x5b\x5d-\x7e]/g, (unit) =>
    unit === '\\' ? '\\\\' : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
