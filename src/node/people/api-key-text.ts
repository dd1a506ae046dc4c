import { crc32 } from 'node:zlib'
import { base62 } from './secrets.ts'
import type { Random } from './world.ts'

const ID_LENGTH = 12
const SECRET_LENGTH = 43
const CHECK_LENGTH = 6
const KEY = new RegExp(`^cordon_([0-9A-Za-z]{${ID_LENGTH}})_([0-9A-Za-z]{${SECRET_LENGTH}})([0-9A-Za-z]{${CHECK_LENGTH}})$`)

/** The parts of a key: the id is no secret, the secret is never stored. */
export type KeyParts = { readonly id: string; readonly secret: string }

/**
 * A new key `cordon_<id>_<secret><check>`: 64 bits of id, 256 bits of secret, and the CRC-32 of what stands before it, all in base 62.
 * With the prefix a scanner finds a leaked key in a file; with the check it, and a person who mistyped one, can tell a key from noise without asking a node.
 */
export function newKey(random: Random): KeyParts & { readonly key: string } {
  const id = base62(random(8), ID_LENGTH)
  const secret = base62(random(32), SECRET_LENGTH)
  return { id, secret, key: `cordon_${id}_${secret}${checkOf(id, secret)}` }
}

/** The parts of a key, or null where the text is none: not of this form, or mistyped. */
export function parseKey(text: string): KeyParts | null {
  const parts = KEY.exec(text)
  if (parts === null) return null
  const [, id, secret, check] = parts
  return checkOf(id!, secret!) === check ? { id: id!, secret: secret! } : null
}

function checkOf(id: string, secret: string): string {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(crc32(`cordon_${id}_${secret}`))
  return base62(bytes, CHECK_LENGTH)
}
