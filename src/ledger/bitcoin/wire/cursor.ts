import { CordonError } from '../../../chain/index.ts'

/** Where serialized bytes come from, for errors. */
export interface Origin {
  readonly file?: string | undefined
  /** Position of the first byte in that file. */
  readonly offset?: number | undefined
}

/** An error about the byte at `at`, which says where that is in the file. */
export function wireError(code: string, what: string, origin: Origin, at: number, remedy: string): CordonError {
  const { file } = origin
  const where = `byte ${(origin.offset ?? 0) + at}${file === undefined ? '' : ` of ${file}`}`
  return new CordonError(code, `${what} (${where})`, { place: file === undefined ? {} : { file }, remedy })
}

const FETCH_AGAIN = 'The bytes are damaged or no Bitcoin data: fetch them again from a node that you trust.'
const CUT_OFF = 'The bytes are cut off or damaged: fetch them again.'

/**
 * Reads Bitcoin's serialization from front to back. Nothing is believed: every length is held against the bytes that are left before anything is made of it.
 */
export class Cursor {
  readonly bytes: Uint8Array
  readonly view: DataView
  readonly end: number
  readonly origin: Origin
  /** What is read, in codes: `block` gives `bitcoin/truncated-block`, `bitcoin/bad-block`. */
  readonly kind: string
  at = 0

  constructor(bytes: Uint8Array, kind: string, origin: Origin) {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.end = bytes.byteLength
    this.kind = kind
    this.origin = origin
  }

  u8(what: string): number {
    this.need(1, what)
    return this.bytes[this.at++] as number
  }

  u32(what: string): number {
    this.need(4, what)
    const value = this.view.getUint32(this.at, true)
    this.at += 4
    return value
  }

  skip(bytes: number, what: string): void {
    this.need(bytes, what)
    this.at += bytes
  }

  need(bytes: number, what: string): void {
    if (this.end - this.at < bytes) throw this.truncated(what)
  }

  /**
   * A count in compact-size form, of things of at least `least` bytes each that must follow.
   *
   * @throws CordonError truncated, when the bytes that are left cannot hold so many; bad, when the form is longer than it need be
   */
  count(least: number, what: string): number {
    const start = this.at
    if (start >= this.end) throw this.truncated(what)
    let n = this.bytes[start] as number
    if (n < 0xfd) this.at = start + 1
    else n = this.longCount(n, what)
    if (n * least > this.end - this.at) throw this.overclaim(start, least, what)
    return n
  }

  bad(what: string, at = this.at, code = `bitcoin/bad-${this.kind}`): CordonError {
    return wireError(code, what, this.origin, at, FETCH_AGAIN)
  }

  truncated(what: string): CordonError {
    return wireError(
      `bitcoin/truncated-${this.kind}`,
      `the ${this.kind} ends where ${what} should be: ${this.end - this.at} of its ${this.end} bytes are left`,
      this.origin,
      this.at,
      CUT_OFF,
    )
  }

  private longCount(mark: number, what: string): number {
    const start = this.at
    const width = mark === 0xfd ? 2 : mark === 0xfe ? 4 : 8
    this.at = start + 1
    this.need(width, what)
    const { view } = this
    let n: number
    if (width === 2) n = view.getUint16(start + 1, true)
    else if (width === 4) n = view.getUint32(start + 1, true)
    else n = view.getUint32(start + 5, true) * 2 ** 32 + view.getUint32(start + 1, true)
    this.at = start + 1 + width
    // Core refuses longer forms too: with them one transaction would have many ids.
    if (n < (width === 2 ? 0xfd : width === 4 ? 0x1_0000 : 2 ** 32)) {
      throw this.bad(`${what} is written in ${1 + width} bytes, more than it takes`, start)
    }
    return n
  }

  private overclaim(start: number, least: number, what: string): CordonError {
    const mark = this.bytes[start] as number
    // The exact number: as a double it would be rounded.
    const n = mark === 0xff ? this.view.getBigUint64(start + 1, true) : mark === 0xfe ? this.view.getUint32(start + 1, true) : null
    const claim = n ?? (mark === 0xfd ? this.view.getUint16(start + 1, true) : mark)
    return wireError(
      `bitcoin/truncated-${this.kind}`,
      `${what} says ${claim}, which take ${least === 1 ? '' : `at least ${least} bytes each`}${least === 1 ? 'as many bytes' : ''}; ${this.end - this.at} bytes are left`,
      this.origin,
      start,
      CUT_OFF,
    )
  }
}
