import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApiKey } from '../../../src/node/people/api-keys.ts'
import { setOwnPassword, signInWithPassword } from '../../../src/node/people/password-sign-in.ts'
import { changePerson, createPerson, listPersons, type Manager, type PersonChange, readPerson } from '../../../src/node/people/persons.ts'
import { SESSION_LIFE } from '../../../src/node/people/sessions.ts'
import { administratorLink, invite, openLink } from '../../../src/node/people/setup-link.ts'
import { HOME, HOST, OPENED, PeopleNode } from './node.ts'

const HOUR = 3_600_000
let node: PeopleNode
beforeAll(async () => {
  node = await PeopleNode.open()
})
afterAll(() => node.close())

const change = (manager: Manager, id: string, version: number, what: PersonChange) =>
  node.database.system((tx) => changePerson(tx, manager, id, version, what, node.world))
const open = (token: string, name = 'Ada', email: string | null = null) =>
  node.database.system((tx) => openLink(tx, { token, name, email, opened: OPENED }, SESSION_LIFE, node.world))
const link = () => node.database.system((tx) => administratorLink(tx, HOME, ['analyst'], node.world))
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error) => error.code as string,
  )

/** An administrator with something to sign in with. */
async function administrator(name: string, organisation = HOME) {
  const made = await node.signedIn(name, ['administrator'], organisation)
  await node.withPassword(made.person)
  return { ...made, manager: { caller: made.caller, home: HOME } satisfies Manager }
}

test('The first administrator comes in by a link, once, within an hour; the next start prints none', async () => {
  const stale = (await link())!
  const late = (await link())!
  expect(late.expiresAt.getTime() - node.time.getTime()).toBe(HOUR)
  expect(await open(stale.token)).toBeNull()
  node.pass(HOUR)
  expect(await open(late.token)).toBeNull()
  const good = (await link())!
  const rows = await node.database.system((tx) => tx.query('select * from cordon.setup_link'))
  expect(JSON.stringify(rows)).not.toContain(good.token)
  // A name that does not do leaves the link good.
  expect(await code(open(good.token, ''))).toBe('people/bad-person')
  const came = (await open(good.token, 'Ada'))!
  expect(came.kind).toBe('administrator')
  expect(await open(good.token)).toBeNull()
  const caller = (await node.bySession(came.session.token))!
  expect(caller).toMatchObject({ name: 'Ada', organisation: HOME, roles: ['analyst', 'administrator'] })
  // Who closed the browser before setting a password is not locked out of his own node.
  const again = await link()
  expect(again).not.toBeNull()
  await setOwnPassword(
    { person: came.person, sessionId: came.session.id },
    { login: 'ada', password: 'kettle obelisk marzipan', current: null },
    node.hasher,
    node.world,
  )
  expect(await link()).toBeNull()
  expect(await open(again!.token)).toBeNull()
  for (const guess of ['', 'x', 'A'.repeat(43), "'; drop table cordon.person --", '\0'.repeat(43)]) expect(await open(guess)).toBeNull()
})

test('Of two who open one link at once, one comes in', async () => {
  const person = await node.person('raced', ['analyst'])
  const { token } = await node.database.system((tx) => invite(tx, HOST, person.id, node.world))
  const came = await Promise.all([open(token), open(token), open(token)])
  expect(came.filter((each) => each !== null).length).toBe(1)
})

test('Nobody changes his own roles, caveats, organisation or state, not even an administrator', async () => {
  const { person, manager } = await administrator('selfish')
  for (const what of [
    { roles: ['administrator', 'supervisor'] },
    { roles: [] },
    { caveats: ['NOFORN'] },
    { organisation: 'npa' },
    { disabled: true },
  ])
    expect(await code(change(manager, person.id, 1, what))).toBe('people/own-privileges')
  const renamed = await change(manager, person.id, 1, { name: 'Selfless', roles: ['administrator'], caveats: [] })
  expect(renamed).toMatchObject({ name: 'Selfless', version: 2 })
  expect(await code(node.database.system((tx) => invite(tx, manager, person.id, node.world)))).toBe('people/own-privileges')
})

test('Only who has people:manage changes people', async () => {
  const { person } = await node.signedIn('ordinary', ['analyst'])
  for (const role of ['analyst', 'supervisor', 'releaser', 'compliance', 'auditor', 'subscriber'] as const) {
    const { caller } = await node.signedIn(`a ${role}`, [role])
    const manager = { caller, home: HOME }
    expect(await code(change(manager, person.id, 1, { roles: ['supervisor'] }))).toBe('people/not-allowed')
    expect(await code(change(manager, caller.person, 1, { roles: ['administrator'] }))).toBe('people/not-allowed')
    expect(await code(node.database.system((tx) => invite(tx, manager, person.id, node.world)))).toBe('people/not-allowed')
    expect(
      await code(
        node.database.system((tx) =>
          createPerson(tx, manager, { organisation: HOME, name: 'x', email: null, roles: ['administrator'], caveats: [] }, node.world),
        ),
      ),
    ).toBe('people/not-allowed')
  }
})

test('Nobody is administrator and releaser, or administrator and auditor', async () => {
  const { manager } = await administrator('separating')
  const { person } = await node.signedIn('hungry', ['releaser'])
  expect(await code(change(manager, person.id, 1, { roles: ['releaser', 'administrator'] }))).toBe('people/bad-person')
  expect(await code(node.person('both', ['administrator', 'auditor']))).toBe('people/bad-person')
})

test('An administrator of another organisation looks after its own people, and others do not exist for him', async () => {
  const { manager } = await administrator('npa admin', 'npa')
  const theirs = await node.person('tanaka', ['analyst'], 'npa')
  const ours = await node.person('smith', ['analyst'])
  expect(await change(manager, theirs.id, 1, { roles: ['supervisor'] })).toMatchObject({ version: 2 })
  const unknown = await change(manager, '00000000-0000-7000-8000-000000000000', 1, { roles: [] }).catch((error) => error)
  const hidden = await change(manager, ours.id, 1, { roles: [] }).catch((error) => error)
  expect([hidden.code, hidden.message, hidden.remedy]).toEqual([unknown.code, unknown.message, unknown.remedy])
  expect(hidden.code).toBe('people/not-found')
  // Neither by moving one of his own to where he would see more.
  expect(await code(change(manager, theirs.id, 2, { organisation: HOME }))).toBe('people/not-allowed')
  expect(
    await code(
      node.database.system((tx) =>
        createPerson(tx, manager, { organisation: HOME, name: 'puppet', email: null, roles: ['analyst'], caveats: [] }, node.world),
      ),
    ),
  ).toBe('people/not-allowed')
  const listed = await node.database.system((tx) => listPersons(tx, manager, { limit: 100, afterId: null }))
  expect(new Set(listed.map(({ organisation }) => organisation))).toEqual(new Set(['npa']))
})

test('A change for a version that is no longer the last is refused', async () => {
  const { manager } = await administrator('careful')
  const person = await node.person('edited', ['analyst'])
  expect((await change(manager, person.id, 1, { name: 'Edited' })).version).toBe(2)
  expect(await code(change(manager, person.id, 1, { name: 'Lost' }))).toBe('people/changed-meanwhile')
  expect((await node.database.system((tx) => readPerson(tx, manager, person.id))).name).toBe('Edited')
})

test('Other roles end a person’s sessions; disabling ends sessions, keys and invitations at once', async () => {
  const { manager } = await administrator('ending')
  const { person, session, caller } = await node.signedIn('leaving', ['analyst'])
  const { key } = await node.database.system((tx) =>
    createApiKey(
      tx,
      caller,
      { name: 'k', scopes: ['cases:read'], expiresAt: new Date(node.time.getTime() + HOUR), rate: { perMinute: 1, burst: 1 } },
      node.world,
    ),
  )
  await change(manager, person.id, 1, { email: 'new@example.org' })
  expect(await node.bySession(session.token)).not.toBeNull()
  await change(manager, person.id, 2, { roles: ['subscriber'] })
  expect(await node.bySession(session.token)).toBeNull()
  const next = await node.session(person.id)
  const { token } = await node.database.system((tx) => invite(tx, manager, person.id, node.world))
  expect(await node.byKey(key)).not.toBeNull()
  await change(manager, person.id, 3, { disabled: true })
  expect(await node.bySession(next.token)).toBeNull()
  expect(await node.byKey(key)).toBeNull()
  expect(await open(token)).toBeNull()
  expect(await code(node.database.system((tx) => invite(tx, manager, person.id, node.world)))).toBe('people/disabled')
})

test('An invitation that takes over an account cannot do so unnoticed: all that came before ends', async () => {
  const { manager } = await administrator('inviting')
  const person = await node.person('invited', ['analyst'])
  const first = await node.database.system((tx) => invite(tx, manager, person.id, node.world))
  const second = await node.database.system((tx) => invite(tx, manager, person.id, node.world))
  expect(await open(first.token)).toBeNull()
  const came = (await open(second.token))!
  const session = await setOwnPassword(
    { person: person.id, sessionId: came.session.id },
    { login: 'invited', password: 'kettle obelisk marzipan', current: null },
    node.hasher,
    node.world,
  )
  const third = await node.database.system((tx) => invite(tx, manager, person.id, node.world))
  expect(await node.bySession(session.token)).not.toBeNull()
  expect((await open(third.token))?.person).toBe(person.id)
  expect(await node.bySession(session.token)).toBeNull()
  const asked = { login: 'invited', password: 'kettle obelisk marzipan', device: null, opened: OPENED }
  expect((await signInWithPassword(asked, node.hasher, SESSION_LIFE, node.world)).outcome).toBe('wrong')
  const fourth = await node.database.system((tx) => invite(tx, manager, person.id, node.world))
  node.pass(72 * HOUR)
  expect(await open(fourth.token)).toBeNull()
})

test('The last administrator who can sign in stays one, also when two end each other at once', async () => {
  await node.database.system((tx) => tx.query(`update cordon.person set roles = '{analyst}' where 'administrator' = any(roles)`))
  const one = await administrator('one')
  // An administrator who has nothing to sign in with yet does not count.
  const idle = await node.signedIn('idle', ['administrator'])
  expect(await code(change({ caller: idle.caller, home: HOME }, one.person.id, 1, { disabled: true }))).toBe('people/last-administrator')
  expect(await code(change(HOST, one.person.id, 1, { roles: ['analyst'] }))).toBe('people/last-administrator')
  const two = await administrator('two')
  const ended = await Promise.all([
    code(change(one.manager, two.person.id, 1, { disabled: true })),
    code(change(two.manager, one.person.id, 1, { disabled: true })),
  ])
  expect(ended.sort()).toEqual(['done', 'people/not-allowed'])
})

test('Hostile fields are refused with their name, or kept as they are', async () => {
  const make = (more: object) =>
    node.database
      .system((tx) => createPerson(tx, HOST, { organisation: HOME, name: 'n', email: null, roles: [], caveats: [], ...more }, node.world))
      .then(
        ({ name }) => name,
        (error) => `${error.code} ${error.place.field}`,
      )
  expect(await make({ name: "Robert'); drop table cordon.person; --" })).toBe("Robert'); drop table cordon.person; --")
  expect(await make({ name: '   ' })).toBe('people/bad-person name')
  expect(await make({ name: 'x'.repeat(201) })).toBe('people/bad-person name')
  expect(await make({ name: 'a\0b' })).toBe('people/bad-person name')
  expect(await make({ name: '\ud800' })).toBe('people/bad-person name')
  expect(await make({ email: 'nobody' })).toBe('people/bad-person email')
  expect(await make({ email: 'a@b\r\nBcc: c@d' })).toBe('people/bad-person email')
  expect(await make({ roles: ['root'] })).toBe('people/bad-person roles')
  expect(await make({ roles: ['__proto__'] })).toBe('people/bad-person roles')
  expect(await make({ caveats: ['{"a"}'] })).toBe('people/bad-person caveats')
  expect(await make({ organisation: 'nowhere' })).toBe('people/bad-person organisation')
  expect(await make({ organisation: '\0' })).toBe('people/bad-person organisation')
  for (const id of ['', 'x', '1 or 1=1', '\0'])
    expect(await code(node.database.system((tx) => readPerson(tx, HOST, id)))).toBe('people/not-found')
})

test('The list of people is read page by page without gap or repetition', async () => {
  const all = await node.database.system((tx) => listPersons(tx, HOST, { limit: 1000, afterId: null }))
  const paged: string[] = []
  for (let afterId: string | null = null; ; ) {
    const page = await node.database.system((tx) => listPersons(tx, HOST, { limit: 3, afterId }))
    paged.push(...page.map(({ id }) => id))
    if (page.length < 3) break
    afterId = page[2]!.id
  }
  expect(paged).toEqual(all.map(({ id }) => id))
})
