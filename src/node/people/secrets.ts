import { createHash, timingSafeEqual } from 'node:crypto'
import type { Random } from './world.ts'

/** SHA-256 of a secret as base64url: what the database keeps of a random token of 128 bits or more, which needs no slow hash. */
export function digest(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('base64url')
}

/** A new token: 256 unpredictable bits as 43 characters of base64url. */
export function newToken(random: Random): string {
  return random(32).toString('base64url')
}

/** Whether a text can be a token of `newToken` at all. Anything else is not worth a question to the database. */
export function isToken(text: unknown): text is string {
  return typeof text === 'string' && /^[A-Za-z0-9_-]{43}$/.test(text)
}

/** Whether two texts are the same, in a time that does not depend on where they differ. */
export function sameSecret(one: string, other: string): boolean {
  return timingSafeEqual(createHash('sha256').update(one, 'utf8').digest(), createHash('sha256').update(other, 'utf8').digest())
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Bytes as a big-endian number in base 62, filled with zeros to `length` characters. */
export function base62(bytes: Uint8Array, length: number): string {
  let value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  let text = ''
  while (value > 0n) {
    text = BASE62[Number(value % 62n)]! + text
    value /= 62n
  }
  return text.padStart(length, '0')
}

/** Whether a text is a UUID, so that a malformed one is "not found" and no error of the database. */
export function isId(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)
}
