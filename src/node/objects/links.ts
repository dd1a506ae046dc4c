import type { Ask } from '../ask.ts'
import type { StoredObject } from './object.ts'
import { COLUMNS, fromRow, type Row } from './rows.ts'

/** How one object stands to another. `contains`: the source is a container, and takes the labels of what is in it. */
export type LinkKind = { readonly kind: string; readonly contains: boolean }

/** A case holds it. */
export const HOLDS: LinkKind = { kind: 'holds', contains: true }

/** Links an object of the caller's organisation to another that he may read. A container's labels close it from then on as its content's do. */
export async function linkObjects(ask: Ask, source: string, target: string, { kind, contains }: LinkKind): Promise<void> {
  await ask.tx.query(
    `insert into link (source, target, kind, contains, created_by, created_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (source, target, kind) do update set ended_at = null`,
    [source, target, kind, contains, ask.caller.person, ask.now.toISOString()],
  )
  if (contains) await ask.tx.query('select cordon_spread($1)', [source])
}

/** Ends a link; that it was there stays known. */
export async function endLink(ask: Ask, source: string, target: string, { kind, contains }: LinkKind): Promise<void> {
  await ask.tx.query('update link set ended_at = $4 where source = $1 and target = $2 and kind = $3', [
    source,
    target,
    kind,
    ask.now.toISOString(),
  ])
  if (contains) await ask.tx.query('select cordon_spread($1)', [source])
}

/** What an object is linked to, of what the caller may read, oldest first. */
export async function linkedObjects(ask: Ask, source: string, kind: string): Promise<StoredObject[]> {
  const rows = await ask.tx.query<Row>(
    `select ${COLUMNS.split(', ')
      .map((column) => (column.startsWith('encode') ? `encode(o.hash, 'hex') as hash` : `o.${column}`))
      .join(', ')}
     from link l join object o on o.id = l.target
     where l.source = $1 and l.kind = $2 and l.ended_at is null and o.clauses <@ $3::int[] order by o.id`,
    [source, kind, ask.ring],
  )
  return await Promise.all(rows.map((row) => fromRow(ask, row)))
}
