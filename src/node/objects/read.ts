import type { Ask } from '../ask.ts'
import { notFound } from './errors.ts'
import type { StoredObject } from './object.ts'
import { COLUMNS, fromRow, type Row } from './rows.ts'

/**
 * Reads an object of a kind.
 *
 * @throws CordonError `node/not-found` where it is not there or not released to the caller: the two are the same
 */
export async function readObject<Body>(ask: Ask, kind: string, id: string): Promise<StoredObject<Body>> {
  const [row] = await ask.tx.query<Row>(`select ${COLUMNS} from object where id = $1 and kind = $2 and clauses <@ $3::int[]`, [
    id,
    kind,
    ask.ring,
  ])
  if (row === undefined) throw notFound(kind, id)
  const object = await fromRow<Body>(ask, row)
  ask.touched.push({ id: object.id, kind: object.kind, version: object.version, hash: object.hash })
  return object
}

/** The versions of an object that the caller may read, oldest first. Throws `node/not-found` where today's is closed to him. */
export async function readVersions<Body>(ask: Ask, kind: string, id: string): Promise<StoredObject<Body>[]> {
  const current = await readObject(ask, kind, id)
  const rows = await ask.tx.query<Row>(
    `select id, kind, version, organisation, changed_by, changed_at, label, body, encode(hash, 'hex') as hash
     from object_version where id = $1 and label = any($2::int[]) order by version`,
    [id, ask.ring],
  )
  return await Promise.all(rows.map((row) => fromRow<Body>(ask, { ...row, created_by: current.createdBy, created_at: current.createdAt })))
}
