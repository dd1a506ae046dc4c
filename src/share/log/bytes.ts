const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Bytes as standard base64 with padding (RFC 4648, section 4). */
export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')
}

/** The bytes of a base64 text, or null where it is not the one spelling that `base64` gives: other alphabets, blanks, missing padding and stray bits are refused. */
export function parseBase64(text: string): Uint8Array | null {
  if (!BASE64.test(text)) return null
  const bytes = Buffer.from(text, 'base64')
  return base64(bytes) === text ? bytes : null
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
}

/** A count as C2SP writes it: decimal ASCII without leading zeroes; null for anything else and for what is above 2^53-1. */
export function parseCount(text: string): number | null {
  if (!/^(?:0|[1-9]\d{0,15})$/.test(text)) return null
  const count = Number(text)
  return Number.isSafeInteger(count) ? count : null
}

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
