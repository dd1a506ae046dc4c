import type { Ask } from '../ask.ts'
import { HOLDS } from '../objects/links.ts'
import type { StoredObject } from '../objects/object.ts'
import { COLUMNS, fromRow, type Row } from '../objects/rows.ts'

/** An object in a case. `attachedAt`: when it first came into it, UTC. */
export type Held = { readonly object: StoredObject; readonly attachedAt: string; readonly attachedBy: string }

/** Kinds as `null` for all; `before` is the last id of the page before. */
export type HeldPage = { readonly kind: string | null; readonly limit: number; readonly before: string | undefined }

/** What a case holds, of what the caller may read: newest first. The case was read in this transaction. */
export async function contentsOf(ask: Ask, id: string, { kind, limit, before }: HeldPage): Promise<{ readonly items: Held[]; readonly more: boolean }> {
  const rows = await ask.tx.query<Row & { attached_at: string; attached_by: string }>(
    `select ${COLUMNS}, attached_at, attached_by
     from (select o.*, l.created_at as attached_at, l.created_by as attached_by from link l join object o on o.id = l.target
           where l.source = $1 and l.kind = $2 and l.ended_at is null and o.clauses <@ $3::int[]
             and ($4::text is null or o.kind = $4) and ($5::uuid is null or o.id < $5)) held
     order by id desc limit $6`,
    [id, HOLDS.kind, ask.ring, kind, before ?? null, limit + 1],
  )
  const items = await Promise.all(
    rows.slice(0, limit).map(async (row) => ({ object: await fromRow(ask, row), attachedAt: row.attached_at, attachedBy: row.attached_by })),
  )
  for (const { object } of items) ask.touched.push({ id: object.id, kind: object.kind, version: object.version, hash: object.hash })
  return { items, more: rows.length > limit }
}

/** How much of each kind a case holds, of what the caller may read. */
export async function countContents({ tx, ring }: Ask, id: string): Promise<Readonly<Record<string, number>>> {
  const rows = await tx.query<{ kind: string; n: number }>(
    `select o.kind, count(*)::int as n from link l join object o on o.id = l.target
     where l.source = $1 and l.kind = $2 and l.ended_at is null and o.clauses <@ $3::int[] group by o.kind order by o.kind`,
    [id, HOLDS.kind, ring],
  )
  return Object.fromEntries(rows.map(({ kind, n }) => [kind, n]))
}

/** Ids of all that is in a case, at whatever depth, with the case itself. `$1` is the case. */
export const INSIDE = `with recursive inside(id) as (
  select $1::uuid
  union
  select l.target from link l join inside on l.source = inside.id where l.contains and l.ended_at is null
)`

/** Everything in a case at whatever depth, with the case itself, of what the caller may read: oldest first. One more than `most` is read at most, so that its caller can tell. */
export async function everythingIn(ask: Ask, id: string, most: number): Promise<StoredObject[]> {
  const rows = await ask.tx.query<Row>(
    `${INSIDE} select ${COLUMNS} from object where id in (select id from inside) and clauses <@ $2::int[] order by object.id limit $3`,
    [id, ask.ring, most + 1],
  )
  const objects = await Promise.all(rows.map((row) => fromRow(ask, row)))
  for (const { id: object, kind, version, hash } of objects) ask.touched.push({ id: object, kind, version, hash })
  return objects
}
