import { readerOf } from '../ask.ts'
import { ringNow } from '../objects/ring.ts'
import type { NodeParts } from '../parts.ts'
import type { Caller } from '../people/caller.ts'
import { append } from '../record/append.ts'
import { entryText } from '../record/entry.ts'

/** A change of an object, or a deadline of it that was missed, as a listener is told of it. */
export type Told = {
  /** Its place in the record, as text: for cursors only, since its gaps would tell of what the listener may not see. */
  readonly at: string
  readonly object: string
  readonly version: number
  readonly kind: string
  readonly action: string
  readonly time: string
  readonly hash: string
}

/** Where a listener stands, and what came since. */
export type Position = { readonly at: string; readonly told: readonly Told[]; readonly more: boolean }

const MOST = 200

type Row = Omit<Told, 'at'> & { seq: number }

/**
 * What changed or was missed after a place in the record, of what the caller may read now, in order. From null: nothing, and the place is the end. What was told is in the record.
 * They are numbered in the order of their commits, so nothing can appear before a place that was passed.
 */
export async function changesSince(node: NodeParts, caller: Caller, after: string | null, kinds: readonly string[]): Promise<Position> {
  const now = node.clock()
  return await node.database.as(caller.person, now, async (tx) => {
    const [head] = await tx.query<{ size: number }>('select size from log_head')
    const { size } = head as { size: number }
    const end = String(size - 1)
    if (after === null) return { at: end, told: [], more: false }
    // After the end was read: what was written before it under a label that is new since this transaction began would be passed over for ever.
    const ring = await ringNow(tx, node.labels, readerOf(caller), now)
    const rows = await tx.query<Row>(
      `select c.seq, c.object, c.version, c.kind, c.action, c.at as time, encode(v.hash, 'hex') as hash
       from happening c join object o on o.id = c.object join object_version v on v.id = c.object and v.version = c.version
       where c.seq > $1::bigint and c.seq < $2::bigint and (cardinality($3::text[]) = 0 or c.kind = any($3::text[]))
         and o.clauses <@ $4::int[]
       order by c.seq limit $5`,
      [after, size, kinds, ring, MOST],
    )
    const told = rows.map(({ seq, ...rest }) => ({ at: String(seq), ...rest }))
    if (told.length > 0) {
      const objects = told.map(({ object, kind, version, hash }) => ({ id: object, kind, version, hash }))
      await append(tx, [
        entryText({ door: 'events', action: 'events.told', outcome: 'done', objects, detail: {} }, caller, now, node.random),
      ])
    }
    const more = told.length === MOST
    return { at: more ? (told.at(-1) as Told).at : end, told, more }
  })
}
