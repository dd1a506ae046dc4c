import { type Ask, readerOf } from '../ask.ts'
import type { NodeParts } from '../parts.ts'
import type { Caller } from '../people/caller.ts'
import { beginAsk } from '../transact.ts'

/**
 * Looks up, under the caller's rights, what work outside a transaction needs. It writes nothing and leaves no entry: the transaction that answers afterwards asks for the same objects again, and its entry names them.
 */
export async function peek<T>(node: NodeParts, caller: Caller, work: (ask: Ask) => Promise<T>): Promise<T> {
  const now = node.clock()
  return await node.database.as(caller.person, now, async (tx) =>
    work(beginAsk(node, caller, tx, now, await node.labels.ring(tx, readerOf(caller), now))),
  )
}
