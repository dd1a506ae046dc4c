import type { Ask } from '../ask.ts'
import type { Tx } from '../database/tx.ts'
import type { NodeParts } from '../parts.ts'
import type { Caller } from '../people/caller.ts'
import { append } from '../record/append.ts'
import { type Action, entryText, type Touched } from '../record/entry.ts'

/** The node acts while whoever it acts for may be away: nothing was shown. */
export const BY_NODE = { kind: 'session', id: 'node' } as const

/** What an ask is made of. */
export type AskParts = Pick<NodeParts, 'random' | 'labels'>

/** An ask for somebody, in a transaction that the node began. */
export function askFor({ random, labels }: AskParts, caller: Caller, tx: Tx, now: Date, ring: number[]): Ask {
  return {
    caller,
    tx,
    now,
    random,
    labels,
    ring,
    touched: [],
    changes: [],
    links: [],
    people: [],
    locked: false,
    spread: false,
    detail: {},
  }
}

/** Puts into the record what the node itself did in this transaction, whoever it did it for, with an entry for each version; and tells listeners of these. The last of a transaction. */
export async function recordAsNode(
  { random }: Pick<AskParts, 'random'>,
  tx: Tx,
  { door, action, detail }: Pick<Action, 'door' | 'action' | 'detail'>,
  asks: readonly Ask[],
  now: Date,
): Promise<void> {
  const links = asks.flatMap((ask) => ask.links)
  const changes = asks.flatMap((ask) => ask.changes)
  const objects: Touched[] = asks.flatMap((ask) => ask.touched)
  const told: Action = { door, action, outcome: 'done', objects, ...(links.length > 0 && { links }), detail }
  const version = (object: Touched): Action => ({ door: 'node', action: 'object.version', outcome: 'done', objects: [object], detail: {} })
  const entries = [told, ...changes.map(({ object }) => version(object))]
  const first = await append(
    tx,
    entries.map((entry) => entryText(entry, null, now, random)),
  )
  for (const [n, { object, action: change }] of changes.entries())
    await tx.query('insert into change (seq, object, version, kind, action, at) values ($1, $2, $3, $4, $5, $6)', [
      first + 1 + n,
      object.id,
      object.version,
      object.kind,
      change,
      now.toISOString(),
    ])
}
