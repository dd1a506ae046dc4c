import { readConfig } from '../../../src/node/config/index.ts'
import { csrfOf } from '../../../src/node/people/csrf.ts'
import { insertPerson } from '../../../src/node/people/persons.ts'
import { openSession, SESSION_LIFE } from '../../../src/node/people/sessions.ts'
import { startNode } from '../../../src/node/start.ts'

/** A node to be killed: `DATA ALLOWED`. Says one line of JSON when it listens: its address, and a new session of a supervisor. */
const [data, allowed] = process.argv.slice(2) as [string, string]
const config = await readConfig(null, {
  CORDON_DATA: data,
  CORDON_LISTEN_PORT: '0',
  CORDON_TELEMETRY_LOG: 'silent',
  CORDON_LIBRARY_LISTS: `${data}/lists`,
  CORDON_OUTBOUND_ALLOW: JSON.stringify([allowed]),
})
const node = await startNode({ config })
const world = { clock: node.parts.clock, random: node.parts.random }
const token = await node.parts.database.system(async (tx) => {
  const [known] = await tx.query<{ id: string }>(`select id from person where name = 'Sue'`)
  const id =
    known?.id ?? (await insertPerson(tx, { organisation: 'home', name: 'Sue', email: null, roles: ['supervisor'], caveats: [] }, world)).id
  return (await openSession(tx, id, 'password', { address: '127.0.0.1', agent: 'test' }, SESSION_LIFE, world)).token
})
process.stdout.write(`${JSON.stringify({ url: node.url, cookie: `cordon-session=${token}`, csrf: csrfOf(token) })}\n`)
