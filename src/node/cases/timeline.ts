import type { Ask } from '../ask.ts'

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
    `select t.seq, t.at, t.object, t.kind, t.version, t.action, t.person, t.organisation, encode(t.hash, 'hex') as hash, t.about::text[] as about
     from cordon_timeline($1, $2, $3, $4) t order by t.seq desc`,
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
