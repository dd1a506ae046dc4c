import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import type { Compression } from './head.ts'

/** The file's content, decompressed. */
export function contentOf(path: string, compression: Compression): Readable {
  const file = createReadStream(path, { highWaterMark: 1 << 20 })
  if (compression === null) return file
  const plain = file.pipe(compression === 'gzip' ? createGunzip() : createZstdDecompress())
  file.on('error', (error) => plain.destroy(error))
  return plain
}

/** What to find: records by number (from 1, the header not counted), and thrown-out records by the byte before which they do not begin. */
export interface Wanted {
  readonly records: ReadonlySet<number>
  readonly thrownOut: readonly number[]
  readonly header: boolean
}

/**
 * Lines on which wanted records of a text table begin. Records and lines differ where a quoted field holds a line end, where lines are blank,
 * and where the reader threw out records before it numbered them. Runs only when there is a row to report.
 */
export async function linesOf(
  content: Readable,
  wanted: Wanted,
): Promise<{ readonly records: ReadonlyMap<number, number>; readonly thrownOut: ReadonlyMap<number, number> }> {
  const records = new Map<number, number>()
  const thrownOut = new Map<number, number>()
  const positions = [...wanted.thrownOut].sort((a, b) => a - b)
  let next = 0
  let line = 1
  let start = 1
  let startByte = 0
  let byteAt = 0
  let record = wanted.header ? -1 : 0
  let quoted = false
  let blank = true
  const finish = () => {
    if (blank) return
    blank = true
    if (next < positions.length && positions[next]! <= startByte) {
      thrownOut.set(positions[next++]!, start)
    } else if (wanted.records.has(++record)) records.set(record, start)
  }
  for await (const chunk of content as AsyncIterable<Buffer>) {
    for (let i = 0; i < chunk.length; i++, byteAt++) {
      const byte = chunk[i]
      if (byte === 0x0a) {
        line++
        if (!quoted) finish()
      } else if (byte !== 0x0d) {
        if (blank) {
          start = line
          startByte = byteAt
          blank = false
        }
        if (byte === 0x22) quoted = !quoted
      }
    }
    if (records.size === wanted.records.size && next === positions.length) break
  }
  finish()
  return { records, thrownOut }
}
