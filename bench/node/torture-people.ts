import type { Config } from '../../src/node/config/index.ts'
import { csrfOf } from '../../src/node/people/csrf.ts'
import { insertPerson } from '../../src/node/people/persons.ts'
import type { Role } from '../../src/node/people/roles.ts'
import { openSession, SESSION_LIFE } from '../../src/node/people/sessions.ts'
import { append } from '../../src/node/record/append.ts'
import { entryText } from '../../src/node/record/entry.ts'
import { startNode } from '../../src/node/start.ts'

/** The headers by which somebody who is signed in is known. */
export type SignedIn = Readonly<Record<string, string>>

/** Those who work on the tortured node. */
export type People = { readonly analysts: readonly SignedIn[]; readonly releaser: SignedIn; readonly auditor: SignedIn }

/** Puts people on a node and stops it again. */
export async function settlePeople(config: Config, analysts: number): Promise<People> {
  const node = await startNode({ config })
  const { database, clock, random } = node.parts
  const join = (name: string, roles: readonly Role[]) =>
    database.system(async (tx) => {
      const { id, version } = await insertPerson(
        tx,
        { organisation: config.home.organisation, name, email: null, roles, caveats: [] },
        { clock, random },
      )
      const state = { id, version, organisation: config.home.organisation, roles, caveats: [], disabled: false }
      const session = await openSession(tx, id, 'password', { address: '127.0.0.1', agent: 'torture' }, SESSION_LIFE, { clock, random })
      const entry = { door: 'node', action: 'person.create', outcome: 'done', objects: [], people: [state], detail: {} } as const
      await append(tx, [entryText(entry, null, clock(), random)])
      return { cookie: `cordon-session=${session.token}`, 'sec-fetch-site': 'same-origin', 'x-cordon-csrf': csrfOf(session.token) }
    })
  const people: People = {
    analysts: await Promise.all(Array.from({ length: analysts }, (_, n) => join(`Analyst ${n}`, ['analyst']))),
    releaser: await join('Releaser', ['releaser']),
    auditor: await join('Auditor', ['auditor']),
  }
  await node.stop()
  return people
}
