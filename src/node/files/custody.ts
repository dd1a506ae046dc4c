import type { CustodyStep } from '../../cases/index.ts'
import type { Ask } from '../ask.ts'
import type { StoredObject } from '../objects/object.ts'
import type { Entry } from '../record/entry.ts'

/** One event in a file's chain of custody, as the record has it. */
export type CustodyEvent = CustodyStep & {
  readonly credential: string | null
  /** Version of the object then, and its hash. */
  readonly version: number
  readonly hash: string
  readonly detail: Entry['detail']
}

/** Actions of doors as events. To be named in a list is no access to a file. */
const EVENTS: Readonly<Record<string, CustodyEvent['event']>> = {
  'file.create': 'collected',
  'job.finish': 'collected',
  'file.verify': 'verified',
  'file.read': 'viewed',
  'object.read': 'viewed',
  'file.custody': 'viewed',
  'file.content': 'exported',
  'file.change': 'changed',
  'object.relabel': 'changed',
}

/**
 * What was done with a file, oldest first: identification and collection, preservation, verification, access (Berkeley Protocol on Digital Open Source Investigations, OHCHR 2022, chapter VI). The caller has read the object already.
 * Its owner sees every event; others see those of the owner and of their own organisation, since who else reads a file is theirs to tell.
 */
export async function custodyOf(
  { tx }: Pick<Ask, 'tx'>,
  file: Pick<StoredObject, 'id'>,
  page: { readonly after: number; readonly limit: number },
): Promise<{ readonly events: readonly CustodyEvent[]; readonly more: boolean }> {
  const rows = await tx.query<{ index: number; entry: string }>('select index, entry from cordon_custody($1, $2, $3)', [
    file.id,
    page.after,
    page.limit + 1,
  ])
  return {
    events: rows.slice(0, page.limit).map(({ index, entry }) => eventOf(file.id, index, JSON.parse(entry) as Entry)),
    more: rows.length > page.limit,
  }
}

function eventOf(id: string, index: number, { time, action, outcome, actor, objects, detail }: Entry): CustodyEvent {
  // Of a change both versions are there: the last is what it became.
  const touched = objects.findLast((object) => object.id === id)
  return {
    index,
    at: time,
    event: EVENTS[action] ?? (action.includes('export') ? 'exported' : 'other'),
    action,
    outcome,
    organisation: actor?.organisation ?? null,
    person: actor?.person ?? null,
    credential: actor?.credential ?? null,
    version: touched?.version ?? 0,
    hash: touched?.hash ?? '',
    detail,
  }
}
