import type { Ask } from '../ask.ts'
import type { Tx } from '../database/tx.ts'
import type { NodeParts } from '../parts.ts'
import type { Action } from '../record/entry.ts'
import { writeAct } from '../transact.ts'

/** The node acts while whoever it acts for may be away: nothing was shown. */
export const BY_NODE = { kind: 'session', id: 'node' } as const

/** Puts into the record what the node itself did in this transaction, whoever it did it for, with an entry for each version; and tells listeners of these. The last of a transaction. */
export async function recordAsNode(
  { random }: Pick<NodeParts, 'random'>,
  tx: Tx,
  { door, action, detail }: Pick<Action, 'door' | 'action' | 'detail'>,
  asks: readonly Ask[],
  now: Date,
): Promise<void> {
  const [touched, changes, links] = [
    asks.flatMap((ask) => ask.touched),
    asks.flatMap((ask) => ask.changes),
    asks.flatMap((ask) => ask.links),
  ]
  await writeAct({ tx, now, random, touched, changes, links, people: [], detail }, { door, action }, null)
}
