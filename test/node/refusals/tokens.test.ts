import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { csrfOf } from '../../../src/node/people/csrf.ts'
import { Browser } from '../http/browser.ts'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'

let world: NodeWorld
let someone: Someone
let key: string
let now = Date.now()
beforeAll(async () => {
  world = await nodeWorld({ clock: () => new Date(now) })
  someone = await world.someone('Ow Ner', ['analyst', 'administrator'])
  const wish = { name: 'k', scopes: ['cases:read'], expiresAt: new Date(now + 2 * 3_600_000).toISOString() }
  key = (await someone.ask('POST', '/api/v1/me/keys', wish)).json.key
}, 60_000)
afterAll(() => world.close())

const bySession = (token: string) => world.nobody('GET', '/api/v1/me', undefined, { cookie: `cordon-session=${token}` })
const byHeader = (authorization: string) => world.nobody('GET', '/api/v1/cases', undefined, { authorization })
/** Changes one character. */
const altered = (text: string, at: number) => `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`

test('A forged session: refused', async () => {
  const token = someone.cookie.split('=')[1]!
  expect((await bySession(token)).status).toBe(200)
  const stored = createHash('sha256').update(token).digest('base64url')
  for (const forged of [
    altered(token, 0),
    altered(token, 42),
    token.toLowerCase(),
    token.slice(1),
    `${token}A`,
    stored,
    '',
    'A'.repeat(43),
    `"${token}`,
    someone.id,
  ])
    expect((await bySession(forged)).status, forged).toBe(401)
})

test('A forged or truncated key: refused, and so is another one’s secret with this id', async () => {
  expect((await byHeader(`Bearer ${key}`)).status).toBe(200)
  const [, id, secret] = key.split('_') as [string, string, string]
  const other = (
    await someone.ask('POST', '/api/v1/me/keys', { name: 'o', scopes: ['cases:read'], expiresAt: new Date(now + 3_600_000).toISOString() })
  ).json.key
  for (const forged of [
    altered(key, key.length - 1),
    altered(key, 25),
    altered(key, 8),
    key.slice(0, -1),
    `${key}0`,
    `cordon_${id}_${other.split('_')[2]}`,
    `cordon_${id}_`,
    id,
    secret,
    key.toUpperCase(),
  ])
    expect((await byHeader(`Bearer ${forged}`)).status, forged).toBe(401)
})

test('A key in any other form than a bearer’s: refused', async () => {
  for (const header of [
    key,
    `Basic ${Buffer.from(`x:${key}`).toString('base64')}`,
    `Token ${key}`,
    `Bearer`,
    `Bearer  ${key} x`,
    `Bearer ${key},Bearer ${key}`,
  ])
    expect((await byHeader(header)).status, header).toBe(401)
  expect((await world.nobody('GET', `/api/v1/cases?access_token=${key}`)).status).toBe(401)
  expect((await world.nobody('GET', '/api/v1/cases', undefined, { cookie: `cordon-session=${key}` })).status).toBe(401)
})

test('A token of another kind (JWT with alg none, with a made-up key): refused', async () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  for (const alg of ['none', 'HS256', 'RS256'])
    expect(
      (await byHeader(`Bearer ${part({ alg })}.${part({ sub: someone.id, scope: 'people:manage' })}.${alg === 'none' ? '' : 'AAAA'}`))
        .status,
    ).toBe(401)
})

test('A bad key beside a good cookie: refused, so that nobody acts as somebody whom he did not mean', async () => {
  const headers = { cookie: someone.cookie, authorization: `Bearer ${altered(key, 25)}` }
  expect((await world.nobody('GET', '/api/v1/me', undefined, headers)).status).toBe(401)
})

test('A replayed sign-in: an old session’s cookie is nobody’s after sign-out, and after a new password', async () => {
  const victim = await world.someone('Re Play', ['analyst'])
  const browser = new Browser(world.node.url)
  const token = victim.cookie.split('=')[1]!
  browser.cookies.set('cordon-session', token)
  browser.csrf = csrfOf(token)
  await browser.ask('PUT', '/me/password', { login: 're-play', password: 'green tulip vexing marmot 9' })
  expect((await bySession(token)).status).toBe(401)
  const renewed = browser.cookies.get('cordon-session')!
  await browser.ask('POST', '/sign-out')
  expect((await bySession(renewed)).status).toBe(401)
})

test('A session that somebody else brought (fixation) is not taken over', async () => {
  const browser = new Browser(world.node.url)
  const fixed = 'F'.repeat(43)
  browser.cookies.set('cordon-session', fixed)
  const reply = await browser.ask('POST', '/sign-in/password', { login: 're-play', password: 'green tulip vexing marmot 9' })
  expect(reply.status).toBe(200)
  expect(browser.cookies.get('cordon-session')).not.toBe(fixed)
  expect((await bySession(fixed)).status).toBe(401)
})

test('A replayed one-time link, a forged one, and one of another kind: refused alike', async () => {
  const { json: person } = await someone.ask('POST', '/api/v1/persons', { name: 'In Vited', roles: [] })
  const { link } = (await someone.ask('POST', `/api/v1/persons/${person.id}/invitation`)).json
  const token = link.split('#')[1]
  const open = (text: string) => new Browser(world.node.url).ask('POST', '/welcome', { token: text })
  expect((await open(token)).status).toBe(200)
  const told = new Set<string>()
  for (const text of [token, altered(token, 5), token.slice(1), 'A'.repeat(43), someone.cookie.split('=')[1]!, key]) {
    const { status, json } = await open(text)
    told.add(JSON.stringify([status, json.code, json.detail]))
  }
  expect([...told]).toEqual([expect.stringContaining('410')])
})

test('A forged cursor, one of another person, of another list, or with other filters: refused', async () => {
  for (let i = 0; i < 3; i++) await someone.ask('POST', '/api/v1/cases', { case: { title: `Case ${i}` } })
  const { next } = (await someone.ask('GET', '/api/v1/cases?limit=2')).json
  expect((await someone.ask('GET', `/api/v1/cases?limit=2&cursor=${next}`)).status).toBe(200)
  const other = await world.someone('Oth Er', ['analyst', 'administrator'])
  const refused = [
    await someone.ask('GET', `/api/v1/cases?cursor=${altered(next, 10)}`),
    await someone.ask('GET', `/api/v1/cases?cursor=${next.slice(0, -2)}`),
    await someone.ask('GET', `/api/v1/cases?q=case&cursor=${next}`),
    await someone.ask('GET', `/api/v1/persons?cursor=${next}`),
    await other.ask('GET', `/api/v1/cases?limit=2&cursor=${next}`),
  ]
  for (const { status, json } of refused) expect([status, json.code]).toEqual([400, 'node/bad-token'])
})

test('A key and a session that have ended by the clock: refused', async () => {
  const early = await world.someone('Ear Ly', ['analyst'])
  const token = early.cookie.split('=')[1]!
  now += 61 * 60_000
  expect((await bySession(token)).status).toBe(401)
  expect((await byHeader(`Bearer ${key}`)).status).toBe(200)
  now += 60 * 60_000
  expect((await byHeader(`Bearer ${key}`)).status).toBe(401)
})

test('A key and a session of somebody who was disabled: refused from the next request on', async () => {
  const admin = await world.someone('Ada Min', ['administrator'])
  const leaver = await world.someone('Lea Ver', ['analyst'])
  const wish = { name: 'k', scopes: ['cases:read'], expiresAt: new Date(now + 3_600_000).toISOString() }
  const own = (await leaver.ask('POST', '/api/v1/me/keys', wish)).json.key
  expect((await byHeader(`Bearer ${own}`)).status).toBe(200)
  await admin.ask('PATCH', `/api/v1/persons/${leaver.id}`, { disabled: true }, { 'if-match': '*' })
  expect((await byHeader(`Bearer ${own}`)).status).toBe(401)
  expect((await leaver.ask('GET', '/api/v1/me')).status).toBe(401)
})

test('A key whose owner lost the role can do no more than he', async () => {
  const admin = await world.someone('Adm In', ['administrator'])
  const owner = await world.someone('Los Er', ['analyst'])
  const wish = { name: 'k', scopes: ['cases:write', 'cases:read'], expiresAt: new Date(now + 3_600_000).toISOString() }
  const own = (await owner.ask('POST', '/api/v1/me/keys', wish)).json.key
  await admin.ask('PATCH', `/api/v1/persons/${owner.id}`, { roles: ['subscriber'] }, { 'if-match': '*' })
  const write = await world.nobody('POST', '/api/v1/cases', { case: { title: 'x' } }, { authorization: `Bearer ${own}` })
  expect(write.status).toBe(403)
  expect((await byHeader(`Bearer ${own}`)).status).toBe(200)
})
