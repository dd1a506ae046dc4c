import { type CaseBody, mustBeOpen } from '../../cases/index.ts'
import { CordonError } from '../../chain/index.ts'
import type { Label } from '../../share/index.ts'
import type { Ask } from '../ask.ts'
import { changeObject } from '../objects/change.ts'
import { lockContainers } from '../objects/containers.ts'
import { createObject } from '../objects/create.ts'
import { notOwner } from '../objects/errors.ts'
import { endLink, HOLDS, type LinkKind, linkObjects, REFERS } from '../objects/links.ts'
import type { StoredObject } from '../objects/object.ts'
import { readAnyObject, readObject } from '../objects/read.ts'

type Case = StoredObject<CaseBody>

/** Takes a case to change what it holds: who else wants to change it waits until this transaction has ended. Throws `node/not-found`. */
async function takeCase(ask: Ask, id: string): Promise<Case> {
  await lockContainers(ask)
  await ask.tx.query('select 1 from object where id = $1 and clauses <@ $2::int[] for update', [id, ask.ring])
  return await readObject<CaseBody>(ask, 'case', id)
}

/**
 * Puts an object that the caller may read into a case of his organisation. From then on the case is closed to whoever the object is closed to. To put it there again changes nothing.
 *
 * @throws CordonError `node/not-found` for either, `node/not-owner`, `cases/closed`, `node/circle`
 */
export async function attach(ask: Ask, id: string, target: string): Promise<Case> {
  const found = await takeCase(ask, id)
  await readAnyObject(ask, target)
  if (found.organisation !== ask.caller.organisation) throw notOwner()
  mustBeOpen(found.body)
  return (await holds(ask, id, target)) ? found : await hold(ask, found, target)
}

/** Takes an object out of a case. That it was there stays known. The case opens again as far as what is left lets it. Throws as `attach`, `node/not-found` where the case does not hold it. */
export async function detach(ask: Ask, id: string, target: string): Promise<Case> {
  const found = await takeCase(ask, id)
  if (!(await holds(ask, id, target))) throw notHeld(target)
  if (found.organisation !== ask.caller.organisation) throw notOwner()
  mustBeOpen(found.body)
  await endLink(ask, id, target, HOLDS)
  return await changeObject(ask, found, { body: found.body }, 'detached')
}

/** An object that was made for a case. `held`: whether the case holds it. */
export type Added<Body> = { readonly object: StoredObject<Body>; readonly held: boolean }

/**
 * Makes an object for a case that the caller may read. In a case of his own organisation it is held. In another's it refers to the case: its owner decides what the case holds, and can attach what he may read.
 *
 * @throws CordonError `node/not-found`, `cases/closed`
 */
export async function addTo<Body>(
  ask: Ask,
  id: string,
  given: { readonly kind: string; readonly body: Body; readonly label: Label },
): Promise<Added<Body>> {
  const found = await takeCase(ask, id)
  mustBeOpen(found.body)
  const object = await createObject(ask, given)
  if (found.organisation !== ask.caller.organisation) {
    await linkObjects(ask, object.id, id, REFERS)
    return { object, held: false }
  }
  await hold(ask, found, object.id)
  return { object, held: true }
}

/** Has a case of the caller's hold what he has read or made in this transaction, and says so by a version of the case. */
export async function hold(ask: Ask, found: Case, ...targets: readonly string[]): Promise<Case> {
  for (const target of targets) await linkObjects(ask, found.id, target, HOLDS)
  return await changeObject(ask, found, { body: found.body }, 'attached')
}

/** Refuses to change what a closed case of the caller's organisation holds. Throws `cases/closed`. */
export async function mustNotBeClosedAway(ask: Ask, id: string): Promise<void> {
  // Nor is a case closed meanwhile.
  await lockContainers(ask)
  const [closed] = await ask.tx.query<{ id: string }>(
    `select o.id from link l join object o on o.id = l.source
     where l.target = $1 and l.kind = $2 and l.ended_at is null and o.kind = 'case' and o.body ->> 'status' = 'closed'
       and o.organisation = $3 and o.clauses <@ $4::int[] limit 1`,
    [id, HOLDS.kind, ask.caller.organisation, ask.ring],
  )
  if (closed !== undefined) {
    throw new CordonError('cases/closed', `the case ${closed.id} that holds it is closed`, {
      remedy: 'Reopen the case with a reason, and then change it.',
    })
  }
}

/**
 * Refuses persons who are not of the caller's organisation, are not there, or are disabled: the three are the same.
 *
 * @throws CordonError `cases/no-such-person`
 */
export async function mustBeColleagues({ tx }: Ask, persons: readonly string[]): Promise<void> {
  if (persons.length === 0) return
  const rows = await tx.query<{ id: string }>('select id from cordon_colleagues($1::uuid[])', [persons])
  const known = new Set(rows.map(({ id }) => id))
  const unknown = persons.find((person) => !known.has(person))
  if (unknown !== undefined) {
    throw new CordonError('cases/no-such-person', `there is no person ${unknown} in your organisation`, {
      place: { field: 'assignees' },
      remedy:
        'Name people of your own organisation who have not left (GET /colleagues has their ids). Others write notes of their own, which refer to the case.',
    })
  }
}

async function holds(ask: Ask, id: string, target: string): Promise<boolean> {
  return (await linked(ask, id, target, HOLDS)) !== undefined
}

async function linked({ tx, ring }: Ask, source: string, target: string, { kind }: LinkKind): Promise<unknown> {
  const [row] = await tx.query(
    `select 1 from link l join object o on o.id = l.target
     where l.source = $1 and l.target = $2 and l.kind = $3 and l.ended_at is null and o.clauses <@ $4::int[]`,
    [source, target, kind, ring],
  )
  return row
}

function notHeld(id: string): CordonError {
  return new CordonError('node/not-found', `the case does not hold ${id}`, { remedy: 'See what it holds at /cases/{id}/contents.' })
}
