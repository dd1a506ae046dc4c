/**
 * A value as one 64-bit word. Below 2^63 the word is the value. Otherwise its top bit is set and it says where in `wide` the value's
 * bytes lie, least first: 7 bits of length (8..32), 56 bits of offset. Most transfers need no second look, and none loses a digit.
 *
 * Words are handled as (low, high) pairs of 32 bits: reading 64-bit integers one by one makes a BigInt of each.
 */

export const WIDE = 0x8000_0000

/** Packs length and offset into the high word; the low word is the offset's low 32 bits. */
export function wideHigh(length: number, offset: number): number {
  return (WIDE | (length << 24) | Math.floor(offset / 0x1_0000_0000)) >>> 0
}

/** Reads the value of a word. `wide` is the segment's file of long values. */
export function readValue(low: number, high: number, wide: Uint8Array): bigint {
  if (high < WIDE) return high < 0x20_0000 ? BigInt(high * 0x1_0000_0000 + low) : (BigInt(high) << 32n) | BigInt(low)
  const { offset, length } = wideAt(low, high)
  let value = 0n
  for (let i = offset + length; i > offset; ) {
    // Four bytes at a time while they last.
    const take = Math.min(4, i - offset)
    i -= take
    let part = 0
    for (let k = take - 1; k >= 0; k--) part = part * 256 + (wide[i + k] as number)
    value = (value << BigInt(take * 8)) | BigInt(part)
  }
  return value
}

/** Writes the value of a word as four 32-bit words, least first, at `target[at]`; false when it is 2^128 or more. */
export function spreadValue(low: number, high: number, wide: Uint8Array, target: Uint32Array, at: number): boolean {
  if (high < WIDE) {
    target[at] = low
    target[at + 1] = high
    target[at + 2] = 0
    target[at + 3] = 0
    return true
  }
  const { offset, length } = wideAt(low, high)
  if (length > 16) return false
  const end = offset + length
  for (let k = 0, from = offset; k < 4; k++, from += 4) {
    let part = 0
    for (let i = Math.min(from + 4, end) - 1; i >= from; i--) part = part * 256 + (wide[i] as number)
    target[at + k] = part
  }
  return true
}

export function wideAt(low: number, high: number): { readonly offset: number; readonly length: number } {
  return { offset: (high & 0xff_ffff) * 0x1_0000_0000 + low, length: (high >>> 24) & 0x7f }
}

/** Writes `value`, least byte first and without leading zeros, at `at`; returns how many bytes it took. */
export function writeWide(value: bigint, target: Uint8Array, at: number): number {
  let rest = value
  let length = 0
  while (rest > 0n) {
    target[at + length++] = Number(rest & 0xffn)
    rest >>= 8n
  }
  return length
}

/** Sums words exactly without a BigInt for each: 32-bit halves in doubles, carried over before they could pass 2^53. */
export class ValueSum {
  private low = 0
  private high = 0
  private entries = 0
  private total = 0n
  private readonly wide: Uint8Array

  constructor(wide: Uint8Array) {
    this.wide = wide
  }

  add(low: number, high: number): void {
    if (high >= WIDE) this.total += readValue(low, high, this.wide)
    else {
      this.low += low
      this.high += high
      if (++this.entries === 1 << 20) this.carry()
    }
  }

  get value(): bigint {
    this.carry()
    return this.total
  }

  private carry(): void {
    this.total += BigInt(this.low) + (BigInt(this.high) << 32n)
    this.low = 0
    this.high = 0
    this.entries = 0
  }
}
