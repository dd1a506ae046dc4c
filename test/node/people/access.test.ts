import { X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newKey, parseKey } from '../../../src/node/people/api-key-text.ts'
import { createApiKey, type KeyWish, listApiKeys, revokeApiKey } from '../../../src/node/people/api-keys.ts'
import { authenticate, isUseDue, noteUse } from '../../../src/node/people/authenticate.ts'
import type { Caller } from '../../../src/node/people/caller.ts'
import { listCertificates, registerCertificate, removeCertificate } from '../../../src/node/people/certificates.ts'
import { csrfOf, refuseCrossSite } from '../../../src/node/people/csrf.ts'
import { changePerson } from '../../../src/node/people/persons.ts'
import { PEOPLE_SCHEMA } from '../../../src/node/people/schema.ts'
import { endSession, listSessions, rotateSession, SESSION_LIFE } from '../../../src/node/people/sessions.ts'
import { sweepPeople } from '../../../src/node/people/sweep.ts'
import { selfSigned } from '../outbound/certificate.ts'
import { HOME, HOST, PeopleNode } from './node.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let node: PeopleNode
beforeAll(async () => {
  node = await PeopleNode.open()
})
afterAll(() => node.close())

const wish = (more: Partial<KeyWish> = {}): KeyWish => ({
  name: 'nightly import',
  scopes: ['cases:read', 'objects:read'],
  expiresAt: new Date(node.time.getTime() + 30 * DAY),
  rate: { perMinute: 60, burst: 10 },
  ...more,
})
const makeKey = (caller: Caller, more: Partial<KeyWish> = {}) =>
  node.database.system((tx) => createApiKey(tx, caller, wish(more), node.world))

test('A session shows who asks: person, organisation, nation, roles, scopes', async () => {
  const { caller, person, session } = await node.signedIn('hana', ['analyst', 'supervisor'], 'npa')
  expect(caller).toMatchObject({
    person: person.id,
    name: 'hana',
    organisation: 'npa',
    nation: 'JPN',
    roles: ['analyst', 'supervisor'],
    caveats: [],
    credential: { kind: 'session', id: session.id },
  })
  expect(caller.scopes).toContain('freeze:authorise')
})

test('A session ends after an hour without use, and after twelve hours however it is used', async () => {
  const { session } = await node.signedIn('idle', ['analyst'])
  node.pass(HOUR - 1)
  expect(await node.bySession(session.token)).not.toBeNull()
  node.pass(1)
  expect(await node.bySession(session.token)).toBeNull()
  const busy = (await node.signedIn('busy', ['analyst'])).session
  for (let half = 0; half < 23; half++) {
    node.pass(HOUR / 2)
    const seen = await node.bySession(busy.token)
    expect(isUseDue(seen!.credential, node.world.clock)).toBe(true)
    await node.database.system((tx) => noteUse(tx, seen!.credential, node.world.clock))
  }
  node.pass(HOUR / 2 - 1)
  expect(await node.bySession(busy.token)).not.toBeNull()
  node.pass(1)
  expect(await node.bySession(busy.token)).toBeNull()
})

test('Only the hash of a token is in the database', async () => {
  const { session, caller } = await node.signedIn('secretive', ['analyst'])
  const { key } = await makeKey(caller)
  const rows = await node.database.system(async (tx) => [
    ...(await tx.query('select * from cordon.session')),
    ...(await tx.query('select * from cordon.api_key')),
  ])
  const text = JSON.stringify(rows)
  expect(text).not.toContain(session.token)
  expect(text).not.toContain(parseKey(key)!.secret)
  const hashed = rows.find((row) => row.token_hash !== undefined)!.token_hash as string
  expect(await node.bySession(hashed)).toBeNull()
})

test('A rotated session has another token and another CSRF value; the old token is worth nothing', async () => {
  const { session, person } = await node.signedIn('rotating', ['analyst'])
  const rotated = (await node.database.system((tx) => rotateSession(tx, session.id, node.world)))!
  expect(rotated.id).toBe(session.id)
  expect(rotated.csrf).not.toBe(session.csrf)
  expect(await node.bySession(session.token)).toBeNull()
  expect((await node.bySession(rotated.token))?.person).toBe(person.id)
})

test('A person sees and ends his own sessions and nobody else’s', async () => {
  const mine = await node.signedIn('owner', ['analyst'])
  const other = await node.signedIn('neighbour', ['analyst'])
  const list = await node.database.system((tx) => listSessions(tx, mine.person.id, SESSION_LIFE, node.world.clock))
  expect(list.map(({ id, how, address, agent }) => ({ id, how, address, agent }))).toEqual([
    { id: mine.session.id, how: 'password', address: '192.0.2.7', agent: 'Firefox' },
  ])
  expect(await node.database.system((tx) => endSession(tx, mine.person.id, other.session.id))).toBe(false)
  expect(await node.database.system((tx) => endSession(tx, mine.person.id, "x' or true --"))).toBe(false)
  expect(await node.bySession(other.session.token)).not.toBeNull()
  expect(await node.database.system((tx) => endSession(tx, mine.person.id, mine.session.id))).toBe(true)
  expect(await node.bySession(mine.session.token)).toBeNull()
})

test('The twenty-first session ends the one that was longest not used', async () => {
  const { person, session } = await node.signedIn('many', ['analyst'])
  const later = []
  for (let at = 0; at < 20; at++) {
    node.pass(1000)
    later.push(await node.session(person.id))
  }
  expect(await node.bySession(session.token)).toBeNull()
  expect(await node.bySession(later[0]!.token)).not.toBeNull()
})

test('A key is of one form, with a check that tells a mistyped key from a real one without asking anybody', async () => {
  const { caller } = await node.signedIn('maker', ['analyst'])
  const { key, id } = await makeKey(caller)
  expect(key).toMatch(/^cordon_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/)
  expect(parseKey(key)?.id).toBe(id)
  fc.assert(
    fc.property(fc.nat({ max: key.length - 1 }), fc.constantFrom(...'0Aa9Zz_'), (at, letter) => {
      fc.pre(key[at] !== letter)
      expect(parseKey(key.slice(0, at) + letter + key.slice(at + 1))).toBeNull()
    }),
    { numRuns: 300 },
  )
})

test('A key does what it was made for, as far as its owner still can, at once', async () => {
  const { caller, person } = await node.signedIn('keyed', ['analyst', 'supervisor'])
  const { key } = await makeKey(caller, { scopes: ['cases:read', 'directory:write', 'webhooks:manage'] })
  expect((await node.byKey(key))?.scopes).toEqual(['cases:read', 'directory:write', 'webhooks:manage'])
  expect((await node.byKey(key))?.credential).toMatchObject({ kind: 'key', rate: { perMinute: 60, burst: 10 } })
  await node.database.system((tx) => changePerson(tx, HOST, person.id, 1, { roles: ['analyst'] }, node.world))
  expect((await node.byKey(key))?.scopes).toEqual(['cases:read'])
  await node.database.system((tx) => changePerson(tx, HOST, person.id, 2, { disabled: true }, node.world))
  expect(await node.byKey(key)).toBeNull()
  // Enabling the person again does not wake the key.
  await node.database.system((tx) => changePerson(tx, HOST, person.id, 3, { disabled: false }, node.world))
  expect(await node.byKey(key)).toBeNull()
})

test('Nobody makes a key that can do more than himself, lives for ever, or stands for a person who must be there', async () => {
  const { caller } = await node.signedIn('greedy', ['analyst', 'supervisor', 'administrator'])
  const field = async (more: Partial<KeyWish>) =>
    makeKey(caller, more).then(
      () => 'made',
      (error) => `${error.code} ${error.place.field}`,
    )
  expect(await field({ scopes: ['release:change'] })).toBe('people/bad-key scopes')
  expect(await field({ scopes: ['people:manage'] })).toBe('people/bad-key scopes')
  expect(await field({ scopes: ['freeze:authorise'] })).toBe('people/bad-key scopes')
  expect(await field({ scopes: ['keys:own'] })).toBe('people/bad-key scopes')
  expect(await field({ scopes: ['everything'] })).toBe('people/bad-key scopes')
  expect(await field({ scopes: [] })).toBe('people/bad-key scopes')
  expect(await field({ expiresAt: new Date(node.time.getTime() + 366 * DAY) })).toBe('people/bad-key expiresAt')
  expect(await field({ expiresAt: node.time })).toBe('people/bad-key expiresAt')
  expect(await field({ expiresAt: new Date(Number.NaN) })).toBe('people/bad-key expiresAt')
  expect(await field({ name: ' ' })).toBe('people/bad-key name')
  expect(await field({ name: 'a\0b' })).toBe('people/bad-key name')
  expect(await field({ rate: { perMinute: 0, burst: 1 } })).toBe('people/bad-key rate.perMinute')
  expect(await field({ rate: { perMinute: 1, burst: 1e9 } })).toBe('people/bad-key rate.burst')
  const { key } = await makeKey(caller)
  await expect(makeKey((await node.byKey(key))!)).rejects.toMatchObject({ code: 'people/not-allowed' })
})

test('An expired, a revoked, a forged and a neighbour’s key are all nobody', async () => {
  const { caller, person } = await node.signedIn('ending', ['analyst'])
  const short = await makeKey(caller, { expiresAt: new Date(node.time.getTime() + HOUR) })
  const revoked = await makeKey(caller)
  const other = await makeKey(caller)
  expect(await node.database.system((tx) => revokeApiKey(tx, person.id, revoked.id, node.world.clock))).toBe(true)
  expect(await node.database.system((tx) => revokeApiKey(tx, person.id, revoked.id, node.world.clock))).toBe(false)
  expect(await node.byKey(revoked.key)).toBeNull()
  // The id of one key with the secret of another, with a right check.
  const forged = newKey((bytes) => Buffer.alloc(bytes, 1))
  expect(parseKey(forged.key)).not.toBeNull()
  expect(await node.byKey(forged.key)).toBeNull()
  await node.database.system((tx) => tx.query('update cordon.api_key set id = $1 where id = $2', [forged.id, other.id]))
  expect(await node.byKey(forged.key)).toBeNull()
  node.pass(HOUR)
  expect(await node.byKey(short.key)).toBeNull()
  const views = await node.database.system((tx) => listApiKeys(tx, person.id))
  expect(views.length).toBe(3)
  expect(JSON.stringify(views)).not.toContain(parseKey(short.key)!.secret)
})

test('What a request shows first counts alone: a wrong header beside a good cookie is nobody', async () => {
  const { session } = await node.signedIn('both', ['analyst'])
  const by = (authorization: string | null) =>
    node.database.system((tx) =>
      authenticate(tx, { authorization, session: session.token, certificate: null }, SESSION_LIFE, node.world.clock),
    )
  expect(await by(null)).not.toBeNull()
  for (const header of ['', 'Bearer', 'Bearer cordon_x_y', 'Basic YTpi', `Bearer ${session.token}`, 'Bearer '.padEnd(100_000, 'x')])
    expect(await by(header)).toBeNull()
})

test('Hostile tokens are nobody and no error', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 100 }), async (text) => {
      expect(await node.bySession(text)).toBeNull()
      expect(await node.byKey(text)).toBeNull()
      const certificate = await node.database.system((tx) =>
        authenticate(tx, { authorization: null, session: null, certificate: text }, SESSION_LIFE, node.world.clock),
      )
      expect(certificate).toBeNull()
    }),
    { numRuns: 100 },
  )
})

test('A certificate stands for the person for whom an administrator registered it, until it ends', async () => {
  const { cert: pem, key: privateKey } = selfSigned(['sensor.example'])
  const parsed = new X509Certificate(pem)
  node.time = new Date(Math.max(node.time.getTime(), Date.now()))
  const person = await node.person('sensor', ['subscriber'], 'npa')
  const administrator = await node.signedIn('registrar', ['administrator'])
  const manager = { caller: administrator.caller, home: HOME }
  const register = (who: string, text: string, by = manager) =>
    node.database.system((tx) => registerCertificate(tx, by, who, text, node.world))
  const show = (certificate: string) =>
    node.database.system((tx) => authenticate(tx, { authorization: null, session: null, certificate }, SESSION_LIFE, node.world.clock))
  expect(await show(parsed.fingerprint256)).toBeNull()
  await expect(register(administrator.person.id, pem)).rejects.toMatchObject({ code: 'people/own-privileges' })
  await expect(register(person.id, 'no certificate')).rejects.toMatchObject({ code: 'people/bad-certificate' })
  await expect(register(person.id, privateKey + pem)).rejects.toThrow(/private key/)
  await expect(
    register(person.id, pem, { caller: (await node.signedIn('no admin', ['analyst'])).caller, home: HOME }),
  ).rejects.toMatchObject({
    code: 'people/not-allowed',
  })
  const view = await register(person.id, pem)
  expect(view).toMatchObject({ subject: 'CN=Cordon test', expiresAt: parsed.validToDate, usedAt: null })
  await expect(register(person.id, pem)).rejects.toThrow(/registered already/)
  // As node:tls writes a fingerprint, and as a hash of the bytes gives it.
  for (const shown of [parsed.fingerprint256, view.fingerprint])
    expect(await show(shown)).toMatchObject({
      person: person.id,
      organisation: 'npa',
      scopes: expect.arrayContaining(['cases:read']),
      credential: { kind: 'certificate' },
    })
  node.time = parsed.validToDate
  expect(await show(view.fingerprint)).toBeNull()
  expect((await node.database.system((tx) => listCertificates(tx, person.id))).length).toBe(1)
  expect(await node.database.system((tx) => removeCertificate(tx, HOST, person.id, parsed.fingerprint256))).toBe(true)
  expect(await node.database.system((tx) => removeCertificate(tx, HOST, person.id, parsed.fingerprint256))).toBe(false)
})

test('A change from another site, without the header, or with another session’s header is refused; reading and keys are not', async () => {
  const { session } = await node.signedIn('browsing', ['analyst'])
  const other = await node.signedIn('other tab', ['analyst'])
  const own = ['https://node.example']
  const by = { kind: 'session', token: session.token } as const
  const good = { method: 'POST', origin: 'https://node.example', site: 'same-origin', csrf: csrfOf(session.token) }
  expect(session.csrf).toBe(good.csrf)
  refuseCrossSite(by, good, own)
  refuseCrossSite(by, { ...good, origin: null, site: null }, own)
  for (const bad of [
    { csrf: null },
    { csrf: '' },
    { csrf: other.session.csrf },
    { csrf: session.token },
    { origin: 'https://evil.example' },
    { origin: 'https://node.example.evil.example' },
    { origin: 'http://node.example' },
    { origin: 'null' },
    { site: 'cross-site' },
    { site: 'same-site' },
  ])
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'post', 'PROPFIND'])
      expect(() => refuseCrossSite(by, { ...good, ...bad, method }, own)).toThrow(expect.objectContaining({ code: 'people/cross-site' }))
  refuseCrossSite(by, { method: 'GET', origin: null, site: 'cross-site', csrf: null }, own)
  refuseCrossSite({ kind: 'key' }, { method: 'POST', origin: 'https://evil.example', site: 'cross-site', csrf: null }, own)
  expect(() =>
    refuseCrossSite({ kind: 'certificate' }, { method: 'POST', origin: 'https://evil.example', site: null, csrf: null }, own),
  ).toThrow()
})

test('A grant that somebody makes to the application’s role by mistake opens no row of these tables', async () => {
  await node.signedIn('hidden', ['analyst'])
  const tables = [...PEOPLE_SCHEMA.matchAll(/create table cordon\.(\w+)/g)].map(([, name]) => name as string)
  expect(tables.length).toBe(11)
  for (const table of tables) {
    const read = () => node.database.as('00000000-0000-4000-8000-000000000000', node.time, (tx) => tx.query(`select * from ${table}`))
    await expect(read()).rejects.toThrow()
    await node.database.system((tx) => tx.query(`grant select on ${table} to cordon_app`))
    expect(await read()).toEqual([])
    await node.database.system((tx) => tx.query(`revoke select on ${table} from cordon_app`))
  }
})

test('Sweeping removes what has ended and nothing that lives', async () => {
  const old = await node.signedIn('sweeped', ['analyst'])
  node.pass(2 * HOUR)
  const fresh = await node.signedIn('kept', ['analyst'])
  expect(await node.database.system((tx) => sweepPeople(tx, SESSION_LIFE, node.world))).toBeGreaterThan(0)
  const left = await node.database.system((tx) => tx.query<{ id: string }>('select id from cordon.session'))
  expect(left.map(({ id }) => id)).toEqual([fresh.session.id])
  expect(await node.bySession(old.session.token)).toBeNull()
  expect(await node.database.system((tx) => sweepPeople(tx, SESSION_LIFE, node.world))).toBe(0)
})
