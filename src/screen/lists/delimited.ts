import { CordonError } from '../../chain/index.ts'
import type { SourceFile } from './reader.ts'

/** One row of a delimited file. */
export interface DelimitedRow {
  /** 1-based line on which the row starts. */
  readonly line: number
  /** Quotes taken off and doubled quotes made single; otherwise as written, blanks included. */
  readonly fields: readonly string[]
  /** The row as it stood in the file, without its line end. */
  readonly raw: string
  /** What is wrong with its quotes, null where nothing is. The fields of such a row cannot be trusted; whoever reads it refuses it with a note. */
  readonly fault: string | null
  /** True where the row is no UTF-8 and was read in the `legacy` encoding. */
  readonly legacy: boolean
}

export interface DelimitedOptions {
  /** One ASCII character; a comma where it is not given. */
  readonly delimiter?: string
  /** Whether a quoted field may hold line ends. Where a format has none, `false` keeps an unmatched quote from swallowing the rows behind it. Default true. */
  readonly multiline?: boolean
  /** Longest row in bytes; default 1 MiB. */
  readonly maxRowBytes?: number
  /** A label of TextDecoder, e.g. `windows-1252` or `shift_jis`, in which rows that are no UTF-8 are read; where it is not given they are an error. */
  readonly legacy?: string
  readonly signal?: AbortSignal
}

const QUOTE = 0x22
const LINE_FEED = 0x0a
const BLANK = 0x20
const TAB = 0x09

/**
 * Rows of a delimited file (RFC 4180), streamed: no more than one row and one chunk are held. Rows end with LF or CRLF; a byte order mark, empty lines and the DOS end-of-file mark (0x1A on a line of its
 * own, as OFAC's files have it) yield no row. Blanks and tabs around a quoted field are let pass, unless they are the delimiter; a quote inside an unquoted field is an ordinary character.
 *
 * @throws CordonError `list/row-size` where a row is longer than `maxRowBytes`; `list/encoding` where the bytes are UTF-16 or another text with NUL bytes, or are no UTF-8 and no legacy encoding is given or fits
 */
export async function* delimitedRows(file: SourceFile, options: DelimitedOptions = {}): AsyncGenerator<DelimitedRow, void, undefined> {
  const delimiter = options.delimiter ?? ','
  const multiline = options.multiline ?? true
  const decode = rowDecoder(file.name, options.legacy)
  let line = 1
  for await (const { bytes, lineEnds } of rowBytes(file, delimiter.charCodeAt(0), multiline, options)) {
    const start = line
    line += lineEnds
    if (bytes.length === 0 || (bytes.length === 1 && bytes[0] === 0x1a)) continue
    const { text, legacy } = decode(bytes, start)
    const { fields, fault } = splitRow(text, delimiter)
    yield { line: start, fields, raw: text, fault, legacy }
  }
}

/** The fields of one row. `fault` says what is wrong with the quotes. */
export function splitRow(text: string, delimiter = ','): { readonly fields: readonly string[]; readonly fault: string | null } {
  const fields: string[] = []
  let fault: string | null = null
  let at = 0
  for (;;) {
    let open = at
    while ((text[open] === ' ' || text[open] === '\t') && text[open] !== delimiter) open++
    if (text[open] !== '"') {
      const end = text.indexOf(delimiter, at)
      fields.push(end < 0 ? text.slice(at) : text.slice(at, end))
      if (end < 0) return { fields, fault }
      at = end + delimiter.length
      continue
    }
    let field = ''
    let from = open + 1
    let close = text.indexOf('"', from)
    while (close >= 0 && text[close + 1] === '"') {
      field += text.slice(from, close + 1)
      from = close + 2
      close = text.indexOf('"', from)
    }
    if (close < 0) {
      fields.push(field + text.slice(from))
      return { fields, fault: 'quote never closed' }
    }
    const end = text.indexOf(delimiter, close)
    const behind = text.slice(close + 1, end < 0 ? undefined : end)
    if (behind.trim() !== '') fault = 'text behind a closing quote'
    fields.push(field + text.slice(from, close) + (behind.trim() === '' ? '' : behind))
    if (end < 0) return { fields, fault }
    at = end + delimiter.length
  }
}

interface RowBytes {
  readonly bytes: Uint8Array
  readonly lineEnds: number
}

async function* rowBytes(
  file: SourceFile,
  delimiter: number,
  multiline: boolean,
  options: DelimitedOptions,
): AsyncGenerator<RowBytes, void, undefined> {
  const most = options.maxRowBytes ?? 1 << 20
  // One buffer for the whole file, `used` bytes of it filled: a copy per chunk would leave the memory of a large file's worth of chunks to the collector.
  let buffer = new Uint8Array(1 << 17)
  let used = 0
  let at = 0
  let opened = false
  let line = 1
  let lineEnds = 0
  let quoted = false
  /** True where a quote would open a quoted field or, right behind a closing one, be the second of a doubled quote. */
  let mayOpen = true
  for await (const chunk of file.open()) {
    options.signal?.throwIfAborted()
    if (used + chunk.length > buffer.length) buffer = grown(buffer, used, chunk.length)
    buffer.set(chunk, used)
    used += chunk.length
    if (!opened && used < 3) continue
    let start = opened ? 0 : markLength(buffer, file.name)
    if (!opened) at = start
    opened = true
    for (; at < used; at++) {
      const byte = buffer[at]
      if (byte === LINE_FEED) {
        lineEnds++
        if (quoted && multiline) continue
        yield { bytes: row(buffer, start, at, most, file.name, line), lineEnds }
        line += lineEnds
        lineEnds = 0
        quoted = false
        mayOpen = true
        start = at + 1
      } else if (byte === QUOTE) {
        if (quoted) {
          quoted = false
          mayOpen = true
        } else if (mayOpen) quoted = true
      } else if (!quoted && (byte === delimiter || (byte !== BLANK && byte !== TAB))) mayOpen = byte === delimiter
    }
    if (used - start > most) throw rowTooLong(file.name, line, most)
    buffer.copyWithin(0, start, used)
    used -= start
    at = used
  }
  if (!opened && used > 0) markLength(buffer.subarray(0, used), file.name)
  if (used > 0) yield { bytes: row(buffer, 0, used, most, file.name, line), lineEnds: lineEnds + 1 }
}

function row(buffer: Uint8Array, start: number, end: number, most: number, file: string, line: number): Uint8Array {
  if (end - start > most) throw rowTooLong(file, line, most)
  return buffer.subarray(start, end > start && buffer[end - 1] === 0x0d ? end - 1 : end)
}

function rowTooLong(file: string, line: number, most: number): CordonError {
  return new CordonError('list/row-size', `${file}, line ${line}: a row is longer than ${most} bytes`, {
    place: { file, line },
    remedy: 'A quote that is opened and never closed makes such rows: look at this line, or fetch the file again',
  })
}

function grown(buffer: Uint8Array, used: number, more: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(2 * (used + more))
  larger.set(buffer.subarray(0, used))
  return larger
}

/** Bytes of a UTF-8 byte order mark in front. */
function markLength(bytes: Uint8Array, file: string): number {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) throw notUtf8(file, 1, 'it is UTF-16')
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
}

function rowDecoder(file: string, legacy: string | undefined): (bytes: Uint8Array, line: number) => { text: string; legacy: boolean } {
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const other = legacy === undefined ? null : new TextDecoder(legacy, { fatal: true })
  return (bytes, line) => {
    if (bytes.includes(0)) throw notUtf8(file, line, 'it has NUL bytes, as UTF-16 or a spreadsheet would')
    try {
      return { text: utf8.decode(bytes), legacy: false }
    } catch {
      try {
        if (other !== null) return { text: other.decode(bytes), legacy: true }
      } catch {
        throw notUtf8(file, line, `it is neither UTF-8 nor ${legacy}`)
      }
      throw notUtf8(file, line, 'it is no UTF-8')
    }
  }
}

function notUtf8(file: string, line: number, found: string): CordonError {
  return new CordonError('list/encoding', `${file}, line ${line}: ${found}`, {
    place: { file, line },
    remedy: 'Save the file as CSV in UTF-8',
  })
}
