import { type CaseEvent, evaluate } from '../../cases/index.ts'
import type { NodeParts } from '../parts.ts'
import { peek } from '../tracing/index.ts'
import { type Changed, nextChanges, passOver } from './changes.ts'
import { raiseAlerts } from './raise.ts'
import type { Source } from './source.ts'
import { type Team, teamsFor } from './teams.ts'

const SOURCE = 'cases'
const AT_ONCE = 200

/** What a change is called in rules, by what it is called in events; any other keeps its name. */
const CHANGES: Readonly<Record<string, string>> = {
  active: 'status.active',
  suspended: 'status.suspended',
  closed: 'status.closed',
  reopened: 'status.reopened',
  attached: 'content.attached',
  detached: 'content.detached',
  released: 'label.released',
  restricted: 'label.restricted',
}

/** What happens to cases: their status, who works on them, what they hold. */
export function caseSource(node: NodeParts): Source {
  return {
    name: SOURCE,
    everyMs: 0,
    look: async (signal) => {
      while (!signal.aborted) {
        const { from, changes } = await nextChanges(node, SOURCE, 'case', AT_ONCE)
        const last = changes.at(-1)
        if (last === undefined) return
        const teams = await teamsFor(node, 'case')
        if (teams.length === 0) return await passOver(node, SOURCE, 'case', from)
        const findings = []
        for (const team of teams) {
          const events = await eventsFor(node, team, changes)
          findings.push({
            eyes: team.eyes,
            raised: events.flatMap((event) => evaluate(team.rules, team.watches, event)),
            about: ({ subject }: { readonly subject: string }) => [subject.slice('case:'.length)],
          })
        }
        await raiseAlerts(node, findings, { source: SOURCE, from, to: { seq: last.seq } })
      }
    },
  }
}

/** The changes of cases of the team's organisation that it may read now. */
async function eventsFor(node: NodeParts, { eyes }: Team, changes: readonly Changed[]): Promise<readonly CaseEvent[]> {
  const rows = await peek(node, eyes, ({ tx, ring }) =>
    tx.query<{ id: string }>(
      `select id from object where id = any($1::uuid[]) and kind = 'case' and organisation = $2 and clauses <@ $3::int[]`,
      [[...new Set(changes.map(({ object }) => object))], eyes.organisation, ring],
    ),
  )
  const visible = new Set(rows.map(({ id }) => id))
  return changes.flatMap(({ object, version, action, at }): CaseEvent[] =>
    visible.has(object)
      ? [{ kind: 'case', id: `case:${object}:${version}`, at, owner: eyes.organisation, case: object, change: CHANGES[action] ?? action }]
      : [],
  )
}
