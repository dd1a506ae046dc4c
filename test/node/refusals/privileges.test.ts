import { afterAll, beforeAll, expect, test } from 'vitest'
import { SCOPES } from '../../../src/node/people/roles.ts'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'
import { type Door, doorsOf, sample } from './doors.ts'

let world: NodeWorld
let admin: Someone
let analyst: Someone
let doors: readonly Door[]
beforeAll(async () => {
  world = await nodeWorld({ change: (config) => ({ ...config, limits: { ...config.limits, anonymousPerMinute: 100_000 } }) })
  await world.organisation('npa', 'JPN')
  admin = await world.someone('Ada Min', ['administrator'])
  analyst = await world.someone('An Alyst', ['analyst'])
  doors = doorsOf((await world.nobody('GET', '/openapi.json')).json)
}, 60_000)
afterAll(() => world.close())

const change = (by: Someone, whom: Someone, body: object) => by.ask('PATCH', `/api/v1/persons/${whom.id}`, body, { 'if-match': '*' })
const addressOf = ({ path, inPath }: Door) =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(sample(inPath[name] ?? {}))))

test('A privilege change by oneself (roles, caveats, organisation, standing): refused', async () => {
  for (const body of [
    { roles: ['administrator', 'analyst'] },
    { roles: [] },
    { caveats: ['FININT'] },
    { organisation: 'npa' },
    { disabled: true },
  ]) {
    const { status, json } = await change(admin, admin, body)
    expect([status, json.code], JSON.stringify(body)).toEqual([403, 'people/own-privileges'])
  }
  expect((await change(admin, admin, { name: 'Ada Minne' })).status).toBe(200)
})

test('Inviting oneself, and so taking an account over without its password: refused', async () => {
  const { status, json } = await admin.ask('POST', `/api/v1/persons/${admin.id}/invitation`)
  expect([status, json.code]).toEqual([403, 'people/own-privileges'])
})

test('Roles that nobody holds together: refused', async () => {
  for (const roles of [
    ['administrator', 'releaser'],
    ['administrator', 'auditor'],
  ])
    expect((await change(admin, analyst, { roles })).json.code).toBe('people/bad-person')
})

test('Making or changing people without being an administrator: refused', async () => {
  expect((await change(analyst, analyst, { roles: ['administrator'] })).status).toBe(403)
  expect((await analyst.ask('POST', '/api/v1/persons', { name: 'Eve', roles: ['administrator'] })).status).toBe(403)
  expect((await analyst.ask('GET', '/api/v1/persons')).status).toBe(403)
  expect((await analyst.ask('POST', `/api/v1/persons/${admin.id}/invitation`)).status).toBe(403)
})

test('A key with more than its owner has, or with what needs a person: refused', async () => {
  const expiresAt = new Date(Date.now() + 60_000).toISOString()
  for (const scopes of [['people:manage'], ['record:read'], ['keys:own'], ['cases:read', 'release:change'], ['*'], ['cases:*'], []])
    expect([400, 422], scopes.join()).toContain((await analyst.ask('POST', '/api/v1/me/keys', { name: 'x', scopes, expiresAt })).status)
  expect((await admin.ask('POST', '/api/v1/me/keys', { name: 'x', scopes: ['people:manage'], expiresAt })).json.code).toBe('people/bad-key')
})

test('Names that a body should not have (mass assignment): refused', async () => {
  for (const more of [
    { id: admin.id },
    { version: 9 },
    { createdAt: '2020-01-01T00:00:00Z' },
    { scopes: ['record:read'] },
    { admin: true },
  ])
    expect((await admin.ask('POST', '/api/v1/persons', { name: 'Eve', roles: [], ...more })).status).toBe(400)
  for (const more of [{ id: admin.id }, { organisation: 'npa' }, { createdBy: admin.id }])
    expect((await analyst.ask('POST', '/api/v1/cases', { case: { title: 'x' }, ...more })).status).toBe(400)
})

test('Every door but the ways in, for whoever is not signed in: refused, before anything of the request is looked at', async () => {
  const open = new Set<string>()
  for (const door of doors) {
    const body = door.body === null ? undefined : {}
    const { status, json } = await world.nobody(door.method, addressOf(door), body)
    if (door.open) open.add(door.action)
    else expect([door.action, status, json.code]).toEqual([door.action, 401, 'node/not-signed-in'])
  }
  expect([...open].sort()).toEqual([
    'node.health',
    'node.metrics',
    'node.ready',
    'sign-in.oidc',
    'sign-in.passkey',
    'sign-in.passkey-options',
    'sign-in.password',
    'sign-in.ways',
    'welcome.look',
    'welcome.open',
  ])
})

test('Every door that needs a scope, for whoever has none: refused', async () => {
  const nobody = await world.someone('No Role', [])
  let asked = 0
  for (const door of doors.filter(({ scopes, open }) => !open && scopes.length > 0)) {
    const { status, json } = await nobody.ask(
      door.method,
      addressOf(door),
      door.example ?? (door.body === null ? undefined : sample(door.body)),
    )
    // A body that does not fit is refused for that.
    expect([door.action, [400, 403, 415].includes(status), json.code !== undefined]).toEqual([door.action, true, true])
    if (status === 403) asked++
  }
  expect(asked).toBeGreaterThan(60)
})

test('A scope that a door names is one that somebody can have', () => {
  for (const { action, scopes } of doors) for (const scope of scopes) expect(SCOPES, action).toContain(scope)
})
