import { canonicalJson } from '../../chain/index.ts'
import type { EntryKind, ListEntry } from '../lists/entry.ts'
import { entryHash, isSaid } from './entry-hash.ts'
import type { VersionManifest } from './manifest.ts'
import { entryLines, versionManifest } from './read.ts'

/** The difference of two versions of a list; entries by id. */
export interface VersionDifference {
  readonly list: string
  readonly from: VersionSide
  readonly to: VersionSide
  readonly added: readonly EntryBrief[]
  readonly removed: readonly EntryBrief[]
  readonly changed: readonly ChangedEntry[]
  readonly unchanged: number
}

export interface VersionSide {
  readonly version: string
  readonly published: string | null
  readonly entries: number
}

export interface EntryBrief {
  readonly id: string
  readonly kind: EntryKind
  readonly name: string
  readonly programmes: readonly string[]
}

export interface ChangedEntry extends EntryBrief {
  readonly fields: readonly FieldChange[]
}

/** Of a field with many values only those that are gone (`before`) and new (`after`); of others the whole value. */
export interface FieldChange {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

/**
 * What changed from one version to another. Values of a field are compared as a set: no list means anything by the order of aliases or programmes. Holds one hash per entry and the
 * changed entries in memory.
 *
 * @throws CordonError `list/no-version`, `list/corrupt`
 */
export async function diffVersions(store: string, list: string, from: string, to: string): Promise<VersionDifference> {
  const [before, after] = [await versionManifest(store, list, from), await versionManifest(store, list, to)]
  const hashes = new Map<string, string>()
  for await (const entry of entriesOf(store, before)) hashes.set(entry.id, entryHash(entry))
  const added: EntryBrief[] = []
  const differing = new Map<string, ListEntry>()
  let unchanged = 0
  for await (const entry of entriesOf(store, after)) {
    const hash = hashes.get(entry.id)
    hashes.delete(entry.id)
    if (hash === undefined) added.push(briefOf(entry))
    else if (hash === entryHash(entry)) unchanged++
    else differing.set(entry.id, entry)
  }
  const removed: EntryBrief[] = []
  const changed: ChangedEntry[] = []
  // What is left of the hashes are entries that the newer version does not have.
  for await (const entry of entriesOf(store, before)) {
    const newer = differing.get(entry.id)
    if (newer !== undefined) changed.push({ ...briefOf(newer), fields: changesOf(entry, newer) })
    else if (hashes.has(entry.id)) removed.push(briefOf(entry))
  }
  return {
    list,
    from: sideOf(before),
    to: sideOf(after),
    added: sorted(added),
    removed: sorted(removed),
    changed: sorted(changed),
    unchanged,
  }
}

/** Fields in which two states of one entry differ. */
export function changesOf(before: ListEntry, after: ListEntry): readonly FieldChange[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(isSaid).sort()
  return fields.flatMap((field): FieldChange[] => {
    const [old, now] = [before[field as keyof ListEntry] ?? null, after[field as keyof ListEntry] ?? null]
    if (Array.isArray(old) && Array.isArray(now)) {
      const [gone, fresh] = [without(old, now), without(now, old)]
      return gone.length === 0 && fresh.length === 0 ? [] : [{ field, before: gone, after: fresh }]
    }
    return canonicalJson(old) === canonicalJson(now) ? [] : [{ field, before: old, after: now }]
  })
}

/** Values of `a` that `b` lacks; one given twice and once differs once. */
function without(a: readonly unknown[], b: readonly unknown[]): readonly unknown[] {
  const left = b.map(canonicalJson)
  return a.filter((value) => {
    const at = left.indexOf(canonicalJson(value))
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

async function* entriesOf(store: string, manifest: VersionManifest): AsyncGenerator<ListEntry> {
  for await (const line of entryLines(store, manifest)) yield JSON.parse(line) as ListEntry
}

function briefOf({ id, kind, names, programmes }: ListEntry): EntryBrief {
  return { id, kind, name: names[0]?.full ?? '', programmes }
}

function sideOf({ version, published, counts }: VersionManifest): VersionSide {
  return { version, published, entries: counts.entries }
}

function sorted<T extends EntryBrief>(entries: readonly T[]): readonly T[] {
  return entries.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}

/** The difference for people, a line for each entry and changed value. */
export function describeDifference({ list, from, to, added, removed, changed, unchanged }: VersionDifference): readonly string[] {
  const brief = ({ id, kind, name, programmes }: EntryBrief): string => `${id} ${name} (${[kind, ...programmes].join(', ')})`
  return [
    `${list}: ${from.version} (${from.entries} entries) to ${to.version} (${to.entries} entries)`,
    `${added.length} added, ${removed.length} removed, ${changed.length} changed, ${unchanged} unchanged`,
    ...added.map((entry) => `+ ${brief(entry)}`),
    ...removed.map((entry) => `- ${brief(entry)}`),
    ...changed.flatMap((entry) => [`~ ${brief(entry)}`, ...entry.fields.flatMap(describeField)]),
  ]
}

function describeField({ field, before, after }: FieldChange): readonly string[] {
  const side = (sign: string, value: unknown): readonly string[] =>
    (Array.isArray(value) ? value : value === null ? [] : [value]).map((part) => `    ${sign} ${field}: ${wordsOf(part)}`)
  return [...side('-', before), ...side('+', after)]
}

/** A value by its own text where it has one: a name's, a date's, an address'. */
function wordsOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  const parts = value as Record<string, unknown>
  const rest = Object.entries(parts).filter(([, part]) => part !== null && part !== '' && part !== false)
  if (typeof parts.text === 'string' && 'from' in parts) return parts.text
  return rest.map(([key, part]) => `${key} ${wordsOf(part)}`).join(', ')
}
