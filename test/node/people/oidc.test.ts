import { createPublicKey } from 'node:crypto'
import { decodeJwt, exportJWK, generateKeyPair, importJWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { discoverProvider, type GuardedFetch, type OidcProvider, type OidcSettings } from '../../../src/node/people/oidc.ts'
import type { ClaimRule } from '../../../src/node/people/oidc-claims.ts'
import { mapClaims } from '../../../src/node/people/oidc-claims.ts'
import { beginOidc, finishOidc, localPath, type OidcOutcome } from '../../../src/node/people/oidc-sign-in.ts'
import { changePerson } from '../../../src/node/people/persons.ts'
import { SESSION_LIFE } from '../../../src/node/people/sessions.ts'
import { administratorLink, invite, openLink } from '../../../src/node/people/setup-link.ts'
import { HOME, HOST, OPENED, PeopleNode } from './node.ts'
import { TestProvider } from './provider.ts'

const REDIRECT = 'https://node.example/sign-in/oidc/mofa'
const OTHER_REDIRECT = 'https://node.example/sign-in/oidc/rogue'
const RULES: readonly ClaimRule[] = [
  { claim: 'groups', equals: 'all-staff', organisation: HOME },
  { claim: 'groups', equals: 'npa-staff', organisation: 'npa' },
  { claim: 'groups', equals: 'investigators', roles: ['analyst'], caveats: ['FININT'] },
  { claim: 'groups', equals: 'heads', roles: ['supervisor'] },
  { claim: 'groups', equals: 'it', roles: ['administrator'] },
  { claim: 'groups', equals: 'releasers', roles: ['releaser'] },
]

let node: PeopleNode
let real: TestProvider
let rogue: TestProvider
/** What lies between the node and its provider, for a test to tamper with. */
let tamper: (url: string, response: Response) => Promise<Response> | Response
const asked: string[] = []
const guarded: GuardedFetch = async (url, options) => {
  asked.push(url)
  return tamper(url, await fetch(url, options as RequestInit))
}

const settings = (provider: TestProvider, more: Partial<OidcSettings> = {}): OidcSettings => ({
  id: 'mofa',
  issuer: provider.issuer,
  clientId: 'cordon',
  clientSecret: 'a secret of the client, long enough',
  redirectUri: REDIRECT,
  scope: 'openid profile email groups',
  rules: RULES,
  ...more,
})

let mofa: OidcProvider
beforeAll(async () => {
  tamper = (_, response) => response
  node = await PeopleNode.open()
  node.time = new Date()
  real = await TestProvider.start([REDIRECT], {
    hana: { name: 'Hana Sato', email: 'hana@npa.example', email_verified: true, groups: ['all-staff', 'investigators'] },
    bora: { name: 'Bora Kim', email: 'admin@example.org', email_verified: false, groups: ['all-staff', 'investigators', 'heads'] },
    guest: { name: 'Guest' },
    lurker: { name: 'Lurker', groups: ['all-staff'] },
    twofold: { name: 'Two', groups: ['all-staff', 'npa-staff', 'investigators'] },
    mighty: { name: 'Mighty', groups: ['all-staff', 'it', 'releasers'] },
  })
  rogue = await TestProvider.start([REDIRECT, OTHER_REDIRECT], {
    hana: { name: 'Not Hana', groups: ['all-staff', 'investigators', 'heads'] },
  })
  mofa = await discoverProvider(settings(real), guarded)
})
afterEach(() => {
  tamper = (_, response) => response
  node.time = new Date()
})
afterAll(async () => {
  await node.close()
  await real.stop()
  await rogue.stop()
})

const begin = (invited: { person: string; sessionId: string } | null = null, provider = mofa, returnTo = '/cases') =>
  node.database.system((tx) => beginOidc(tx, provider, { returnTo, invited }, node.world))
const finish = (back: URL, browser: string | null, provider = mofa): Promise<OidcOutcome> =>
  finishOidc(provider, { query: back.search, browser, opened: OPENED }, SESSION_LIFE, node.world)
const reason = (came: OidcOutcome) => (came.outcome === 'in' ? 'in' : came.reason)

async function signIn(sub: string, invited: { person: string; sessionId: string } | null = null): Promise<OidcOutcome> {
  const { url, browser } = await begin(invited)
  return finish(await real.browse(url, sub), browser)
}

test('A subject whom the rules know comes in with what they give: organisation, roles, caveats', async () => {
  const came = await signIn('hana')
  if (came.outcome !== 'in') throw new Error(came.detail)
  expect(came).toMatchObject({ made: true, returnTo: '/cases' })
  expect(await node.bySession(came.session.token)).toMatchObject({
    person: came.person,
    name: 'Hana Sato',
    organisation: HOME,
    roles: ['analyst'],
    caveats: ['FININT'],
  })
  const again = await signIn('hana')
  expect(again).toMatchObject({ outcome: 'in', person: came.person, made: false })
  const [row] = await node.database.system((tx) =>
    tx.query<{ email: string }>('select email from cordon.person where id = $1', [came.person]),
  )
  expect(row?.email).toBe('hana@npa.example')
})

test('The request has state, nonce and PKCE with S256, and every request of ours went through the guard', async () => {
  const { url } = await begin()
  const { state, nonce, code_challenge, code_challenge_method, response_type, redirect_uri } = Object.fromEntries(url.searchParams)
  expect([state, nonce, code_challenge].map((each) => each?.length)).toEqual([43, 43, 43])
  expect({ code_challenge_method, response_type, redirect_uri }).toEqual({
    code_challenge_method: 'S256',
    response_type: 'code',
    redirect_uri: REDIRECT,
  })
  expect(new Set(asked.map((each) => new URL(each).pathname))).toEqual(
    new Set(['/.well-known/openid-configuration', '/token', '/jwks', '/me']),
  )
})

test('Nothing is given by default: without groups, with an organisation alone, or with two, nobody comes in and nobody is made', async () => {
  const count = async () => (await node.database.system((tx) => tx.query('select id from cordon.person'))).length
  const before = await count()
  expect(await signIn('guest')).toMatchObject({ reason: 'not-mapped', detail: 'no-organisation' })
  expect(await signIn('lurker')).toMatchObject({ reason: 'not-mapped', detail: 'no-role' })
  expect(await signIn('twofold')).toMatchObject({ reason: 'not-mapped', detail: 'two-organisations' })
  expect(await signIn('mighty')).toMatchObject({ reason: 'not-mapped', detail: 'forbidden-roles' })
  expect(await count()).toBe(before)
})

test('A mail address proves nothing: an unverified address of somebody else gives neither his account nor his address', async () => {
  const person = await node.person('admin', ['administrator'])
  expect(person.email).toBe('admin@example.org')
  const came = await signIn('bora')
  if (came.outcome !== 'in') throw new Error(came.detail)
  expect(came.person).not.toBe(person.id)
  const [row] = await node.database.system((tx) =>
    tx.query<{ email: string | null }>('select email from cordon.person where id = $1', [came.person]),
  )
  expect(row?.email).toBeNull()
})

test('Groups that are taken away take roles and sessions at the next sign-in; whoever has none left is nobody', async () => {
  real.accounts.leaver = { name: 'Leaver', groups: ['all-staff', 'investigators', 'heads'] }
  const first = await signIn('leaver')
  if (first.outcome !== 'in') throw new Error(first.detail)
  expect((await node.bySession(first.session.token))?.roles).toEqual(['analyst', 'supervisor'])
  real.accounts.leaver = { name: 'Leaver', groups: ['all-staff', 'investigators'] }
  const second = await signIn('leaver')
  if (second.outcome !== 'in') throw new Error(second.detail)
  expect(await node.bySession(first.session.token)).toBeNull()
  expect((await node.bySession(second.session.token))?.roles).toEqual(['analyst'])
  await expect(
    node.database.system((tx) => changePerson(tx, HOST, second.person, 2, { roles: ['supervisor'] }, node.world)),
  ).rejects.toMatchObject({ code: 'people/managed-by-provider' })
  real.accounts.leaver = { name: 'Leaver', groups: [] }
  expect(reason(await signIn('leaver'))).toBe('not-mapped')
  expect(await node.bySession(second.session.token)).toBeNull()
  const [row] = await node.database.system((tx) =>
    tx.query<{ roles: string[] }>('select roles from cordon.person where id = $1', [second.person]),
  )
  expect(row?.roles).toEqual([])
})

test('A disabled person does not come in, whatever his groups are', async () => {
  real.accounts.sacked = { name: 'Sacked', groups: ['all-staff', 'investigators'] }
  const came = await signIn('sacked')
  if (came.outcome !== 'in') throw new Error(came.detail)
  await node.database.system((tx) => changePerson(tx, HOST, came.person, 1, { disabled: true }, node.world))
  expect(reason(await signIn('sacked'))).toBe('disabled')
})

test('An account is linked in the session of an invitation alone, and keeps the roles that an administrator gave', async () => {
  const person = await node.person('linked', ['compliance'])
  const ordinary = await node.session(person.id)
  // In an ordinary session this is a sign-in like any other: nothing is linked to its owner.
  expect(await signIn('guest', { person: person.id, sessionId: ordinary.id })).toMatchObject({ reason: 'not-mapped' })
  const { token } = await node.database.system((tx) => invite(tx, HOST, person.id, node.world))
  const came = await node.database.system((tx) => openLink(tx, { token, name: '', email: null, opened: OPENED }, SESSION_LIFE, node.world))
  const invited = { person: person.id, sessionId: came!.session.id }
  // Somebody else's subject cannot be taken.
  expect(reason(await signIn('hana', invited))).toBe('linked-to-another')
  const linked = await signIn('guest', invited)
  if (linked.outcome !== 'in') throw new Error(linked.detail)
  expect(await node.bySession(linked.session.token)).toMatchObject({ person: person.id, roles: ['compliance'] })
  expect(await node.bySession(came!.session.token)).toBeNull()
  expect(await signIn('guest')).toMatchObject({ outcome: 'in', person: person.id, made: false })
})

test('The first administrator can come in by a provider', async () => {
  await node.database.system((tx) => tx.query(`update cordon.person set roles = '{analyst}' where 'administrator' = any(roles)`))
  const link = await node.database.system((tx) => administratorLink(tx, HOME, [], node.world))
  const came = await node.database.system((tx) =>
    openLink(tx, { token: link!.token, name: 'First', email: null, opened: OPENED }, SESSION_LIFE, node.world),
  )
  real.accounts.first = { name: 'First' }
  const linked = await signIn('first', { person: came!.person, sessionId: came!.session.id })
  if (linked.outcome !== 'in') throw new Error(linked.detail)
  expect((await node.bySession(linked.session.token))?.roles).toEqual(['administrator'])
  expect(await node.database.system((tx) => administratorLink(tx, HOME, [], node.world))).toBeNull()
})

test('A replayed answer is refused: the state is good once', async () => {
  const { url, browser } = await begin()
  const back = await real.browse(url, 'hana')
  const [one, two] = await Promise.all([finish(back, browser), finish(back, browser)])
  expect([reason(one), reason(two)].sort()).toEqual(['in', 'unknown-state'])
  expect(reason(await finish(back, browser))).toBe('unknown-state')
})

test('A replayed code with a state of its own is refused by the provider', async () => {
  const first = await begin()
  const back = await real.browse(first.url, 'hana')
  expect(reason(await finish(back, first.browser))).toBe('in')
  const second = await begin()
  const forged = new URL(back)
  forged.searchParams.set('state', second.url.searchParams.get('state')!)
  expect(await finish(forged, second.browser)).toMatchObject({ reason: 'provider', detail: expect.stringMatching(/invalid_grant|grant/) })
})

test('A stolen code that was not used yet is worth nothing with another sign-in’s state: the verifier is another', async () => {
  const victim = await begin()
  const back = await real.browse(victim.url, 'hana')
  const attacker = await begin()
  const injected = new URL(back)
  injected.searchParams.set('state', attacker.url.searchParams.get('state')!)
  expect(reason(await finish(injected, attacker.browser))).toBe('provider')
})

test('A sign-in that began in another browser is refused (login CSRF)', async () => {
  for (const browser of [null, '', 'A'.repeat(43)]) {
    const { url } = await begin()
    expect(reason(await finish(await real.browse(url, 'hana'), browser))).toBe('other-browser')
  }
})

test('A sign-in that took longer than ten minutes is refused', async () => {
  const { url, browser } = await begin()
  const back = await real.browse(url, 'hana')
  node.pass(10 * 60_000)
  expect(reason(await finish(back, browser))).toBe('expired')
})

test('An answer of one provider is no answer of another (mix-up)', async () => {
  const other = await discoverProvider(settings(rogue, { id: 'rogue', redirectUri: OTHER_REDIRECT }), guarded)
  // Begun at the real one, brought to the rogue's address, and the other way round.
  const one = await begin()
  expect(reason(await finish(await real.browse(one.url, 'hana'), one.browser, other))).toBe('other-provider')
  const two = await begin(null, other)
  expect(reason(await finish(await rogue.browse(two.url, 'hana'), two.browser, mofa))).toBe('other-provider')
  // A rogue that sends its own code to the real one's address, with the state of the real one (RFC 9207).
  const three = await begin()
  const lured = new URL(three.url)
  lured.host = new URL(rogue.issuer).host
  const back = await rogue.browse(lured, 'hana')
  expect(back.searchParams.get('state')).toBe(three.url.searchParams.get('state'))
  expect(await finish(back, three.browser)).toMatchObject({ reason: 'provider', detail: expect.stringContaining('iss') })
  // The same subject of another issuer is another person.
  const four = await begin(null, other)
  const came = await finish(await rogue.browse(four.url, 'hana'), four.browser, other)
  expect(came).toMatchObject({ outcome: 'in', made: true })
})

/** Puts another ID token in the place of the real one. */
async function forged(make: (claims: JWTPayload) => Promise<string> | string): Promise<OidcOutcome> {
  const { url, browser } = await begin()
  const back = await real.browse(url, 'hana')
  tamper = async (address, response) => {
    if (new URL(address).pathname !== '/token') return response
    const body = (await response.json()) as { id_token: string }
    return Response.json({ ...body, id_token: await make(decodeJwt(body.id_token)) })
  }
  return finish(back, browser)
}

const signed = async (claims: JWTPayload, key: Parameters<SignJWT['sign']>[0] | null = null, header = { alg: 'RS256', kid: 'test-key' }) =>
  new SignJWT(claims).setProtectedHeader(header).sign(key ?? (await importJWK(real.key, 'RS256')))

test('An ID token that we sign with the provider’s key passes: the forgeries below fail for what is wrong with them', async () => {
  expect(reason(await forged((claims) => signed(claims)))).toBe('in')
})

test.each<[string, (claims: JWTPayload) => Promise<string> | string, RegExp]>([
  ['signed by another key', async (claims) => signed(claims, (await generateKeyPair('RS256')).privateKey), /signature/i],
  ['without a signature (alg none)', (claims) => new UnsecuredJWT(claims).encode(), /JWT|alg/],
  [
    'signed with the client’s secret (HS256)',
    (claims) => signed(claims, Buffer.from('a secret of the client, long enough'), { alg: 'HS256', kid: 'test-key' }),
    /alg/,
  ],
  [
    'signed with the public key taken for a secret',
    (claims) => {
      const pem = createPublicKey({ key: real.key, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
      return signed(claims, Buffer.from(pem), { alg: 'HS256', kid: 'test-key' })
    },
    /alg/,
  ],
  [
    'that brings its own key',
    async (claims) => {
      const { privateKey, publicKey } = await generateKeyPair('RS256')
      return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'test-key', jwk: await exportJWK(publicKey) }).sign(privateKey)
    },
    /signature/i,
  ],
  ['of another key id', (claims) => signed(claims, null, { alg: 'RS256', kid: 'unknown' }), /key/i],
  ['with another nonce', (claims) => signed({ ...claims, nonce: 'A'.repeat(43) }), /nonce/],
  ['without a nonce', ({ nonce: _, ...claims }) => signed(claims), /nonce/],
  ['for another audience', (claims) => signed({ ...claims, aud: 'other' }), /aud/],
  ['for several, of which another was authorised', (claims) => signed({ ...claims, aud: ['cordon', 'other'], azp: 'other' }), /azp/],
  ['of another issuer', (claims) => signed({ ...claims, iss: rogue.issuer }), /iss/],
  ['that has expired', (claims) => signed({ ...claims, exp: Math.floor(Date.now() / 1000) - 60 }), /exp/],
  ['that never expires', ({ exp: _, ...claims }) => signed(claims), /exp/],
  ['that is not valid yet', (claims) => signed({ ...claims, nbf: Math.floor(Date.now() / 1000) + 600 }), /nbf/],
  ['without a subject', ({ sub: _, ...claims }) => signed(claims), /sub/],
  ['of another subject than the access token', (claims) => signed({ ...claims, sub: 'bora' }), /sub/],
  ['that is no token', () => 'a.b.c', /JWT|parse/i],
])('An ID token %s is refused', async (_, make, why) => {
  const came = await forged(make)
  expect(came).toMatchObject({ outcome: 'refused', reason: 'provider', detail: expect.stringMatching(why) })
})

test('Times are measured by the node’s clock: a token that has expired by it is refused, one within 30 seconds is not', async () => {
  const { url, browser } = await begin()
  const back = await real.browse(url, 'hana')
  await node.database.system((tx) => tx.query(`update cordon.sign_in set expires_at = expires_at + interval '1 day'`))
  node.pass(3_600_000)
  expect(await finish(back, browser)).toMatchObject({ reason: 'provider', detail: expect.stringContaining('exp') })
  node.time = new Date()
  expect(reason(await forged((claims) => signed({ ...claims, exp: Math.floor(Date.now() / 1000) - 10 })))).toBe('in')
})

test('An error of the provider, a refusal of the user and a broken answer are refusals and no errors', async () => {
  const denied = await begin()
  const state = denied.url.searchParams.get('state')!
  const back = new URL(`${REDIRECT}?error=access_denied&state=${state}&iss=${encodeURIComponent(real.issuer)}`)
  expect(reason(await finish(back, denied.browser))).toBe('provider')
  for (const query of [
    '',
    '?',
    '?state=',
    '?state=x&code=y',
    `?code=x&state=${'A'.repeat(43)}`,
    `?state=${'\0'.repeat(43)}`,
    `?state=${"'".repeat(43)}`,
  ])
    expect(reason(await finish(new URL(`${REDIRECT}${query}`), 'x'))).toBe('unknown-state')
  for (const answer of [
    new Response('<html>', { status: 502 }),
    new Response('{', { headers: { 'content-type': 'application/json' } }),
    Response.json({}),
    new Response(null, { status: 302, headers: { location: 'http://169.254.169.254/' } }),
  ]) {
    const { url, browser } = await begin()
    const good = await real.browse(url, 'hana')
    tamper = (address, response) => (new URL(address).pathname === '/token' ? answer : response)
    expect(reason(await finish(good, browser))).toBe('provider')
    tamper = (_, response) => response
  }
  expect(asked.some((url) => url.includes('169.254'))).toBe(false)
})

test('A provider whose metadata is another’s, plain HTTP, inward or without proper signatures is refused', async () => {
  const discover = (more: Partial<OidcSettings>, metadata: object | null = null) => {
    const fetched: GuardedFetch = async (url, options) =>
      metadata === null
        ? guarded(url, options)
        : Response.json({ ...((await (await fetch(real.issuer + '/.well-known/openid-configuration')).json()) as object), ...metadata })
    return discoverProvider(settings(real, more), fetched).then(
      () => 'taken',
      (error) => `${error.code}: ${error.message}`,
    )
  }
  expect(await discover({})).toBe('taken')
  expect(await discover({}, {})).toBe('taken')
  expect(await discover({ issuer: 'http://idp.example' })).toContain('no https address')
  expect(await discover({ issuer: 'https://user:pw@idp.example' })).toContain('no https address')
  expect(await discover({ issuer: 'file:///etc/passwd' })).toContain('no https address')
  expect(await discover({ scope: 'profile' })).toContain('lacks openid')
  expect(await discover({ id: '../x' })).toContain('its id')
  expect(await discover({}, { issuer: rogue.issuer })).toContain('could not be read')
  expect(await discover({ issuer: 'https://idp.example' }, { issuer: 'https://idp.example' })).toContain('authorization_endpoint')
  for (const endpoint of ['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'userinfo_endpoint'])
    for (const address of ['http://10.0.0.1/x', 'gopher://x', 'x'])
      expect(await discover({}, { [endpoint]: address })).toContain(`its ${endpoint}`)
  expect(await discover({}, { token_endpoint: undefined })).toContain('its token_endpoint')
  expect(await discover({}, { id_token_signing_alg_values_supported: ['none', 'HS256'] })).toContain('does not sign')
  expect(await discover({ rules: [{ claim: 'groups', equals: 'x', roles: ['root' as never] }] })).toContain('people/bad-claim-rule')
  expect(await discover({ rules: [{ claim: 'groups', equals: 'x' }] })).toContain('gives nothing')
  const refusing: GuardedFetch = async () => {
    throw new Error('the address is inward')
  }
  await expect(discoverProvider(settings(real), refusing)).rejects.toMatchObject({
    code: 'people/bad-provider',
    message: expect.stringContaining('inward'),
  })
})

test('A claim may lie inside another, and names of the language’s own objects are no claims', () => {
  const rules = (claim: string, equals: string): ClaimRule[] => [{ claim, equals, organisation: HOME, roles: ['analyst'] }]
  expect(mapClaims({ realm_access: { roles: ['a', 'b'] } }, rules('realm_access.roles', 'b'))).toMatchObject({ roles: ['analyst'] })
  expect(mapClaims({ 'https://idp.example/groups': ['b'] }, rules('https://idp.example/groups', 'b'))).toMatchObject({ roles: ['analyst'] })
  for (const claims of [{}, { groups: 'xb' }, { groups: { b: 'b' } }, { groups: [['b']] }, { groups: null }])
    expect(mapClaims(claims, rules('groups', 'b'))).toEqual({ unmapped: 'no-organisation' })
  expect(mapClaims({ groups: [] }, rules('groups.constructor.name', 'Array'))).toEqual({ unmapped: 'no-organisation' })
})

test('After signing in nobody is sent to another site', () => {
  for (const path of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '',
    'cases',
    '/\n/evil',
    '/a b',
    '/\t/evil',
  ])
    expect(localPath(path)).toBe('/')
  for (const path of ['/', '/cases/1?tab=files#top']) expect(localPath(path)).toBe(path)
})
