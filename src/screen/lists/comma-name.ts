import type { EntryKind, ListedName, NameType } from './entry.ts'

/**
 * A name in the order of the US lists, which write persons as `RI, Yong Gil`: what stands before the first comma is the family name, the rest the given names (with `Jr.` where there is one). Bodies, ships and
 * aircraft have commas that mean nothing (`CO., LTD.`), and so has whatever the list gives no kind for.
 */
export function commaName(full: string, entry: EntryKind, quality: ListedName['quality'], type: NameType): ListedName {
  const name = full.trim()
  const parts = entry === 'person' ? /^([^,]*[^,\s])\s*,\s*(\S[\s\S]*)$/.exec(name) : null
  return { full: name, family: parts?.[1] ?? null, given: parts?.[2] ?? null, quality, type }
}
