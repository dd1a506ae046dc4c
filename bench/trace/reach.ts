import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type AccountId, type Ledger, openLedger } from '../../src/ledger/index.ts'
import { DEFAULT_PARAMETERS, scout } from '../../src/trace/index.ts'
import { asked, type MeasuredRow, median } from '../rows.ts'
import { duckdbOf, reachByRecursion, reachByRounds } from './sql.ts'

export const REACHED = 10_000
const RUNS = 7

/** The accounts where a search starts, and the row at which it has reached the wanted number of accounts. */
export interface Question {
  readonly accounts: readonly AccountId[]
  readonly until: number
}

export function starts(accounts: readonly AccountId[]): Map<AccountId, number> {
  return new Map(accounts.map((account) => [account, 0]))
}

/** Services by behaviour: where a trace stops. */
export async function hubs(ledger: Ledger): Promise<Set<AccountId>> {
  const all = Uint32Array.from({ length: ledger.manifest.accounts }, (_, i) => i)
  const degrees = await ledger.degrees(all)
  const found = new Set<AccountId>()
  for (const account of all) {
    if ((degrees.out[account] as number) + (degrees.in[account] as number) >= DEFAULT_PARAMETERS.hubTransfers) found.add(account)
  }
  return found
}

/** The first row from which the search from some accounts has reached `REACHED` accounts; null when it never does. */
function questionFrom(ledger: Ledger, accounts: readonly AccountId[], stops: ReadonlySet<AccountId>): Question | null {
  const reach = (until: number): number =>
    scout(ledger, { from: starts(accounts), stops: (other) => stops.has(other), maxAccounts: 4 * REACHED, until })?.arrival.size ?? 0
  let below = 0
  let above = ledger.manifest.transfers
  if (reach(above) < REACHED) return null
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2)
    if (reach(middle) < REACHED) below = middle
    else above = middle
  }
  return { accounts, until: above }
}

/**
 * How fast the accounts that stolen value can have reached are found, against the best SQL that we could write for DuckDB on the same transfers, both warm and with the same
 * answer; then cold, with and without reading ahead.
 */
export async function reachRows(directory: string, thefts: readonly (readonly string[])[]): Promise<MeasuredRow[]> {
  const ledger = await openLedger(directory)
  const stops = await hubs(ledger)
  let question: Question | null = null
  for (const seeds of thefts) question ??= questionFrom(ledger, [...(await ledger.accountIds(seeds))], stops)
  if (question === null) {
    // A small world: all thefts together, as far as they go. The row says how many accounts that was.
    const everyone = [...new Set(await ledger.accountIds(thefts.flat()))]
    question = questionFrom(ledger, everyone, stops) ?? { accounts: everyone, until: ledger.manifest.transfers }
  }
  const { accounts, until } = question
  const options = {
    from: starts(accounts),
    stops: (other: AccountId) => stops.has(other),
    maxAccounts: Number.MAX_SAFE_INTEGER,
    until,
  }
  const ours: number[] = []
  let reach = scout(ledger, options)
  for (let run = 0; run < RUNS; run++) {
    const began = performance.now()
    reach = scout(ledger, options)
    ours.push(performance.now() - began)
  }
  if (reach === null) throw new Error('the ledger cannot be read in place')
  let rowSum = 0n
  for (const row of reach.arrival.values()) rowSum += BigInt(row)

  const folder = mkdtempSync(join(tmpdir(), 'cordon-bench-'))
  const sql: Record<string, number[]> = { 'recursive query USING KEY': [], 'rounds over temporary tables': [] }
  try {
    const instance = await duckdbOf(ledger, join(folder, 'transfers.duckdb'))
    const connection = await instance.connect()
    await connection.run(`CREATE TEMP TABLE stops AS SELECT unnest([${[...stops].join(', ') || '4294967295'}])::UINTEGER AS account`)
    for (let run = 0; run < 4; run++) {
      for (const [way, ask] of [
        ['recursive query USING KEY', reachByRecursion],
        ['rounds over temporary tables', reachByRounds],
      ] as const) {
        const began = performance.now()
        const answer = await ask(connection, accounts, until, 'stops')
        // The first run of each warms the file up.
        if (run > 0) sql[way]?.push(performance.now() - began)
        if (answer.accounts !== reach.arrival.size || answer.rowSum !== rowSum) throw new Error(`${way} found another answer`)
      }
    }
    connection.closeSync()
    instance.closeSync()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const [way, peer] = Object.entries(sql)
    .map(([name, times]) => [name, median(times)] as const)
    .sort((a, b) => a[1] - b[1])[0] as readonly [string, number]
  const { transfers } = ledger.manifest
  const millions = Math.round(transfers / 1e6)
  const data = `${millions} M transfers, ${(ledger.manifest.accounts / 1e6).toFixed(1)} M accounts; ${reach.arrival.size} reached over ${reach.transfersRead} transfers`
  await ledger.close()
  const row = (id: string, what: string, value: number, more: Partial<MeasuredRow> = {}): MeasuredRow => ({
    id: `reach/${millions}m/${id}`,
    what,
    data,
    value,
    unit: 'ms',
    target: null,
    peer: null,
    peerValue: null,
    ratio: null,
    ...more,
  })
  const warm = median(ours)
  const rows = [
    row('warm', 'accounts reached, with earliest arrival, warm', warm, {
      target: asked(transfers) ? 'ratio >= 50' : null,
      peer: `DuckDB, ${way}`,
      peerValue: peer,
      ratio: peer / warm,
    }),
  ]
  const cold = coldRuns(directory, question)
  if (cold !== null) {
    const fresh = { peer: 'fresh process, files in memory', peerValue: cold.fresh, ratio: cold.fresh / cold.plain }
    rows.push(row('fresh', 'the same, in a fresh process whose code is not compiled yet, files in memory', cold.fresh))
    rows.push(
      row('cold', 'the same, in a fresh process, cold: none of the columns in memory (where each account begins is)', cold.plain, fresh),
    )
    rows.push(
      row('cold-ahead', 'the same, in a fresh process, cold, reading ahead', cold.ahead, {
        peer: 'cold without reading ahead',
        peerValue: cold.plain,
        ratio: cold.plain / cold.ahead,
      }),
    )
    rows.push({
      ...row('pages', 'pages of 4 KiB that hold what was read, accounts numbered by first appearance', cold.pages),
      unit: 'pages',
      peer: 'accounts numbered at random',
      peerValue: cold.randomPages,
      ratio: cold.randomPages / cold.pages,
    })
  }
  return rows
}

interface Cold {
  /** Milliseconds in a fresh process: with the files in memory, after they were dropped, and after that with reading ahead. */
  readonly fresh: number
  readonly plain: number
  readonly ahead: number
  readonly pages: number
  readonly randomPages: number
}

interface Run {
  readonly milliseconds: number
  readonly pages: number
  readonly randomPages: number
}

/** Medians of three runs each, in fresh processes, with the files in the system's cache and after they were dropped from it; null where that cannot be asked for. */
function coldRuns(directory: string, question: Question): Cold | null {
  const script = fileURLToPath(new URL('./cold.ts', import.meta.url))
  const once = (mode: 'plain' | 'ahead'): Run => {
    const child = spawnSync(process.execPath, [script, directory, JSON.stringify(question), mode], { encoding: 'utf8' })
    if (child.status !== 0) throw new Error(child.stderr)
    return JSON.parse(child.stdout) as Run
  }
  // The first run brings the files into memory and is not counted.
  const { pages, randomPages } = once('plain')
  const runs = (dropped: boolean, mode: 'plain' | 'ahead'): number[] => {
    const times: number[] = []
    for (let run = 0; run < 3; run++) if (!dropped || dropCache(directory)) times.push(once(mode).milliseconds)
    return times
  }
  const fresh = runs(false, 'plain')
  const plain = runs(true, 'plain')
  const ahead = runs(true, 'ahead')
  if (plain.length === 0 || ahead.length === 0) return null
  return { fresh: median(fresh), plain: median(plain), ahead: median(ahead), pages, randomPages }
}

/** Ask the system to forget a ledger's files (GNU dd with `nocache` and no data). */
function dropCache(directory: string): boolean {
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const dd = spawnSync('dd', [`if=${join(entry.parentPath, entry.name)}`, 'iflag=nocache', 'count=0', 'status=none'])
    if (dd.status !== 0) return false
  }
  return true
}
