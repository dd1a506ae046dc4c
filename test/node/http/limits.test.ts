import { afterAll, beforeAll, expect, test } from 'vitest'
import { type NodeWorld, nodeWorld } from '../world.ts'
import { head, raw } from './raw.ts'

let world: NodeWorld
let now = new Date('2026-03-01T09:00:00.000Z').getTime()
const closing = { connection: 'close' }
beforeAll(async () => {
  world = await nodeWorld({
    clock: () => new Date(now),
    change: (config) => ({
      ...config,
      listen: { ...config.listen, publicUrl: 'https://node.example', trustProxy: ['127.0.0.1'] },
      limits: { ...config.limits, anonymousPerMinute: 20, requestsPerMinute: 40 },
    }),
  })
}, 60_000)
afterAll(() => world.close())

test('Who is not signed in asks so often in a minute by his address, is told when to come again, and keeps nobody else waiting', async () => {
  const from = (address: string) => world.nobody('GET', '/health', undefined, { 'x-forwarded-for': address })
  const statuses: number[] = []
  for (let i = 0; i < 25; i++) statuses.push((await from('192.0.2.1')).status)
  expect(statuses).toEqual([...Array(20).fill(200), ...Array(5).fill(429)])
  const refused = await from('192.0.2.1')
  expect(refused.headers.get('retry-after')).toBe('3')
  expect(refused.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(refused.json).toMatchObject({ status: 429, code: 'node/too-many-requests', remedy: 'Wait 3 s, as Retry-After says.' })
  expect((await from('192.0.2.2')).status).toBe(200)
  now += 3_000
  expect((await from('192.0.2.1')).status).toBe(200)
  expect((await from('192.0.2.1')).status).toBe(429)
})

test('A /64 of IPv6 is one address', async () => {
  const statuses = []
  for (let i = 0; i < 21; i++)
    statuses.push((await world.nobody('GET', '/health', undefined, { 'x-forwarded-for': `2001:db8:0:1::${i.toString(16)}` })).status)
  expect(statuses.at(-1)).toBe(429)
})

test('Cookies and keys that do not hold are counted as nobody’s', async () => {
  const statuses = []
  for (let i = 0; i < 21; i++) {
    const shown = i % 2 === 0 ? { cookie: `__Host-cordon-session=${'a'.repeat(43)}` } : { authorization: 'Bearer cordon_x' }
    statuses.push((await world.nobody('GET', '/api/v1/me', undefined, { ...shown, 'x-forwarded-for': '192.0.2.9' })).status)
  }
  expect(statuses).toEqual([...Array(20).fill(401), 429])
})

test('A person is counted as himself wherever he asks from, and a key by its own rate too', async () => {
  const someone = await world.someone('Bus Y', ['analyst'])
  const { json: me } = await askAs(someone, 'GET', '/api/v1/me')
  expect(me.name).toBe('Bus Y')
  const made = await askAs(someone, 'POST', '/api/v1/me/keys', {
    name: 'slow',
    scopes: ['cases:read'],
    expiresAt: new Date(now + 60_000).toISOString(),
    rate: { perMinute: 1, burst: 2 },
  })
  const byKey = () => world.nobody('GET', '/api/v1/cases', undefined, { authorization: `Bearer ${made.json.key}` })
  expect([(await byKey()).status, (await byKey()).status]).toEqual([200, 200])
  const refused = await byKey()
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
  const statuses = []
  for (let i = 0; i < 40; i++) statuses.push((await askAs(someone, 'GET', '/api/v1/me', undefined, `192.0.2.${i}`)).status)
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(3)
})

test('An address that no trusted proxy stated is not believed', async () => {
  const plain = await nodeWorld({ change: (config) => ({ ...config, limits: { ...config.limits, anonymousPerMinute: 3 } }) })
  try {
    const statuses = []
    for (let i = 0; i < 4; i++)
      statuses.push((await plain.nobody('GET', '/health', undefined, { 'x-forwarded-for': `192.0.2.${i}` })).status)
    expect(statuses).toEqual([200, 200, 200, 429])
  } finally {
    await plain.close()
  }
}, 30_000)

test('Behind a proxy with a public address of https, cookies are Secure and tied to the host, and HSTS is said', async () => {
  const reply = await world.nobody('GET', '/health', undefined, { 'x-forwarded-for': '192.0.2.77' })
  expect(reply.headers.get('strict-transport-security')).toMatch(/^max-age=\d{8};/)
  expect(world.node.administratorLink).toMatch(/^https:\/\/node\.example\/welcome#/)
})

test('The use of a session is noted, at most once a minute, and keeps it from ending idle', async () => {
  const someone = await world.someone('Id Le', ['analyst'])
  for (const minutes of [50, 50, 50]) {
    now += minutes * 60_000
    expect((await askAs(someone, 'GET', '/api/v1/me')).status).toBe(200)
  }
  now += 61 * 60_000
  expect((await askAs(someone, 'GET', '/api/v1/me')).status).toBe(401)
})

test('A request for another host is refused on loopback: a name that resolves here all of a sudden is not ours', async () => {
  const ask = async (host: string) => {
    const answer = await raw(world.node.url, [
      head(world.node.url, 'GET /health HTTP/1.1', { host, 'x-forwarded-for': '192.0.2.50', ...closing }),
    ])
    return Number(answer.slice(9, 12))
  }
  const { port } = new URL(world.node.url)
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`, 'node.example'])
    expect(await ask(host), host).toBe(200)
  for (const host of [
    `evil.example:${port}`,
    'evil.example',
    'localhost',
    `localhost:${Number(port) + 1}`,
    `127.0.0.1.evil.example:${port}`,
    `node.example:${port}`,
    `node.example.evil.example`,
    `2130706433:${port}`,
    `0.0.0.0:${port}`,
    `evil.example@localhost:${port}`,
  ])
    expect(await ask(host), host).toBe(421)
})

type Asker = { cookie: string }

/** As `someone.ask`, with the cookie's name of a public address over TLS. */
async function askAs({ cookie }: Asker, method: string, path: string, body?: unknown, address = '192.0.2.200') {
  const token = cookie.split('=')[1]!
  const { csrfOf } = await import('../../../src/node/people/csrf.ts')
  return await world.nobody(method, path, body, {
    cookie: `__Host-cordon-session=${token}`,
    'x-cordon-csrf': csrfOf(token),
    'x-forwarded-for': address,
  })
}
