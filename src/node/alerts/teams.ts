import type { AlertEvent, StoredRule, StoredWatch } from '../../cases/index.ts'
import { actorOf } from '../jobs/actor.ts'
import type { NodeParts } from '../parts.ts'
import type { Caller } from '../people/caller.ts'
import type { Scope } from '../people/roles.ts'
import { peek } from '../tracing/index.ts'
import { type RuleKept, ruleOf, type WatchKept, watchOf } from './kept.ts'
import { BY_NODE } from './node-ask.ts'

/** Rules and watches that look with one person's eyes. */
export type Team = { readonly eyes: Caller; readonly rules: readonly StoredRule[]; readonly watches: readonly StoredWatch[] }

type Row<Body> = { readonly id: string; readonly owner: string; readonly body: Body }

/** What somebody must be allowed, as of now, for his rules to look at what an event is of. */
const SCOPE: Readonly<Record<AlertEvent['kind'], Scope>> = {
  movement: 'ledgers:read',
  trace: 'objects:read',
  list: 'lists:read',
  'freeze-clock': 'objects:read',
  case: 'cases:read',
}

/** Whether who has these scopes may have rules look at a kind of event. */
export function maySee(scopes: readonly Scope[], event: AlertEvent['kind']): boolean {
  return scopes.includes('alerts:read') && scopes.includes(SCOPE[event])
}

/**
 * The rules about a kind of event that are in force, by their authors, each with the watches that its author may read. A rule sees what its author may see now, and nothing else; that of somebody who was let go sees nothing until a
 * colleague takes it over.
 */
export async function teamsFor(node: NodeParts, event: AlertEvent['kind']): Promise<readonly Team[]> {
  const people = await node.database.system(async (tx) => {
    const rows = await tx.query<{ author: string }>(
      `select distinct body ->> 'author' as author from object
       where kind = 'rule' and body #>> '{when,event}' = $1 and body ->> 'enabled' = 'true' and body ->> 'ended' is null order by 1`,
      [event],
    )
    const found: Caller[] = []
    for (const { author } of rows) {
      const person = await actorOf(tx, author, BY_NODE)
      if (person !== null && maySee(person.scopes, event)) found.push(person)
    }
    return found
  })
  const teams: Team[] = []
  for (const person of people) {
    const team = await teamOf(node, person, event, person.person)
    if (team.rules.length > 0) teams.push(team)
  }
  return teams
}

/** The rules of somebody's organisation about a kind of event that are in force, as far as he may read them, and the watches. `author`: only the rules of this person; null for those of all. */
export async function teamOf(node: NodeParts, eyes: Caller, event: AlertEvent['kind'], author: string | null): Promise<Team> {
  return await peek(node, eyes, async ({ tx, ring }) => {
    const rules = await tx.query<Row<RuleKept>>(
      `select id, organisation as owner, body from object
       where kind = 'rule' and organisation = $1 and clauses <@ $2::int[] and body #>> '{when,event}' = $3 and body ->> 'enabled' = 'true' and body ->> 'ended' is null
         and ($4::text is null or body ->> 'author' = $4) order by id`,
      [eyes.organisation, ring, event, author],
    )
    const watches = await tx.query<Row<WatchKept>>(
      `select id, organisation as owner, body from object
       where kind = 'watch' and organisation = $1 and clauses <@ $2::int[] and body ->> 'ended' is null order by id`,
      [eyes.organisation, ring],
    )
    return {
      eyes,
      rules: rules.map(({ id, owner, body }) => ({ id, owner, body: ruleOf(body) })),
      watches: watches.map(({ id, owner, body }) => ({ id, owner, body: watchOf(body) })),
    }
  })
}
