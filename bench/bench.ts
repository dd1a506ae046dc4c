import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { simulate } from '../src/simulate/index.ts'
import { measureFiles } from './ledger/import.ts'
import { type MeasuredRow, reached, table, writeRows } from './rows.ts'
import { boundsRows } from './trace/bounds.ts'
import { policyRows } from './trace/policies.ts'
import { reachRows } from './trace/reach.ts'
import { traceRows } from './trace/trace.ts'

/**
 * `npm run bench [-- --transfers N --folder DIR --keep] [world|bounds|policies ...]`: measures, prints a table, and writes docs/benchmarks.{md,json}.
 *
 * `world` simulates N transfers (Parquet), imports them against DuckDB, and traces in the ledger; at 100 M it takes an hour and 45 GB of disk in `--folder`.
 * What is found there already is used again.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { transfers: { type: 'string', default: '1000000' }, folder: { type: 'string' }, keep: { type: 'boolean', default: false } },
})
const transfers = Number(values.transfers)
if (!Number.isSafeInteger(transfers) || transfers < 10_000) {
  console.error('bench: --transfers must be a whole number of at least 10000')
  process.exit(2)
}

async function worldRows(): Promise<MeasuredRow[]> {
  const folder = values.folder ?? join(tmpdir(), `cordon-bench-${transfers}`)
  const world = join(folder, 'world')
  mkdirSync(folder, { recursive: true })
  try {
    if (!holds(world, 'truth.json')) {
      console.error(`bench: simulating ${transfers} transfers`)
      await simulate({ transfers, seed: 1, out: world, format: 'parquet' })
    }
    const parts = join(world, 'token_transfers')
    const files = readdirSync(parts)
      .filter((name) => name.endsWith('.parquet'))
      .sort()
      .map((name) => join(parts, name))
    console.error('bench: importing, and DuckDB sorting the same rows')
    const ledger = join(folder, 'ledger')
    const scratch = join(folder, 'sorted')
    mkdirSync(scratch, { recursive: true })
    const rows = measureFiles(files, transfers, `${transfers / 1e6} M simulated token transfers`, ledger, scratch)
    rmSync(scratch, { recursive: true, force: true })
    const seeds = readdirSync(join(world, 'seeds')).sort()
    const addresses = seeds.toReversed().flatMap((file) =>
      readFileSync(join(world, 'seeds', file), 'utf8')
        .trim()
        .split('\n'),
    )
    console.error('bench: reach, ours and SQL')
    const reach = await reachRows(ledger, addresses)
    rows.push(...reach)
    console.error('bench: traces')
    const sql = reach.find((row) => row.peerValue !== null)?.peerValue ?? null
    rows.push(
      ...traceRows(
        {
          ledger,
          tags: join(world, 'tags'),
          small: join(world, 'seeds', seeds[2] as string),
          large: join(world, 'seeds', seeds.at(-1) as string),
          transfers,
        },
        sql,
      ),
    )
    return rows
  } finally {
    if (!values.keep && values.folder === undefined) rmSync(folder, { recursive: true, force: true })
  }
}

function holds(folder: string, file: string): boolean {
  try {
    return readdirSync(folder).includes(file)
  } catch {
    return false
  }
}

const parts: Record<string, () => Promise<MeasuredRow[]> | MeasuredRow[]> = { bounds: boundsRows, policies: policyRows, world: worldRows }
const unknown = positionals.filter((part) => !Object.hasOwn(parts, part))
if (unknown.length > 0) {
  console.error(`bench: no part is called ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`)
  process.exit(2)
}
const rows: MeasuredRow[] = []
for (const part of positionals.length > 0 ? positionals : Object.keys(parts)) {
  console.error(`bench: ${part}`)
  rows.push(...(await (parts[part] as () => Promise<MeasuredRow[]> | MeasuredRow[])()))
}
writeRows(
  'benchmarks',
  `# Benchmarks

Written by \`npm run bench\`; do not edit. Peers run in the same run on the same machine, which is shared and noisy: read the ratios. \`npm run bench -- --transfers 100000000 world\` makes
the rows of 100 M transfers.`,
  rows,
)
console.log(table(rows))
const missed = rows.filter((row) => reached(row) === false)
if (missed.length > 0) console.error(`bench: ${missed.length} figures fall short of their targets`)
