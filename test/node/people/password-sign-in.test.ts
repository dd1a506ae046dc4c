import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { PasswordHasher } from '../../../src/node/people/password-hash.ts'
import { type PasswordOutcome, setOwnPassword, signInWithPassword } from '../../../src/node/people/password-sign-in.ts'
import { SESSION_LIFE } from '../../../src/node/people/sessions.ts'
import { OPENED, PeopleNode } from './node.ts'

const RIGHT = 'kettle obelisk marzipan'
const NEXT = 'walnut gondola thunderclap'

let node: PeopleNode
beforeAll(async () => {
  node = await PeopleNode.open()
})
afterAll(() => node.close())
beforeEach(() => node.pass(48 * 3_600_000))

let serial = 0

/** Somebody who set a password, with the login that he took. */
async function somebody() {
  const name = `analyst${++serial}`
  const person = await node.person(name, ['analyst'])
  const link = await node.session(person.id, 'link')
  const session = await setOwnPassword(
    { person: person.id, sessionId: link.id },
    { login: name, password: RIGHT, current: null },
    node.hasher,
    node.world,
  )
  return { person, login: name, session }
}

const signIn = (login: string, password: string, more: { device?: string | null; address?: string } = {}): Promise<PasswordOutcome> =>
  signInWithPassword(
    { login, password, device: more.device ?? null, opened: { ...OPENED, address: more.address ?? OPENED.address } },
    node.hasher,
    SESSION_LIFE,
    node.world,
  )

test('Whoever has the right password comes in with a new session; upper case and blanks in the login do not matter', async () => {
  const { person, login } = await somebody()
  const first = await signIn(`  ${login.toUpperCase()} `, RIGHT)
  const second = await signIn(login, RIGHT)
  if (first.outcome !== 'in' || second.outcome !== 'in') throw new Error('not in')
  expect(first.session.token).not.toBe(second.session.token)
  expect((await node.bySession(first.session.token))?.person).toBe(person.id)
})

test('An unknown account, a wrong password, an account without password and a disabled one get the same answer for the same work', async () => {
  const { login } = await somebody()
  const disabled = await somebody()
  await node.database.system((tx) => tx.query('update cordon.person set disabled = true where id = $1', [disabled.person.id]))
  const noPassword = await node.person('nopassword', ['analyst'])
  const answers: string[] = []
  const work: number[] = []
  for (const [who, password] of [
    [login, 'not the right password'],
    ['nobody-of-this-name', 'not the right password'],
    [noPassword.email!, 'not the right password'],
    [disabled.login, RIGHT],
    ['\0', 'x'],
    ["' or 1=1 --", "' or 1=1 --"],
    ['\ud800', '\ud800'],
  ] as const) {
    const before = node.hasher.derivations
    answers.push(JSON.stringify(await signIn(who, password, { address: `198.51.100.${answers.length}` })))
    work.push(node.hasher.derivations - before)
  }
  expect(new Set(answers)).toEqual(new Set(['{"outcome":"wrong"}']))
  expect(new Set(work)).toEqual(new Set([1]))
})

test('The wait after failures is the same for accounts that exist and that do not', async () => {
  const { login } = await somebody()
  const waits = async (who: string, net: string) => {
    const seen: (string | number)[] = []
    for (let tried = 0; tried < 8; tried++) {
      const answer = await signIn(who, 'wrong wrong wrong', { address: `${net}.${tried}` })
      seen.push(answer.outcome === 'wait' ? answer.retryAfter : answer.outcome)
    }
    return seen
  }
  const known = await waits(login, '198.51.100')
  expect(known).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'wrong', 1, 1])
  expect(await waits('nobody-at-all', '203.0.113')).toEqual(known)
})

test('A hundred guesses at once get no more turns than one after another', async () => {
  const { login } = await somebody()
  const before = node.hasher.derivations
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, at) => signIn(login, `guess number ${at}`, { address: `203.0.113.${at}` })),
  )
  expect(answers.filter(({ outcome }) => outcome === 'wrong').length).toBe(6)
  expect(node.hasher.derivations - before).toBe(6)
})

test('Strangers who keep guessing cannot keep the owner out: his known browser is counted apart', async () => {
  const { login } = await somebody()
  const before = await signIn(login, RIGHT)
  if (before.outcome !== 'in') throw new Error('not in')
  for (let tried = 0; tried < 13; tried++) {
    await signIn(login, 'wrong wrong wrong', { address: `203.0.113.${tried}` })
    node.pass(1000)
  }
  expect((await signIn(login, RIGHT, { address: '192.0.2.99' })).outcome).toBe('wait')
  const owner = await signIn(login, RIGHT, { device: before.device, address: '192.0.2.98' })
  expect(owner.outcome).toBe('in')
  // A device of one account opens no second count for another.
  const other = await somebody()
  for (let tried = 0; tried < 6; tried++)
    await signIn(other.login, 'wrong wrong wrong', { device: before.device, address: `198.51.100.${tried}` })
  expect((await signIn(other.login, RIGHT, { device: before.device, address: '198.51.100.200' })).outcome).toBe('wait')
})

test('Nobody is locked out for good: after the wait the right password comes in and clears the count', async () => {
  const { login } = await somebody()
  for (let tried = 0; tried < 40; tried++) {
    const answer = await signIn(login, 'wrong wrong wrong', { address: `203.0.113.${tried}` })
    if (answer.outcome === 'wait') {
      expect(answer.retryAfter).toBeLessThanOrEqual(900)
      node.pass(answer.retryAfter * 1000)
    }
  }
  node.pass(900_000)
  expect((await signIn(login, RIGHT)).outcome).toBe('in')
  expect((await signIn(login, 'wrong wrong wrong')).outcome).toBe('wrong')
})

test('One address that guesses at many accounts is slowed down too, and an own account does not clear its count', async () => {
  const { login } = await somebody()
  const address = '192.0.2.77'
  for (let tried = 0; tried < 20; tried++) {
    expect((await signIn(`victim${tried}`, 'Sunshine and rain', { address })).outcome).toBe('wrong')
    if (tried % 5 === 4) expect((await signIn(login, RIGHT, { address })).outcome).toBe('in')
  }
  expect((await signIn('victim20', 'Sunshine and rain', { address })).outcome).toBe('wrong')
  const slowed = await signIn('victim21', 'Sunshine and rain', { address })
  expect(slowed.outcome).toBe('wait')
  // Who is not let try is not counted: the wait is not lengthened by asking.
  const again = await signIn('victim21', 'Sunshine and rain', { address })
  expect(again).toEqual(slowed)
})

test('A hash of older parameters is made anew when its owner signs in', async () => {
  const { login, person } = await somebody()
  const stronger = new PasswordHasher({ random: randomBytes, cost: { memory: 32, passes: 2, parallelism: 1 } })
  const stored = async () =>
    (
      await node.database.system((tx) =>
        tx.query<{ hash: string }>('select hash from cordon.credential_password where person = $1', [person.id]),
      )
    )[0]!.hash
  expect(await stored()).toContain('$m=8,t=1,p=1$')
  const asked = { login, password: RIGHT, device: null, opened: OPENED }
  expect((await signInWithPassword(asked, stronger, SESSION_LIFE, node.world)).outcome).toBe('in')
  expect(await stored()).toContain('$m=32,t=2,p=1$')
  expect((await signInWithPassword(asked, stronger, SESSION_LIFE, node.world)).outcome).toBe('in')
})

test('A new password needs the old one, ends all other sessions and gives this one another token', async () => {
  const { login, person, session } = await somebody()
  const elsewhere = await signIn(login, RIGHT)
  if (elsewhere.outcome !== 'in') throw new Error('not in')
  const owner = { person: person.id, sessionId: session.id }
  await expect(setOwnPassword(owner, { login, password: NEXT, current: null }, node.hasher, node.world)).rejects.toMatchObject({
    code: 'people/wrong-password',
  })
  await expect(setOwnPassword(owner, { login, password: NEXT, current: 'not it' }, node.hasher, node.world)).rejects.toMatchObject({
    code: 'people/wrong-password',
  })
  await expect(setOwnPassword(owner, { login, password: 'short', current: RIGHT }, node.hasher, node.world)).rejects.toMatchObject({
    code: 'people/weak-password',
  })
  const renewed = await setOwnPassword(owner, { login, password: NEXT, current: RIGHT }, node.hasher, node.world)
  expect(await node.bySession(elsewhere.session.token)).toBeNull()
  expect(await node.bySession(session.token)).toBeNull()
  expect((await node.bySession(renewed.token))?.person).toBe(person.id)
  expect((await signIn(login, RIGHT)).outcome).toBe('wrong')
  expect((await signIn(login, NEXT)).outcome).toBe('in')
})

test('From an unattended browser the old password cannot be guessed without end', async () => {
  const { login, person, session } = await somebody()
  const codes: string[] = []
  for (let tried = 0; tried < 8; tried++)
    await setOwnPassword(
      { person: person.id, sessionId: session.id },
      { login, password: NEXT, current: `guess ${tried}` },
      node.hasher,
      node.world,
    ).catch((error) => codes.push(error.code))
  expect(codes.slice(0, 6)).toEqual(Array.from({ length: 6 }, () => 'people/wrong-password'))
  expect(codes.slice(6)).toEqual(['people/too-many-attempts', 'people/too-many-attempts'])
})

test('Two people cannot have one login, in whatever spelling, and nobody tries out many', async () => {
  const { login } = await somebody()
  const second = await node.person('second', ['analyst'])
  const link = await node.session(second.id, 'link')
  const take = (wished: string) =>
    setOwnPassword({ person: second.id, sessionId: link.id }, { login: wished, password: RIGHT, current: null }, node.hasher, node.world)
  await expect(take(login.toUpperCase())).rejects.toMatchObject({ code: 'people/login-taken' })
  for (const bad of ['', 'ab', 'a b c', 'x'.repeat(300), 'ctrl\u0007bell'])
    await expect(take(bad)).rejects.toMatchObject({ code: 'people/bad-login' })
  for (let tried = 0; tried < 5; tried++) await take(login).catch(() => {})
  await expect(take(login)).rejects.toMatchObject({ code: 'people/too-many-attempts' })
})

test('A password of a megabyte is refused without hashing it', async () => {
  const { login } = await somebody()
  const before = node.hasher.derivations
  expect((await signIn(login, 'x'.repeat(1_000_000))).outcome).toBe('wrong')
  expect((await signIn('nobody', 'x'.repeat(1_000_000))).outcome).toBe('wrong')
  expect(node.hasher.derivations).toBe(before)
})
