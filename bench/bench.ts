import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { importLedger } from '../src/ledger/index.ts'
import { simulate } from '../src/simulate/index.ts'
import { writeBenchmarks } from './benchmarks.ts'
import { blockRows } from './bitcoin/blocks.ts'
import { clusterRows } from './bitcoin/cluster.ts'
import { indexRows } from './bitcoin/ledger.ts'
import { measureFiles } from './ledger/import.ts'
import { screeningDoorRows } from './node/screening.ts'
import { type MeasuredRow, reached, table } from './rows.ts'
import { identifierRows } from './screen/identifiers.ts'
import { nameRows } from './screen/names.ts'
import { boundsRows } from './trace/bounds.ts'
import { policyRows } from './trace/policies.ts'
import { reachRows } from './trace/reach.ts'
import { traceRows } from './trace/trace.ts'

/**
 * `npm run bench [-- --transfers N --folder DIR] [bounds|policies|import|reach|trace|blocks|index|clusters|screen|node ...]`: measures, prints a table, and writes docs/benchmarks.{md,json}.
 *
 * `import`, `reach` and `trace` work in a simulated world of N transfers (Parquet), which is made in `--folder` unless it is there already; at 100 M that takes an
 * hour in all and 45 GB of disk. Without `--folder` it is thrown away afterwards.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { transfers: { type: 'string', default: '1000000' }, folder: { type: 'string' } },
})
const transfers = Number(values.transfers)
if (!Number.isSafeInteger(transfers) || transfers < 10_000) {
  console.error('bench: --transfers must be a whole number of at least 10000')
  process.exit(2)
}
const folder = values.folder ?? join(tmpdir(), `cordon-bench-${process.pid}`)
const world = join(folder, 'world')
const ledger = join(folder, 'ledger')

async function transferFiles(): Promise<string[]> {
  mkdirSync(folder, { recursive: true })
  if (!existsSync(join(world, 'truth.json'))) {
    console.error(`bench: simulating ${transfers} transfers`)
    await simulate({ transfers, seed: 1, out: world, format: 'parquet' })
  }
  const parts = join(world, 'token_transfers')
  return readdirSync(parts)
    .filter((name) => name.endsWith('.parquet'))
    .sort()
    .map((name) => join(parts, name))
}

async function importRows(): Promise<MeasuredRow[]> {
  const files = await transferFiles()
  const scratch = join(folder, 'sorted')
  try {
    return measureFiles(files, transfers, `${transfers / 1e6} M simulated token transfers`, ledger, scratch)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

async function haveLedger(): Promise<void> {
  const files = await transferFiles()
  if (!existsSync(join(ledger, 'manifest.json'))) await importLedger({ paths: files, directory: ledger, genesis: true })
}

function seedFiles(): string[] {
  return readdirSync(join(world, 'seeds'))
    .sort()
    .map((file) => join(world, 'seeds', file))
}

/** Milliseconds that the best SQL took for reach alone, for the traces to be held against. */
let sqlMilliseconds: number | null = null

async function measureReach(): Promise<MeasuredRow[]> {
  await haveLedger()
  const largestFirst = seedFiles().reverse()
  const rows = await reachRows(
    ledger,
    largestFirst.map((file) => readFileSync(file, 'utf8').trim().split('\n')),
  )
  sqlMilliseconds = rows.find((row) => row.id.endsWith('/warm'))?.peerValue ?? null
  return rows
}

async function measureTraces(): Promise<MeasuredRow[]> {
  await haveLedger()
  const seeds = seedFiles()
  return traceRows(
    { ledger, tags: join(world, 'tags'), small: seeds[2] as string, large: seeds.at(-1) as string, transfers },
    sqlMilliseconds,
  )
}

const parts: Record<string, () => Promise<MeasuredRow[]> | MeasuredRow[]> = {
  bounds: boundsRows,
  policies: policyRows,
  import: importRows,
  reach: measureReach,
  trace: measureTraces,
  blocks: blockRows,
  index: () => indexRows(),
  clusters: clusterRows,
  screen: async () => [...(await identifierRows()), ...(await nameRows())],
  node: screeningDoorRows,
}
const unknown = positionals.filter((part) => !Object.hasOwn(parts, part))
if (unknown.length > 0) {
  console.error(`bench: no part is called ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`)
  process.exit(2)
}
const all: MeasuredRow[] = []
try {
  for (const part of positionals.length > 0 ? positionals : Object.keys(parts)) {
    console.error(`bench: ${part}`)
    const rows = await (parts[part] as () => Promise<MeasuredRow[]> | MeasuredRow[])()
    // After each part, so that what took long is not lost if a later part fails.
    writeBenchmarks(rows)
    all.push(...rows)
  }
} finally {
  if (values.folder === undefined) rmSync(folder, { recursive: true, force: true })
}
console.log(table(all))
const missed = all.filter((row) => reached(row) === false)
if (missed.length > 0) console.error(`bench: ${missed.length} figures fall short of their targets`)
