import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditRecord } from '../../../src/node/record/audit.ts'
import { type NodeWorld, nodeWorld, type Reply, type Someone } from '../world.ts'
import { type Door, doorsOf, put, sample, textsOf } from './doors.ts'
import { IMPOSSIBLE, IN_PATH, PAYLOADS, WRONG_TYPES } from './payloads.ts'

/** Doors that end the very session that asks; they take no text. */
const LEFT_OUT = new Set(['sign-out', 'session.end-others', 'events.stream'])
/** Refusals of a whole service that is not there in this test. Any other 5xx is a failure. */
const NOT_HERE = new Set(['node/no-lists', 'people/no-provider', 'library/busy', 'library/too-slow'])

let world: NodeWorld
let doors: readonly Door[]
/** Together they have every scope. */
let everybody: readonly { someone: Someone; scopes: readonly string[] }[]
/** Ids of what could be made, by the address of their collection. */
const made = new Map<string, string>()
const counted = { requests: 0, accepted: 0, whole: 0 }

beforeAll(async () => {
  world = await nodeWorld({
    change: (config) => ({ ...config, limits: { ...config.limits, requestsPerMinute: 1_000_000, anonymousPerMinute: 1_000_000 } }),
  })
  doors = doorsOf((await world.nobody('GET', '/openapi.json')).json).filter(({ action }) => !LEFT_OUT.has(action))
  const people = [
    await world.someone('Al Rounder', ['analyst', 'supervisor', 'compliance', 'administrator']),
    await world.someone('Re Leaser', ['releaser', 'auditor', 'analyst']),
  ]
  everybody = await Promise.all(people.map(async (someone) => ({ someone, scopes: (await someone.ask('GET', '/api/v1/me')).json.scopes })))
  // What a collection takes is made once, so that the doors behind an id find something.
  for (const door of doors.filter(({ method, body }) => method === 'POST' && body !== null)) {
    const reply = await ask(door, bodyOf(door))
    if (reply.status === 201 && typeof reply.json?.id === 'string') made.set(door.path, reply.json.id)
  }
}, 120_000)
afterAll(() => world.close())

/** Whoever may open a door. What changes how somebody signs in is done by somebody of its own. */
async function mayOpen(door: Door): Promise<Pick<Someone, 'ask'> | null> {
  if (door.open) return { ask: world.nobody }
  if (door.path.startsWith('/api/v1/me/') && door.method !== 'GET') return await world.someone('Own Self', ['analyst'])
  return everybody.find(({ scopes }) => door.scopes.every((scope) => scopes.includes(scope)))?.someone ?? null
}

/** The address of a door, with what was made where an id is wanted. */
function addressOf({ path, inPath }: Door, given: Readonly<Record<string, string>> = {}): string {
  return path.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const collection = path.slice(0, path.indexOf(hole) - 1)
    return given[name] ?? made.get(collection) ?? encodeURIComponent(String(sample(inPath[name] ?? {})))
  })
}

function bodyOf({ body, example }: Door): unknown {
  return example ?? (body === null ? undefined : sample(body))
}

async function ask(door: Door, body: unknown, address = addressOf(door), headers: Record<string, string> = {}): Promise<Reply> {
  const someone = await mayOpen(door)
  expect(someone, `nobody has the scopes of ${door.action}`).not.toBeNull()
  counted.requests++
  const reply = await someone!.ask(door.method, address, body, { 'if-match': '*', ...headers })
  check(door, `${door.method} ${address} ${JSON.stringify(body)}`, reply)
  if (reply.status < 300) counted.accepted++
  return reply
}

/** What went wrong, each once: so that one run shows all of it. */
const wrong = new Map<string, string>()
function must(holds: boolean, key: string, what: string): void {
  if (!holds && !wrong.has(key)) wrong.set(key, what)
}
const nothingWrong = () => {
  const found = [...wrong.entries()]
  wrong.clear()
  expect(found).toEqual([])
}

/** What holds of every answer, whatever was sent. */
function check({ action }: Door, sent: string, { status, json, text, headers }: Reply): void {
  const what = `${sent.slice(0, 600)} → ${status} ${text.slice(0, 300)}`
  const is = (name: string) => headers.get(name) ?? ''
  must(status < 500 || NOT_HERE.has(json?.code), `${action} fails with ${status}`, what)
  must(status < 400 || is('content-type') === 'application/problem+json; charset=utf-8', `${action} answers no problem`, what)
  must(
    status < 400 || !/\bat .*\.(?:ts|js):\d+|syntax error|relation "|column "|PGlite|sqlstate|node_modules/i.test(text),
    `${action} tells of its inside`,
    what,
  )
  must(!is('content-type').includes('html'), `${action} answers HTML`, what)
  must(!is('set-cookie').includes('injected'), `${action} sets a cookie`, what)
}

/** Texts inside a document. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (typeof value === 'object' && value !== null)
    for (const [name, part] of Object.entries(value)) {
      yield name
      yield* textsIn(part)
    }
}

/** Texts are kept in one form of Unicode (NFC) and with one kind of line end, keywords of cases in small letters; nothing else of them is changed. */
const oneForm = (text: string) => text.normalize('NFC').replace(/\r\n?/g, '\n').toLowerCase()

/** A text that was taken comes back as it was sent, byte by byte, wherever it comes back. */
function checkWhole(door: Door, reply: Reply, mark: string, payload: string): void {
  if (reply.status >= 300 || reply.json === undefined) return
  for (const text of textsIn(reply.json))
    if (text.includes(mark)) {
      counted.whole++
      must(
        oneForm(text).includes(oneForm(payload)),
        `${door.action} changes a text`,
        `${JSON.stringify(payload)} → ${JSON.stringify(text)}`,
      )
    }
}

async function inTurn<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: 6 }, worker))
}

test('Injection in every text of every body: it is refused or kept as it is, and never fails the node', async () => {
  let mark = 0
  const bodies = doors.filter(({ body }) => body !== null)
  expect(bodies.length).toBeGreaterThan(20)
  await inTurn(bodies, async (door) => {
    const places = textsOf(door.body!)
    for (const [i, { at, free }] of places.entries()) {
      // Each field gets a few of them in turn, and where it takes any text all of them in one.
      const few = [0, 1, 2].map((k) => PAYLOADS[(i * 3 + k) % PAYLOADS.length]!)
      for (const payload of [...(free ? [...few, PAYLOADS.join(' ')] : few.slice(0, 1)), IMPOSSIBLE[i % IMPOSSIBLE.length]!]) {
        const name = `m${mark++}x`
        const text = `${name}${payload}`
        checkWhole(door, await ask(door, put(bodyOf(door), at, text)), name, text)
      }
      await ask(door, put(bodyOf(door), at, WRONG_TYPES[i % WRONG_TYPES.length]))
    }
  })
  nothingWrong()
  expect(counted.whole).toBeGreaterThan(50)
}, 600_000)

test('Wrong types, unknown names and poisoned prototypes in place of a whole body: refused', async () => {
  await inTurn(
    doors.filter(({ body }) => body !== null),
    async (door) => {
      // An empty body fits where everything in it can be left out.
      for (const value of WRONG_TYPES.filter((each) => JSON.stringify(each) !== '{}'))
        must((await ask(door, value)).status !== 201, `${door.action} takes a wrong type`, JSON.stringify(value))
      for (const name of ['__proto__', 'constructor', 'unknown; drop table']) {
        const reply = await ask(door, put(bodyOf(door), [name], { polluted: true }))
        must(reply.status >= 400, `${door.action} takes ${name}`, reply.text.slice(0, 300))
      }
    },
  )
  nothingWrong()
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
}, 600_000)

test('Injection in every parameter of every address: refused or found nothing', async () => {
  await inTurn(doors, async (door) => {
    const few = <T>(texts: readonly T[], at: number, many: number) =>
      Array.from({ length: many }, (_, k) => texts[(at * many + k) % texts.length]!)
    for (const [i, name] of Object.keys(door.inPath).entries())
      for (const text of ['__proto__', 'constructor', ...few(IN_PATH, i + door.action.length, 4)]) {
        const reply = await ask(door, bodyOf(door), addressOf(door, { [name]: text }))
        must(reply.status >= 300 || !/root:|\[fonts\]/.test(reply.text), `${door.action} reads files`, text)
      }
    for (const [i, name] of Object.keys(door.inQuery).entries())
      for (const text of [...few(PAYLOADS, i, 3), IMPOSSIBLE[0]!, 'A'.repeat(3_000)])
        await ask(door, bodyOf(door), `${addressOf(door)}?${new URLSearchParams({ [name]: text })}`)
    await ask(door, bodyOf(door), `${addressOf(door)}?__proto__[polluted]=1&constructor[prototype][polluted]=1`)
  })
  nothingWrong()
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
}, 600_000)

test('Injection in headers that doors read: refused or ignored', async () => {
  const texts = [
    `'; drop table cordon.person; --`,
    '"',
    '*, W/"x"',
    '\u00ff\u00fe',
    'a'.repeat(8_000),
    '__proto__',
    '<script>',
    '-1',
    '{"$gt":""}',
  ]
  await inTurn(doors, async (door) => {
    const sent = ['if-match', 'if-none-match', 'idempotency-key', 'last-event-id', 'range', 'accept', 'user-agent']
    const of = (turn: number) => Object.fromEntries(sent.map((name, i) => [name, texts[(i + turn) % texts.length]!]))
    for (const turn of [0, 3, 6]) await ask(door, bodyOf(door), addressOf(door), of(turn))
  })
  nothingWrong()
  for (const text of texts)
    for (const name of ['authorization', 'cookie', 'x-forwarded-for', 'content-type'])
      expect((await world.nobody('POST', '/api/v1/cases', { case: { title: 'x' } }, { [name]: text })).status).toBeGreaterThanOrEqual(400)
}, 600_000)

test('After all of it nothing was executed: everything is as the record says, and the doors still work', async () => {
  const { database, keys } = world.node.parts
  const { findings } = await auditRecord(
    database,
    { origin: keys.record.key.name, logKeys: [keys.record.key], witnesses: [], quorum: 0 },
    [],
  )
  expect(findings).toEqual([])
  const [{ someone }] = everybody as [(typeof everybody)[number]]
  expect((await someone.ask('GET', '/api/v1/me')).json).toMatchObject({ name: 'Al Rounder' })
  expect(counted.requests).toBeGreaterThan(doors.length * 20)
  expect(counted.accepted).toBeGreaterThan(200)
}, 120_000)
