import { join } from 'node:path'
import { CordonError } from '../../chain/index.ts'
import { linesOf } from '../disk/lines.ts'
import type { ListEntry } from '../lists/entry.ts'
import { isDate, isMoment } from './draft.ts'
import type { ImportedEvent, ListEvent } from './event.ts'
import { corrupt, type StoredFile, storedContent, unpack } from './files.ts'
import { importsOf, readLog } from './log.ts'
import { readManifest, type VersionManifest } from './manifest.ts'
import { ENTRIES, listFolder, versionFolder } from './store.ts'

/**
 * The entries of a version, in the order of the list's file. The stored bytes are compared with the manifest before the first entry is given, so that nobody screens against half of a
 * damaged list.
 *
 * @throws CordonError `list/no-version`; `list/corrupt` where a byte of entries, manifest or log was changed
 */
export async function* readVersion(store: string, list: string, version: string): AsyncGenerator<ListEntry> {
  for await (const line of entryLines(store, await versionManifest(store, list, version))) yield JSON.parse(line) as ListEntry
}

/** The entries of a version as they are written, one JSON object a line, after the check of their hash. Throws `list/corrupt`. */
export async function* entryLines(store: string, manifest: VersionManifest): AsyncGenerator<string> {
  const path = join(versionFolder(store, manifest.list, manifest.version), ENTRIES)
  await mustBe(path, manifest.entries)
  yield* linesOf(unpack(path))
}

/** Compares a gzip file with its record. Throws `list/corrupt`. */
export async function mustBe(path: string, expected: StoredFile): Promise<void> {
  const found = await storedContent(path)
  if (found.sha256 === expected.stored.sha256) return
  const sizes = found.bytes === expected.stored.bytes ? '' : `: ${found.bytes} bytes instead of ${expected.stored.bytes}`
  throw corrupt(path, `was changed${sizes}`)
}

/** The manifest of a version that is or was in service. Throws `list/no-version`, `list/corrupt`. */
export async function versionManifest(store: string, list: string, version: string): Promise<VersionManifest> {
  const folder = versionFolder(store, list, version)
  const { events } = await readLog(listFolder(store, list))
  const imports = importsOf(events)
  const event = imports.findLast((imported) => imported.version === version)
  if (event !== undefined) return readManifest(folder, event.manifest)
  throw new CordonError('list/no-version', `${list} has no version ${version}`, {
    place: { file: listFolder(store, list) },
    remedy:
      imports.length === 0 ? `import the list first: cordon lists import FILES --list ${list}` : `its newest is ${imports.at(-1)?.version}`,
  })
}

/** Everything that happened to a list, oldest first. Throws `list/bad-option`, `list/corrupt`. */
export async function listEvents(store: string, list: string): Promise<readonly ListEvent[]> {
  return (await readLog(listFolder(store, list))).events
}

/** Every version that was ever in service, each with the event that first put it there, in that order. */
export async function versionsOf(store: string, list: string): Promise<readonly ImportedEvent[]> {
  const { events } = await readLog(listFolder(store, list))
  const first = new Map<string, ImportedEvent>()
  for (const event of importsOf(events)) if (!first.has(event.version)) first.set(event.version, event)
  return [...first.values()]
}

/** A time in the spelling of the log, so that both compare as text; a day alone stands for its last millisecond, UTC. Throws `list/bad-option`. */
export function instantOf(text: string): string {
  const day = /^\d{4}-\d\d-\d\d$/.test(text)
  // Checked by itself: Date takes 31 February for 3 March.
  if (day ? isDate(text) : isMoment(text)) return new Date(day ? `${text}T23:59:59.999Z` : text).toISOString()
  throw new CordonError('list/bad-option', `${JSON.stringify(text.slice(0, 60))} is no day and no time`, {
    remedy: 'write 2024-05-03, or 2024-05-03T10:00:00Z',
  })
}
