import { ECDH } from 'node:crypto'
import type { Cursor } from './cursor.ts'
import { MAX_SATOSHIS } from './transactions.ts'

/** Sizes of compressed scripts below this stand for kinds of script; other scripts have this added to their length. */
const KINDS = 6
/** Longer scripts are never allowed to run, so their outputs are never spent (`MAX_SCRIPT_SIZE`). */
const MAX_SCRIPT_BYTES = 10_000
/** Above this, 128 times a number is no safe integer. */
const SAFE_TO_SHIFT = 2 ** 45

/**
 * Bitcoin Core's own variable-length number (`serialize.h`, `VARINT`), not the compact size of blocks: seven bits a byte, most first, and one added for each byte that
 * follows, so that every number has one form. Up to 2^64 - 1; exact as a number up to 2^53 - 1, a bigint above.
 */
export function readVarint(cursor: Cursor, what: string): number | bigint {
  let n = 0
  for (;;) {
    const byte = cursor.u8(what)
    n = n * 128 + (byte & 0x7f)
    if ((byte & 0x80) === 0) return n
    n++
    if (n > SAFE_TO_SHIFT) return longVarint(cursor, BigInt(n), what)
  }
}

function longVarint(cursor: Cursor, begun: bigint, what: string): number | bigint {
  let n = begun
  for (;;) {
    const byte = cursor.u8(what)
    n = n * 128n + BigInt(byte & 0x7f)
    if (n >= 1n << 64n) throw cursor.bad(`${what} is above 2^64`)
    if ((byte & 0x80) === 0) return n <= Number.MAX_SAFE_INTEGER ? Number(n) : n
    n++
  }
}

/**
 * An amount as Bitcoin Core compresses it (`compressor.cpp`, `DecompressAmount`), in satoshis: powers of ten are taken out of it.
 *
 * @throws CordonError when it is above 21 million bitcoin
 */
export function readAmount(cursor: Cursor): number {
  const start = cursor.at
  const packed = readVarint(cursor, 'an amount')
  const amount = typeof packed === 'number' ? amountOf(packed) : Number(longAmount(packed))
  if (amount > MAX_SATOSHIS) throw cursor.bad('an amount is above 21 million bitcoin', start)
  return amount
}

function amountOf(packed: number): number {
  if (packed === 0) return 0
  let rest = packed - 1
  const zeros = rest % 10
  rest = (rest - zeros) / 10
  let amount: number
  if (zeros < 9) {
    const digit = rest % 9
    amount = ((rest - digit) / 9) * 10 + digit + 1
  } else amount = rest + 1
  return amount * 10 ** zeros
}

function longAmount(packed: bigint): bigint {
  const zeros = (packed - 1n) % 10n
  const rest = (packed - 1n) / 10n
  return (zeros < 9n ? (rest / 9n) * 10n + (rest % 9n) + 1n : rest + 1n) * 10n ** zeros
}

/** No compressed script becomes longer than this many times its bytes: a key of 33 bytes becomes a script of 67. */
export const SCRIPT_GROWTH = 67 / 33

/**
 * A script as Bitcoin Core compresses it (`compressor.cpp`, `DecompressScript`), written to `target` at `at`. Returns its length.
 *
 * @throws CordonError when it is cut off, longer than any script that can be spent, or holds a public key that is no point
 */
export function readScript(cursor: Cursor, target: Uint8Array, at: number): number {
  const start = cursor.at
  const size = Number(readVarint(cursor, 'the size of a script'))
  const { bytes } = cursor
  if (size === 0) {
    cursor.need(20, 'a key hash')
    target[at] = 0x76
    target[at + 1] = 0xa9
    target[at + 2] = 20
    copy(bytes, cursor.at, 20, target, at + 3)
    target[at + 23] = 0x88
    target[at + 24] = 0xac
    cursor.at += 20
    return 25
  }
  if (size === 1) {
    cursor.need(20, 'a script hash')
    target[at] = 0xa9
    target[at + 1] = 20
    copy(bytes, cursor.at, 20, target, at + 2)
    target[at + 22] = 0x87
    cursor.at += 20
    return 23
  }
  if (size < KINDS) {
    cursor.need(32, 'a public key')
    const key = new Uint8Array(33)
    key[0] = size < 4 ? size : size - 2
    copy(bytes, cursor.at, 32, key, 1)
    const whole = size < 4 ? key : uncompressed(key, cursor)
    cursor.at += 32
    target[at] = whole.length
    copy(whole, 0, whole.length, target, at + 1)
    target[at + 1 + whole.length] = 0xac
    return whole.length + 2
  }
  const length = size - KINDS
  cursor.need(length, 'a script')
  if (length > MAX_SCRIPT_BYTES) throw cursor.bad(`a script of ${length} bytes cannot have been spent`, start)
  copy(bytes, cursor.at, length, target, at)
  cursor.at += length
  return length
}

/** Both coordinates of a key of which the compressed form has one (SEC 1, 2.3.4), by OpenSSL. */
function uncompressed(key: Uint8Array, cursor: Cursor): Uint8Array {
  try {
    return ECDH.convertKey(key, 'secp256k1', undefined, undefined, 'uncompressed') as Uint8Array
  } catch {
    throw cursor.bad('a public key is no point of the curve')
  }
}

function copy(from: Uint8Array, start: number, length: number, target: Uint8Array, at: number): void {
  for (let i = 0; i < length; i++) target[at + i] = from[start + i] as number
}
