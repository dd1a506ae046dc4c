import { mkdir, rename, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { isMissing } from '../disk/faults.ts'
import { type Content, sha256 } from '../disk/files.ts'
import { syncFolder } from '../disk/folder.ts'
import type { SourceFile } from '../lists/reader.ts'
import type { ReaderRecord } from './event.ts'
import { corrupt, diskError, GzipFile, type StoredFile, storedContent, unpack, unpackedContent } from './files.ts'
import type { SourceRecord } from './manifest.ts'
import { SOURCES } from './store.ts'

/** A file of an import, copied beside its place. Readers read the copy, so that entries and kept bytes cannot differ. */
export interface StagedSource {
  readonly record: SourceRecord
  readonly file: SourceFile
  /** Where the copy lies. */
  readonly path: string
}

/** Copies the files of an import into a staging folder, packed. Throws `list/disk-full`, and what reading them throws. */
export async function stageSources(files: readonly SourceFile[], staging: string, signal?: AbortSignal): Promise<readonly StagedSource[]> {
  const staged: StagedSource[] = []
  for (const [index, file] of files.entries()) {
    const path = join(staging, `source-${index}.gz`)
    const gzip = new GzipFile(path)
    let stored: StoredFile
    try {
      for await (const chunk of file.open()) {
        signal?.throwIfAborted()
        await gzip.write(chunk)
      }
      stored = await gzip.close()
    } catch (error) {
      await gzip.abandon()
      throw error
    }
    const { name, head } = file
    staged.push({ record: { name, ...stored }, file: { path: file.path, name, head, bytes: stored.bytes, open: () => unpack(path) }, path })
  }
  return staged
}

/** What a version is made of. */
export interface Made {
  readonly list: string
  readonly sources: readonly Content[]
  readonly reader: ReaderRecord
}

/**
 * What a version is made of, as one hash: list, the bytes of all files whatever their names and order, what read them, and the date of publication where the operator stated it because the files tell none.
 * Two imports with the same one are the same version.
 *
 * @param stated null where the list tells its date, or nobody does
 */
export function identityOf({ list, sources, reader }: Made, stated: string | null): string {
  const hashes = sources.map((source) => source.sha256).sort()
  const parts = [list, hashes, reader.format, reader.version, ...(stated === null ? [] : [stated])]
  return sha256(JSON.stringify(parts)).slice(0, 16)
}

/**
 * Moves staged files to where the list keeps its sources. A file that is kept already stays as it is, after a check, and its record is given instead.
 *
 * @throws CordonError `list/corrupt` where the kept one is not what its name says
 */
export async function keepSources(folder: string, staged: readonly StagedSource[]): Promise<readonly SourceRecord[]> {
  const kept = join(folder, SOURCES)
  const records: SourceRecord[] = []
  try {
    await mkdir(kept, { recursive: true })
    for (const { record, path } of staged) {
      const place = join(folder, sourcePath(record))
      if (await exists(place)) {
        records.push({ name: record.name, ...(await checkSource(place, record)) })
        await unlink(path)
      } else {
        await rename(path, place)
        records.push(record)
      }
    }
    await syncFolder(kept)
    await syncFolder(folder)
  } catch (error) {
    throw diskError(error, kept)
  }
  return records
}

/** Where a source lies within its list's folder. */
export function sourcePath(source: Content): string {
  return join(SOURCES, `${source.sha256}.gz`)
}

async function checkSource(path: string, expected: Content): Promise<StoredFile> {
  const plain = await unpackedContent(path)
  if (plain.sha256 !== expected.sha256) throw corrupt(path, 'was changed: it does not unpack to the bytes that its name stands for')
  return { ...plain, stored: await storedContent(path) }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}
