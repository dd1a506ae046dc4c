import { CordonError } from '../../chain/index.ts'
import type { SourceFile } from './reader.ts'

/** Chunks given to the parser are never longer than this, so that the records waiting between two chunks stay few whatever the source hands out. */
const CHUNK = 65_536

/** The encoding that the first bytes show: a byte order mark of UTF-16, else UTF-8. */
export function encodingOf(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}

/**
 * The text of a file, in pieces of at most 65,536 bytes: UTF-8, or UTF-16 with its byte order mark. Bytes that are no text of that encoding are an error, never a
 * replacement character: a name with one in it would match nothing. `line` says where the reader stands, for the error.
 *
 * @throws CordonError `list/xml`
 */
export async function* strictText(file: SourceFile, line: () => number, signal?: AbortSignal): AsyncGenerator<string> {
  const encoding = encodingOf(file.head)
  const decoder = new TextDecoder(encoding, { fatal: true })
  for await (const bytes of file.open()) {
    for (let start = 0; start < bytes.length; start += CHUNK) {
      signal?.throwIfAborted()
      yield decoded(bytes.subarray(start, start + CHUNK))
    }
  }
  yield decoded(null)

  function decoded(bytes: Uint8Array | null): string {
    try {
      return bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true })
    } catch (cause) {
      const message =
        bytes === null
          ? `${file.name} ends within a character: it is cut off`
          : `${file.name} holds bytes that are no ${encoding.toUpperCase()} text, at or soon after line ${line()}`
      throw new CordonError('list/xml', message, {
        place: { file: file.name, line: line() },
        remedy: 'fetch the file again; if the publisher changed its encoding, convert it to UTF-8 first',
        cause,
      })
    }
  }
}
