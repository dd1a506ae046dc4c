import { type CaseBody, type HeistCase, openCase } from '../../cases/index.ts'
import type { Label } from '../../share/index.ts'
import type { Ask } from '../ask.ts'
import { createObject } from '../objects/create.ts'
import { linkObjects, REFERS } from '../objects/links.ts'
import type { StoredObject } from '../objects/object.ts'
import { hold } from './case.ts'

/** Opens a theft into a case that holds its claims and denials, all under one label. `from.given` may be the caller's own words. */
export async function openHeist(ask: Ask, from: HeistCase, assignees: readonly string[], label: Label): Promise<StoredObject<CaseBody>> {
  const made = await createObject(ask, { kind: 'case', body: openCase(from.given, { assignees, heist: from.heist }), label })
  const claims: string[] = []
  for (const body of from.claims) claims.push((await createObject(ask, { kind: 'claim', body, label })).id)
  const denials: string[] = []
  for (const { body, disputes } of from.denials) {
    const denial = await createObject(ask, { kind: 'denial', body, label })
    for (const at of disputes) await linkObjects(ask, denial.id, claims[at] as string, REFERS)
    denials.push(denial.id)
  }
  return await hold(ask, made, ...claims, ...denials)
}
