import type { Ask } from '../ask.ts'
import type { StoredObject } from '../objects/object.ts'
import { COLUMNS, fromRow, type Row } from '../objects/rows.ts'

/** An object in a case. `attachedAt`: when it first came into it, UTC. */
export type Held = { readonly object: StoredObject; readonly attachedAt: string; readonly attachedBy: string }

/** Kinds as `null` for all; `before` is the last id of the page before. */
export type HeldPage = { readonly kind: string | null; readonly limit: number; readonly before: string | undefined }

/** What a case holds, of what the caller may read: newest first. The case was read in this transaction. */
export async function contentsOf(
  ask: Ask,
  id: string,
  { kind, limit, before }: HeldPage,
): Promise<{ readonly items: Held[]; readonly more: boolean }> {
  const rows = await ask.tx.query<Row & { attached_at: string; attached_by: string }>(
    `select ${COLUMNS}, attached_at, attached_by
     from object join cordon_held($1) as held(held_id, attached_at, attached_by) on held_id = id
     where clauses <@ $2::int[] and ($3::text is null or kind = $3) and ($4::uuid is null or id < $4)
     order by id desc limit $5`,
    [id, ask.ring, kind, before ?? null, limit + 1],
  )
  const items = await Promise.all(
    rows
      .slice(0, limit)
      .map(async (row) => ({ object: await fromRow(ask, row), attachedAt: row.attached_at, attachedBy: row.attached_by })),
  )
  for (const { object } of items) ask.touched.push({ id: object.id, kind: object.kind, version: object.version, hash: object.hash })
  return { items, more: rows.length > limit }
}

/** How much of each kind a case holds, of what the caller may read. */
export async function countContents({ tx, ring }: Ask, id: string): Promise<Readonly<Record<string, number>>> {
  const rows = await tx.query<{ kind: string; n: number }>(
    `select kind, count(*)::int as n from object join cordon_held($1) as held on held.id = object.id where clauses <@ $2::int[] group by kind order by kind`,
    [id, ring],
  )
  return Object.fromEntries(rows.map(({ kind, n }) => [kind, n]))
}

/** Everything in a case at whatever depth, with the case itself, of what the caller may read: oldest first. One more than `most` is read at most, so that its caller can tell. */
export async function everythingIn(ask: Ask, id: string, most: number): Promise<StoredObject[]> {
  const rows = await ask.tx.query<Row>(
    `select ${COLUMNS} from object where id in (select inside.id from cordon_inside($1) as inside) and clauses <@ $2::int[] order by id limit $3`,
    [id, ask.ring, most + 1],
  )
  const objects = await Promise.all(rows.map((row) => fromRow(ask, row)))
  for (const { id: object, kind, version, hash } of objects) ask.touched.push({ id: object, kind, version, hash })
  return objects
}
