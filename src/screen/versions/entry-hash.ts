import { canonicalJson } from '../../chain/index.ts'
import { contentHash } from '../disk/canonical.ts'
import type { ListEntry } from '../lists/entry.ts'

/** Whether a field is something that the list says of an entry: where it stands in the file and how its row was spelt is not. */
export function isSaid(field: string): boolean {
  return field !== 'raw' && field !== 'place'
}

/**
 * The version of a list entry: SHA-256 of all that the list says of it. Values of a field are compared as a set, as between versions of a list: no list means anything by the order of aliases. A field that
 * is null and one that is missing are the same, so that a reader may learn a field without every entry changing.
 */
export function entryHash(entry: ListEntry): string {
  const said = Object.entries(entry).filter(([field, value]) => isSaid(field) && value !== null && value !== undefined)
  return contentHash(said.map(([field, value]) => [field, Array.isArray(value) ? value.map(canonicalJson).sort() : value]).sort(byField))
}

function byField([a]: readonly unknown[], [b]: readonly unknown[]): number {
  return String(a) < String(b) ? -1 : 1
}

/** What an entry says now: the hash that `entryHash` gives it, or null where no such entry is on the list. A screener has them of its versions. */
export type EntryHashes = (list: string, id: string) => string | null
