import { createHash } from 'node:crypto'

/** What becomes of a record whose id the list may have used before: its id, or null where the record stands there word for word a second time. */
export type UniqueId = { readonly id: string; readonly again: boolean } | { readonly id: null }

/**
 * Hands out ids that are unique within a file. A record that stands there twice, byte for byte, gets none the second time; another record under a used id gets `id#2`, `id#3` …
 * in the order of the file (`again` is then true), as leaving it out would be to lose an entry.
 */
export function uniqueIds(): (id: string, raw: string) => UniqueId {
  /** A digest of each record, with its id. */
  const records = new Set<string>()
  /** By id, those made up here included: the number that the next record under it may get. */
  const next = new Map<string, number>()
  return (id, raw) => {
    const digest = createHash('sha256').update(raw).digest('base64').slice(0, 22)
    const record = `${digest} ${id}`
    if (records.has(record)) return { id: null }
    records.add(record)
    const free = next.get(id)
    if (free === undefined) {
      next.set(id, 2)
      return { id, again: false }
    }
    let count = free
    while (next.has(`${id}#${count}`)) count++
    const made = `${id}#${count}`
    next.set(id, count + 1).set(made, 2)
    return { id: made, again: true }
  }
}
