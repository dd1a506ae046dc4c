import type { Ask } from '../ask.ts'
import type { StoredObject } from '../objects/object.ts'
import { scopesOf } from '../people/roles.ts'
import type { RuleKept } from './kept.ts'
import { maySee } from './teams.ts'

/**
 * Whether each rule looks at all, by id: it is switched on, and its author is let in and may see what it is about. Of rules of other organisations it is not said: who works there is not the caller's business.
 */
export async function looking({ tx, caller }: Ask, rules: readonly StoredObject<RuleKept>[]): Promise<ReadonlyMap<string, boolean | null>> {
  const own = rules.filter(({ organisation }) => organisation === caller.organisation)
  const rows = await tx.query<{ id: string; roles: string[] }>('select id, roles from cordon_authors($1::uuid[])', [
    [...new Set(own.map(({ body }) => body.author))],
  ])
  const roles = new Map(rows.map(({ id, roles: held }) => [id, held]))
  const looks = ({ organisation, body }: StoredObject<RuleKept>): boolean | null =>
    organisation === caller.organisation
      ? body.enabled && body.ended === null && maySee(scopesOf(roles.get(body.author) ?? []), body.when.event)
      : null
  return new Map(rules.map((rule) => [rule.id, looks(rule)]))
}
