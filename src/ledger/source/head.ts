import { open } from 'node:fs/promises'
import { constants, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { CordonError } from '../../chain/index.ts'

export type Compression = 'gzip' | 'zstd' | null

/** The beginning of a file, decompressed. */
export interface Head {
  readonly bytes: Buffer
  readonly compression: Compression
  /** True when these are all the bytes that there are. */
  readonly whole: boolean
}

const HEAD = 256 << 10

/**
 * Reads the beginning of a file, never more, whatever its size.
 *
 * @throws CordonError `ledger/unreadable`, `ledger/empty-file`, `ledger/damaged-file`
 */
export async function readHead(path: string): Promise<Head> {
  const raw = await readStart(path)
  if (raw.bytes.length === 0)
    throw damaged(
      'ledger/empty-file',
      path,
      'is empty',
      'Fetch it again; an empty export usually means that the query or the download failed.',
    )
  if (raw.bytes.every((byte) => byte === 0)) {
    throw damaged(
      'ledger/damaged-file',
      path,
      `begins with ${raw.bytes.length} NUL bytes and no header`,
      'It is a sparse or damaged file: fetch it again.',
    )
  }
  const compression = compressionOf(raw.bytes)
  if (compression === null) return { ...raw, compression }
  const bytes = decompressStart(path, raw.bytes, compression)
  if (bytes.length === 0) throw damaged('ledger/empty-file', path, 'decompresses to nothing', 'Fetch it again.')
  if (bytes.every((byte) => byte === 0))
    throw damaged('ledger/damaged-file', path, 'decompresses to NUL bytes and no header', 'Fetch it again.')
  return { bytes: bytes.subarray(0, HEAD), compression, whole: raw.whole && bytes.length <= HEAD }
}

async function readStart(path: string): Promise<{ bytes: Buffer; whole: boolean }> {
  try {
    const file = await open(path)
    try {
      const { size } = await file.stat()
      const buffer = Buffer.alloc(Math.min(HEAD, size))
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0)
      return { bytes: buffer.subarray(0, bytesRead), whole: size <= HEAD }
    } finally {
      await file.close()
    }
  } catch (cause) {
    throw new CordonError('ledger/unreadable', `${path} cannot be read: ${(cause as Error).message}`, {
      place: { file: path },
      remedy: 'Check that you may read it.',
      cause,
    })
  }
}

function compressionOf(bytes: Buffer): Compression {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip'
  return bytes.length >= 4 && bytes.readUInt32LE(0) === 0xfd2f_b528 ? 'zstd' : null
}

function decompressStart(path: string, bytes: Buffer, compression: 'gzip' | 'zstd'): Buffer {
  try {
    // Flushing instead of finishing takes what the bytes so far give.
    if (compression === 'gzip') return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH })
    return zstdDecompressSync(bytes, { finishFlush: constants.ZSTD_e_flush })
  } catch (cause) {
    throw damaged('ledger/damaged-file', path, `does not decompress: ${(cause as Error).message}`, 'Fetch it again.', cause)
  }
}

function damaged(code: string, path: string, what: string, remedy: string, cause?: unknown): CordonError {
  return new CordonError(code, `${path} ${what}`, { place: { file: path }, remedy, cause })
}
