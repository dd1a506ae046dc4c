import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type MeasuredRow, median } from '../rows.ts'

export interface TracedWorld {
  readonly ledger: string
  readonly tags: string
  /** Seed files of a small theft and of the largest one. */
  readonly small: string
  readonly large: string
  readonly transfers: number
}

interface One {
  readonly first: number
  readonly more: readonly number[]
  readonly accounts: number
  readonly opened: number
  readonly flows: number
  readonly peak: number
}

/** Whole traces, documents and all, each in a fresh process: a small theft for the time to a first result, the largest one for time and memory. `sqlMilliseconds` is the peer's time for reach alone. */
export function traceRows(world: TracedWorld, sqlMilliseconds: number | null): MeasuredRow[] {
  const millions = Math.round(world.transfers / 1e6)
  const row = (id: string, what: string, data: string, value: number, unit: string, more: Partial<MeasuredRow> = {}): MeasuredRow => ({
    id: `trace/${millions}m/${id}`,
    what,
    data: `${millions} M simulated transfers; ${data}`,
    value,
    unit,
    target: null,
    peer: null,
    peerValue: null,
    ratio: null,
    ...more,
  })
  const small = one(world, world.small, 'fifo', 'yes', 1)
  const large = one(world, world.large, 'fifo', 'no', 4)
  const bounded = one(world, world.large, 'fifo', 'yes', 1)
  const about = (run: One): string => `${run.accounts} accounts reached, ${run.flows} flows`
  const warm = median(large.more)
  return [
    row('first', 'ledger opened to first finished FIFO document with bounds', about(small), small.first / 1000, 's', { target: '<= 1' }),
    row('large', 'whole FIFO trace of the largest theft, warm, without bounds', about(large), warm, 'ms', {
      peer: sqlMilliseconds === null ? null : 'DuckDB, reach of 10,000 accounts alone (no amounts)',
      peerValue: sqlMilliseconds,
      ratio: sqlMilliseconds === null ? null : sqlMilliseconds / warm,
    }),
    row('large-memory', 'peak resident memory of that process', about(large), large.peak / 2 ** 30, 'GiB', { target: '<= 1' }),
    row('large-bounds', 'the same with bounds, first run', about(bounded), bounded.first / 1000, 's'),
    row('large-bounds-memory', 'peak resident memory with bounds', about(bounded), bounded.peak / 2 ** 30, 'GiB', { target: '<= 1' }),
  ]
}

function one(world: TracedWorld, seeds: string, policy: string, bounds: string, runs: number): One {
  const script = fileURLToPath(new URL('./one.ts', import.meta.url))
  const child = spawnSync(process.execPath, [script, world.ledger, world.tags, seeds, policy, bounds, String(runs)], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  if (child.status !== 0) throw new Error(child.stderr)
  return JSON.parse(child.stdout) as One
}
