import { type Ask, readerOf } from '../ask.ts'

/**
 * Takes the labels into account that others made since this transaction began, such as the one for whose transaction this one waited. Gives whether the caller passes any of them: what was not there for him may be now.
 * A transaction of the node itself sees everything, and has nothing to renew.
 */
export async function renewRing(ask: Ask): Promise<boolean> {
  const { tx, labels, caller, now, ring } = ask
  if (tx.ring === undefined) return false
  const [row] = await tx.query<{ ring: number[] }>('select cordon_keep_ring() as ring')
  const had = new Set(ring)
  const added = (await labels.ring({ query: tx.query, ring: row?.ring ?? [] }, readerOf(caller), now)).filter((id) => !had.has(id))
  ring.push(...added)
  return added.length > 0
}
