import { readConfig } from '../../../src/node/config/index.ts'
import { csrfOf } from '../../../src/node/people/csrf.ts'
import { insertPerson } from '../../../src/node/people/persons.ts'
import { openSession, SESSION_LIFE } from '../../../src/node/people/sessions.ts'
import { startNode } from '../../../src/node/start.ts'

/**
 * A node to be killed: `DATA LEDGER TAGS`. Says one line of JSON when it listens: its address, and a new session of an analyst.
 */
const [data, ledger, tags] = process.argv.slice(2) as [string, string, string]
const config = await readConfig(null, {
  CORDON_DATA: data,
  CORDON_LISTEN_PORT: '0',
  CORDON_TELEMETRY_LOG: 'silent',
  CORDON_LIBRARY_LISTS: `${data}/lists`,
  CORDON_LIBRARY_LEDGERS: JSON.stringify({ eth: ledger }),
  CORDON_LIBRARY_TAGS: JSON.stringify([tags]),
  CORDON_LIMITS_RESERVE_MIB: '0',
})
const node = await startNode({ config })
const world = { clock: node.parts.clock, random: node.parts.random }
const token = await node.parts.database.system(async (tx) => {
  const [known] = await tx.query<{ id: string }>(`select id from person where name = 'Ann'`)
  const id =
    known?.id ?? (await insertPerson(tx, { organisation: 'home', name: 'Ann', email: null, roles: ['analyst'], caveats: [] }, world)).id
  return (await openSession(tx, id, 'password', { address: '127.0.0.1', agent: 'test' }, SESSION_LIFE, world)).token
})
process.stdout.write(`${JSON.stringify({ url: node.url, cookie: `cordon-session=${token}`, csrf: csrfOf(token) })}\n`)
