import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Authenticator, type Quirks } from '../people/authenticator.ts'
import { type NodeWorld, nodeWorld } from '../world.ts'
import { Browser } from './browser.ts'

let world: NodeWorld
let site: { id: string; origins: string[] }
beforeAll(async () => {
  world = await nodeWorld()
  site = { id: 'localhost', origins: [world.node.url.replace('127.0.0.1', 'localhost')] }
}, 60_000)
afterAll(() => world.close())

async function signedIn(name: string): Promise<{ id: string; browser: Browser }> {
  const { id, cookie } = await world.someone(name, ['analyst'])
  const browser = new Browser(world.node.url)
  browser.cookies.set('cordon-session', cookie.split('=')[1]!)
  await browser.ask('GET', '/me')
  return { id, browser }
}

async function added(browser: Browser, device = new Authenticator(randomBytes(20))) {
  const { json: options } = await browser.ask('POST', '/me/passkeys/options')
  return { device, reply: await browser.ask('POST', '/me/passkeys', { credential: device.create(options, site), name: 'phone' }) }
}

async function signIn(browser: Browser, device: Authenticator, quirks: Quirks = {}) {
  const { json: options } = await browser.ask('POST', '/sign-in/passkey/options')
  return await browser.ask('POST', '/sign-in/passkey', { credential: device.get(options, site, quirks) })
}

test('A passkey is added in a session, which goes on under a new cookie, and signs in from then on', async () => {
  const { id, browser } = await signedIn('Pas Skey')
  const before = browser.cookies.get('cordon-session')
  const { device, reply } = await added(browser)
  expect(reply.json).toMatchObject({ passkey: { name: 'phone', usedAt: null, suspendedAt: null }, session: { person: id } })
  expect(browser.cookies.get('cordon-session')).not.toBe(before)
  const elsewhere = new Browser(world.node.url)
  const came = await signIn(elsewhere, device)
  expect([came.status, came.json.person]).toEqual([200, id])
  expect((await elsewhere.ask('GET', '/me')).json).toMatchObject({ name: 'Pas Skey', credential: { kind: 'session' } })
  const { items } = (await elsewhere.ask('GET', '/me/passkeys')).json
  expect(items).toMatchObject([{ id: device.id.toString('base64url'), name: 'phone' }])
  expect(items[0].usedAt).toMatch(/^\d{4}-/)
  expect((await elsewhere.ask('DELETE', `/me/passkeys/${items[0].id}`)).status).toBe(204)
  expect((await elsewhere.ask('DELETE', `/me/passkeys/${items[0].id}`)).status).toBe(404)
  expect((await signIn(new Browser(world.node.url), device)).status).toBe(401)
})

test('Whatever is wrong with a passkey, whoever shows it is told the same', async () => {
  const { browser } = await signedIn('Mani Fold')
  const { device } = await added(browser)
  const refusals = [
    await signIn(new Browser(world.node.url), new Authenticator(randomBytes(20))),
    await signIn(new Browser(world.node.url), device, { origin: 'https://evil.example' }),
    await signIn(new Browser(world.node.url), device, { rpId: 'evil.example' }),
    await signIn(new Browser(world.node.url), device, { challenge: 'AAAA' }),
    await signIn(new Browser(world.node.url), device, { otherKey: true }),
    await signIn(new Browser(world.node.url), device, { verified: false }),
  ]
  const told = refusals.map(({ status, json: { instance: _, ...problem }, headers }) => ({
    status,
    problem,
    cookie: headers.getSetCookie(),
  }))
  expect(new Set(told.map((each) => JSON.stringify(each))).size).toBe(1)
  expect(told[0]).toMatchObject({ status: 401, problem: { code: 'people/wrong-sign-in' }, cookie: [] })
  // The record knows better.
  const auditor = await world.someone('Aud Itor', ['auditor'])
  const { json } = await auditor.ask('GET', '/api/v1/record/entries?from=0&limit=1000')
  const reasons = json.items
    .map(({ entry }: { entry: string }) => JSON.parse(entry))
    .filter(({ action, outcome }: { action: string; outcome: string }) => action === 'sign-in.passkey' && outcome === 'refused')
    .map(({ detail }: { detail: { reason: string } }) => detail.reason)
  expect(reasons).toContain('not-verified')
})

test('The same answer of an authenticator comes in once', async () => {
  const { browser } = await signedIn('Re Play')
  const { device } = await added(browser)
  const { json: options } = await browser.ask('POST', '/sign-in/passkey/options')
  const credential = device.get(options, site)
  expect((await new Browser(world.node.url).ask('POST', '/sign-in/passkey', { credential })).status).toBe(200)
  expect((await new Browser(world.node.url).ask('POST', '/sign-in/passkey', { credential })).status).toBe(401)
})

test('Who asks for the options of a sign-in learns nothing of anybody', async () => {
  const { json } = await new Browser(world.node.url).ask('POST', '/sign-in/passkey/options')
  expect(json).toMatchObject({ rpId: 'localhost', userVerification: 'required' })
  expect(json.allowCredentials ?? []).toEqual([])
})
