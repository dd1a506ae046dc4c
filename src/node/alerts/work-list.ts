import { type EntryChange, evaluate, listEvents, type Raised } from '../../cases/index.ts'
import type { Work } from '../../chain/index.ts'
import { changesOf, type ListEntry, readVersion } from '../../screen/index.ts'
import type { RulesAndWatches } from './work-movements.ts'

export type ListLook = {
  readonly store: string
  readonly list: string
  readonly version: string
  /** The version that was in service until then. */
  readonly replaces: string | null
  /** When it came into service. */
  readonly at: string
  readonly teams: readonly RulesAndWatches[]
}

/** Compares a version of a list with the one before it. Gives what the rules of each team say. */
export async function lookAtList(
  { store, list, version, replaces, at, teams }: ListLook,
  { signal }: Work,
): Promise<readonly (readonly Raised[])[]> {
  const earlier = new Map<string, ListEntry>()
  if (replaces !== null) for await (const entry of readVersion(store, list, replaces)) earlier.set(entry.id, entry)
  const raised = teams.map((): Raised[] => [])
  const tell = (change: EntryChange) => {
    for (const event of listEvents(list, version, [change], at))
      for (const [i, { rules, watches }] of teams.entries()) raised[i]?.push(...evaluate(rules, watches, event))
  }
  for await (const after of readVersion(store, list, version)) {
    signal?.throwIfAborted()
    const before = earlier.get(after.id) ?? null
    earlier.delete(after.id)
    if (before === null || changesOf(before, after).length > 0) tell({ before, after })
  }
  for (const before of earlier.values()) tell({ before, after: null })
  return raised
}
