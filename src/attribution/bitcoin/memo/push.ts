/**
 * Bytes that an OP_RETURN script pushes, joined; null where the script is cut short or holds other operations. Read from the script itself: what nodes print as `asm` turns short pushes into
 * numbers.
 */
export function pushedBytes(script: Uint8Array): Uint8Array | null {
  if (script[0] !== 0x6a) return null
  const parts: Uint8Array[] = []
  for (let at = 1; at < script.length; ) {
    const op = script[at] as number
    let length = op
    at += 1
    if (op === 0x4c || op === 0x4d || op === 0x4e) {
      const size = op === 0x4c ? 1 : op === 0x4d ? 2 : 4
      if (at + size > script.length) return null
      length = 0
      for (let k = size - 1; k >= 0; k--) length = length * 256 + (script[at + k] as number)
      at += size
    } else if (op > 0x4e) return null
    if (at + length > script.length) return null
    parts.push(script.subarray(at, at + length))
    at += length
  }
  const [only] = parts
  return parts.length === 1 && only !== undefined ? only : Uint8Array.from(parts.flatMap((part) => [...part]))
}

/** Bytes as text in which everything but printable ASCII is written `\xNN`: what a stranger put on the chain must not steer a terminal or hide letters. */
export function printable(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes)
    text += byte >= 0x20 && byte <= 0x7e && byte !== 0x5c ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`
  return text
}
