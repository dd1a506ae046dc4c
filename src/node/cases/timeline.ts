import type { Ask } from '../ask.ts'
import { INSIDE } from './contents.ts'

/** Something that happened to a case or to what it holds. */
export type CaseEvent = {
  readonly at: string
  readonly object: string
  readonly kind: string
  readonly version: number
  /** E.g. `created`, `changed`, `attached`, `closed`. */
  readonly action: string
  readonly person: string
  readonly organisation: string
  /** What was attached or detached then, of what the caller may read. */
  readonly about: readonly string[]
}

type Row = Omit<CaseEvent, 'about'> & { seq: number; hash: string; about: string[] }

/**
 * What happened to a case and to what it holds now, at whatever depth: newest first, of the versions that the caller may read. `before` is the place of the last one of the page before; places are for sealed
 * cursors only, since their gaps would tell of what happens unseen.
 */
export async function timelineOf(
  ask: Ask,
  id: string,
  page: { readonly limit: number; readonly before: string | undefined },
): Promise<{ readonly events: readonly CaseEvent[]; readonly last: string | undefined; readonly more: boolean }> {
  const rows = await ask.tx.query<Row>(
    `${INSIDE}
     select c.seq, c.at, c.object, c.kind, c.version, c.action, v.changed_by as person, v.organisation, encode(v.hash, 'hex') as hash,
       array(select l.target from link l join object held on held.id = l.target
             where l.source = c.object and l.contains and (l.created_at = c.at or l.ended_at = c.at) and c.action in ('attached', 'detached')
               and held.clauses <@ $2::int[] order by l.target)::text[] as about
     from inside join change c on c.object = inside.id join object o on o.id = c.object
       join object_version v on v.id = c.object and v.version = c.version
     where o.clauses <@ $2::int[] and v.label = any($2::int[]) and ($3::bigint is null or c.seq < $3)
     order by c.seq desc limit $4`,
    [id, ask.ring, page.before ?? null, page.limit + 1],
  )
  const shown = rows.slice(0, page.limit)
  for (const { object, kind, version, hash } of shown) ask.touched.push({ id: object, kind, version, hash })
  const last = shown.at(-1)
  return {
    events: shown.map(({ seq: _seq, hash: _hash, ...event }) => event),
    last: last && String(last.seq),
    more: rows.length > page.limit,
  }
}
