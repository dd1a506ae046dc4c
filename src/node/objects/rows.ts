import type { Ask } from '../ask.ts'
import type { StoredObject } from './object.ts'

/** The columns of an object, in the order and under the names that {@link fromRow} reads. */
export const COLUMNS = `id, kind, version, organisation, created_by, created_at, changed_by, changed_at, label, body, encode(hash, 'hex') as hash`

export type Row = {
  id: string
  kind: string
  version: number
  organisation: string
  created_by: string
  created_at: string
  changed_by: string
  changed_at: string
  label: number
  body: unknown
  hash: string
}

/** An object of its row. */
export async function fromRow<Body>(ask: Ask, row: Row): Promise<StoredObject<Body>> {
  return {
    id: row.id,
    kind: row.kind,
    version: row.version,
    organisation: row.organisation,
    createdBy: row.created_by,
    createdAt: row.created_at,
    changedBy: row.changed_by,
    changedAt: row.changed_at,
    label: await ask.labels.label(ask.tx, row.label),
    body: row.body as Body,
    hash: row.hash,
  }
}
