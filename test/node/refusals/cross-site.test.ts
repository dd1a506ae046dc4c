import { afterAll, beforeAll, expect, test } from 'vitest'
import { csrfOf } from '../../../src/node/people/csrf.ts'
import { Browser } from '../http/browser.ts'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'

let world: NodeWorld
let victim: Someone
beforeAll(async () => {
  world = await nodeWorld()
  victim = await world.someone('Vic Tim', ['analyst', 'administrator'])
}, 60_000)
afterAll(() => world.close())

const csrf = () => csrfOf(victim.cookie.split('=')[1]!)
const forge = (headers: Record<string, string>, method = 'POST', path = '/api/v1/cases') =>
  world.nobody(method, path, { case: { title: 'Forged' } }, { cookie: victim.cookie, ...headers })

test('CSRF, a request with the cookie and nothing else: refused', async () => {
  const { status, json } = await forge({})
  expect([status, json.code]).toEqual([403, 'people/cross-site'])
})

test('CSRF, by Origin: refused, even with the value of the session', async () => {
  for (const origin of [
    'https://evil.example',
    'null',
    'http://localhost',
    `${world.node.url}.evil.example`,
    world.node.url.replace('http:', 'https:'),
    '',
  ])
    expect((await forge({ origin, 'x-cordon-csrf': csrf() })).status, origin).toBe(403)
  expect((await forge({ origin: world.node.url, 'x-cordon-csrf': csrf() })).status).toBe(201)
})

test('CSRF, by Fetch Metadata: refused, even with the value of the session', async () => {
  for (const site of ['cross-site', 'same-site', 'CROSS-SITE', 'anything'])
    expect((await forge({ 'sec-fetch-site': site, 'x-cordon-csrf': csrf() })).status, site).toBe(403)
  expect((await forge({ 'sec-fetch-site': 'same-origin', 'x-cordon-csrf': csrf() })).status).toBe(201)
})

test('CSRF, with the value of another session, an old one, or none: refused', async () => {
  const other = await world.someone('Oth Er', ['analyst'])
  for (const value of [
    '',
    'x',
    csrfOf(other.cookie.split('=')[1]!),
    csrf().slice(0, -1),
    csrf().toLowerCase(),
    victim.cookie.split('=')[1]!,
  ])
    expect((await forge({ 'x-cordon-csrf': value, 'sec-fetch-site': 'same-origin' })).status, value).toBe(403)
})

test('CSRF, by every method that changes something: refused', async () => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
    expect((await forge({ 'sec-fetch-site': 'cross-site' }, method, '/api/v1/me/sessions')).status, method).toBe(403)
})

test('CSRF, as a form of another site could send it: refused by its type already', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])
    expect([403, 415]).toContain((await forge({ 'content-type': type })).status)
})

test('Signing somebody in under another name from another site (login CSRF): refused', async () => {
  const browser = new Browser(world.node.url)
  for (const path of ['/sign-in/password', '/sign-in/passkey', '/welcome', '/welcome/link', '/sign-in/passkey/options'])
    expect(
      (await browser.ask('POST', path, { login: 'x', password: 'y', token: 'z' }, { origin: 'https://evil.example' })).status,
      path,
    ).toBe(403)
})

test('What was refused did nothing, and is in the record', async () => {
  const { json } = await victim.ask('GET', '/api/v1/cases')
  expect(json.items).toHaveLength(2)
  const auditor = await world.someone('Aud Itor', ['auditor'])
  const entries = (await auditor.ask('GET', '/api/v1/record/entries?from=0&limit=1000')).json.items.map(({ entry }: { entry: string }) =>
    JSON.parse(entry),
  )
  expect(entries.filter(({ detail }: { detail: { code?: string } }) => detail.code === 'people/cross-site').length).toBeGreaterThan(15)
})

test('Reading by scripts of other sites: no door says that they may (CORS)', async () => {
  const reply = await world.nobody('GET', '/api/v1/me', undefined, {
    cookie: victim.cookie,
    origin: 'https://evil.example',
    'sec-fetch-site': 'cross-site',
  })
  expect([...reply.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  expect(reply.headers.get('cross-origin-resource-policy')).toBe('same-origin')
  expect(
    (await world.nobody('OPTIONS', '/api/v1/cases', undefined, { origin: 'https://evil.example', 'access-control-request-method': 'POST' }))
      .status,
  ).toBe(404)
})
