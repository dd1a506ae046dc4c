import { evaluate, type FreezeClockEvent } from '../../cases/index.ts'
import { overdueFreezes } from '../freeze/index.ts'
import type { NodeParts } from '../parts.ts'
import { peek } from '../tracing/index.ts'
import { type Finding, raiseAlerts } from './raise.ts'
import type { Source } from './source.ts'
import { type Team, teamsFor } from './teams.ts'

/** Freeze requests whose deadlines have passed. They are asked for anew each time, since a rule may wait until one is long overdue; a deadline that an alert has is not told again. */
export function freezeSource(node: NodeParts): Source {
  return {
    name: 'freezes',
    everyMs: 60_000,
    look: async () => {
      const findings: Finding[] = []
      for (const team of await teamsFor(node, 'freeze-clock')) {
        const events = await eventsFor(node, team)
        findings.push({
          eyes: team.eyes,
          raised: events.flatMap((event) => evaluate(team.rules, team.watches, event)),
          about: ({ subject }) => [subject.slice('request:'.length)],
        })
      }
      await raiseAlerts(node, findings, null)
    },
  }
}

async function eventsFor(node: NodeParts, { eyes }: Team): Promise<readonly FreezeClockEvent[]> {
  return await peek(node, eyes, async ({ tx, ring, now }) => {
    const overdue = await overdueFreezes(tx, now, node.exchanges)
    const rows = await tx.query<{ id: string }>(
      'select id from object where id = any($1::uuid[]) and organisation = $2 and clauses <@ $3::int[]',
      [overdue.map(({ request }) => request), eyes.organisation, ring],
    )
    const visible = new Set(rows.map(({ id }) => id))
    return overdue.flatMap(({ request, deadline, point, at, organisation, exchange }): FreezeClockEvent[] =>
      visible.has(request)
        ? [
            {
              kind: 'freeze-clock',
              id: `freeze:${request}:${deadline}:${point ?? ''}:${at}`,
              at,
              owner: organisation,
              request,
              exchange,
              overdueSeconds: Math.floor((now.getTime() - Date.parse(at)) / 1000),
            },
          ]
        : [],
    )
  })
}
