import { defaultLabel, type Label } from '../../share/index.ts'
import type { Ask } from '../ask.ts'
import { uuidV7 } from '../uuid.ts'
import { type StoredObject, versionHash } from './object.ts'
import { writeVersion } from './versions.ts'

/**
 * Makes an object of the caller's organisation. Its label is there from birth: the one given, or originator only.
 * The label must have been parsed by `parseLabel`.
 */
export async function createObject<Body>(
  ask: Ask,
  given: { readonly id?: string; readonly kind: string; readonly body: Body; readonly label?: Label | undefined },
): Promise<StoredObject<Body>> {
  const { caller, tx, now, labels } = ask
  const time = now.toISOString()
  const draft = {
    id: given.id ?? newId(ask),
    kind: given.kind,
    version: 1,
    organisation: caller.organisation,
    createdBy: caller.person,
    createdAt: time,
    changedBy: caller.person,
    changedAt: time,
    label: given.label ?? defaultLabel(caller.organisation),
    body: given.body,
  }
  const object = { ...draft, hash: versionHash(draft) }
  const label = await labels.number(tx, object.label)
  await tx.query(
    `insert into object (id, kind, version, organisation, created_by, created_at, changed_by, changed_at, label, clauses, body, hash)
     values ($1, $2, 1, $3, $4, $5, $4, $5, $6::int, array[$6::int], $7::jsonb, decode($8, 'hex'))`,
    [object.id, object.kind, object.organisation, object.createdBy, time, label, JSON.stringify(object.body), object.hash],
  )
  if (!ask.ring.includes(label)) ask.ring.push(label)
  await writeVersion(ask, object, label, 'created')
  return object
}

/** The id of the object that is made next: those of one act are in the order in which it made them. */
export function newId({ now, random, changes }: Ask): string {
  return uuidV7(now, random, changes.length)
}
