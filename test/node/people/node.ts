import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../../../src/node/database/database.ts'
import { openEmbedded } from '../../../src/node/database/embedded.ts'
import { migrate } from '../../../src/node/database/migrate.ts'
import { openServer } from '../../../src/node/database/server.ts'
import { authenticate } from '../../../src/node/people/authenticate.ts'
import type { Caller } from '../../../src/node/people/caller.ts'
import { PasswordHasher } from '../../../src/node/people/password-hash.ts'
import { createPerson, type Manager, type Person } from '../../../src/node/people/persons.ts'
import type { Role } from '../../../src/node/people/roles.ts'
import { type Opened, openSession, SESSION_LIFE } from '../../../src/node/people/sessions.ts'
import type { TransactWorld } from '../../../src/node/people/world.ts'

export const HOME = 'interlink'
export const HOST: Manager = { caller: null, home: HOME }
export const OPENED: Opened = { address: '192.0.2.7', agent: 'Firefox' }
/** Argon2 at its cheapest: what is tested is what is done with it. */
export const CHEAP = { memory: 8, passes: 1, parallelism: 1 }

/** A database with people's tables and two organisations, a clock that tests move, real chance. */
export class PeopleNode {
  time = new Date('2026-03-01T09:00:00.000Z')
  readonly database: Database
  readonly #folder: string
  readonly world: TransactWorld
  readonly hasher = new PasswordHasher({ random: randomBytes, cost: CHEAP })

  constructor(database: Database, folder: string) {
    this.database = database
    this.#folder = folder
    this.world = { clock: () => this.time, random: randomBytes, transact: (work) => database.system(work) }
  }

  /** Embedded, or on the server of `url`; `CORDON_TEST_DATABASE_URL` runs the same tests on a server. */
  static async open(url = process.env.CORDON_TEST_DATABASE_URL): Promise<PeopleNode> {
    const folder = await mkdtemp(join(tmpdir(), 'cordon-people-'))
    const database = url === undefined ? await openEmbedded(join(folder, 'database')) : await openServer(url, 4)
    if (url !== undefined) await database.system((tx) => tx.query('drop schema if exists cordon cascade'))
    await migrate(database, new Date(0))
    await database.system((tx) =>
      tx.query(
        `insert into cordon.organisation (code, name, nation, kind) values ('${HOME}', 'Interlink', 'USA', 'home'), ('npa', 'NPA', 'JPN', 'partner')`,
      ),
    )
    return new PeopleNode(database, folder)
  }

  async close(): Promise<void> {
    await this.database.close()
    await rm(this.#folder, { recursive: true, force: true })
  }

  pass(milliseconds: number): void {
    this.time = new Date(this.time.getTime() + milliseconds)
  }

  async person(name: string, roles: readonly Role[], organisation = HOME): Promise<Person> {
    return this.database.system((tx) =>
      createPerson(tx, HOST, { organisation, name, email: `${name.replaceAll(' ', '.')}@example.org`, roles, caveats: [] }, this.world),
    )
  }

  /** A session of a person as if he had signed in by password. */
  async session(person: string, how: 'password' | 'link' = 'password') {
    return this.database.system((tx) => openSession(tx, person, how, OPENED, SESSION_LIFE, this.world))
  }

  async bySession(token: string): Promise<Caller | null> {
    return this.database.system((tx) =>
      authenticate(tx, { authorization: null, session: token, certificate: null }, SESSION_LIFE, this.world.clock),
    )
  }

  async byKey(key: string): Promise<Caller | null> {
    return this.database.system((tx) =>
      authenticate(tx, { authorization: `Bearer ${key}`, session: null, certificate: null }, SESSION_LIFE, this.world.clock),
    )
  }

  /** Somebody with a session, and what the node sees of him. */
  async signedIn(name: string, roles: readonly Role[], organisation = HOME) {
    const person = await this.person(name, roles, organisation)
    const session = await this.session(person.id)
    return { person, session, caller: (await this.bySession(session.token))! }
  }

  /** Gives a person something to sign in with, so that he counts as an administrator who is there. */
  async withPassword(person: Person): Promise<Person> {
    await this.database.system((tx) =>
      tx.query('insert into cordon.credential_password (person, login, hash, changed_at) values ($1, $2, $3, $4)', [
        person.id,
        person.email,
        '$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
        this.time.toISOString(),
      ]),
    )
    return person
  }
}
