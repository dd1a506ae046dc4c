import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { CordonError } from '../../chain/index.ts'
import { diskFaultOf, isMissing } from '../disk/faults.ts'
import { type Content, contentOf } from '../disk/files.ts'

/** A gzip file: what it unpacks to, and what lies on the disk. */
export interface StoredFile extends Content {
  readonly stored: Content
}

/**
 * Writes a gzip file from front to back and takes the hashes of both sides on the way. The header that zlib writes has no time in it, so the same bytes give the same file. The file must
 * not exist yet; it is synced when it is closed.
 */
export class GzipFile {
  private readonly path: string
  private readonly gzip = createGzip()
  private readonly plain = createHash('sha256')
  private readonly packed = createHash('sha256')
  private readonly written: Promise<void>
  private plainBytes = 0
  private packedBytes = 0
  private failure: unknown = null

  constructor(path: string) {
    this.path = path
    const tap = new Transform({
      transform: (chunk: Uint8Array, _encoding, next) => {
        this.packed.update(chunk)
        this.packedBytes += chunk.length
        next(null, chunk)
      },
    })
    this.written = pipeline(this.gzip, tap, createWriteStream(path, { flags: 'wx', flush: true }))
    this.written.catch((error: unknown) => {
      this.failure = error
    })
  }

  async write(data: string | Uint8Array): Promise<void> {
    if (this.failure !== null) throw diskError(this.failure, this.path)
    const bytes = typeof data === 'string' ? Buffer.from(data) : data
    this.plain.update(bytes)
    this.plainBytes += bytes.length
    if (this.gzip.write(bytes)) return
    const drained = new Promise<void>((resolve) => this.gzip.once('drain', resolve))
    await Promise.race([drained, this.written]).catch((error: unknown) => {
      throw diskError(error, this.path)
    })
  }

  async close(): Promise<StoredFile> {
    this.gzip.end()
    try {
      await this.written
    } catch (error) {
      throw diskError(error, this.path)
    }
    return {
      sha256: this.plain.digest('hex'),
      bytes: this.plainBytes,
      stored: { sha256: this.packed.digest('hex'), bytes: this.packedBytes },
    }
  }

  /** Gives up a file that will be thrown away; does nothing after `close`. */
  async abandon(): Promise<void> {
    this.gzip.destroy()
    await this.written.catch(() => undefined)
  }
}

/** The bytes that a gzip file unpacks to. What does not unpack is `list/corrupt`. */
export async function* unpack(path: string): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path)
  const gunzip = createGunzip()
  const fed = pipeline(file, gunzip)
  fed.catch(() => undefined)
  try {
    yield* gunzip as AsyncIterable<Uint8Array>
    await fed
  } catch (error) {
    if (String((error as { readonly code?: unknown }).code).startsWith('Z_'))
      throw corrupt(path, `does not unpack: ${(error as Error).message}`)
    if (isMissing(error)) throw corrupt(path, 'is missing')
    throw error
  } finally {
    file.destroy()
    gunzip.destroy()
  }
}

/** What a file holds as it lies there. A file that is gone is `list/corrupt`. */
export async function storedContent(path: string): Promise<Content> {
  try {
    return await contentOf(createReadStream(path, { highWaterMark: 1 << 20 }))
  } catch (error) {
    if (isMissing(error)) throw corrupt(path, 'is missing')
    throw error
  }
}

/** What a gzip file unpacks to. Throws `list/corrupt`. */
export function unpackedContent(path: string): Promise<Content> {
  return contentOf(unpack(path))
}

export function corrupt(path: string, what: string): CordonError {
  return new CordonError('list/corrupt', `${path} ${what}`, {
    place: { file: path },
    remedy:
      'restore the list folder from a backup, or move it away and import the list anew; `cordon lists status` tells which lists are sound',
  })
}

/** Turns what the system says of a failed write into what a person can do about it. */
export function diskError(error: unknown, path: string): unknown {
  const fault = diskFaultOf(error)
  if (fault === 'disk-full') {
    return new CordonError('list/disk-full', `the disk is full: could not write ${path}`, {
      place: { file: path },
      remedy: 'free some space and import again; the versions that were there are as they were',
      cause: error,
    })
  }
  if (fault === 'not-writable') {
    return new CordonError('list/not-writable', `cannot write ${path}: ${(error as Error).message}`, {
      place: { file: path },
      remedy: 'name a store in a folder that you may write to',
      cause: error,
    })
  }
  return error
}
