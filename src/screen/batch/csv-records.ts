import { byteLines } from '../disk/lines.ts'
import { splitRow } from '../lists/delimited.ts'

/** One row of a customer file, or one line of it where quotes do not fit. */
export interface CsvRecord {
  /** 1-based line on which it starts. */
  readonly line: number
  readonly fields: readonly string[]
  /** As it stood in the file, without its line end. */
  readonly raw: string
  /** Why it cannot be read; null where it can. */
  readonly fault: string | null
}

/** A name of 10 MB is one row to be refused, not the end of the batch. What is longer is cut, and refused too. */
const LONGEST_LINE = 64 * 1024 * 1024
/** How much is held to find the end of a quoted field that runs over several lines. A remark of a customer file has a few kilobytes; what is longer is a quote that is never closed. */
const LONGEST_FOLDED = 4 * 1024 * 1024

const QUOTE = 0x22
const BLANK = 0x20
const TAB = 0x09
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const DOS_END = 0x1a

/**
 * Rows of a customer file in CSV (RFC 4180), streamed, in which nothing but a failing disk ends the reading: each row at fault is given with its fault. A quoted field may run over lines; where that row does not fit in the
 * end (quotes, number of fields, or no end within 4 MiB), each of its lines is a row of its own, so that one stray quote does not swallow the customers behind it. Held are at most those 4 MiB and one line.
 *
 * @param fits whether a row has as many fields as it should
 */
export async function* csvRecords(
  chunks: AsyncIterable<Uint8Array>,
  delimiter: string,
  fits: (fields: readonly string[]) => boolean,
  signal?: AbortSignal,
): AsyncGenerator<CsvRecord> {
  const separator = delimiter.charCodeAt(0)
  let folded: Folded | null = null
  let line = 0
  for await (const whole of byteLines(chunks, LONGEST_LINE)) {
    signal?.throwIfAborted()
    line++
    const bytes = line === 1 ? withoutMark(whole.bytes) : whole.bytes
    const cut = whole.length > whole.bytes.length
    if (folded !== null) {
      const room = !cut && folded.length + 1 + bytes.length <= LONGEST_FOLDED
      if (room) {
        folded.add(bytes)
        if (quotedBehind(bytes, separator, true)) continue
        const record = recordOf(folded.bytes(), folded.line, delimiter)
        if (record.quotes === null && fits(record.fields)) yield record
        else yield* folded.lines(delimiter)
        folded = null
        continue
      }
      yield* folded.lines(delimiter)
      folded = null
    }
    if (cut) {
      const record = recordOf(bytes.subarray(0, 1_000), line, delimiter)
      yield { ...record, fault: `is longer than ${LONGEST_LINE} bytes` }
    } else if (bytes.length < LONGEST_FOLDED && quotedBehind(bytes, separator, false)) folded = new Folded(bytes, line)
    else yield* lineRecord(bytes, line, delimiter)
  }
  if (folded !== null) yield* folded.lines(delimiter)
}

/** Lines of a row whose quoted field is still open: one buffer, as a row of empty lines would make millions of small ones. */
class Folded {
  readonly line: number
  length = 0
  #buffer = new Uint8Array(1 << 12)

  constructor(first: Uint8Array, line: number) {
    this.line = line
    this.#put(first)
  }

  add(bytes: Uint8Array): void {
    this.#put(Uint8Array.of(LINE_FEED))
    this.#put(bytes)
  }

  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.length)
  }

  *lines(delimiter: string): Generator<CsvRecord> {
    const bytes = this.bytes()
    let { line } = this
    for (let start = 0; start <= bytes.length; line++) {
      const feed = bytes.indexOf(LINE_FEED, start)
      const end = feed < 0 ? bytes.length : feed
      yield* lineRecord(bytes.subarray(start, end), line, delimiter)
      start = end + 1
    }
  }

  #put(bytes: Uint8Array): void {
    const length = this.length + bytes.length
    if (length > this.#buffer.length) {
      const larger = new Uint8Array(2 * length)
      larger.set(this.bytes())
      this.#buffer = larger
    }
    this.#buffer.set(bytes, this.length)
    this.length = length
  }
}

/** A line as a row; none where it is empty or the end-of-file mark of DOS. */
function* lineRecord(bytes: Uint8Array, line: number, delimiter: string): Generator<CsvRecord> {
  const [first] = bytes
  const empty = bytes.length === 0 || (bytes.length === 1 && (first === CARRIAGE_RETURN || first === DOS_END))
  if (!empty) yield recordOf(bytes, line, delimiter)
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
/** To say what a row was that is no UTF-8; every byte is a character there. */
const ANY_BYTES = new TextDecoder('windows-1252')

function recordOf(given: Uint8Array, line: number, delimiter: string): CsvRecord & { readonly quotes: string | null } {
  const bytes = given.at(-1) === CARRIAGE_RETURN ? given.subarray(0, -1) : given
  const text = utf8(bytes)
  const raw = text ?? ANY_BYTES.decode(bytes)
  const nul = raw.includes('\0')
  // Where a row with NUL bytes ends is told by its quotes, as of any other.
  const { fields, fault: quotes } = splitRow(nul ? raw.replaceAll('\0', '\ufffd') : raw, delimiter)
  const encoding = text === null ? 'is no UTF-8' : nul ? 'has NUL bytes, as UTF-16 or a broken disk would' : null
  return { line, fields, raw, fault: encoding ?? quotes, quotes }
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return UTF8.decode(bytes)
  } catch {
    return null
  }
}

/** Whether a quoted field is open behind a line, where one was or was not before it. A quote within an unquoted field is an ordinary character. */
function quotedBehind(bytes: Uint8Array, separator: number, before: boolean): boolean {
  if (!bytes.includes(QUOTE)) return before
  let quoted = before
  /** Where a quote would open a field or, right behind a closing one, be the second of a doubled quote. */
  let mayOpen = true
  for (const byte of bytes) {
    if (byte === QUOTE) {
      if (quoted) mayOpen = true
      quoted = quoted ? false : mayOpen
    } else if (!quoted) {
      if (byte === separator) mayOpen = true
      else if (byte !== BLANK && byte !== TAB) mayOpen = false
    }
  }
  return quoted
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
}
