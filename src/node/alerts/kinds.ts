import { resolve } from 'node:path'
import { CordonError } from '../../chain/index.ts'
import { actorOf } from '../jobs/actor.ts'
import { type JobRun, jobKind, moduleBeside, type WriteResult } from '../jobs/index.ts'
import type { NodeParts } from '../parts.ts'
import type { LedgerTask } from '../tracing/index.ts'
import { BY_NODE } from './node-ask.ts'
import { raiseAlerts } from './raise.ts'
import { type Team, teamOf } from './teams.ts'
import type { LedgerLook, LedgerSeen } from './work-movements.ts'

/** What a check of the watches is to look at. */
export type CheckTask = LedgerTask & {
  /** Transfers before this time do not count, ISO 8601 UTC; null for all. */
  readonly since: string | null
}

/** Facts that one check writes down. */
const MOST_FACTS = 20_000

/** Looks at what a ledger holds already, for the rules about movements that the asker may read. What an alert has is not told again. */
export const checkWatchesKind = jobKind<CheckTask, LedgerSeen>({
  name: 'watch.check',
  scope: 'ledgers:read',
  module: moduleBeside('./worker', import.meta.url),
  work: 'lookAtLedger',
  prepare: async (node, { job, task: { directory, since } }) => {
    const { rules, watches } = await askersTeam(node, job)
    return {
      directory,
      before: null,
      since,
      tags: node.config.library.tags.map((path) => resolve(path)),
      teams: [{ rules, watches }],
      seenAt: node.clock().toISOString(),
      most: MOST_FACTS,
    } satisfies LedgerLook
  },
  settle: async (node, { job, task }, { position, raised, facts, chain }): Promise<WriteResult> => {
    const { eyes, rules } = await askersTeam(node, job)
    const about = task.object === null ? [] : [task.object]
    // Before the job is done: if the node falls in between, it is done again, and finds facts that the alerts have.
    const counts = await raiseAlerts(node, [{ eyes, raised: raised[0] ?? [], about: () => about }], null)
    return async (ask) => {
      ask.detail.ledger = position.hash
      return {
        ledger: task.key,
        hash: position.hash,
        chain,
        rules: rules.length,
        facts,
        ...counts,
        lookedAt: position.looked,
        transfers: position.transfers,
        complete: position.looked >= position.transfers,
      }
    }
  },
})

async function askersTeam(node: NodeParts, { createdBy }: JobRun['job']): Promise<Team> {
  const asker = await node.database.system((tx) => actorOf(tx, createdBy, BY_NODE))
  if (asker === null)
    throw new CordonError('jobs/not-allowed', 'whoever asked for this job is not let in any more', { remedy: 'Let somebody else ask.' })
  return await teamOf(node, asker, 'movement', null)
}
