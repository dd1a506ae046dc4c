import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Tx } from '../../../src/node/database/tx.ts'
import {
  beginPasskeyRegistration,
  beginPasskeySignIn,
  finishPasskeyRegistration,
  type PasskeySite,
  signInWithPasskey,
} from '../../../src/node/people/passkeys.ts'
import { setOwnPassword, signInWithPassword } from '../../../src/node/people/password-sign-in.ts'
import { changePerson } from '../../../src/node/people/persons.ts'
import { SESSION_LIFE } from '../../../src/node/people/sessions.ts'
import { invite, openLink } from '../../../src/node/people/setup-link.ts'
import { succeeded, takeTurn } from '../../../src/node/people/throttle.ts'
import { Authenticator } from '../people/authenticator.ts'
import { HOST, OPENED, PeopleNode } from '../people/node.ts'
import { NO_POSTGRES, type PostgresServer, startPostgres } from '../postgres.ts'
import { amid } from './held.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const SITE: PasskeySite = { name: 'Cordon', id: 'node.example', origins: ['https://node.example'] }
const PASSWORD = 'kettle obelisk marzipan'
const NEXT = 'walnut gondola thunderclap'

describe.skipIf(NO_POSTGRES !== null)(
  `ways to sign in that are used and ended at once${NO_POSTGRES === null ? '' : ` (skipped: ${NO_POSTGRES})`}`,
  () => {
    let server: PostgresServer
    let node: PeopleNode
    beforeAll(async () => {
      server = await startPostgres()
      node = await PeopleNode.open(server.url)
    })
    afterAll(async () => {
      await node?.close()
      await server?.stop()
    })

    let serial = 0
    const somebody = () => node.signedIn(`somebody ${++serial}`, ['analyst'])
    const invited = async (person: string) => (await node.database.system((tx) => invite(tx, HOST, person, node.world))).token
    const openIn = (tx: Tx, token: string) => openLink(tx, { token, name: '', email: null, opened: OPENED }, SESSION_LIFE, node.world)
    /** As whoever changes a person, or opens his link, begins. */
    const lock = (person: string) => (tx: Tx) => tx.query('select from person where id = $1 for update', [person])
    const setPassword = (
      who: { person: { id: string }; session: { id: string } },
      login: string,
      current: string | null,
      password = PASSWORD,
    ) => setOwnPassword({ person: who.person.id, sessionId: who.session.id }, { login, password, current }, node.hasher, node.world)
    const code = (promise: Promise<unknown>) =>
      promise.then(
        () => 'done',
        (error) => error.code as string,
      )

    test('A link that is opened while its person is being disabled is not good any more', async () => {
      const { person } = await somebody()
      const token = await invited(person.id)
      const came = await amid(node.database, lock(person.id), () => node.database.system((tx) => openIn(tx, token)), {
        afterwards: (tx) => changePerson(tx, HOST, person.id, 1, { disabled: true }, node.world),
      })
      expect(came).toBeNull()
    })

    test('A passkey that signs in while its person opens an invitation is not there any more', async () => {
      const { person, session } = await somebody()
      const owner = { person: person.id, sessionId: session.id }
      const key = new Authenticator(randomBytes(32), 'ES256', 1)
      const options = await node.database.system((tx) => beginPasskeyRegistration(tx, owner, SITE, node.world))
      await finishPasskeyRegistration(owner, { response: key.create(options, SITE), name: 'laptop' }, SITE, node.world)
      const token = await invited(person.id)
      const response = key.get(await node.database.system((tx) => beginPasskeySignIn(tx, SITE, node.world)), SITE)
      const came = await amid(
        node.database,
        lock(person.id),
        () => signInWithPasskey({ response, opened: OPENED }, SITE, SESSION_LIFE, node.world),
        { afterwards: async (tx) => expect(await openIn(tx, token)).not.toBeNull() },
      )
      expect(came).toEqual({ outcome: 'refused', reason: 'unknown-passkey', person: person.id })
    })

    test('A password that signs in while its person opens an invitation is not there any more', async () => {
      const who = await somebody()
      const login = `login-${who.person.id}`
      await setPassword(who, login, null)
      const token = await invited(who.person.id)
      const asked = { login, password: PASSWORD, device: null, opened: OPENED }
      const came = await amid(node.database, lock(who.person.id), () => signInWithPassword(asked, node.hasher, SESSION_LIFE, node.world), {
        afterwards: async (tx) => expect(await openIn(tx, token)).not.toBeNull(),
      })
      expect(came.outcome).toBe('wrong')
    })

    test('A password that is changed while its person opens an invitation is refused, as the session of it has ended', async () => {
      const who = await somebody()
      const login = `login-${who.person.id}`
      await setPassword(who, login, null)
      const token = await invited(who.person.id)
      const came = await amid(node.database, lock(who.person.id), () => code(setPassword(who, login, PASSWORD, NEXT)), {
        afterwards: async (tx) => expect(await openIn(tx, token)).not.toBeNull(),
      })
      expect(came).toBe('people/wrong-password')
    })

    test('A sign-in that succeeds and one that begins on the same device and address do not wait for each other', async () => {
      const [device, address] = ['device:one', 'address:192.0.2.8']
      const counted = [device, address].map((key) => ({ key, free: 5 }))
      await node.database.system((tx) => takeTurn(tx, counted, node.world.clock))
      await amid(
        node.database,
        (tx) => tx.query('select from sign_in_attempt where key = $1 for update', [address]),
        () => node.database.system((tx) => succeeded(tx, [device], [address], node.world.clock)),
        { afterwards: (tx) => takeTurn(tx, counted, node.world.clock) },
      )
      const rows = await node.database.system((tx) =>
        tx.query('select key, failures from sign_in_attempt where key = any($1)', [[device, address]]),
      )
      expect(rows).toEqual([{ key: address, failures: 1 }])
    })

    for (const [first, has] of [
      ['set', false],
      ['changed', true],
    ] as const)
      test(`Of two whose passwords are ${first} with one login at once, one is told that it is taken`, async () => {
        const [one, two] = [await somebody(), await somebody()]
        if (has) {
          await setPassword(one, `own-${one.person.id}`, null)
          await setPassword(two, `own-${two.person.id}`, null)
        }
        const wanted = `wanted-${one.person.id}`
        const current = has ? PASSWORD : null
        const came = await amid(
          node.database,
          // Both are held after they looked whether it is taken.
          (tx) =>
            tx.query(`select from ${has ? 'credential_password where person' : 'person where id'} = any($1) for update`, [
              [one.person.id, two.person.id],
            ]),
          () => Promise.all([code(setPassword(one, wanted, current, NEXT)), code(setPassword(two, wanted, current, NEXT))]),
          { waiting: 2 },
        )
        expect(came.toSorted()).toEqual(['done', 'people/login-taken'])
      })
  },
)
