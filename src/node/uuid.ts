/** Gives n random bytes. */
export type Random = (bytes: number) => Buffer

/**
 * A UUID of version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, then chance, so that ids sort by the time of their making and tell nothing else.
 * `place` (0 to 4095) orders those that are made together: it takes the twelve bits after the time (section 6.2, method 1).
 */
export function uuidV7(now: Date, random: Random, place?: number): string {
  const bytes = Buffer.alloc(16)
  bytes.writeUIntBE(now.getTime(), 0, 6)
  random(10).copy(bytes, 6)
  if (place !== undefined) bytes.writeUInt16BE(Math.min(place, 0xfff), 6)
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
