/** A line of a file as bytes, without its line feed. */
export interface ByteLine {
  readonly bytes: Uint8Array
  /** False for what follows the last line feed. */
  readonly ended: boolean
  /** How many bytes the line has, also where `bytes` was cut. */
  readonly length: number
}

/**
 * Lines of a stream, each cut after `most` bytes so that memory stays bounded whatever the file. Bytes rather than text: one line that is no UTF-8 must not make the others unreadable. An empty line is a
 * line; nothing follows a last line feed.
 */
export async function* byteLines(chunks: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<ByteLine> {
  let held: Uint8Array[] = []
  let kept = 0
  let length = 0
  const take = (bytes: Uint8Array) => {
    length += bytes.length
    if (bytes.length === 0 || kept >= most) return
    const part = bytes.slice(0, most - kept)
    held.push(part)
    kept += part.length
  }
  const finish = (ended: boolean): ByteLine => {
    const line = { bytes: held.length === 1 ? held[0]! : Buffer.concat(held), ended, length }
    held = []
    kept = 0
    length = 0
    return line
  }
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, start)) {
      take(chunk.subarray(start, end))
      yield finish(true)
      start = end + 1
    }
    take(chunk.subarray(start))
  }
  if (length > 0) yield finish(false)
}

/** The same lines as text of UTF-8, whole: for files of our own, whose lines were bounded when they were written. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  for await (const { bytes } of byteLines(chunks, Number.POSITIVE_INFINITY)) {
    yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
  }
}
