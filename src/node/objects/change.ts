import type { Label } from '../../share/index.ts'
import type { Ask } from '../ask.ts'
import { lockContainers, spread } from './containers.ts'
import { changedMeanwhile, notOwner } from './errors.ts'
import { type StoredObject, versionHash } from './object.ts'
import { renewRing } from './ring.ts'
import { writeVersion } from './versions.ts'

/**
 * Writes the next version of an object that the caller has read in this transaction. `action` is what the change is called in events and in the record.
 *
 * @throws CordonError `node/not-owner`, `node/changed`
 */
export async function changeObject<Body>(
  ask: Ask,
  before: StoredObject<Body>,
  after: { readonly body: Body; readonly label?: Label },
  action = 'changed',
): Promise<StoredObject<Body>> {
  const { caller, tx, now, labels } = ask
  if (before.organisation !== caller.organisation) throw notOwner()
  if (after.label !== undefined) await lockContainers(ask)
  const draft = {
    ...before,
    version: before.version + 1,
    changedBy: caller.person,
    changedAt: now.toISOString(),
    label: after.label ?? before.label,
    body: after.body,
  }
  const object = { ...draft, hash: versionHash(draft) }
  const label = await labels.number(tx, object.label)
  const write = () =>
    tx.query(
      `update object set version = $2, changed_by = $3, changed_at = $4, label = $5, clauses = case when $5 = any(clauses) then clauses else clauses || $5::int end, body = $6::jsonb, hash = decode($7, 'hex')
     where id = $1 and version = $8 returning id`,
      [object.id, object.version, object.changedBy, object.changedAt, label, JSON.stringify(object.body), object.hash, before.version],
    )
  const row = (await write())[0] ?? ((await renewRing(ask)) ? (await write())[0] : undefined)
  if (row === undefined) throw changedMeanwhile(before.version + 1)
  await writeVersion(ask, object, label, action)
  if (after.label !== undefined) await spread(ask, object.id)
  return object
}
