import type { ListEntry } from '../../screen/index.ts'
import type { ListEvent } from './event.ts'

/** An entry before and after; null where it was not there. */
export type EntryChange = { readonly before: ListEntry | null; readonly after: ListEntry | null }

/**
 * The events of a new version of a list: one for each entry that came, went or changed, with the names and wallets of both states, so that a name that was taken off still finds who watches it.
 *
 * @param at when the version came into service, ISO 8601 UTC
 */
export function listEvents(list: string, version: string, changes: readonly EntryChange[], at: string): readonly ListEvent[] {
  return changes.flatMap(({ before, after }) => {
    const entry = (after ?? before)?.id
    if (entry === undefined) return []
    const change = before === null ? 'added' : after === null ? 'removed' : 'changed'
    const states = [before, after].filter((state) => state !== null)
    return [
      {
        kind: 'list',
        id: `list:${list}:${version}:${entry}`,
        at,
        list,
        version,
        change,
        entry,
        names: [...new Set(states.flatMap(({ names }) => names.map(({ full }) => full)))],
        wallets: [...new Set(states.flatMap(({ wallets }) => wallets.map(({ address }) => address)))],
      },
    ]
  })
}
