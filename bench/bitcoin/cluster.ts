import { clusterAccounts } from '../../src/attribution/bitcoin/cluster/index.ts'
import { type MeasuredRow, median } from '../rows.ts'
import { syntheticTable } from './table.ts'

const INPUTS = 10_000_000
const RUNS = 5

/**
 * Inputs clustered per second of one core, CoinJoins left out by the detectors, and the memory that it takes beside the ledger: everything that was allocated outside
 * the heap from the start to the finished clusters, over all addresses, before and after lists of members were asked for.
 */
export async function clusterRows(): Promise<MeasuredRow[]> {
  const { table, shape } = syntheticTable({ inputs: INPUTS, seed: 7 })
  const inputs = table.runs.reduce((sum, run) => sum + run.inputs, 0)
  const rates: number[] = []
  let running = 0
  let listed = 0
  let found = ''
  // Once before anything is measured: what the first run compiles, the others find.
  for (let run = 0; run <= RUNS; run++) {
    const before = process.memoryUsage().arrayBuffers
    const start = process.cpuUsage()
    const clusters = await clusterAccounts(table)
    const { user, system } = process.cpuUsage(start)
    const after = process.memoryUsage().arrayBuffers
    if (run > 0) rates.push(inputs / ((user + system) / 1e6))
    // A collection in between may hide what was allocated, but never adds: the largest is the truest.
    running = Math.max(running, (after - before) / table.accounts)
    clusters.accountsOf(0)
    listed = Math.max(listed, (process.memoryUsage().arrayBuffers - before) / table.accounts)
    const count = (n: number): string => n.toLocaleString('en-US')
    found = `${count(clusters.accounts - clusters.clusters)} addresses joined to others, ${count(clusters.counts.collaborative)} CoinJoins left out`
  }
  const data = `${shape}; ${found}`
  const row = (id: string, what: string, value: number, unit: string, target: string | null): MeasuredRow => ({
    id: `bitcoin/cluster/${id}`,
    what,
    data,
    value,
    unit,
    target,
    peer: null,
    peerValue: null,
    ratio: null,
  })
  return [
    row('speed', 'inputs clustered per second of one core, CoinJoins left out', median(rates), 'inputs/s', '>= 5000000'),
    row('memory', 'memory of clustering beside the ledger, sizes of clusters with it', running, 'bytes per address', '<= 8'),
    row('memory-lists', 'memory of clusters with lists of their members', listed, 'bytes per address', null),
  ]
}
