import { contentKey } from './cells.ts'
import type { ListEntry } from './entry.ts'
import type { ReadContext } from './reader.ts'

/** What an entry of a list without numbers is known by, from the most lasting to the least: `[[notice, name], [births, papers], [the whole row]]`. */
export type ContentKeys = readonly [readonly string[], ...(readonly string[])[]]

/**
 * Ids for the rows of a list that numbers nothing, so that an entry keeps its id when rows are inserted or put in another order. The id is a hash of the first keys; rows that share them (homonyms in one
 * notice) all take the next keys in as well, and so on. It changes only when a key that it is made of does: a corrected spelling of the primary name makes another id, as does the arrival of a homonym.
 * Rows alike in every key get null from the second on: they are the same row twice.
 */
export function contentIds(rows: readonly ContentKeys[]): (string | null)[] {
  const ids = new Array<string | null>(rows.length).fill(null)
  const firsts = new Map(rows.map((keys, index) => [JSON.stringify(keys), index] as const).toReversed())
  settle([...firsts.values()].reverse(), 1)
  return ids

  function settle(indexes: readonly number[], depth: number): void {
    const groups = new Map<string, number[]>()
    for (const index of indexes) {
      const keys = rows[index]!
      // Beyond the last key only a collision of hashes is left to part: the whole hash does.
      const id = contentKey(keys.slice(0, depth), depth > keys.length ? 64 : 12)
      const group = groups.get(id)
      if (group === undefined) groups.set(id, [index])
      else group.push(index)
    }
    for (const [id, members] of groups) {
      if (members.length === 1) ids[members[0]!] = id
      else settle(members, depth + 1)
    }
  }
}

/** An entry that has no number on its list, with what it is known by. */
export interface UnnumberedEntry {
  readonly entry: ListEntry
  readonly keys: ContentKeys
}

/** Gives entries of a list without numbers their ids (`list:hash`), in the order of the list. A row that stands twice is refused with a note. */
export function* withContentIds(list: string, found: readonly UnnumberedEntry[], context: ReadContext): Generator<ListEntry> {
  const ids = contentIds(found.map(({ keys }) => keys))
  for (const [index, { entry }] of found.entries()) {
    const id = ids[index] ?? null
    if (id !== null) {
      yield { ...entry, id: `${list}:${id}` }
      continue
    }
    const { file, line } = entry.place
    context.note({ file, line, field: null, entry: null, severity: 'refused', reason: 'row given twice', text: entry.raw.slice(0, 200) })
  }
}
