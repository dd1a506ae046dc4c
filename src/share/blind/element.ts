import { ristretto255 } from '@noble/curves/ed25519.js'
import { CordonError } from '../../chain/index.ts'

/** Bytes of a group element of ristretto255 (RFC 9496), and of a scalar. */
export const ELEMENT_BYTES = 32

/** Random bytes of a cryptographic source. */
export type RandomBytes = (length: number) => Uint8Array

// Named by its place rather than taken out: its class has no name of its own that declarations could give.
export const Point: typeof ristretto255.Point = ristretto255.Point
export type Point = InstanceType<typeof ristretto255.Point>

const HEX = /^[0-9a-f]{64}$/

/**
 * Bytes of an element out of 64 lower-case hex digits, as the other side sent it. Checked to be the canonical encoding of an element that is not the identity (RFC 9497, section 3.3): from
 * the identity every key would give the same token.
 *
 * @throws CordonError `blind/bad-element`, naming the place
 */
export function parseElement(text: unknown, field: string): Point {
  if (typeof text !== 'string' || !HEX.test(text)) throw badElement('it is not 64 lower-case hex digits', field)
  let point: Point
  try {
    point = Point.fromBytes(Buffer.from(text, 'hex'))
  } catch {
    throw badElement('it is no element of ristretto255', field)
  }
  if (point.equals(Point.ZERO)) throw badElement('it is the identity', field)
  return point
}

/**
 * Elements as the other side sent them, each once.
 *
 * @param count how many there must be
 * @throws CordonError `blind/bad-element`, `blind/bad-message` for another number, `blind/repeated`
 */
export function parseElements(texts: unknown, field: string, count: number): readonly Point[] {
  if (!Array.isArray(texts) || texts.length !== count) {
    throw new CordonError('blind/bad-message', `${field} must be a list of ${count} elements.`, { place: { field }, remedy: REMEDY })
  }
  if (new Set(texts).size !== texts.length) {
    throw new CordonError('blind/repeated', `${field} has an element twice.`, { place: { field }, remedy: REMEDY })
  }
  return texts.map((text: unknown, at) => parseElement(text, `${field}[${at}]`))
}

/** Bytes out of hex digits of a message. Throws `blind/bad-message`. */
export function parseHex(text: unknown, field: string, length: number): Uint8Array {
  if (typeof text !== 'string' || text.length !== 2 * length || !/^[0-9a-f]*$/.test(text)) {
    throw new CordonError('blind/bad-message', `${field} must be ${2 * length} lower-case hex digits.`, {
      place: { field },
      remedy: REMEDY,
    })
  }
  return new Uint8Array(Buffer.from(text, 'hex'))
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
}

export const REMEDY = 'The other side runs other software, or tries something. Stop, keep the message, and ask its operator.'

function badElement(what: string, field: string): CordonError {
  return new CordonError('blind/bad-element', `${field} cannot be used: ${what}.`, { place: { field }, remedy: REMEDY })
}
