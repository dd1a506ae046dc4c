import { roomIn } from '../files/index.ts'
import type { NodeParts } from '../parts.ts'
import type { NodeMetrics } from './metrics.ts'
import { soon } from './readiness.ts'
import { recordState } from './record-state.ts'

/** The work of the node itself that waits: jobs and messages to others, over everybody together. */
type Waiting = { queued: number; running: number; due: number }

/**
 * The figures that are read off at a scrape. Where the database does not answer, only that is told.
 */
export function nodeGauges(metrics: NodeMetrics, node: NodeParts, streams: () => number): void {
  metrics.gauges(
    {
      up: { name: 'cordon_database_up', help: '1 where the database answers, else 0.' },
      size: { name: 'cordon_record_entries', help: 'Entries in the record.' },
      unsigned: { name: 'cordon_record_unsigned_entries', help: 'Entries of the record that no checkpoint covers yet.' },
      waiting: {
        name: 'cordon_record_unsigned_age_seconds',
        help: 'Age of the oldest entry that no checkpoint covers; 0 where all is signed. This is what to alert on.',
      },
      age: { name: 'cordon_record_checkpoint_age_seconds', help: 'Time since the last checkpoint; it grows while nothing happens.' },
      queued: { name: 'cordon_jobs_queued', help: 'Jobs that wait for their turn.' },
      running: { name: 'cordon_jobs_running', help: 'Jobs that run.' },
      due: { name: 'cordon_deliveries_waiting', help: 'Messages to webhooks and mail that wait to be delivered.' },
    },
    async () => {
      try {
        const { age, ...state } = await soon(recordState(node.database, node.clock))
        return { up: 1, ...state, ...(age !== null && { age }), ...(await soon(waitingWork(node))) }
      } catch {
        return { up: 0 }
      }
    },
  )
  metrics.gauges(
    {
      streams: { name: 'cordon_event_streams', help: 'Event streams that are open.' },
      free: { name: 'cordon_disk_free_bytes', help: 'Room on the disk of the data folder, beyond what is reserved for the record.' },
    },
    async () => {
      const free = await roomIn(node.config.data, node.config.limits.reserveMiB * 2 ** 20).catch(() => undefined)
      return { streams: streams(), ...(free !== undefined && { free }) }
    },
  )
}

async function waitingWork({ database }: NodeParts): Promise<Waiting> {
  const [row] = await database.system((tx) =>
    tx.query<Waiting>(
      `select count(*) filter (where body ->> 'status' = 'queued')::int as queued,
              count(*) filter (where body ->> 'status' in ('running', 'stopping'))::int as running,
              (select count(*)::int from delivery where state = 'waiting') as due
       from object where kind = 'job' and body ->> 'status' in ('queued', 'running', 'stopping')`,
    ),
  )
  return row as Waiting
}
