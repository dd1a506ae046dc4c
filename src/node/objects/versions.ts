import type { Ask } from '../ask.ts'
import type { StoredObject } from './object.ts'

/** Keeps a version for ever and notes it for the record. `label` is the number of the version's label. */
export async function writeVersion(ask: Ask, object: StoredObject, label: number, action: string): Promise<void> {
  await ask.tx.query(
    `insert into object_version (id, version, organisation, kind, changed_by, changed_at, label, body, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, decode($9, 'hex'))`,
    [
      object.id,
      object.version,
      object.organisation,
      object.kind,
      object.changedBy,
      object.changedAt,
      label,
      JSON.stringify(object.body),
      object.hash,
    ],
  )
  const written = { id: object.id, kind: object.kind, version: object.version, hash: object.hash }
  ask.touched.push(written)
  ask.changes.push({ object: written, action })
}
