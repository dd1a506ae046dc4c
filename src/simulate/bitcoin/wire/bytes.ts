/** Bytes that grow as they are written, in the encodings of Bitcoin Core's `serialize.h`. */
export class ByteWriter {
  private bytes = new Uint8Array(1 << 12)
  private at = 0

  /** Makes it empty again; what `take` gave out is not touched. */
  clear(): void {
    this.at = 0
  }

  get length(): number {
    return this.at
  }

  /** A copy of what has been written. */
  take(): Uint8Array {
    return this.bytes.slice(0, this.at)
  }

  u8(value: number): void {
    this.room(1)
    this.bytes[this.at++] = value
  }

  u16(value: number): void {
    this.u8(value & 0xff)
    this.u8((value >>> 8) & 0xff)
  }

  u32(value: number): void {
    this.room(4)
    this.bytes[this.at++] = value
    this.bytes[this.at++] = value >>> 8
    this.bytes[this.at++] = value >>> 16
    this.bytes[this.at++] = value >>> 24
  }

  /** @param value a safe integer, not negative */
  u64(value: number): void {
    this.u32(value >>> 0)
    this.u32(Math.floor(value / 2 ** 32))
  }

  raw(part: Uint8Array): void {
    this.room(part.length)
    this.bytes.set(part, this.at)
    this.at += part.length
  }

  compactSize(value: number): void {
    if (value < 0xfd) this.u8(value)
    else if (value <= 0xffff) {
      this.u8(0xfd)
      this.u16(value)
    } else {
      this.u8(0xfe)
      this.u32(value)
    }
  }

  /** A length and what has it. */
  sized(part: Uint8Array): void {
    this.compactSize(part.length)
    this.raw(part)
  }

  /** Core's VARINT: base 128, most significant digit first, one subtracted from all digits but the last so that each number has one form. */
  varInt(value: number): void {
    const digits = [value % 128]
    for (let rest = value; rest >= 128; ) {
      rest = Math.floor(rest / 128) - 1
      digits.push((rest % 128) + 128)
    }
    for (let k = digits.length - 1; k >= 0; k--) this.u8(digits[k]!)
  }

  private room(more: number): void {
    if (this.at + more <= this.bytes.length) return
    const wider = new Uint8Array(Math.max(this.bytes.length * 2, this.at + more))
    wider.set(this.bytes.subarray(0, this.at))
    this.bytes = wider
  }
}
