import type { Ask } from '../ask.ts'
import { notFound } from './errors.ts'
import type { StoredObject } from './object.ts'
import { renewRing } from './ring.ts'
import { COLUMNS, fromRow, type Row } from './rows.ts'

/**
 * Reads an object of a kind.
 *
 * @throws CordonError `node/not-found` where it is not there or not released to the caller: the two are the same
 */
export async function readObject<Body>(ask: Ask, kind: string, id: string): Promise<StoredObject<Body>> {
  const row = await found(ask, 'id = $1 and clauses <@ $2::int[] and kind = $3', id, kind)
  if (row === undefined) throw notFound(kind, id)
  const object = await fromRow<Body>(ask, row)
  ask.touched.push({ id: object.id, kind: object.kind, version: object.version, hash: object.hash })
  return object
}

/** Reads an object of whatever kind. Throws `node/not-found`. */
export async function readAnyObject(ask: Ask, id: string): Promise<StoredObject> {
  const row = await found(ask, 'id = $1 and clauses <@ $2::int[]', id)
  if (row === undefined) throw notFound('object', id)
  const object = await fromRow(ask, row)
  ask.touched.push({ id: object.id, kind: object.kind, version: object.version, hash: object.hash })
  return object
}

/** The versions of an object that the caller may read, oldest first, from the one after `after` on. Throws `node/not-found` where today's is closed to him. */
export async function readVersions(
  ask: Ask,
  id: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<{ readonly versions: readonly StoredObject[]; readonly more: boolean }> {
  const current = await readAnyObject(ask, id)
  const rows = await ask.tx.query<Row>(
    `select id, kind, version, organisation, changed_by, changed_at, label, body, encode(hash, 'hex') as hash
     from object_version where id = $1 and label = any($2::int[]) and version > $3 order by version limit $4`,
    [id, ask.ring, after, limit + 1],
  )
  const shown = rows.slice(0, limit).map((row) => fromRow(ask, { ...row, created_by: current.createdBy, created_at: current.createdAt }))
  return { versions: await Promise.all(shown), more: rows.length > limit }
}

/** The row of an object for the caller: looked for again where labels were made meanwhile that he passes. */
async function found(ask: Ask, condition: string, id: string, ...more: readonly string[]): Promise<Row | undefined> {
  const look = async () => (await ask.tx.query<Row>(`select ${COLUMNS} from object where ${condition}`, [id, ask.ring, ...more]))[0]
  const row = await look()
  return row === undefined && (await renewRing(ask)) ? await look() : row
}
