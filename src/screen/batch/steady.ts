import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { CordonError } from '../../chain/index.ts'
import type { SourceFile } from '../lists/reader.ts'

/** A file that is read more than once and must hold the same each time: once for its hash, by which it is reported, and again for its rows. */
export interface SteadyFile extends SourceFile {
  readonly sha256: string
  /** A fresh stream; throws `screen/input-changed` at its end where the bytes were others than those of the hash. */
  open(): AsyncIterable<Uint8Array>
  /** Looks at size and time of change; throws `screen/input-changed` where they are others. */
  unchanged(): Promise<void>
  /** Reads the file again for those whose reader takes the path; throws `screen/input-changed`. */
  verify(signal?: AbortSignal): Promise<void>
}

const HEAD_BYTES = 64 * 1024

/**
 * Reads a file to its end for its hash, size and first bytes.
 *
 * @throws CordonError `screen/not-readable`; `screen/input-changed` where somebody writes to it meanwhile
 */
export async function steadyFile(path: string, signal?: AbortSignal): Promise<SteadyFile> {
  const hash = createHash('sha256')
  const heads: Uint8Array[] = []
  let bytes = 0
  let first: string
  try {
    first = await standing(path)
    for await (const chunk of streamOf(path)) {
      signal?.throwIfAborted()
      if (bytes < HEAD_BYTES) heads.push(chunk)
      hash.update(chunk)
      bytes += chunk.length
    }
  } catch (cause) {
    if (signal?.aborted === true) throw cause
    throw new CordonError('screen/not-readable', `cannot read ${path}: ${(cause as Error).message}`, {
      place: { file: path },
      remedy: 'Check the path and its permissions.',
      cause,
    })
  }
  const sha256 = hash.digest('hex')
  const unchanged = async () => {
    if ((await standing(path).catch(() => null)) !== first) throw changed(path)
  }
  async function* open(): AsyncGenerator<Uint8Array> {
    const again = createHash('sha256')
    for await (const chunk of streamOf(path)) {
      again.update(chunk)
      yield chunk
    }
    if (again.digest('hex') !== sha256) throw changed(path)
  }
  const verify = async (stop?: AbortSignal) => {
    for await (const _ of open()) stop?.throwIfAborted()
  }
  await unchanged()
  return { path, name: basename(path), bytes, sha256, head: Buffer.concat(heads).subarray(0, HEAD_BYTES), open, unchanged, verify }
}

function streamOf(path: string): AsyncIterable<Uint8Array> {
  return createReadStream(path, { highWaterMark: 1 << 18 })
}

/** What differs once a file was written to or put in place of another. */
async function standing(path: string): Promise<string> {
  const { dev, ino, size, mtimeNs } = await stat(path, { bigint: true })
  return [dev, ino, size, mtimeNs].join(' ')
}

function changed(path: string): CordonError {
  return new CordonError('screen/input-changed', `${path} was changed while it was read`, {
    place: { file: path },
    remedy: 'Copy it to where nobody writes to it, and begin anew with --anew on the copy.',
  })
}
