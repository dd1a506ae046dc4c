import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readConfig } from '../../src/node/config/index.ts'
import { csrfOf } from '../../src/node/people/csrf.ts'
import { insertPerson } from '../../src/node/people/persons.ts'
import { openSession, SESSION_LIFE } from '../../src/node/people/sessions.ts'
import { importIntoStore } from '../../src/node/screening/import-work.ts'
import { nameAsk } from '../../src/node/screening/question.ts'
import { type RunningNode, startNode } from '../../src/node/start.ts'
import { transact } from '../../src/node/transact.ts'
import { readVersion, type ScreenQuery } from '../../src/screen/index.ts'
import { cleanCustomers } from '../accuracy/names/clean-customers.ts'
import { DATA, haveNames } from '../accuracy/names/lists.ts'
import { type MeasuredRow, measured, median, table } from '../rows.ts'
import type { Asked, Asking } from './asker.ts'

/** Questions of a round, after one that is not counted. */
const QUESTIONS = 1_000
const ROUNDS = 5
/** One customer in so many is somebody on a list, and one wallet. */
const LISTED_EVERY = 100

const LISTS: readonly (readonly [list: string, files: readonly string[]])[] = [
  ['un-sc', ['un_consolidated_2026-02-27.xml']],
  ['us-csl', ['us_csl_2022-04.csv']],
  ['us-ofac-sdn', ['ofac_sdn_2024-05-03.csv', 'ofac_csv_2025-12/alt.csv', 'ofac_csv_2025-12/add.csv', 'ofac_csv_2025-12/sdn_comments.csv']],
]

type Question = Asking['questions'][number]

/** Screening over HTTP on loopback, end to end: by a session, with row-level security and the entry in the record, on OFAC SDN, the UN list and the US Consolidated Screening List. The asker is a process of its own. */
export async function screeningDoorRows(): Promise<MeasuredRow[]> {
  if (!haveNames()) return []
  const data = await mkdtemp(join(tmpdir(), 'cordon-bench-node-'))
  const store = join(data, 'lists')
  const environment = {
    CORDON_DATA: data,
    CORDON_LISTEN_PORT: '0',
    CORDON_TELEMETRY_LOG: 'silent',
    CORDON_LIBRARY_LISTS: store,
    CORDON_LIMITS_REQUESTS_PER_MINUTE: '1000000',
  }
  await importLists(store)
  const node = await startNode({ config: await readConfig(null, environment) })
  try {
    await node.parts.screening.lists.refresh()
    const token = await signedIn(node)
    const headers = { cookie: `cordon-session=${token}`, 'sec-fetch-site': 'same-origin', 'x-cordon-csrf': csrfOf(token) }
    const { names, wallets } = await questions(store, node)
    const rows: MeasuredRow[] = []
    for (const [what, asked, target] of [
      ['name', names, '<= 10'],
      ['wallet', wallets, '<= 5'],
    ] as const) {
      for (const clients of [1, 2]) {
        const p50s: number[] = []
        const p99s: number[] = []
        const used: number[] = []
        for (let round = 0; round <= ROUNDS; round++) {
          const start = process.cpuUsage()
          const { times, failed } = await asking({ url: node.url, headers, questions: asked, clients })
          if (failed > 0) throw new Error(`${failed} questions after a ${what} were not answered`)
          const sorted = times.toSorted((a, b) => a - b)
          if (round === 0) continue
          const { user, system } = process.cpuUsage(start)
          used.push((user + system) / 1000 / asked.length)
          p50s.push(sorted[sorted.length >> 1] as number)
          p99s.push(sorted[Math.floor(sorted.length * 0.99)] as number)
        }
        const by = clients === 1 ? 'one client' : `${clients} clients at once`
        const told = `${asked.length} questions after a ${what}, 1 in ${LISTED_EVERY} listed, on OFAC SDN, UN and CSL; embedded database`
        const row = (id: string, of: string, value: number, limit: string | null): MeasuredRow =>
          measured({
            id: `node/screen/${what}/${clients}/${id}`,
            what: `a ${what} screened over HTTP, ${of}, ${by}`,
            data: told,
            value,
            unit: 'ms',
            target: limit,
          })
        rows.push(
          row('p50', 'median', median(p50s), null),
          row('p99', `99th percentile, median of ${ROUNDS} rounds`, median(p99s), target),
          row('cpu', 'processor time of the node for each', median(used), null),
        )
        console.error(`bench: ${what}, ${by}: p99 by round ${p99s.map((each) => each.toFixed(1)).join(', ')} ms`)
      }
    }
    rows.push(...(await parts(node, token, names)))
    return rows
  } finally {
    await node.stop()
    await rm(data, { recursive: true, force: true })
  }
}

async function importLists(store: string): Promise<void> {
  for (const [list, names] of LISTS) {
    const upload = names.map((name) => ({ path: `${DATA}lists/${name}`, name }))
    await importIntoStore({ store, upload, by: 'home/bench', list }, {})
  }
}

async function signedIn({ parts: { database, clock, random, config } }: RunningNode): Promise<string> {
  const world = { clock, random }
  return database.system(async (tx) => {
    const { id } = await insertPerson(
      tx,
      { organisation: config.home.organisation, name: 'Bench', email: null, roles: ['compliance'], caveats: [] },
      world,
    )
    return (await openSession(tx, id, 'password', { address: '127.0.0.1', agent: 'bench' }, SESSION_LIFE, world)).token
  })
}

async function questions(store: string, node: RunningNode): Promise<{ names: Question[]; wallets: Question[] }> {
  const listed: string[] = []
  const addresses: string[] = []
  for (const { list, version } of node.parts.screening.lists.current.lists) {
    for await (const { kind, names, wallets } of readVersion(store, list, version)) {
      if (kind === 'person') listed.push((names.at(-1) as { full: string }).full)
      addresses.push(...wallets.map(({ address }) => address))
    }
  }
  const customers = await cleanCustomers()
  const names = Array.from({ length: QUESTIONS }, (_, i): Question => {
    if (i % LISTED_EVERY === 0) return ['/api/v1/screen/name', { name: listed[(i * 7919) % listed.length], kind: 'person' }]
    return ['/api/v1/screen/name', asked((customers[i % customers.length] as { full: ScreenQuery }).full)]
  })
  const wallets = Array.from({ length: QUESTIONS }, (_, i): Question => {
    const random = `0x${((i + 1) * 2_654_435_761).toString(16).padStart(40, '0').slice(-40)}`
    return ['/api/v1/screen/wallet', { address: i % LISTED_EVERY === 0 ? addresses[(i * 31) % addresses.length] : random }]
  })
  return { names, wallets }
}

function asked({ name, family, given, birth, countries, sex }: ScreenQuery): unknown {
  const told = family !== null && given !== null ? { family, given } : {}
  return { name, kind: 'person', ...told, ...(birth && { birth: birth.text }), countries, ...(sex && { sex }) }
}

/** Where the time goes: each part by itself, in the node's own process. */
async function parts(node: RunningNode, token: string, names: readonly Question[]): Promise<MeasuredRow[]> {
  const { parts: world } = node
  const shown = { authorization: null, session: token, certificate: null }
  const caller = await world.authenticate(shown)
  if (caller === null) throw new Error('the session does not hold')
  const screener = world.screening.lists.current
  const asks = names.map(([, body]) => nameAsk(body as Parameters<typeof nameAsk>[0]))
  const pieces: readonly (readonly [string, (i: number) => unknown])[] = [
    ['who asks (one read of the database)', () => world.authenticate(shown)],
    [
      'an empty transaction with its entry in the record',
      () => transact(world, caller, { door: 'api', action: 'bench' }, async () => null),
    ],
    ['the search itself', (i) => screener.screen((asks[i % asks.length] as { query: ScreenQuery }).query)],
  ]
  const rows: MeasuredRow[] = []
  for (const [what, work] of pieces) {
    const times: number[] = []
    for (let i = 0; i < 1_500; i++) {
      const begun = performance.now()
      await work(i)
      if (i >= 500) times.push(performance.now() - begun)
    }
    times.sort((a, b) => a - b)
    rows.push(
      measured({
        id: `node/screen/part/${rows.length + 1}`,
        what: `of which: ${what}, median`,
        data: '1000 times',
        value: times[times.length >> 1] as number,
        unit: 'ms',
        target: null,
      }),
    )
  }
  return rows
}

function asking(what: Asking): Promise<Asked> {
  const child = fork(fileURLToPath(new URL('./asker.ts', import.meta.url)), { serialization: 'advanced' })
  return new Promise<Asked>((resolve, reject) => {
    child.once('message', (asked) => resolve(asked as Asked))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the process that asks ended with ${code}`)))
    child.send(what)
  }).finally(() => child.kill())
}

if (import.meta.main) console.log(table(await screeningDoorRows()))
