import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { CordonError } from '../../chain/index.ts'
import { isMissing } from '../disk/faults.ts'

/**
 * The store of list versions on disk, one folder per list:
 *
 *     <store>/<list>/versions.jsonl            the log: one event a line, see event.ts
 *                    versions.head             how many events, and the SHA-256 of the last line
 *                    <version>/manifest.json   what the version holds, see manifest.ts
 *                              entries.jsonl.gz, notes.jsonl.gz
 *                    sources/<sha256>.gz       the files as they were imported or refused, by the SHA-256 of their bytes
 *                    lock-<n>, lock-free       who writes, see lock.ts
 *                    unfinished-…              what a running import has made so far, or a killed one left
 *
 * What always holds, whenever a process is killed:
 *
 * 1. A version exists if and only if an `imported` event of the log names it; the version in service at a time is that of the last `imported` event up to then. Nothing else decides
 *    it, so the append of one line is the moment of change.
 * 2. When an event can be read, all that it names is whole on disk: sources and version folder are written as `unfinished-…`, synced, renamed into place, and only then named.
 * 3. What an event names is never changed, replaced or removed again. Only what no event names may go: `unfinished-…`, and a version folder or source that a killed import renamed
 *    but did not live to name.
 * 4. Each event holds the SHA-256 of the line before it, the head that of the last line, an event that of its manifest, a manifest those of its files, both as stored and as unpacked:
 *    one changed byte or missing line is found. Whoever can rewrite everything can also rewrite this; keep the head's hash elsewhere (`status` tells it) to find that too.
 * 5. Times of events never decrease, so "in service at T" has one answer, and later events never change the answer for a time before them.
 * 6. A manifest is a function of list, files, reader and, where the files tell none, the stated date of publication: the same files give the same version. A date corrected later makes another
 *    version; an import that states none confirms the one that is there. Who, when, from where and on whose word stands in the event.
 * 7. One writer per list at a time; readers need no lock. They read the head before the log, so that the log they see is never behind it. A last line without its line feed is an append
 *    that is running or was killed: it is no event. The next import takes it away and says so in its own event.
 */
export const LOG = 'versions.jsonl'
export const HEAD = 'versions.head'
export const MANIFEST = 'manifest.json'
export const ENTRIES = 'entries.jsonl.gz'
export const NOTES = 'notes.jsonl.gz'
export const SOURCES = 'sources'
export const LOCK_PREFIX = 'lock-'
export const UNFINISHED_PREFIX = 'unfinished-'
export const UNFINISHED_LOCK_PREFIX = 'unfinished-lock-'

const LIST_ID = /^[a-z0-9][a-z0-9-]{0,63}$/
const VERSION_ID = /^(?:\d{4}-\d\d-\d\d|undated)-[0-9a-f]{16}$/

/** The folder of a list. The id becomes a folder's name, so that nothing else may hide in it. Throws `list/bad-option`. */
export function listFolder(store: string, list: string): string {
  if (LIST_ID.test(list)) return join(store, list)
  throw new CordonError('list/bad-option', `${JSON.stringify(list.slice(0, 80))} is no id of a list`, {
    remedy: 'use small letters, digits and hyphens, e.g. us-ofac-sdn (64 at most)',
  })
}

/** The folder of a version. Throws `list/bad-option` where the id cannot be one. */
export function versionFolder(store: string, list: string, version: string): string {
  if (isVersionId(version)) return join(listFolder(store, list), version)
  throw new CordonError('list/bad-option', `${JSON.stringify(version.slice(0, 80))} is no id of a version`, {
    remedy: 'take the id from `cordon lists status`, e.g. 2024-05-03-0123456789abcdef',
  })
}

export function isVersionId(name: string): boolean {
  return VERSION_ID.test(name)
}

/** Ids of the lists in a store, sorted; none where there is no store. */
export async function listsIn(store: string): Promise<readonly string[]> {
  try {
    const found = await readdir(store, { withFileTypes: true })
    return found
      .filter((file) => file.isDirectory() && LIST_ID.test(file.name))
      .map(({ name }) => name)
      .sort()
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}
