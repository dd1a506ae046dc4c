import { closeSync, openSync, writeSync } from 'node:fs'

/** A text file written line by line, in pieces of about a megabyte. */
export interface LineFile {
  line(text: string): void
  /** Writes what is left; returns what the file holds. */
  close(): { readonly file: string; readonly bytes: number; readonly rows: number }
}

const PIECE = 1 << 20

export function createLineFile(file: string): LineFile {
  const handle = openSync(file, 'wx')
  let waiting: string[] = []
  let length = 0
  let bytes = 0
  let rows = 0
  const flush = () => {
    const piece = Buffer.from(waiting.join(''))
    for (let at = 0; at < piece.length; ) at += writeSync(handle, piece, at)
    bytes += piece.length
    waiting = []
    length = 0
  }
  return {
    line(text) {
      waiting.push(text, '\n')
      length += text.length + 1
      rows += 1
      if (length >= PIECE) flush()
    },
    close() {
      flush()
      closeSync(handle)
      return { file, bytes, rows }
    },
  }
}
