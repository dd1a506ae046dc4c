import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { clusterAccounts, loadTags } from '../../src/attribution/index.ts'
import { openBitcoinLedger } from '../../src/ledger/index.ts'
import { simulateBitcoin } from '../../src/simulate/bitcoin/index.ts'
import { readSeeds, runTrace } from '../../src/trace/index.ts'
import { type MeasuredRow, median } from '../rows.ts'
import { writeScale } from './scale.ts'

export interface Imported {
  readonly bytes: number
  readonly seconds: number
  readonly processor: number
  readonly transactions: number
  readonly inputs: number
  readonly outputs: number
  readonly accounts: number
  readonly size: number
  readonly peak: number
}

const RUNS = 3

/**
 * From raw blocks to a ledger on disk: reading, txids, Merkle roots, every output with its account and its spender, sorted and indexed, hashed and synced. On one processor (the process is pinned to
 * it) and on two. Also writes docs/scale.md from what was measured.
 */
export async function indexRows(transactions = 1_000_000): Promise<MeasuredRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-bench-'))
  try {
    const world = join(folder, 'world')
    console.error(`bench: simulating ${transactions} Bitcoin transactions`)
    await simulateBitcoin({ transactions, seed: 1, out: world })
    const run = (threads: 0 | 1, witnesses: 'yes' | 'no'): Imported =>
      importOnce(join(world, 'blocks'), join(folder, 'ledger'), threads, witnesses)
    // In turn, so that a change of the machine's speed meets all alike.
    const plain: Imported[] = []
    const checked: Imported[] = []
    const two: Imported[] = []
    for (let k = 0; k < RUNS; k++) {
      plain.push(run(0, 'no'))
      checked.push(run(0, 'yes'))
      two.push(run(1, 'yes'))
    }
    const rate = (runs: readonly Imported[]): number => median(runs.map(({ bytes, seconds }) => bytes / 1e6 / seconds))
    const [one] = checked as [Imported]
    const data = `${transactions / 1e6} M simulated transactions, ${Math.round(one.bytes / 1e6)} MB of blk*.dat (${Math.round(one.bytes / one.transactions)} bytes a transaction)`
    const row = (id: string, what: string, value: number, unit: string, more: Partial<MeasuredRow> = {}): MeasuredRow => ({
      id: `bitcoin/index/${id}`,
      what,
      data,
      value,
      unit,
      target: null,
      peer: null,
      peerValue: null,
      ratio: null,
      ...more,
    })
    const ledger = await openBitcoinLedger(join(folder, 'ledger'))
    const times: number[] = []
    let collaborative = 0
    for (let k = 0; k < RUNS; k++) {
      const began = performance.now()
      const { counts } = await clusterAccounts(ledger.table())
      times.push((performance.now() - began) / 1000)
      collaborative = counts.collaborative
    }
    const tags = await loadTags([join(world, 'tags')])
    const seeds = readSeeds(readFileSync(join(world, 'seeds', 'theft-01.csv'), 'utf8'))
    const traces: number[] = []
    let flows = 0
    for (let k = 0; k < RUNS; k++) {
      const began = performance.now()
      flows = (await runTrace({ ledger, tags, seeds })).flows.length
      traces.push((performance.now() - began) / 1000)
    }
    await ledger.close()
    writeScale({ imported: checked, two, clustering: median(times), collaborative })
    return [
      row('one-core', 'raw blocks to ledger, txids and Merkle roots checked, one core', rate(plain), 'MB/s', { target: '>= 60' }),
      row('one-core-witnesses', 'the same with witness commitments checked (the default)', rate(checked), 'MB/s'),
      row('two-cores', 'the same on two cores', rate(two), 'MB/s', {
        peer: 'one core',
        peerValue: rate(checked),
        ratio: rate(two) / rate(checked),
      }),
      row(
        'seconds-per-million',
        'seconds for a million transactions, one core',
        median(checked.map(({ seconds }) => (seconds * 1e6) / transactions)),
        's',
      ),
      row('bytes-per-input', 'ledger on disk, bytes for each input with all that belongs to it', one.size / one.inputs, 'bytes'),
      row('trace', `whole FIFO trace of a theft with bounds (${flows} flows), clusters and services made anew for it`, median(traces), 's'),
      row('memory', 'peak resident memory, one core', median(checked.map(({ peak }) => peak / 2 ** 30)), 'GiB'),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function importOnce(blocks: string, ledger: string, threads: 0 | 1, witnesses: 'yes' | 'no'): Imported {
  const script = fileURLToPath(new URL('./one.ts', import.meta.url))
  const command = [process.execPath, script, blocks, ledger, String(threads), witnesses]
  // Where a process cannot be pinned, one thread is still one thread, but for the garbage collector's.
  const pinned = threads === 0 && spawnSync('taskset', ['-c', '0', 'true']).status === 0 ? ['taskset', '-c', '0', ...command] : command
  const child = spawnSync(pinned[0] as string, pinned.slice(1), { encoding: 'utf8', maxBuffer: 1 << 20 })
  if (child.status !== 0) throw new Error(`an import failed: ${child.stderr}`)
  return JSON.parse(child.stdout) as Imported
}
