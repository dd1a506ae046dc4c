/**
 * Bytes that an OP_RETURN script pushes; null where it is cut short, pushes nothing or more than once, or holds other operations. Read from the script itself: what nodes print as `asm` turns
 * short pushes into numbers.
 */
export function pushedBytes(script: Uint8Array): Uint8Array | null {
  if (script[0] !== 0x6a) return null
  const op = script[1]
  if (op === undefined || op > 0x4e) return null
  const size = op < 0x4c ? 0 : op === 0x4c ? 1 : op === 0x4d ? 2 : 4
  if (2 + size > script.length) return null
  let length = size === 0 ? op : 0
  for (let k = size - 1; k >= 0; k--) length = length * 256 + (script[2 + k] as number)
  return 2 + size + length === script.length ? script.subarray(2 + size) : null
}

/** Bytes as text in which everything but printable ASCII is written `\xNN`: what a stranger put on the chain must not steer a terminal or hide letters. */
export function printable(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes)
    text += byte >= 0x20 && byte <= 0x7e && byte !== 0x5c ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`
  return text
}
