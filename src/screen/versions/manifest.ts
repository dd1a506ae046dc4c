import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CordonError } from '../../chain/index.ts'
import { isMissing } from '../disk/faults.ts'
import { sha256 } from '../disk/files.ts'
import type { EntryKind } from '../lists/entry.ts'
import type { ReadNote } from '../lists/reader.ts'
import type { ReaderRecord } from './event.ts'
import { corrupt, type StoredFile } from './files.ts'
import { MANIFEST } from './store.ts'

/** Raised when a field changes its meaning. */
export const SCHEMA = 1

/** What a version holds; manifest.json in its folder. A function of list, files, reader and stated date of publication. */
export interface VersionManifest {
  readonly format: 'cordon-list-version'
  readonly schema: number
  readonly list: string
  readonly version: string
  readonly reader: ReaderRecord
  /** ISO date or time, as the list tells it; null where neither list nor operator does. */
  readonly published: string | null
  readonly publishedBy: 'list' | 'operator' | null
  readonly counts: Counts
  readonly kinds: Readonly<Record<EntryKind, number>>
  readonly entries: StoredFile
  readonly notes: NotesRecord
  readonly sources: readonly SourceRecord[]
}

export interface Counts {
  readonly entries: number
  readonly names: number
  readonly wallets: number
  readonly identifiers: number
  /** Birth dates. */
  readonly births: number
}

/** A file of an import; its bytes lie in `sources/<sha256>.gz`. */
export interface SourceRecord extends StoredFile {
  readonly name: string
}

export interface NotesRecord {
  readonly file: StoredFile
  readonly total: number
  /** How many of them say that something was refused. */
  readonly refused: number
  /** Most frequent first. */
  readonly byReason: readonly ReasonCount[]
  readonly first: readonly ReadNote[]
}

export interface ReasonCount {
  readonly severity: ReadNote['severity']
  readonly reason: string
  readonly count: number
}

export function manifestText(manifest: VersionManifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`
}

/**
 * The manifest in a version's folder.
 *
 * @param expected SHA-256 that the log has of it
 * @throws CordonError `list/corrupt`, `list/newer-schema`
 */
export async function readManifest(folder: string, expected: string): Promise<VersionManifest> {
  const path = join(folder, MANIFEST)
  let text: Buffer
  try {
    text = await readFile(path)
  } catch (error) {
    if (isMissing(error)) throw corrupt(path, 'is missing, and the log names its version')
    throw error
  }
  if (sha256(text) !== expected) throw corrupt(path, 'is not what was written: its SHA-256 differs from the one in the log')
  const manifest = JSON.parse(text.toString('utf8')) as VersionManifest
  if (manifest.schema <= SCHEMA) return manifest
  throw new CordonError(
    'list/newer-schema',
    `${path} was written by a newer Cordon (schema ${manifest.schema}, this one knows ${SCHEMA})`,
    {
      place: { file: path },
      remedy: 'update Cordon',
    },
  )
}
