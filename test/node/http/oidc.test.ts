import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditRecord } from '../../../src/node/record/audit.ts'
import { TestProvider } from '../people/provider.ts'
import { type NodeWorld, nodeWorld } from '../world.ts'
import { Browser } from './browser.ts'

let world: NodeWorld
let provider: TestProvider
beforeAll(async () => {
  const port = await freePort()
  const redirect = `http://127.0.0.1:${port}/sign-in/oidc/mofa`
  provider = await TestProvider.start([redirect], {
    hana: { name: 'Hana Sato', groups: ['investigators'] },
    lurker: { name: 'Lurker' },
    boss: { name: 'The Boss' },
  })
  const oidc = (id: string, issuer: string) => ({
    id,
    issuer,
    clientId: 'cordon',
    clientSecret: 'a secret of the client, long enough',
    organisation: 'npa',
    rolesClaim: 'groups',
    roles: { investigators: ['analyst'] },
    caveats: { investigators: ['FININT'] },
    scope: 'openid profile groups',
  })
  world = await nodeWorld({
    change: (config) => ({
      ...config,
      listen: { ...config.listen, port },
      outbound: { ...config.outbound, allow: [`http://${new URL(provider.issuer).host}`] },
      signIn: { ...config.signIn, oidc: [oidc('mofa', provider.issuer), oidc('inside', 'http://127.0.0.1:1')] },
    }),
  })
  await world.organisation('npa', 'JPN')
}, 60_000)
afterAll(async () => {
  await world.close()
  await provider.stop()
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Goes to the provider and comes back, as a browser does; gives what the node's own page answers. */
async function through(browser: Browser, sub: string, returnTo = '/docs') {
  const { json, status } = await browser.ask('POST', '/sign-in/oidc/mofa', { returnTo })
  expect(status).toBe(200)
  const back = await provider.browse(new URL(json.url), sub)
  return { back, page: await browser.open(`${back.pathname}${back.search}`, 'cross-site') }
}

test('Whoever the provider vouches for comes in with what its groups give, and is led on by a page of the node', async () => {
  const browser = new Browser(world.node.url)
  const { page } = await through(browser, 'hana')
  expect(page.status).toBe(200)
  expect(page.text).toContain('<meta http-equiv="refresh" content="0; url=/docs">')
  const set = page.headers.getSetCookie()
  expect(set.find((cookie) => cookie.startsWith('cordon-session='))).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/)
  expect(set.find((cookie) => cookie.startsWith('cordon-oidc=;'))).toBeDefined()
  expect((await browser.ask('GET', '/me')).json).toMatchObject({
    name: 'Hana Sato',
    organisation: 'npa',
    nation: 'JPN',
    roles: ['analyst'],
    caveats: ['FININT'],
  })
})

test('What begins a sign-in is kept in the browser by a Lax cookie for ten minutes', async () => {
  const reply = await new Browser(world.node.url).ask('POST', '/sign-in/oidc/mofa', {})
  expect(reply.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^cordon-oidc=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/),
  ])
})

test('A person of the provider whom no rule gives a role does not come in, and is told nothing', async () => {
  const { page } = await through(new Browser(world.node.url), 'lurker')
  expect(page.status).toBe(403)
  expect(page.text).toContain('That did not sign you in')
  expect(page.text.split('<main>')[1]).not.toMatch(/role|group|mapped/)
})

test('An answer of the provider is good once, in the browser that began, and not with another state', async () => {
  const { back } = await through(new Browser(world.node.url), 'hana')
  const again = await new Browser(world.node.url).open(`${back.pathname}${back.search}`, 'cross-site')
  expect(again.status).toBe(403)
  const victim = new Browser(world.node.url)
  const attacker = new Browser(world.node.url)
  const { json } = await attacker.ask('POST', '/sign-in/oidc/mofa', {})
  const stolen = await provider.browse(new URL(json.url), 'hana')
  const page = await victim.open(`${stolen.pathname}${stolen.search}`, 'cross-site')
  expect([page.status, victim.cookies.has('cordon-session')]).toEqual([403, false])
  for (const query of ['', '?state=x&code=y', '?error=access_denied', `?code=y&state=${'a'.repeat(43)}`])
    expect((await victim.open(`/sign-in/oidc/mofa${query}`, 'cross-site')).status).toBe(403)
})

test('It leads on to nowhere but a path of this node, and writes no HTML of another', async () => {
  for (const to of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
    const { page } = await through(new Browser(world.node.url), 'hana', to)
    expect(page.text).toContain('content="0; url=/"')
  }
  const { page } = await through(new Browser(world.node.url), 'hana', '/x?"><script>alert(1)</script>')
  expect(page.text).not.toContain('<script')
})

test('An invited person links an account of the provider instead of setting a password', async () => {
  const admin = await world.someone('Ada Min', ['administrator'])
  const { json: person } = await admin.ask('POST', '/api/v1/persons', { name: 'Boss', roles: ['supervisor'] })
  const { json: invitation } = await admin.ask('POST', `/api/v1/persons/${person.id}/invitation`)
  const browser = new Browser(world.node.url)
  await browser.ask('POST', '/welcome', { token: invitation.link.split('#')[1] })
  const { page } = await through(browser, 'boss')
  expect(page.status).toBe(200)
  await browser.ask('GET', '/me')
  expect((await browser.ask('GET', '/me')).json).toMatchObject({ person: person.id, name: 'Boss', roles: ['supervisor'] })
})

test('A provider inside the node’s own network that the operator did not allow is not asked; the caller learns nothing of the network', async () => {
  const reply = await new Browser(world.node.url).ask('POST', '/sign-in/oidc/inside', {})
  expect([reply.status, reply.json.code]).toEqual([503, 'people/no-provider'])
  expect(reply.text).not.toMatch(/127\.0\.0\.1|ECONN|loopback/)
  expect((await new Browser(world.node.url).ask('POST', '/sign-in/oidc/nobody', {})).status).toBe(404)
})

test('Who came by the provider is in the record as made, and the audit finds nothing amiss', async () => {
  const { database, keys } = world.node.parts
  const { findings } = await auditRecord(
    database,
    { origin: keys.record.key.name, logKeys: [keys.record.key], witnesses: [], quorum: 0 },
    [],
  )
  expect(findings).toEqual([])
  // Groups that are taken away change the person, on the record too.
  provider.accounts.hana = { name: 'Hana Sato' }
  expect((await through(new Browser(world.node.url), 'hana')).page.status).toBe(403)
  expect(
    (await auditRecord(database, { origin: keys.record.key.name, logKeys: [keys.record.key], witnesses: [], quorum: 0 }, [])).findings,
  ).toEqual([])
})
