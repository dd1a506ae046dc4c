import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto'
import { CordonError } from '../../chain/index.ts'
import { base64, hex, parseBase64 } from './bytes.ts'

/** Signature type of C2SP signed-note: a plain Ed25519 signature of a log. */
export const ED25519 = 0x01

/** Signature type of C2SP tlog-cosignature: a witness's Ed25519 signature with its time. */
export const COSIGNATURE = 0x04

export type SignatureType = typeof ED25519 | typeof COSIGNATURE

/** A public key with the name that it signs under. Name and id together tell which key made a signature, and how. */
export type VerifierKey = {
  /** By custom an address without `https://`, e.g. `node.example/log`; it need not be reachable. */
  readonly name: string
  /** First four bytes of SHA-256(name || 0x0A || type || public key), in lower-case hex. A label, not a fingerprint: trust is in `publicKey`. */
  readonly id: string
  readonly type: SignatureType
  /** 32 bytes, RFC 8032. */
  readonly publicKey: Uint8Array
}

export type NoteSigner = {
  readonly key: VerifierKey
  readonly sign: (message: Uint8Array) => Uint8Array
}

const LONGEST_NAME = 255

/** Why a text cannot name a key, or null: not empty, no blanks of any script, no plus sign, no control characters. */
export function nameFault(name: string): string | null {
  if (name === '') return 'it is empty'
  if (name.length > LONGEST_NAME) return `it is longer than ${LONGEST_NAME} characters`
  if (!name.isWellFormed()) return 'it is not valid Unicode'
  return /[\p{White_Space}\p{Cc}+]/u.test(name) ? 'it holds a blank, a plus sign or a control character' : null
}

/** The key that a name and 32 bytes make. Throws `log/bad-key`. */
export function verifierKey(name: string, type: SignatureType, publicKey: Uint8Array): VerifierKey {
  const fault = nameFault(name)
  if (fault !== null) throw badKey(`its name cannot be used: ${fault}`)
  if (publicKey.length !== 32) throw badKey(`an Ed25519 key has 32 bytes, not ${publicKey.length}`)
  const digest = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), Uint8Array.of(type), publicKey]), 'buffer')
  return { name, id: hex(digest.subarray(0, 4)), type, publicKey }
}

/** A key as operators pass it on: `name+id+base64(type || public key)`. */
export function formatVerifierKey(key: VerifierKey): string {
  return `${key.name}+${key.id}+${base64(Buffer.concat([Uint8Array.of(key.type), key.publicKey]))}`
}

/**
 * Reads what `formatVerifierKey` writes: the form of golang.org/x/mod/sumdb/note and of C2SP.
 *
 * @throws CordonError `log/bad-key`: another form, a type that is neither 1 nor 4, or an id that is not the key's
 */
export function parseVerifierKey(text: string): VerifierKey {
  const [, name = '', id = '', encoded = ''] = /^([^+]*)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{44})$/.exec(text) ?? []
  const key = keyOf(name, encoded)
  if (key === null) throw badKey('it is not of the form name+id+key, with a key of type 1 or 4')
  const made = verifierKey(name, key.type, key.bytes)
  if (made.id !== id) throw badKey(`its id should be ${made.id}, so the name or the key was changed`)
  return made
}

/** Signs with an Ed25519 key. `seed` is 32 random bytes, to be kept secret. Throws `log/bad-key`. */
export function noteSigner(name: string, type: SignatureType, seed: Uint8Array): NoteSigner {
  if (seed.length !== 32) throw badKey(`a seed has 32 bytes, not ${seed.length}`)
  const secret = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' })
  const { x = '' } = createPublicKey(secret).export({ format: 'jwk' })
  const key = verifierKey(name, type, Buffer.from(x, 'base64url'))
  return { key, sign: (message) => sign(null, message, secret) }
}

/** A secret key as a file keeps it: `PRIVATE+KEY+name+id+base64(type || seed)`. */
export function formatSecretKey(name: string, type: SignatureType, seed: Uint8Array): string {
  const { key } = noteSigner(name, type, seed)
  return `PRIVATE+KEY+${key.name}+${key.id}+${base64(Buffer.concat([Uint8Array.of(type), seed]))}`
}

/** Reads what `formatSecretKey` writes. Errors never show the key. Throws `log/bad-key`. */
export function parseSecretKey(text: string): NoteSigner {
  const [, name = '', id = '', encoded = ''] = /^PRIVATE\+KEY\+([^+]*)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{44})$/.exec(text) ?? []
  const key = keyOf(name, encoded)
  if (key === null) throw badKey('it is not of the form PRIVATE+KEY+name+id+key, with a key of type 1 or 4')
  const signer = noteSigner(name, key.type, key.bytes)
  if (signer.key.id !== id) throw badKey('its id is not that of the key: the name or the key was changed')
  return signer
}

/** Whether a key made a plain Ed25519 signature (RFC 8032) over a message. */
export function isSignedBy(key: VerifierKey, message: Uint8Array, signature: Uint8Array): boolean {
  return signature.length === 64 && verify(null, message, keyObject(key), signature)
}

/** A line of signature below a note: em dash, name, base64 of id and signature. */
export function signatureLine(key: VerifierKey, signature: Uint8Array): string {
  return `\u2014 ${key.name} ${base64(Buffer.concat([Buffer.from(key.id, 'hex'), signature]))}\n`
}

/** Whether two keys are the same 32 bytes, under whatever names. */
export function samePublicKey(a: VerifierKey, b: VerifierKey): boolean {
  return Buffer.compare(a.publicKey, b.publicKey) === 0
}

// RFC 8410: the fixed bytes before the seed in an unencrypted Ed25519 key, and before the key in a public one.
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI_ED25519 = Buffer.from('302a300506032b6570032100', 'hex')

const keyObjects = new WeakMap<VerifierKey, KeyObject>()

function keyObject(key: VerifierKey): KeyObject {
  let object = keyObjects.get(key)
  if (object === undefined) {
    object = createPublicKey({ key: Buffer.concat([SPKI_ED25519, key.publicKey]), format: 'der', type: 'spki' })
    keyObjects.set(key, object)
  }
  return object
}

function keyOf(name: string, encoded: string): { readonly type: SignatureType; readonly bytes: Uint8Array } | null {
  const bytes = parseBase64(encoded)
  if (nameFault(name) !== null || bytes?.length !== 33) return null
  const [type] = bytes
  return type === ED25519 || type === COSIGNATURE ? { type, bytes: bytes.subarray(1) } : null
}

function badKey(what: string): CordonError {
  return new CordonError('log/bad-key', `This is not a key of a log or a witness: ${what}.`, {
    remedy: 'Ask the operator for the key again, as one line, and copy it whole.',
  })
}
