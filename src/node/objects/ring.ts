import type { Reader } from '../../share/index.ts'
import { type Ask, readerOf } from '../ask.ts'
import type { Tx } from '../database/tx.ts'
import type { LabelBook } from './labels.ts'

/** The labels that a reader passes as of now, with those that were made since his transaction began. Everything that a later statement of it sees has one of them. */
export async function ringNow(tx: Tx, labels: LabelBook, reader: Reader, now: Date): Promise<number[]> {
  const [row] = await tx.query<{ ring: number[] }>('select cordon_keep_ring() as ring')
  return await labels.ring({ query: tx.query, ring: row?.ring ?? [] }, reader, now)
}

/**
 * Takes the labels into account that others made since this transaction began, such as the one for whose transaction this one waited. Gives whether the caller passes any of them: what was not there for him may be now.
 * A transaction of the node itself sees everything, and has nothing to renew.
 */
export async function renewRing(ask: Ask): Promise<boolean> {
  const { tx, labels, caller, now, ring } = ask
  if (tx.ring === undefined) return false
  const had = new Set(ring)
  const added = (await ringNow(tx, labels, readerOf(caller), now)).filter((id) => !had.has(id))
  ring.push(...added)
  return added.length > 0
}
