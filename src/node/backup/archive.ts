import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { CordonError } from '../../chain/index.ts'
import { explainDisk } from '../files/disk.ts'
import type { ArchivedFile } from './manifest.ts'
import { damaged, padding, readTar, TAR_END, type TarEntry, tarHeader } from './tar.ts'

/** An archive that is being written: a gzipped tar. */
export type ArchiveWriter = {
  /** Adds a file of which exactly `bytes` come, and gives what the manifest says of it. */
  add(path: string, bytes: number, content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<ArchivedFile>
}

/**
 * Writes an archive: it is there whole and on the disk, or not there at all.
 *
 * @throws CordonError `backup/exists`, `node/disk-full`; what `work` throws
 */
export async function writeArchive<T>(path: string, at: Date, work: (archive: ArchiveWriter) => Promise<T>): Promise<T> {
  await refuseExisting(path)
  const unfinished = `${path}.unfinished`
  const source = new PassThrough({ highWaterMark: 2 ** 20 })
  let broken: unknown = null
  const written = pipeline(source, createGzip({ level: 4 }), createWriteStream(unfinished, { mode: 0o600 })).catch((error: unknown) => {
    broken ??= error
  })
  try {
    const value = await work({ add: (name, bytes, content) => addFile(source, name, bytes, content, at) })
    source.end(TAR_END)
    await written
    if (broken !== null) throw broken
    await syncAndPlace(unfinished, path)
    return value
  } catch (error) {
    // A write that failed says only that it failed; why, the pipeline knows.
    const cause = broken ?? error
    source.destroy()
    await written
    await rm(unfinished, { force: true })
    throw explainDisk(cause)
  }
}

async function addFile(
  source: PassThrough,
  path: string,
  bytes: number,
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  at: Date,
): Promise<ArchivedFile> {
  await send(source, tarHeader(path, bytes, at))
  const hash = createHash('sha256')
  let sent = 0
  for await (const part of content) {
    sent += part.length
    if (sent > bytes) break
    hash.update(part)
    await send(source, part)
  }
  if (sent !== bytes)
    throw new CordonError('backup/changed', `${path} changed while it was read`, {
      place: { file: path },
      remedy: 'Make the backup again.',
    })
  await send(source, padding(bytes))
  return { path, bytes, sha256: hash.digest('hex') }
}

/** Waits where the disk is slower than we are. */
async function send(source: PassThrough, part: Uint8Array): Promise<void> {
  if (part.length === 0 || source.write(part)) return
  await new Promise<void>((resolve, reject) => {
    const onClose = () => reject(new Error('the archive was closed while it was written'))
    source.once('drain', () => {
      source.off('close', onClose)
      resolve()
    })
    if (source.destroyed) onClose()
    else source.once('close', onClose)
  })
}

async function syncAndPlace(from: string, to: string): Promise<void> {
  const file = await open(from, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(from, to)
}

async function refuseExisting(path: string): Promise<void> {
  const file = await open(path, 'r').catch(() => null)
  if (file === null) return
  await file.close()
  throw new CordonError('backup/exists', `${path} is there already`, { place: { file: path }, remedy: 'Give another name.' })
}

/**
 * The files of an archive, in order, each to be read before the next.
 *
 * @throws CordonError `backup/damaged`, `backup/not-read`
 */
export async function* readArchive(path: string): AsyncGenerator<TarEntry> {
  yield* readTar(unzipped(path))
}

async function* unzipped(path: string): AsyncGenerator<Buffer> {
  const file = createReadStream(path)
  const gunzip = createGunzip()
  // What fails there is told to whoever reads here.
  pipeline(file, gunzip).catch(() => {})
  try {
    for await (const part of gunzip) yield part as Buffer
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code?.startsWith('Z_')) throw damaged('it is not compressed as ours are, or bytes of it were changed or cut off', error)
    throw new CordonError('backup/not-read', `the backup cannot be read: ${message}`, {
      place: { file: path },
      remedy: 'Give an existing file that you may read.',
      cause: error,
    })
  } finally {
    file.destroy()
    gunzip.destroy()
  }
}
