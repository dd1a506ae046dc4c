/**
 * `npm run load [-- --rate 200 --minutes 10 --database embedded|server --objects 20000 --labels 300 --profile DIR --record]`: a mixed load on a real node over HTTP.
 *
 * The store is filled first. Then the node runs in one process and the asking in another: reads, searches, screening, writes and event streams by people of four organisations of three nations. It prints latencies by door, errors, memory over time and
 * the lateness of the event loop, and ends with 1 where p99 is over 100 ms, memory grows, or an answer is not what it should be. `--profile` has the node write a V8 processor profile there; `--record` writes the figures into docs/benchmarks.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { NO_POSTGRES, startPostgres } from '../../test/node/postgres.ts'
import { writeBenchmarks } from '../benchmarks.ts'
import { machine } from '../rows.ts'
import type { Filled, FillOrder } from './load-fill.ts'
import type { LoadOrder, LoadResult, Sample } from './load-plan.ts'
import { reportOf, rowsOf } from './load-report.ts'

const WARM_UP = 10
const STREAMS = 20
const SEED = 20_260_302

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '200' },
    minutes: { type: 'string', default: '10' },
    database: { type: 'string', default: 'embedded' },
    objects: { type: 'string', default: '20000' },
    labels: { type: 'string', default: '300' },
    profile: { type: 'string' },
    record: { type: 'boolean', default: false },
  },
})

function positive(name: 'rate' | 'minutes' | 'objects' | 'labels'): number {
  const value = Number(values[name])
  if (value > 0 && Number.isFinite(value)) return value
  console.error(`load: --${name} must be a number above 0`)
  process.exit(2)
}

const [rate, minutes, objects, labels] = [positive('rate'), positive('minutes'), positive('objects'), positive('labels')]
if (values.database !== 'embedded' && values.database !== 'server') {
  console.error('load: --database is embedded or server')
  process.exit(2)
}
if (values.database === 'server' && NO_POSTGRES !== null) {
  console.error(`load: ${NO_POSTGRES}`)
  process.exit(2)
}

const asked = `${values.database} database, ${objects} objects under ${labels} labels; ${rate} requests/s for ${minutes} min after ${WARM_UP} s, ${STREAMS} event streams`
const running = new Set<ChildProcess>()

function start(file: string, execArgv: readonly string[] = []): ChildProcess {
  const child = fork(join(import.meta.dirname, file), { serialization: 'advanced', execArgv: [...process.execArgv, ...execArgv] })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

/** The first message of a child that `take` makes something of. */
function hear<T>(child: ChildProcess, what: string, take: (message: never) => T | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      const taken = take(message as never)
      if (taken !== undefined) resolve(taken)
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${what} ended with ${code}`)))
  })
}

async function fill(environment: Readonly<Record<string, string>>): Promise<Filled> {
  const child = start('load-fill.ts')
  const order: FillOrder = { environment, objects, labels, seed: SEED }
  child.send(order)
  return await hear(child, 'the process that fills the store', ({ told, filled }: { told?: string; filled?: Filled }) => {
    if (told !== undefined) console.error(`load: ${told}`)
    return filled
  })
}

async function measure(environment: Readonly<Record<string, string>>, filled: Filled): Promise<boolean> {
  const profile = values.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`]
  const node = start('load-node.ts', profile)
  const samples: Sample[] = []
  node.send(environment)
  const { url, lists } = await hear(node, 'the node', ({ url, lists, sample }: { url?: string; lists?: string; sample?: Sample }) => {
    if (sample !== undefined) samples.push(sample)
    return url === undefined ? undefined : { url, lists: lists ?? '' }
  })
  const notScreened = filled.notScreened ?? (lists === 'ready' ? null : `the node says of its lists: ${lists}`)
  if (notScreened !== null) console.log(`nothing is screened: ${notScreened}`)
  const asker = start('load-asker.ts')
  const order: LoadOrder = {
    url,
    callers: filled.callers,
    perSecond: rate,
    seconds: minutes * 60,
    warmUp: WARM_UP,
    streams: STREAMS,
    seed: SEED,
    names: notScreened === null ? filled.names : [],
    wallets: filled.wallets,
    words: filled.words,
  }
  const failed = new Promise<never>((_resolve, reject) => node.once('exit', (code) => reject(new Error(`the node ended with ${code}`))))
  asker.send(order)
  const result = await Promise.race([hear(asker, 'the process that asks', (message: LoadResult) => message), failed])
  failed.catch(() => {})
  const measured = samples.slice(WARM_UP)
  node.send('stop')
  await new Promise((resolve) => node.once('exit', resolve))
  const { text, reached } = reportOf(result, measured, rate)
  console.log(text)
  if (values.record) writeBenchmarks(rowsOf(values.database, asked, result, measured))
  return reached
}

const data = await mkdtemp(join(tmpdir(), 'cordon-load-'))
const postgres = values.database === 'server' ? await startPostgres() : null
try {
  const environment = {
    CORDON_DATA: join(data, 'node'),
    CORDON_LISTEN_PORT: '0',
    CORDON_TELEMETRY_LOG: 'silent',
    CORDON_LIBRARY_LISTS: join(data, 'lists'),
    CORDON_LIMITS_REQUESTS_PER_MINUTE: '1000000',
    ...(postgres !== null && { DATABASE_URL: postgres.url }),
  }
  console.log(`${machine()}; ${asked}`)
  const filled = await fill(environment)
  process.exitCode = (await measure(environment, filled)) ? 0 : 1
} finally {
  for (const child of running) child.kill('SIGKILL')
  await postgres?.stop()
  await rm(data, { recursive: true, force: true })
}
