import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  beginPasskeyRegistration,
  beginPasskeySignIn,
  finishPasskeyRegistration,
  listPasskeys,
  type PasskeySite,
  removePasskey,
  signInWithPasskey,
} from '../../../src/node/people/passkeys.ts'
import { SESSION_LIFE } from '../../../src/node/people/sessions.ts'
import { Authenticator, type Quirks } from './authenticator.ts'
import { OPENED, PeopleNode } from './node.ts'

const SITE: PasskeySite = { name: 'Cordon', id: 'node.example', origins: ['https://node.example'] }

let node: PeopleNode
beforeAll(async () => {
  node = await PeopleNode.open()
})
afterAll(() => node.close())

type Owner = { person: string; sessionId: string }
const begin = (owner: Owner) => node.database.system((tx) => beginPasskeyRegistration(tx, owner, SITE, node.world))
const finish = (owner: Owner, response: unknown, name = 'laptop') => finishPasskeyRegistration(owner, { response, name }, SITE, node.world)
const challenge = () => node.database.system((tx) => beginPasskeySignIn(tx, SITE, node.world))
const signIn = (response: unknown) => signInWithPasskey({ response, opened: OPENED }, SITE, SESSION_LIFE, node.world)
const outcome = async (response: unknown) => {
  const came = await signIn(response)
  return came.outcome === 'in' ? 'in' : came.reason
}

let serial = 0
async function enrolled(algorithm: 'ES256' | 'EdDSA' = 'ES256', counter = 1) {
  const { person, session } = await node.signedIn(`holder ${++serial}`, ['analyst'])
  const owner = { person: person.id, sessionId: session.id }
  const key = new Authenticator(randomBytes(32), algorithm, counter)
  const { passkey, session: renewed } = await finish(owner, key.create(await begin(owner), SITE))
  return { person, owner, key, passkey, session, renewed }
}

test.each(['ES256', 'EdDSA'] as const)('A passkey with %s is registered and signs its owner in', async (algorithm) => {
  const { person, key, passkey, session, renewed } = await enrolled(algorithm)
  expect(passkey).toMatchObject({
    id: key.id.toString('base64url'),
    name: 'laptop',
    deviceType: 'singleDevice',
    backedUp: false,
    usedAt: null,
  })
  // A new way to sign in changes the session's token.
  expect(await node.bySession(session.token)).toBeNull()
  expect((await node.bySession(renewed.token))?.person).toBe(person.id)
  const came = await signIn(key.get(await challenge(), SITE))
  if (came.outcome !== 'in') throw new Error(came.reason)
  expect((await node.bySession(came.session.token))?.person).toBe(person.id)
  const [view] = await node.database.system((tx) => listPasskeys(tx, person.id))
  expect(view?.usedAt).toEqual(node.time)
})

test('The options ask for user verification, a discoverable passkey and no attestation, and name nobody at sign-in', async () => {
  const { owner, key } = await enrolled()
  const options = await begin(owner)
  expect(options.authenticatorSelection).toMatchObject({ userVerification: 'required', residentKey: 'required' })
  expect(options.attestation).toBe('none')
  expect(options.excludeCredentials).toEqual([expect.objectContaining({ id: key.id.toString('base64url'), transports: ['internal'] })])
  const asked = await challenge()
  expect(asked.userVerification).toBe('required')
  expect(asked.allowCredentials).toBeUndefined()
  expect(Buffer.from(asked.challenge, 'base64url').length).toBe(32)
})

test('A replayed answer is refused: a challenge is good once, also when it failed', async () => {
  const { key } = await enrolled()
  const answer = key.get(await challenge(), SITE)
  expect(await outcome(answer)).toBe('in')
  expect(await outcome(answer)).toBe('challenge')
  const options = await challenge()
  expect(await outcome(key.get(options, SITE, { verified: false }))).toBe('not-verified')
  expect(await outcome(key.get(options, SITE))).toBe('challenge')
})

test('A challenge is too old after five minutes', async () => {
  const { key } = await enrolled()
  const options = await challenge()
  node.pass(5 * 60_000)
  expect(await outcome(key.get(options, SITE))).toBe('challenge')
})

test.each<[string, Quirks]>([
  ['of another site', { origin: 'https://node.example.evil.example' }],
  ['over plain HTTP', { origin: 'http://node.example' }],
  ['for another relying party', { rpId: 'evil.example' }],
  ['without user verification', { verified: false }],
  ['signed by another key', { otherKey: true }],
  ['made for registration', { type: 'webauthn.create' }],
  ['with another user’s handle', { userHandle: randomBytes(16).toString('base64url') }],
])('An answer %s is refused', async (_, quirks) => {
  const { key } = await enrolled()
  expect(await outcome(key.get(await challenge(), SITE, quirks))).toBe('not-verified')
  expect(await outcome(key.get(await challenge(), SITE))).toBe('in')
})

test('A challenge that we never gave out, or gave out for registration, signs nobody in', async () => {
  const { key, owner } = await enrolled()
  expect(await outcome(key.get(await challenge(), SITE, { challenge: randomBytes(32).toString('base64url') }))).toBe('challenge')
  const { challenge: registration } = await beginFresh(owner)
  expect(await outcome(key.get(await challenge(), SITE, { challenge: registration }))).toBe('challenge')
})

const beginFresh = async ({ person }: Owner) => begin({ person, sessionId: (await node.session(person)).id })

test('A counter that runs backwards or stands still suspends the passkey: two devices hold its key', async () => {
  const { key, person } = await enrolled()
  expect(await outcome(key.get(await challenge(), SITE, { counter: 10 }))).toBe('in')
  expect(await outcome(key.get(await challenge(), SITE, { counter: 10 }))).toBe('counter')
  expect(await outcome(key.get(await challenge(), SITE, { counter: 11 }))).toBe('suspended')
  const [view] = await node.database.system((tx) => listPasskeys(tx, person.id))
  expect(view?.suspendedAt).toEqual(node.time)
})

test('A forged answer with an old counter does not suspend anybody’s passkey', async () => {
  const { key } = await enrolled()
  expect(await outcome(key.get(await challenge(), SITE, { counter: 10 }))).toBe('in')
  expect(await outcome(key.get(await challenge(), SITE, { counter: 1, otherKey: true }))).toBe('not-verified')
  expect(await outcome(key.get(await challenge(), SITE, { counter: 11 }))).toBe('in')
})

test('Of two answers with one counter at once only one comes in', async () => {
  const { key } = await enrolled()
  const answers = [key.get(await challenge(), SITE, { counter: 7 }), key.get(await challenge(), SITE, { counter: 7 })]
  expect((await Promise.all(answers.map(outcome))).sort()).toEqual(['counter', 'in'])
})

test('A synced passkey that does not count (always 0) signs in again and again', async () => {
  const { key } = await enrolled('ES256', 0)
  for (let times = 0; times < 3; times++) expect(await outcome(key.get(await challenge(), SITE))).toBe('in')
})

test('A disabled person and a removed passkey come in no more', async () => {
  const { key, person } = await enrolled()
  await node.database.system((tx) => tx.query('update cordon.person set disabled = true where id = $1', [person.id]))
  expect(await outcome(key.get(await challenge(), SITE))).toBe('disabled')
  const other = await enrolled()
  const id = other.passkey.id
  expect(await node.database.system((tx) => removePasskey(tx, person.id, id))).toBe(false)
  expect(await node.database.system((tx) => removePasskey(tx, other.person.id, id))).toBe(true)
  expect(await outcome(other.key.get(await challenge(), SITE))).toBe('unknown-passkey')
})

test('Registration is bound to the person, the site and one use', async () => {
  const one = await node.signedIn('one', ['analyst'])
  const two = await node.signedIn('two', ['analyst'])
  const owner = { person: one.person.id, sessionId: one.session.id }
  const other = { person: two.person.id, sessionId: two.session.id }
  const refused = { code: 'people/bad-passkey' }
  const key = new Authenticator(randomBytes(32))
  await expect(finish(other, key.create(await begin(owner), SITE))).rejects.toMatchObject(refused)
  for (const quirks of [
    { origin: 'https://evil.example' },
    { rpId: 'evil.example' },
    { verified: false },
    { type: 'webauthn.get' },
    { challenge: randomBytes(32).toString('base64url') },
  ])
    await expect(finish(owner, key.create(await begin(owner), SITE, quirks))).rejects.toMatchObject(refused)
  const answer = key.create(await begin(owner), SITE)
  await finish(owner, answer)
  await expect(finish(owner, answer)).rejects.toMatchObject(refused)
  // A key that somebody has is nobody else's.
  await expect(finish(other, key.create(await begin(other), SITE))).rejects.toMatchObject(refused)
})

test('An old session must sign in again before it adds a passkey', async () => {
  const { person, session } = await node.signedIn('old', ['analyst'])
  node.pass(15 * 60_000)
  await expect(begin({ person: person.id, sessionId: session.id })).rejects.toMatchObject({ code: 'people/sign-in-again' })
  const stranger = await node.signedIn('stranger', ['analyst'])
  await expect(begin({ person: person.id, sessionId: stranger.session.id })).rejects.toMatchObject({ code: 'people/sign-in-again' })
})

test('Hostile answers are refused and are no error', async () => {
  const good = (await enrolled()).key.get(await challenge(), SITE)
  const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  for (const response of [
    null,
    7,
    'x',
    [],
    {},
    { response: null },
    { response: { clientDataJSON: 7 } },
    { response: { clientDataJSON: 'ä' } },
    { response: { clientDataJSON: text(null) } },
    { response: { clientDataJSON: text({ challenge: ['x'] }) } },
    { response: { clientDataJSON: 'A'.repeat(20_000) } },
  ])
    expect(await outcome(response)).toBe('malformed')
  for (const more of [{ id: "x' or 1=1" }, { id: '\0' }, { id: 7 }, { id: '__proto__' }]) {
    const answer = { ...good, ...more, response: { ...good.response, clientDataJSON: text({ challenge: (await challenge()).challenge }) } }
    expect(await outcome(answer)).toBe('unknown-passkey')
  }
  for (const more of [{ authenticatorData: '' }, { authenticatorData: 7 }, { signature: null }, { signature: 'AA' }, { userHandle: {} }]) {
    const fresh = { challenge: (await challenge()).challenge, type: 'webauthn.get', origin: SITE.origins[0] }
    expect(await outcome({ ...good, response: { ...good.response, clientDataJSON: text(fresh), ...more } })).toBe('not-verified')
  }
})
