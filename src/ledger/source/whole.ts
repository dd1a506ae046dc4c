import { open } from 'node:fs/promises'
import { CordonError } from '../../chain/index.ts'
import { contentOf } from './lines.ts'
import type { Sniffed } from './sniff.ts'

const TAIL = 64 << 10

/**
 * Checks that a text file is all there, as far as its end can tell: DuckDB reads a cut-off gzip or zstd file to where it breaks and says nothing.
 *
 * @returns a note for people where the end is doubtful, or null
 * @throws CordonError `ledger/damaged-file`
 */
export async function assertWhole(file: Sniffed, signal: AbortSignal | undefined): Promise<string | null> {
  const { layout, path } = file
  if (layout.kind === 'parquet') return null
  if (layout.compression !== null) {
    await decompressAll(path, layout.compression, signal)
    return null
  }
  const tail = await lastBytes(path)
  if (tail.length > 1 && tail.subarray(-Math.min(tail.length, 4096)).every((byte) => byte === 0)) {
    throw new CordonError('ledger/damaged-file', `${path} ends in NUL bytes`, {
      place: { file: path },
      remedy: 'It was not written to its end (a sparse or damaged file): fetch it again.',
    })
  }
  if (layout.kind === 'csv' && tail.at(-1) !== 0x0a) return `${path} does not end with a line end: its last row may be cut off.`
  return null
}

async function decompressAll(path: string, compression: 'gzip' | 'zstd', signal: AbortSignal | undefined): Promise<void> {
  const content = contentOf(path, compression)
  try {
    for await (const _ of content) signal?.throwIfAborted()
  } catch (cause) {
    if (signal?.aborted === true) throw cause
    throw new CordonError('ledger/damaged-file', `${path} does not decompress to its end: ${(cause as Error).message}`, {
      place: { file: path },
      remedy: 'It is cut off or damaged: fetch it again.',
      cause,
    })
  }
}

async function lastBytes(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const buffer = Buffer.alloc(Math.min(TAIL, size))
    await file.read(buffer, 0, buffer.length, size - buffer.length)
    return buffer
  } finally {
    await file.close()
  }
}
