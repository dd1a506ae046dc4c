import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../src/node/database/database.ts'
import type { Tx } from '../../../src/node/database/tx.ts'
import { changesSince } from '../../../src/node/events/changes.ts'
import type { Caller } from '../../../src/node/people/caller.ts'
import { NO_POSTGRES, startPostgres } from '../postgres.ts'
import { auditOf } from '../record/audits.ts'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'
import { amid } from './held.ts'

describe.skipIf(NO_POSTGRES !== null)(
  `what others commit amid a transaction${NO_POSTGRES === null ? '' : ` (skipped: ${NO_POSTGRES})`}`,
  () => {
    let world: NodeWorld
    let database: Database
    let ann: Someone
    let bob: Someone
    let close: () => Promise<void>
    beforeAll(async () => {
      const server = await startPostgres()
      close = server.stop
      world = await nodeWorld({ url: server.url })
      database = world.node.parts.database
      ann = await world.someone('Ann', ['analyst', 'supervisor'])
      bob = await world.someone('Bob', ['analyst'])
    }, 60_000)
    afterAll(async () => {
      await world?.close()
      await close?.()
    })

    /** A label that nothing had before, which Ann and Bob pass. */
    const fresh = () => ({
      tlp: 'RED',
      persons: [ann.id, bob.id],
      expires: new Date(Date.now() + 1e9 + Math.floor(Math.random() * 1e9)).toISOString(),
    })
    const opened = async (label?: object) =>
      (await ann.ask('POST', '/api/v1/cases', { case: { title: 'Joint' }, ...(label && { label }) })).json
    const etagOf = async (path: string) => (await ann.ask('GET', path)).headers.get('etag') as string
    /** Nobody ends a transaction as long as this one runs. */
    const holdRecord = (tx: Tx) => tx.query('select 1 from log_head for update')

    it('a request that waits for the same request is answered as that one was, also under a new label', async () => {
      const body = { case: { title: 'Once' }, label: fresh() }
      const headers = { 'idempotency-key': randomUUID() }
      const ask = () => ann.ask('POST', '/api/v1/cases', body, headers)
      // The first of them waits at its end, and the second for the first.
      const [one, two] = await amid(database, holdRecord, () => Promise.all([ask(), ask()]), { like: 'insert into idempotency%' })
      expect([one.status, two.status], one.text + two.text).toEqual([201, 201])
      expect(one.json.id).toBe(two.json.id)
    })

    it('an event under a new label is not passed over by a look that had begun before it', async () => {
      const { parts } = world.node
      const caller: Caller = {
        person: bob.id,
        name: 'Bob',
        organisation: 'home',
        nation: parts.config.home.nation,
        roles: ['analyst'],
        caveats: [],
        scopes: ['objects:read'],
        credential: { kind: 'session', id: randomUUID(), usedAt: new Date() },
      }
      const begin = await changesSince(parts, caller, null, [])
      let made = ''
      const late: Database = {
        ...database,
        as: (person, now, work) =>
          database.as(person, now, async (tx) => {
            // His labels are decided; now somebody makes another, and all is committed before he looks where the record ends.
            made = (await opened(fresh())).id
            return await work(tx)
          }),
      }
      const { told, at } = await changesSince({ ...parts, database: late }, caller, begin.at, [])
      const next = await changesSince(parts, caller, at, [])
      expect([...told, ...next.told].map(({ object }) => object)).toEqual([made])
    })

    it('a case is closed after what it holds was changed, or before, and nothing is changed after', async () => {
      const { id } = await opened()
      const note = (await ann.ask('POST', `/api/v1/cases/${id}/notes`, { note: { text: 'x' } })).json.id
      await ann.ask('POST', `/api/v1/cases/${id}/status`, { action: 'start' }, { 'if-match': await etagOf(`/api/v1/cases/${id}`) })
      const [noteTag, caseTag] = [await etagOf(`/api/v1/notes/${note}`), await etagOf(`/api/v1/cases/${id}`)]
      let closing: Promise<{ status: number; text: string }> | undefined
      const changed = await amid(
        database,
        (tx) => tx.query('select 1 from object where id = $1 for update', [note]),
        () => ann.ask('PUT', `/api/v1/notes/${note}`, { text: 'y' }, { 'if-match': noteTag }),
        {
          afterwards: async () => {
            closing = ann.ask(
              'POST',
              `/api/v1/cases/${id}/status`,
              { action: 'close', outcome: 'unfounded', reason: 'done' },
              { 'if-match': caseTag },
            )
            await Promise.race([closing, new Promise((resolve) => setTimeout(resolve, 1000))])
          },
        },
      )
      const closed = await closing
      expect([changed.status, closed?.status], changed.text + closed?.text).toEqual([200, 200])
      const order = await database.system((tx) =>
        tx.query<{ object: string }>('select object from change where object = any($1::uuid[]) order by seq desc limit 1', [[id, note]]),
      )
      expect(order).toEqual([{ object: id }])
      const after = await ann.ask('PUT', `/api/v1/notes/${note}`, { text: 'z' }, { 'if-match': await etagOf(`/api/v1/notes/${note}`) })
      expect(after.json.code).toBe('cases/closed')
    })

    it('two that make the same label, one of them with the lock of containers, do not wait for each other', async () => {
      const expires = new Date(Date.now() + 2e9).toISOString()
      const clause = (tx: Tx) => tx.query(`select cordon_clause('cordon-1', 'AMBER', '{}', '{}', '{}', '{}', 'home', $1)`, [expires])
      const lock = (tx: Tx) => tx.query('select cordon_lock_containers()')
      const other = await amid(
        database,
        clause,
        () =>
          database.system(async (tx) => {
            await lock(tx)
            await clause(tx)
            return 'done'
          }),
        { afterwards: lock },
      )
      expect(other).toBe('done')
    })

    it('an audit beside a node that runs finds nothing that is not so', async () => {
      const { id } = await opened({ tlp: 'AMBER', nations: ['JPN', 'KOR'] })
      const note = (
        await ann.ask('POST', `/api/v1/cases/${id}/notes`, { note: { text: 'x' }, label: { tlp: 'AMBER', nations: ['JPN', 'KOR'] } })
      ).json.id
      const rel = await world.someone('Rel', ['releaser'])
      let done = false
      const relabel = async () => {
        for (let n = 0; !done; n++) {
          const who = n % 2 === 0 ? ann : rel
          const label = { tlp: 'AMBER', nations: n % 2 === 0 ? ['JPN'] : ['JPN', 'KOR'] }
          const etag = await etagOf(`/api/v1/notes/${note}`)
          await who.ask('PUT', `/api/v1/objects/${note}/label`, { label, reason: 'again' }, { 'if-match': etag })
        }
      }
      const audits = async () => {
        for (let n = 0; n < 12; n++) expect((await auditOf(world)).findings).toEqual([])
      }
      const relabelling = relabel()
      try {
        await audits()
      } finally {
        done = true
        await relabelling
      }
    })
  },
)
