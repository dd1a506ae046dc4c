import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, type FileHandle, link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { CordonError } from '../../chain/index.ts'
import { checkRoom, explainDisk } from './disk.ts'
import { SNIFFED_BYTES, sniffType } from './sniff.ts'

/** Content that is kept. */
export type Stored = {
  /** Hex SHA-256 of all its bytes: its name. */
  readonly sha256: string
  readonly bytes: number
  /** What its first bytes say that it is. */
  readonly sniffed: string
}

/** A part of a content, both ends inclusive. */
export type ByteRange = { readonly start: number; readonly end: number }

const SHA256 = /^[0-9a-f]{64}$/
const PIECE = 256 * 1024

/**
 * Content by its SHA-256, in `sha256/ab/cd/abcd…`: whole and on the disk, or not there at all. Equal content is kept once. Nothing that was kept is changed or taken away.
 * A path is made of a hash that was computed or checked here, never of a caller's text.
 */
export class FileStore {
  readonly folder: string
  private readonly reserve: number

  private constructor(folder: string, reserve: number) {
    this.folder = folder
    this.reserve = reserve
  }

  /** Opens the store of a folder. What a killed process left half written is taken away. `reserve`: bytes of the disk that are left to others. */
  static async open(folder: string, reserve: number): Promise<FileStore> {
    const store = new FileStore(folder, reserve)
    await mkdir(store.temporary, { recursive: true, mode: 0o700 })
    for (const name of await readdir(store.temporary)) await rm(join(store.temporary, name), { force: true })
    return store
  }

  /**
   * Takes content in as it comes, at most `limit` bytes.
   *
   * @throws CordonError `node/too-large`, `node/disk-full`; what the source throws. Nothing is left behind then.
   */
  async put(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, limit: number): Promise<Stored> {
    await checkRoom(this.folder, 1, this.reserve)
    const path = join(this.temporary, randomUUID())
    try {
      const hash = createHash('sha256')
      let bytes = 0
      let beginning = Buffer.alloc(0)
      await using file = await open(path, 'wx', 0o600)
      for await (const part of source) {
        bytes += part.length
        if (bytes > limit) throw tooLarge(limit)
        hash.update(part)
        if (beginning.length < SNIFFED_BYTES) beginning = Buffer.concat([beginning, part.subarray(0, SNIFFED_BYTES)])
        await writeAll(file, part)
      }
      await file.sync()
      const sha256 = hash.digest('hex')
      await this.place(path, sha256)
      return { sha256, bytes, sniffed: sniffType(beginning) }
    } catch (error) {
      await rm(path, { force: true })
      throw explainDisk(error)
    }
  }

  /** Takes a finished file of this disk in, and leaves it where it is too: both are then one. Its hash is computed here. */
  async adopt(path: string): Promise<Stored> {
    const stored = await hashFile(path)
    await this.adoptHashed(path, stored.sha256)
    return stored
  }

  /** As `adopt`, of a file whose hash this process has just computed. */
  async adoptHashed(path: string, sha256: string): Promise<void> {
    const beside = join(this.temporary, randomUUID())
    try {
      await using file = await open(path, 'r')
      await file.sync()
      await link(path, beside)
      await this.place(beside, sha256)
    } catch (error) {
      await rm(beside, { force: true })
      throw explainDisk(error)
    }
  }

  /**
   * A stream of content, or of a part of it.
   *
   * @throws CordonError `files/missing` where the disk has lost it
   */
  async read(sha256: string, range?: ByteRange): Promise<Readable> {
    const path = this.path(sha256)
    const file = await open(path, 'r').catch((cause: unknown) => {
      throw missing(sha256, cause)
    })
    return createReadStream(path, { fd: file, highWaterMark: PIECE, ...range })
  }

  /** What a content's bytes hash to now. Throws `files/missing`. */
  async rehash(sha256: string): Promise<Stored> {
    return await hashFile(this.path(sha256)).catch((cause: unknown) => {
      throw missing(sha256, cause)
    })
  }

  /** Shows content under another path of this disk, for a process that reads by path. Throws `files/missing`. */
  async linkTo(sha256: string, path: string): Promise<void> {
    await link(this.path(sha256), path).catch((cause: unknown) => {
      throw explainDisk((cause as NodeJS.ErrnoException).code === 'ENOENT' ? missing(sha256, cause) : cause)
    })
  }

  private get temporary(): string {
    return join(this.folder, 'unfinished')
  }

  private path(sha256: string): string {
    if (!SHA256.test(sha256)) throw missing('of that name')
    return join(this.folder, 'sha256', sha256.slice(0, 2), sha256.slice(2, 4), sha256)
  }

  /** One rename makes it there; then the folder that names it is on the disk too. The same content that was there already is replaced by itself, and mended if the disk had spoilt it. */
  private async place(from: string, sha256: string): Promise<void> {
    const target = this.path(sha256)
    const folder = dirname(target)
    if ((await stat(folder).catch(() => null)) === null) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      for (const made of [dirname(folder), dirname(dirname(folder)), this.folder]) await syncFolder(made)
    }
    await chmod(from, 0o400)
    await rename(from, target)
    // Where both were links to one file already, a rename does nothing and leaves the first.
    await rm(from, { force: true })
    await syncFolder(folder)
  }
}

/** The hash, size and type of a file of ours. It gives way to other work between pieces. */
export async function hashFile(path: string): Promise<Stored> {
  const hash = createHash('sha256')
  let bytes = 0
  let beginning = Buffer.alloc(0)
  for await (const part of createReadStream(path, { highWaterMark: PIECE }) as AsyncIterable<Buffer>) {
    hash.update(part)
    if (bytes === 0) beginning = Buffer.from(part.subarray(0, SNIFFED_BYTES))
    bytes += part.length
  }
  return { sha256: hash.digest('hex'), bytes, sniffed: sniffType(beginning) }
}

/** Writes all of a piece. A system may take less than it was given. */
export async function writeAll(file: FileHandle, part: Uint8Array, position?: number): Promise<void> {
  let done = 0
  while (done < part.length) {
    const { bytesWritten } = await file.write(part, done, part.length - done, position === undefined ? null : position + done)
    done += bytesWritten
  }
}

async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r')
  await folder.sync()
}

export function tooLarge(limit: number): CordonError {
  return new CordonError('node/too-large', `it has more than ${limit} bytes, which is the most that is taken`, {
    remedy: 'Send less, or ask the operator to raise limits.uploadMiB.',
  })
}

function missing(sha256: string, cause?: unknown): CordonError {
  return new CordonError('files/missing', `the disk of the node does not have the content ${sha256}`, {
    remedy: 'Ask the operator to restore it from a backup.',
    ...(cause !== undefined && { cause }),
  })
}
