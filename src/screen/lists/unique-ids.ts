import { createHash } from 'node:crypto'

/** What becomes of a record whose id the list may have used before: its id, or null where the record stands there word for word a second time. */
export type UniqueId = { readonly id: string; readonly again: boolean } | { readonly id: null }

/**
 * Hands out ids that are unique within a file. A record that stands there twice, byte for byte, gets none the second time; another record under a used id gets `id#2`, `id#3` …
 * in the order of the file (`again` is then true), as leaving it out would be to lose an entry.
 */
export function uniqueIds(): (id: string, raw: string) => UniqueId {
  /** By id: the digests of the records under it, and an empty text for ids that were made up here. */
  const seen = new Map<string, string>()
  return (id, raw) => {
    const digest = createHash('sha256').update(raw).digest('base64').slice(0, 22)
    const before = seen.get(id)
    if (before?.split(' ').includes(digest)) return { id: null }
    seen.set(id, before === undefined || before === '' ? digest : `${before} ${digest}`)
    if (before === undefined) return { id, again: false }
    let count = 2
    while (seen.has(`${id}#${count}`)) count++
    seen.set(`${id}#${count}`, '')
    return { id: `${id}#${count}`, again: true }
  }
}
