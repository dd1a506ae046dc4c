import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { sourceFiles } from '../../src/screen/lists/archive.ts'
import { readerFor } from '../../src/screen/lists/registry.ts'
import { packIndex } from '../../src/screen/match/build.ts'
import { liveScreener } from '../../src/screen/match/open.ts'
import { nameQuery, type ScreenQuery } from '../../src/screen/match/query.ts'
import { importList } from '../../src/screen/versions/index.ts'
import { cleanCustomers } from '../accuracy/names/clean-customers.ts'
import { DATA, haveNames, realScreener } from '../accuracy/names/lists.ts'
import { type MeasuredRow, measured, median } from '../rows.ts'

const ROUNDS = 5
const QUERIES = 5000
/** One customer in so many is somebody on a list. */
const LISTED_EVERY = 100

/** Screening names against OFAC SDN, the UN list and the US Consolidated Screening List together: speed, latency, memory, and how long answers wait while a new version goes into service. */
export async function nameRows(): Promise<MeasuredRow[]> {
  if (!haveNames()) return []
  const { lists, index, screener } = await realScreener()
  const customers = (await cleanCustomers()).slice(0, QUERIES)
  const listed = lists.flatMap(({ entries }) => entries.filter(({ kind }) => kind === 'person'))
  const queries: ScreenQuery[] = customers.map(({ full }, i) => {
    if (i % LISTED_EVERY !== 0) return full
    const entry = listed[(i * 7919) % listed.length]
    return { ...nameQuery(entry?.names.at(-1)?.full ?? 'Kim Chol'), kind: 'person' }
  })
  const names = index.nameEntry.length
  const data = `${names.toLocaleString('en-US')} names of OFAC SDN, UN and CSL; ${queries.length} customers of all scripts, 1 in ${LISTED_EVERY} listed`
  const rates: number[] = []
  const p99s: number[] = []
  const p50s: number[] = []
  // Once before anything is measured: listed names are worked out when they are first met.
  for (let round = 0; round <= ROUNDS; round++) {
    const times: number[] = []
    const start = process.cpuUsage()
    for (const query of queries) {
      const before = performance.now()
      screener.screen(query)
      times.push(performance.now() - before)
    }
    const { user, system } = process.cpuUsage(start)
    if (round === 0) continue
    times.sort((a, b) => a - b)
    rates.push(queries.length / ((user + system) / 1e6))
    p50s.push(times[times.length >> 1] as number)
    p99s.push(times[Math.floor(times.length * 0.99)] as number)
  }
  const memory = memoryOf(
    packIndex(index),
    lists.flatMap(({ entries }) => entries.flatMap((entry) => entry.names.map(({ full }) => full))),
  )
  const pause = await pauseOfChange()
  const row = (id: string, what: string, value: number, unit: string, target: string | null): MeasuredRow =>
    measured({ id: `screen/names/${id}`, what, data, value, unit, target })
  return [
    {
      ...row('rate', 'name queries answered with reasons, per second of one core', median(rates), 'queries/s', '>= 2000'),
      peer: 'yente, default matcher, as its documentation has it',
      peerValue: 4,
      ratio: median(rates) / 4,
    },
    row('p50', 'time of an answer, median', median(p50s), 'ms', null),
    row('p99', `time of an answer, 99th percentile, least of ${ROUNDS} rounds`, Math.min(...p99s), 'ms', '<= 5'),
    row('memory', 'memory of the index with all that is worked out lazily', memory.mib, 'MiB', '<= 300'),
    row('packed', 'the index on disk', memory.packed, 'MiB', null),
    row('change', 'longest wait of the thread that answers while a new version goes into service', pause.ms, 'ms', null),
    row('change/answers', 'answers given meanwhile', pause.answers, 'answers', null),
  ]
}

/** Memory in a process of its own, after every listed name has been asked for. */
function memoryOf(packed: ArrayBuffer, names: readonly string[]): { readonly mib: number; readonly packed: number } {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-bench-index-'))
  try {
    const [index, asked] = [join(folder, 'index'), join(folder, 'names')]
    writeFileSync(index, new Uint8Array(packed))
    writeFileSync(asked, names.map((name) => name.replaceAll('\n', ' ').slice(0, 400)).join('\n'))
    const script = fileURLToPath(new URL('./memory.ts', import.meta.url))
    const { mib } = JSON.parse(execFileSync(process.execPath, ['--expose-gc', script, index, asked], { encoding: 'utf8' })) as {
      mib: number
    }
    return { mib, packed: packed.byteLength / 2 ** 20 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Imports a list, opens it, imports a second version and puts it into service, asking all the while. */
async function pauseOfChange(): Promise<{ readonly ms: number; readonly answers: number }> {
  const store = mkdtempSync(join(tmpdir(), 'cordon-bench-lists-'))
  try {
    const clock = (): Date => new Date()
    const add = async (list: string, names: readonly string[]): Promise<void> => {
      const files = await sourceFiles(names.map((name) => `${DATA}lists/${name}`))
      await importList({ store, list, files, reader: readerFor(files), clock: Date.now, by: 'bench' })
    }
    await add('us-ofac-sdn', ['ofac_sdn_2024-05-03.csv'])
    const live = await liveScreener({ store, clock, keep: false })
    await add('un-sc', ['un_consolidated_2026-02-27.xml'])
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    let answers = 0
    let done = false
    const change = live.refresh().then(() => {
      done = true
    })
    while (!done) {
      live.current.screen({ ...nameQuery('Kim Yong Chol'), kind: 'person' })
      answers++
      await new Promise((resolve) => setImmediate(resolve))
    }
    await change
    delay.disable()
    return { ms: delay.max / 1e6, answers }
  } finally {
    rmSync(store, { recursive: true, force: true })
  }
}
