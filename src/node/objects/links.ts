import { CordonError } from '../../chain/index.ts'
import type { Ask } from '../ask.ts'
import { lockContainers, spread } from './containers.ts'
import { notOwner } from './errors.ts'

/** How one object stands to another. `contains`: the source is a container, and takes the labels of what is in it. */
export type LinkKind = { readonly kind: string; readonly contains: boolean }

/** A case holds it. */
export const HOLDS: LinkKind = { kind: 'holds', contains: true }
/** It was made from it: a case from a trace, a trace from a heist's. */
export const COMES_FROM: LinkKind = { kind: 'comes-from', contains: false }
/** What a result was made from: it takes the labels of all of it, and keeps taking them. */
export const MADE_FROM: LinkKind = { kind: 'made-from', contains: true }
/** It speaks of it. */
export const REFERS: LinkKind = { kind: 'refers', contains: false }

export const LINKS: readonly LinkKind[] = [HOLDS, COMES_FROM, REFERS]

/** One end of a link, seen from the other. */
export type Linked = { readonly link: string; readonly id: string; readonly kind: string; readonly version: number }

/**
 * Links an object of the caller's organisation to another; he has read both in this transaction. A container is closed from then on as its content is.
 *
 * @throws CordonError `node/not-owner`, `node/circle`
 */
export async function linkObjects(ask: Ask, source: string, target: string, { kind, contains }: LinkKind): Promise<void> {
  const { tx, caller, now } = ask
  if (contains) await lockContainers(ask)
  await mustOwn(ask, source)
  if (source === target || (contains && (await holdsAlready(ask, target, source))))
    throw new CordonError('node/circle', 'an object cannot hold itself', { remedy: 'Link the other way round, or refer to it.' })
  await tx.query(
    `insert into link (source, target, kind, contains, created_by, created_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (source, target, kind) do update set ended_at = null`,
    [source, target, kind, contains, caller.person, now.toISOString()],
  )
  if (contains) await spread(ask, source)
  ask.links.push({ source, target, link: kind, ended: false })
}

/** Ends a link; that it was there stays known. Throws `node/not-owner`. */
export async function endLink(ask: Ask, source: string, target: string, { kind, contains }: LinkKind): Promise<void> {
  if (contains) await lockContainers(ask)
  await mustOwn(ask, source)
  await ask.tx.query('update link set ended_at = $4 where source = $1 and target = $2 and kind = $3', [
    source,
    target,
    kind,
    ask.now.toISOString(),
  ])
  if (contains) await spread(ask, source)
  ask.links.push({ source, target, link: kind, ended: true })
}

/** What an object is linked to, of what the caller may read, oldest first. */
export async function linkedFrom(ask: Ask, source: string): Promise<Linked[]> {
  return await linked(ask, 'l.source = $1 and o.id = l.target', source)
}

/** What is linked to an object, of what the caller may read, oldest first. */
export async function linkedTo(ask: Ask, target: string): Promise<Linked[]> {
  return await linked(ask, 'l.target = $1 and o.id = l.source', target)
}

async function linked(ask: Ask, condition: string, id: string): Promise<Linked[]> {
  const rows = await ask.tx.query<Linked & { hash: string }>(
    `select l.kind as link, o.id, o.kind, o.version, encode(o.hash, 'hex') as hash
     from link l join object o on ${condition} where l.ended_at is null and o.clauses <@ $2::int[] order by o.id, l.kind`,
    [id, ask.ring],
  )
  return rows.map(({ hash, ...link }) => {
    ask.touched.push({ id: link.id, kind: link.kind, version: link.version, hash })
    return link
  })
}

async function holdsAlready({ tx }: Ask, container: string, content: string): Promise<boolean> {
  const [row] = await tx.query(
    `with recursive inside(id) as (
       select target from link where source = $1 and contains and ended_at is null
       union select link.target from link join inside on link.source = inside.id where link.contains and link.ended_at is null)
     select 1 from inside where id = $2`,
    [container, content],
  )
  return row !== undefined
}

async function mustOwn({ tx, caller, ring }: Ask, id: string): Promise<void> {
  const [row] = await tx.query('select 1 from object where id = $1 and organisation = $2 and clauses <@ $3::int[]', [
    id,
    caller.organisation,
    ring,
  ])
  if (row === undefined) throw notOwner()
}
