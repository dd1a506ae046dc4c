import { CordonError } from '../../chain/index.ts'

/**
 * Addresses and hashes as 32-bit words, most significant byte first: word k of an address holds its bytes 4k..4k+3.
 * On disk the bytes stand in their natural order, so a file of addresses can be read with any tool.
 */

export const ADDRESS_WORDS = 5
export const HASH_WORDS = 8

/** Columns are written as the processor holds them; all that Node runs on today is little-endian. */
export function assertLittleEndian(): void {
  if (new Uint8Array(Uint32Array.of(1).buffer)[0] !== 1) {
    throw new CordonError('ledger/big-endian', 'the ledger on disk is little-endian and this machine is not')
  }
}

/** Swaps the bytes of a word: from numeric order to the order of bytes on disk and back. */
export function swap(word: number): number {
  return (((word & 0xff) << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0
}

/** Mixes one more word into a hash (the inner step of MurmurHash3). */
export function mix(hash: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51)
  k = (k << 15) | (k >>> 17)
  const h = hash ^ Math.imul(k, 0x1b873593)
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0
}

/** Spreads a mixed hash over all its bits (the finish of MurmurHash3); unsigned. */
export function finish(hash: number): number {
  let h = hash ^ (hash >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** Hash of the key of `words` words that starts at `at`, as the indexes on disk use it. */
export function hashKey(keys: Uint32Array, at: number, words: number): number {
  let hash = words
  for (let k = 0; k < words; k++) hash = mix(hash, keys[at + k] as number)
  return finish(hash)
}

/** Whether two keys of `words` words are the same. */
export function sameKey(a: Uint32Array, atA: number, b: Uint32Array, atB: number, words: number): boolean {
  for (let k = 0; k < words; k++) if (a[atA + k] !== b[atB + k]) return false
  return true
}

/**
 * Reads `0x` and hex digits of any letter case into words in disk order.
 * Null when the text is not a key of that length: such a name is in no ledger.
 */
export function parseKey(text: string, words: number): Uint32Array | null {
  const bytes = words * 4
  if (text.length !== 2 + bytes * 2 || !/^0[xX][0-9a-fA-F]+$/.test(text)) return null
  const key = Uint8Array.from(Buffer.from(text.slice(2), 'hex'))
  return new Uint32Array(key.buffer)
}

/** The key that starts at word `at`, as lower-case `0x` hex. */
export function formatKey(keys: Uint32Array, at: number, words: number): string {
  return `0x${Buffer.from(keys.buffer, keys.byteOffset + at * 4, words * 4).toString('hex')}`
}

/** First index in `[low, high)` whose entry is at or above `wanted`; `high` when there is none. The entries rise. */
export function lowerBound(sorted: ArrayLike<number>, wanted: number, low = 0, high = sorted.length): number {
  let a = low
  let b = high
  while (a < b) {
    const middle = (a + b) >>> 1
    if ((sorted[middle] as number) < wanted) a = middle + 1
    else b = middle
  }
  return a
}
