import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { CordonError } from '../../chain/index.ts'

/** What a file holds: SHA-256 (hex) and size of its bytes. */
export interface Content {
  readonly sha256: string
  readonly bytes: number
}

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

/** Lines of UTF-8 text in chunks of bytes; every line ends with a line feed, what follows the last one is given too. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() as string
    yield* lines
  }
  rest += decoder.decode()
  if (rest !== '') yield rest
}

/** SHA-256 and size of a file as it lies there. A file that is gone is `list/corrupt`. */
export async function contentOf(path: string): Promise<Content> {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Uint8Array>) {
      hash.update(chunk)
      bytes += chunk.length
    }
  } catch (error) {
    if (isMissing(error)) throw corrupt(path, 'is missing')
    throw error
  }
  return { sha256: hash.digest('hex'), bytes }
}

/** SHA-256 and size of what a gzip file unpacks to. Throws `list/corrupt`. */
export async function unpackedContent(path: string): Promise<Content> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of unpack(path)) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { sha256: hash.digest('hex'), bytes }
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

/** Writes a small file that must not exist yet, and syncs it. */
export async function writeNew(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes renames in a folder survive a loss of power. */
export async function syncFolder(path: string): Promise<void> {
  // Windows has no handles of folders to sync; its renames are journalled.
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

export function corrupt(path: string, what: string): CordonError {
  return new CordonError('list/corrupt', `${path} ${what}`, {
    place: { file: path },
    remedy:
      'restore the list folder from a backup, or move it away and import the list anew; `cordon lists status` tells which lists are sound',
  })
}

/** A small file's text; null where there is no such file. */
export async function textIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

export function isMissing(error: unknown): boolean {
  return (error as { readonly code?: unknown } | null)?.code === 'ENOENT'
}

/** Turns what the system says of a failed write into what a person can do about it. */
export function diskError(error: unknown, path: string): unknown {
  const code = (error as { readonly code?: unknown } | null)?.code
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new CordonError('list/disk-full', `the disk is full: could not write ${path}`, {
      place: { file: path },
      remedy: 'free some space and import again; the versions that were there are as they were',
      cause: error,
    })
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR') {
    return new CordonError('list/not-writable', `cannot write ${path}: ${(error as Error).message}`, {
      place: { file: path },
      remedy: 'name a store in a folder that you may write to',
      cause: error,
    })
  }
  return error
}
