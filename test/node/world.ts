import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, readConfig } from '../../src/node/config/index.ts'
import { csrfOf } from '../../src/node/people/csrf.ts'
import { insertPerson } from '../../src/node/people/persons.ts'
import type { Role } from '../../src/node/people/roles.ts'
import { openSession, SESSION_LIFE } from '../../src/node/people/sessions.ts'
import { append } from '../../src/node/record/append.ts'
import { entryText, type RowWritten } from '../../src/node/record/entry.ts'
import { ORGANISATION, tellRows, written } from '../../src/node/record/rows.ts'
import { type RunningNode, startNode } from '../../src/node/start.ts'

/** Somebody who is signed in and asks the node over HTTP. */
export type Someone = {
  readonly id: string
  readonly organisation: string
  /** A request with the session's cookie as the node's own page would send it. A `body` is sent as JSON. */
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>
  readonly cookie: string
}

export type Reply = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: any
}

export type NodeWorld = {
  readonly node: RunningNode
  readonly data: string
  /** Makes an organisation. */
  organisation(code: string, nation: string): Promise<void>
  /** Makes a person of an organisation and signs him in. */
  someone(name: string, roles: readonly Role[], organisation?: string, caveats?: readonly string[]): Promise<Someone>
  /** A request that shows nothing. */
  nobody(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>
  close(): Promise<void>
}

/** A real node on loopback, with the embedded database or the server of `url`, and people on it. `change` alters its configuration. */
export async function nodeWorld({
  url = null,
  change = (config) => config,
  clock,
}: {
  url?: string | null
  change?: (config: Config) => Config
  clock?: () => Date
} = {}): Promise<NodeWorld> {
  const data = await mkdtemp(join(tmpdir(), 'cordon-node-'))
  const config = await readConfig(null, {
    CORDON_DATA: data,
    CORDON_LISTEN_PORT: '0',
    CORDON_TELEMETRY_LOG: 'silent',
    // Every node of a test would fill its reserve otherwise.
    CORDON_LIMITS_BALLAST_MIB: '1',
    CORDON_LIBRARY_LISTS: join(data, 'lists'),
    ...(url !== null && { DATABASE_URL: url }),
  })
  const node = await startNode({ config: change(config), ...(clock && { clock }) })
  const { database } = node.parts
  const world = { clock: node.parts.clock, random: node.parts.random }
  return {
    node,
    data,
    organisation: async (code, nation) => {
      await database.system(async (tx) => {
        const made = await tx.query<RowWritten>(
          `insert into organisation (code, name, nation, kind) values ($1, $1, $2, 'agency') returning ${written(ORGANISATION)}`,
          [code, nation],
        )
        await tellRows(tx, made, { now: world.clock(), random: world.random })
      })
    },
    someone: async (name, roles, organisation = config.home.organisation, caveats = []) => {
      const { id, token } = await database.system(async (tx) => {
        const person = await insertPerson(tx, { organisation, name, email: null, roles, caveats }, world)
        const told = { id: person.id, version: person.version, organisation, roles: person.roles, caveats: person.caveats, disabled: false }
        await append(tx, [
          entryText(
            { door: 'node', action: 'person.create', outcome: 'done', objects: [], people: [told], detail: {} },
            null,
            world.clock(),
            world.random,
          ),
        ])
        const session = await openSession(tx, person.id, 'password', { address: '127.0.0.1', agent: 'test' }, SESSION_LIFE, world)
        return { id: person.id, token: session.token }
      })
      const cookie = `cordon-session=${token}`
      return {
        id,
        organisation,
        cookie,
        ask: (method, path, body, headers = {}) =>
          ask(node.url, method, path, body, { cookie, 'sec-fetch-site': 'same-origin', 'x-cordon-csrf': csrfOf(token), ...headers }),
      }
    },
    nobody: (method, path, body, headers = {}) => ask(node.url, method, path, body, headers),
    close: async () => {
      await node.stop()
      await rm(data, { recursive: true, force: true })
    },
  }
}

async function ask(url: string, method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Reply> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    redirect: 'manual',
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined }
}
