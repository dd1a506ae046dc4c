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

/**
 * Lines on which wanted records of a text table begin. Records and lines differ where a quoted field holds a line end, where lines are blank,
 * and where the reader threw out records before numbering (`without`: lines on which those begin). Runs only when there is a row to report.
 *
 * @param wanted record numbers from 1, the header not counted
 */
export async function linesOf(
  content: Readable,
  wanted: ReadonlySet<number>,
  without: ReadonlySet<number>,
  header: boolean,
): Promise<Map<number, number>> {
  const lines = new Map<number, number>()
  let line = 1
  let start = 1
  let record = header ? -1 : 0
  let quoted = false
  let blank = true
  let left = wanted.size
  const finish = () => {
    if (!blank && !without.has(start)) {
      record++
      if (wanted.has(record)) {
        lines.set(record, start)
        left--
      }
    }
    start = line
    blank = true
  }
  for await (const chunk of content as AsyncIterable<Buffer>) {
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]
      if (byte === 0x0a) {
        line++
        if (!quoted) finish()
      } else if (byte !== 0x0d) {
        if (byte === 0x22) quoted = !quoted
        blank = false
      }
    }
    if (left === 0) break
  }
  finish()
  return lines
}
