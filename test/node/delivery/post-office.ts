import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../../../src/node/database/database.ts'
import { migrate } from '../../../src/node/database/migrate.ts'
import { MIGRATIONS } from '../../../src/node/database/migrations/index.ts'
import { openDatabase } from '../../../src/node/database/open.ts'
import {
  createEndpoint,
  DELIVERY_TABLES,
  enqueue,
  OUTBOX,
  type OutboxOptions,
  type OutboxStore,
  type OutboxWorker,
  RETRIES,
  type Render,
  type Send,
  type Settled,
  sqlOutbox,
  startOutbox,
  verifyWebhook,
  webhookSender,
} from '../../../src/node/delivery/index.ts'
import { OUTBOUND, type OutboundRules, parseAllow } from '../../../src/node/outbound/index.ts'
import { sealOf } from '../../../src/node/secrets/seal.ts'

export type Got = { readonly id: string; readonly body: string; readonly headers: IncomingMessage['headers'] }

/** A real HTTP receiver on loopback. It keeps what it answered 2xx apart from what it saw. */
export class Receiver {
  readonly seen: Got[] = []
  readonly taken: Got[] = []
  url = ''
  port = 0
  /** What it answers; a function may keep the response to itself. */
  answer: number | ((got: Got, response: ServerResponse) => void) = 200
  private server: Server | null = null

  async start(): Promise<this> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        const got = { id: String(request.headers['webhook-id']), body: Buffer.concat(parts).toString(), headers: request.headers }
        this.seen.push(got)
        response.on('finish', () => response.statusCode < 300 && this.taken.push(got))
        if (typeof this.answer === 'number') response.writeHead(this.answer).end()
        else this.answer(got, response)
      })
    })
    this.server = server
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve))
    this.port = (server.address() as AddressInfo).port
    this.url = `http://127.0.0.1:${this.port}/in`
    return this
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections()
    await new Promise((resolve) => this.server?.close(resolve))
  }
}

export type PostOffice = {
  readonly database: Database
  readonly store: OutboxStore
  /** The node's time: it runs a hundred times as fast, so that retries of minutes are tests of seconds. */
  readonly clock: () => Date
  readonly person: string
  /** An endpoint of the person for a receiver. */
  endpoint(target: string, channel?: 'webhook' | 'mail', person?: string): Promise<{ id: string; secret: string | null }>
  /** Puts messages into the outbox of the organisation and gives their objects. */
  put(count: number, event?: string): Promise<readonly string[]>
  work(
    render: Render,
    more?: Partial<OutboxOptions>,
    store?: OutboxStore,
    channels?: Partial<Record<'webhook' | 'mail', Send>>,
  ): OutboxWorker
  readonly settled: Settled[]
  readonly errors: unknown[]
  states(): Promise<Record<string, number>>
  /** Forgets endpoints and messages. */
  clear(): Promise<void>
  readonly rules: OutboundRules
  readonly seal: ReturnType<typeof sealOf>
  close(): Promise<void>
}

export const HOME = 'police'
export const SPEED = 100

/** A node's outbox on a real database (null: the embedded one), with two organisations and two persons. */
export async function postOffice(url: string | null): Promise<PostOffice> {
  const data = mkdtempSync(join(tmpdir(), 'cordon-outbox-'))
  const database = await openDatabase({ data, url, connections: 8 })
  const own = { id: '9000-delivery', sql: DELIVERY_TABLES }
  await migrate(database, new Date(), MIGRATIONS.some(({ sql }) => sql === DELIVERY_TABLES) ? MIGRATIONS : [...MIGRATIONS, own])
  const seal = sealOf(randomBytes(32), 'webhook-secrets', randomBytes)
  const began = Date.now()
  const clock = () => new Date(began + (Date.now() - began) * SPEED)
  const person = uuid()
  await database.system(async (tx) => {
    for (const code of [HOME, 'exchange'])
      await tx.query(`insert into cordon.organisation (code, name, nation, kind) values ($1, $1, 'KOR', 'police') on conflict do nothing`, [
        code,
      ])
    await tx.query(`insert into cordon.person (id, organisation, name, created_at) values ($1, $2, 'Kim Minji', now())`, [person, HOME])
  })
  const store = sqlOutbox(database.system, seal)
  const rules: { -readonly [Key in keyof OutboundRules]: OutboundRules[Key] } = { ...OUTBOUND, timeout: 1_500 }
  const settled: Settled[] = []
  const errors: unknown[] = []
  const workers: OutboxWorker[] = []
  return {
    database,
    store,
    clock,
    person,
    rules,
    seal,
    settled,
    errors,
    endpoint(target, channel = 'webhook', owner = person) {
      // Each receiver has a port of its own.
      const port = target.startsWith('http://') ? [`http://127.0.0.0/8:${new URL(target).port}`] : []
      rules.allow = [...rules.allow, ...parseAllow(port)]
      const tools = { now: clock(), random: randomBytes, seal, rules }
      return database.system((tx) => createEndpoint(tx, { organisation: HOME, person: owner, channel, target, events: [] }, tools))
    },
    put: (count, event = 'alert.opened') =>
      database.system(async (tx) => {
        const objects = Array.from({ length: count }, uuid)
        for (const object of objects) await enqueue(tx, { event, object }, HOME, clock())
        return objects
      }),
    work(render, more = {}, from = store, channels = {}) {
      const unused: Send = async () => ({ kind: 'retry', status: null, reason: 'no such channel here' })
      const options: OutboxOptions = {
        ...OUTBOX,
        lease: 60 * SPEED,
        poll: 0.05,
        grace: 1,
        retries: { ...RETRIES, first: 10, longest: 60 },
        clock,
        chance: Math.random,
        onSettled: (each) => settled.push(each),
        onError: (error) => errors.push(error),
        ...more,
      }
      const worker = startOutbox(from, { webhook: webhookSender(rules, clock), mail: unused, ...channels }, render, options)
      workers.push(worker)
      return worker
    },
    async states() {
      const rows = await database.system((tx) =>
        tx.query<{ state: string; count: number }>('select state, count(*) as count from cordon.delivery group by state'),
      )
      return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
    },
    async clear() {
      await Promise.all(workers.splice(0).map((worker) => worker.stop()))
      await database.system(async (tx) => {
        await tx.query('delete from cordon.delivery')
        await tx.query('delete from cordon.delivery_endpoint')
      })
      settled.length = 0
      errors.length = 0
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.stop()))
      await database.close()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

/** What the reader may see of an object, as of now: here, its name. */
export const plainRender: Render = async (_, { object }) => ({ subject: 'An alert', text: `alert ${object}`, data: { alert: object } })

/** The message as a careful receiver takes it. */
export function checked(got: Got, secret: string, clock: () => Date) {
  const headers = Object.fromEntries(Object.entries(got.headers).map(([name, value]) => [name, String(value)]))
  return verifyWebhook(headers, got.body, [secret], { now: clock().getTime() / 1000 })
}

export function uuid(): string {
  const hex = createHash('sha256').update(randomBytes(16)).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
