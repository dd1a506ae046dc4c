import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser } from '../http/browser.ts'
import { type NodeWorld, nodeWorld, type Reply, type Someone } from '../world.ts'
import { type Door, doorsOf, sample } from './doors.ts'

const PASSWORD = 'green tulip vexing marmot 9'
const NOWHERE = '01980000-0000-7000-8000-000000000000'
const KNOWN = 8

let world: NodeWorld
let owner: Someone
let stranger: Someone
let doors: readonly Door[]
let address = 0
beforeAll(async () => {
  world = await nodeWorld({ change: (config) => ({ ...config, listen: { ...config.listen, trustProxy: ['127.0.0.1'] } }) })
  await world.organisation('npa', 'JPN')
  owner = await world.someone('Ow Ner', ['analyst', 'administrator'])
  stranger = await world.someone('Stran Ger', ['analyst', 'supervisor', 'compliance', 'administrator'], 'npa')
  for (let i = 0; i < KNOWN; i++) {
    const { json: person } = await owner.ask('POST', '/api/v1/persons', { name: `Person ${i}`, roles: ['analyst'] })
    const { json } = await owner.ask('POST', `/api/v1/persons/${person.id}/invitation`)
    const browser = new Browser(world.node.url)
    await browser.ask('POST', '/welcome', { token: json.link.split('#')[1] })
    expect((await browser.ask('PUT', '/me/password', { login: `known-${i}`, password: PASSWORD })).status).toBe(200)
    if (i === 0) await owner.ask('PATCH', `/api/v1/persons/${person.id}`, { disabled: true }, { 'if-match': '*' })
  }
  doors = doorsOf((await world.nobody('GET', '/openapi.json')).json)
}, 90_000)
afterAll(() => world.close())

/** A sign-in from an address of its own, so that nobody waits for anybody. */
const signIn = (login: string, password: string, from = `198.51.100.${address++ % 250}`) =>
  world.nobody('POST', '/api/v1/sign-in/password', { login, password }, { 'x-forwarded-for': from })

/** What an onlooker sees, but for what differs from request to request. */
function seen({ status, text, headers }: Reply, ...ids: readonly string[]): object {
  const told = ids.reduce((all, id) => all.replaceAll(id, 'ID'), text.replace(/"instance":"[^"]*"/, ''))
  return {
    status,
    told,
    headers: [...headers]
      .filter(([name]) => !['date', 'x-request-id'].includes(name))
      .map(([name, value]) => (name === 'content-length' ? '' : `${name}: ${value}`)),
  }
}

const median = (times: readonly number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!
async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

test('Enumeration of accounts by the answer at sign-in: an unknown, a disabled and a known one are told the same', async () => {
  const answers = [
    await signIn('nobody-here', PASSWORD),
    await signIn('known-0', PASSWORD),
    await signIn('known-0', 'wrong wrong wrong'),
    await signIn('known-1', 'wrong wrong wrong'),
  ]
  expect(new Set(answers.map((answer) => JSON.stringify(seen(answer)))).size).toBe(1)
  expect(answers[0]!.status).toBe(401)
})

test('Enumeration of accounts by the time that a sign-in takes: as much work for an unknown one', async () => {
  const known: number[] = []
  const unknown: number[] = []
  for (let i = 1; i < KNOWN; i++) {
    known.push(await timed(() => signIn(`known-${i}`, 'wrong wrong wrong')))
    unknown.push(await timed(() => signIn(`unknown-${i}`, 'wrong wrong wrong')))
  }
  // Without a hash it would be a tenth.
  expect(median(known) / median(unknown)).toBeGreaterThan(0.4)
  expect(median(known) / median(unknown)).toBeLessThan(2.5)
})

test('Enumeration of accounts by waiting: an unknown one makes wait as a known one does', async () => {
  const course = async (login: string) => {
    const statuses: string[] = []
    for (let i = 0; i < 8; i++) {
      const { status, headers } = await signIn(login, 'wrong wrong wrong')
      statuses.push(`${status} ${headers.get('retry-after')}`)
    }
    return statuses
  }
  const unknown = await course('waiting-unknown')
  expect(unknown).toContain('429 1')
  const { json: person } = await owner.ask('POST', '/api/v1/persons', { name: 'Wait', roles: [] })
  const { json } = await owner.ask('POST', `/api/v1/persons/${person.id}/invitation`)
  const browser = new Browser(world.node.url)
  await browser.ask('POST', '/welcome', { token: json.link.split('#')[1] })
  await browser.ask('PUT', '/me/password', { login: 'waiting-known', password: PASSWORD })
  expect((await course('waiting-known')).slice(0, 6)).toEqual(unknown.slice(0, 6))
})

test('Enumeration of accounts from one address: after some failures it waits, whomever it tries', async () => {
  const statuses: number[] = []
  for (let i = 0; i < 24; i++) statuses.push((await signIn(`guess-${i}`, 'wrong wrong wrong', '203.0.113.9')).status)
  expect(statuses.slice(0, 20)).toEqual(Array(20).fill(401))
  expect(statuses.slice(21)).toContain(429)
})

test('Enumeration of objects by their ids: at every door an object of others and none are told the same', async () => {
  const hidden = (await owner.ask('POST', '/api/v1/cases', { case: { title: 'Hidden' } })).json.id
  let compared = 0
  for (const door of doors.filter(({ inPath }) => Object.values(inPath).some(({ format }) => format === 'uuid'))) {
    const at = (id: string) =>
      door.path.replace(/\{(\w+)\}/g, (_, name: string) =>
        door.inPath[name]?.format === 'uuid' ? id : encodeURIComponent(String(sample(door.inPath[name] ?? {}))),
      )
    const body = door.example ?? (door.body === null ? undefined : sample(door.body))
    const ask = (id: string) => stranger.ask(door.method, at(id), body, { 'if-match': '*' })
    const [there, nowhere] = [await ask(hidden), await ask(NOWHERE)]
    expect([door.action, seen(there, hidden)]).toEqual([door.action, seen(nowhere, NOWHERE)])
    if (there.status === 404) compared++
  }
  expect(compared).toBeGreaterThan(20)
})

test('Enumeration of objects by ids in a body: an object of others and none are told the same', async () => {
  const hidden = (await owner.ask('POST', '/api/v1/cases', { case: { title: 'Hidden too' } })).json.id
  const own = (await stranger.ask('POST', '/api/v1/cases', { case: { title: 'Own' } })).json.id
  const link = (target: string) => stranger.ask('POST', `/api/v1/objects/${own}/links`, { target, kind: 'about' })
  const [there, nowhere] = [await link(hidden), await link(NOWHERE)]
  expect(there.status).toBeGreaterThanOrEqual(400)
  expect(seen(there, hidden, own)).toEqual(seen(nowhere, NOWHERE, own))
})

test('Enumeration of objects by time: none takes as long as one of others', async () => {
  const hidden = (await owner.ask('POST', '/api/v1/cases', { case: { title: 'Hidden again' } })).json.id
  const [there, nowhere]: [number[], number[]] = [[], []]
  for (let i = 0; i < 40; i++) {
    there.push(await timed(() => stranger.ask('GET', `/api/v1/cases/${hidden}`)))
    nowhere.push(await timed(() => stranger.ask('GET', `/api/v1/cases/${NOWHERE}`)))
  }
  expect(median(there) / median(nowhere)).toBeGreaterThan(0.5)
  expect(median(there) / median(nowhere)).toBeLessThan(2)
})

test('Enumeration of objects by counts, pages and cursors: what is not released changes none of them', async () => {
  const look = async () => {
    const answers = []
    for (const path of [
      '/api/v1/cases?limit=1',
      '/api/v1/cases?q=hidden',
      '/api/v1/objects?limit=200',
      '/api/v1/objects/counts',
      '/api/v1/cases/facets',
    ]) {
      const { status, json } = await stranger.ask('GET', path)
      expect(status, path).toBe(200)
      // Cursors are sealed anew each time; that there is one, and how long, is what could tell.
      answers.push({ ...json, next: json.next?.length })
    }
    return answers
  }
  const before = await look()
  for (let i = 0; i < 5; i++) await owner.ask('POST', '/api/v1/cases', { case: { title: `Hidden ${i}` } })
  expect(await look()).toEqual(before)
})

test('Enumeration of people, keys and sessions of others: told as none', async () => {
  const key = (
    await owner.ask('POST', '/api/v1/me/keys', {
      name: 'k',
      scopes: ['cases:read'],
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    })
  ).json.id
  const session = (await owner.ask('GET', '/api/v1/me/sessions')).json.items[0].id
  for (const [method, at, there, none] of [
    ['GET', (id: string) => `/api/v1/persons/${id}`, owner.id, NOWHERE],
    ['GET', (id: string) => `/api/v1/persons/${id}/certificates`, owner.id, NOWHERE],
    ['DELETE', (id: string) => `/api/v1/me/keys/${id}`, key, 'AAAAAAAAAAAA'],
    ['DELETE', (id: string) => `/api/v1/me/sessions/${id}`, session, NOWHERE],
  ] as const)
    expect(seen(await stranger.ask(method, at(there)), there)).toEqual(seen(await stranger.ask(method, at(none)), none))
})
