import { join } from 'node:path'
import type { StoredWatch } from '../../cases/index.ts'
import { CordonError } from '../../chain/index.ts'
import type { NodeParts } from '../parts.ts'
import { peek } from '../tracing/index.ts'
import { lookBeside } from './beside.ts'
import { nextChanges, passOver } from './changes.ts'
import { recordAsNode } from './node-ask.ts'
import { type Finding, raiseAlerts } from './raise.ts'
import type { Source } from './source.ts'
import { type Team, teamsFor } from './teams.ts'

const SOURCE = 'traces'
/** Documents of traces are large: they are compared one after the other. */
const AT_ONCE = 1
/** A trace that cannot be compared (its document is damaged, or too large) must not keep later ones waiting for ever. */
const MOST_TRIES = 3

/** Traces that were run: each is compared with the run before it that asked the same. */
export function traceSource(node: NodeParts): Source {
  const failures = new Map<string, number>()
  const giveUp = (trace: string): boolean => {
    const times = (failures.get(trace) ?? 0) + 1
    failures.set(trace, times)
    return times > MOST_TRIES
  }
  return {
    name: SOURCE,
    everyMs: 0,
    look: async (signal) => {
      while (!signal.aborted) {
        const { from, changes } = await nextChanges(node, SOURCE, 'trace', AT_ONCE)
        const [change] = changes
        if (change === undefined) return
        const teams = await teamsFor(node, 'trace')
        if (teams.length === 0) return await passOver(node, SOURCE, 'trace', from)
        const findings: Finding[] = []
        // Later versions of a trace have another label, and the same content.
        if (change.version === 1)
          for (const team of teams) {
            const finding = await findingOf(node, team, change.object, signal).catch(async (error: unknown) => {
              if (signal.aborted || !giveUp(change.object)) throw error
              await recordGivenUp(node, change.object, error)
              return null
            })
            if (finding !== null) findings.push(finding)
          }
        await raiseAlerts(node, findings, { source: SOURCE, from, to: { seq: change.seq } })
      }
    },
  }
}

type Run = { readonly id: string; readonly document: string; readonly createdAt: string }

/** What a team's rules say of a trace. Null where it may not read it, or watches nothing that a trace can touch. */
async function findingOf(node: NodeParts, team: Team, trace: string, signal: AbortSignal): Promise<Finding | null> {
  const { eyes, rules } = team
  if (!team.watches.some(({ body: { subject } }) => subject.kind === 'trace' || subject.kind === 'entity')) return null
  const runs = await runsOf(node, team, trace)
  const [first, now, before] = [runs[0], runs.at(-1), runs.at(-2)]
  if (first === undefined || now === undefined) return null
  // The runs of one trace are told under the id of the first: whoever watches any of them watches all.
  const ids = new Set(runs.map(({ id }) => id))
  const watches = team.watches.map(
    (watch): StoredWatch =>
      watch.body.subject.kind === 'trace' && ids.has(watch.body.subject.trace)
        ? { ...watch, body: { ...watch.body, subject: { kind: 'trace', trace: first.id } } }
        : watch,
  )
  const raised = await lookBeside(
    node,
    'lookAtTrace',
    async (folder) => {
      const [after, earlier] = [join(folder, 'after.json'), before === undefined ? null : join(folder, 'before.json')]
      await node.files.linkTo(now.document, after)
      if (before !== undefined && earlier !== null) await node.files.linkTo(before.document, earlier)
      return { trace: first.id, before: earlier, after, seenAt: now.createdAt, rules, watches }
    },
    signal,
  )
  const about = before === undefined ? [now.id] : [now.id, before.id]
  return { eyes, raised, about: () => about }
}

/** The runs that asked the same as a trace, up to it and oldest first, of what the team may read; none where it may not read the trace. */
async function runsOf(node: NodeParts, { eyes }: Team, trace: string): Promise<readonly Run[]> {
  const runs = await peek(node, eyes, ({ tx, ring }) =>
    tx.query<Run>(
      `select o.id, o.body #>> '{parts,document,sha256}' as document, o.created_at as "createdAt"
       from object n join object o on o.kind = 'trace' and o.id <= n.id and o.clauses <@ $2::int[]
         and o.body #>> '{ledger,chain}' = n.body #>> '{ledger,chain}' and o.body -> 'parameters' = n.body -> 'parameters'
         and o.body -> 'seeds' = n.body -> 'seeds' and o.body -> 'seedCount' = n.body -> 'seedCount'
       where n.id = $1 and n.kind = 'trace' and n.clauses <@ $2::int[] order by o.id`,
      [trace, ring],
    ),
  )
  return runs.at(-1)?.id === trace ? runs : []
}

async function recordGivenUp(node: NodeParts, trace: string, error: unknown): Promise<void> {
  const now = node.clock()
  const detail = { source: SOURCE, object: trace, code: error instanceof CordonError ? error.code : 'node/internal' }
  await node.database.system((tx) => recordAsNode(node, tx, { door: 'node', action: 'alert.give-up', detail }, [], now))
}
