import { createHash } from 'node:crypto'
import { CordonError, type Work } from '../../chain/index.ts'
import {
  diffVersions,
  type ImportListResult,
  importList,
  listFor,
  type Refusal,
  type RefusalCode,
  readerFor,
  sourceFiles,
} from '../../screen/index.ts'

/** A file that was uploaded: where it lies, and the name that it came with. */
export type ListUpload = { readonly path: string; readonly name: string }

/** Two persons who overrule refusals of exactly these files; see `overruling.ts`. */
export type Overruled = {
  readonly codes: readonly RefusalCode[]
  readonly reason: string
  /** SHA-256, hex, of the files as they were refused. */
  readonly sources: readonly string[]
  readonly approvedBy: string
}

/** Files of a list to be imported, as plain data: it runs where there is no node. */
export type ImportTask = {
  readonly store: string
  readonly upload: readonly ListUpload[]
  /** Who imports, as the list's log names him; see `personInLog`. */
  readonly by: string
  /** Which list it is, where the format does not tell. */
  readonly list?: string
  readonly format?: string
  /** When they were fetched from the authority, ISO 8601 with time and zone. */
  readonly fetchedAt?: string
  readonly sourceUrl?: string
  /** When the list was published, for formats that do not tell. */
  readonly published?: string
  readonly overruled?: Overruled
}

/** What an import made of a list. */
export type ListImported = {
  readonly outcome: 'imported' | 'confirmed-unchanged'
  readonly list: string
  readonly version: string
  readonly published: string | null
  readonly entries: number
  /** Against the version before; null where there was none, or it is the same. */
  readonly changes: { readonly replaces: string; readonly added: number; readonly removed: number; readonly changed: number } | null
  readonly notes: { readonly total: number; readonly refused: number } | null
  readonly sources: readonly { readonly name: string; readonly sha256: string; readonly bytes: number }[]
}

/**
 * Imports uploaded files of a list: they become its new version, confirm the one in service, or are refused and leave it there. After it `screening.lists.refresh()` puts the version into service.
 *
 * @throws CordonError `list/refused` with every refusal by its code; `list/other-files` where an overruling is of other files; what `importList`, `readerFor` and `sourceFiles` throw
 */
export async function importIntoStore({ store, upload, list, format, overruled, ...facts }: ImportTask, work: Work): Promise<ListImported> {
  const named = new Map(upload.map(({ path, name }) => [path, plainName(name)]))
  const files = (await sourceFiles(upload.map(({ path }) => path))).map((file) => ({ ...file, name: named.get(file.path) ?? file.name }))
  if (overruled !== undefined) await checkFiles(files, overruled)
  const reader = readerFor(files, format)
  const allowed = overruled && { allow: overruled.codes, reason: overruled.reason, approvedBy: overruled.approvedBy }
  const result = await importList({ store, list: listFor(reader, list), files, reader, clock: Date.now, ...facts, ...allowed, ...work })
  return importedOf(result, store)
}

async function importedOf({ event, read, inService }: ImportListResult, store: string): Promise<ListImported> {
  if (event.kind === 'refused') throw refused(event.list, event.refusals, inService?.version ?? null)
  const replaces = event.kind === 'imported' ? event.replaces : null
  const difference = replaces === null ? null : await diffVersions(store, event.list, replaces, event.version)
  return {
    outcome: event.kind,
    list: event.list,
    version: event.version,
    published: inService?.published ?? null,
    entries: inService?.counts.entries ?? 0,
    changes:
      difference && replaces !== null
        ? { replaces, added: difference.added.length, removed: difference.removed.length, changed: difference.changed.length }
        : null,
    notes: read && { total: read.notes.total, refused: read.notes.refused },
    sources: event.sources.map(({ name, sha256, bytes }) => ({ name, sha256, bytes })),
  }
}

function refused(list: string, refusals: readonly Refusal[], stays: string | null): CordonError {
  const why = refusals.map(({ code, message }) => `${code}: ${message}`).join('; ')
  const remedies = [...new Set(refusals.map(({ remedy }) => remedy))].join('; ')
  const standing = stays === null ? 'no version is in service' : `version ${stays} stays in service`
  return new CordonError('list/refused', `${list} was not taken in (${standing}): ${why}`, {
    remedy: `${remedies}. Where the list truly is so, two persons overrule: POST /api/v1/overrulings, then import the same files with it.`,
  })
}

/** Exactly the files that the overruling is of, whatever they are called and in what order. Throws `list/other-files`. */
async function checkFiles(files: Awaited<ReturnType<typeof sourceFiles>>, { sources }: Overruled): Promise<void> {
  const hashes: string[] = []
  for (const file of files) {
    const hash = createHash('sha256')
    for await (const chunk of file.open()) hash.update(chunk)
    hashes.push(hash.digest('hex'))
  }
  if (hashes.sort().join() === [...sources].sort().join()) return
  throw new CordonError('list/other-files', 'these are not the files whose refusal was overruled', {
    remedy: 'Upload the same files again; another file needs an overruling of its own.',
  })
}

/** The last part of a name that came from outside, without control characters and signs that reorder text. */
function plainName(name: string): string {
  return (name.split(/[/\\]/).at(-1) ?? '').replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '').slice(0, 200) || 'file'
}
