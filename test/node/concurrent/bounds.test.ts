import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { make, rule } from '../alerts/made.ts'
import { LBANK } from '../freeze/papers.ts'
import { NO_POSTGRES, type PostgresServer, startPostgres } from '../postgres.ts'
import { type NodeWorld, nodeWorld, type Reply, type Someone } from '../world.ts'
import { amid } from './held.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

describe.skipIf(NO_POSTGRES !== null)(`requests that come at once${NO_POSTGRES === null ? '' : ` (skipped: ${NO_POSTGRES})`}`, () => {
  let server: PostgresServer
  let world: NodeWorld
  let sue: Someone
  beforeAll(async () => {
    server = await startPostgres()
    world = await nodeWorld({
      url: server.url,
      change: (config) => ({
        ...config,
        limits: { ...config.limits, reserveMiB: 0, jobsPerPerson: 1, uploadsPerPerson: 1, requestsPerMinute: 100_000 },
      }),
    })
    sue = await world.someone('Sue', ['supervisor'])
  })
  afterAll(async () => {
    await world?.close()
    await server?.stop()
  })

  /** Two requests as far as they come while nobody can write into the record, which is the last that a request does. */
  const atOnce = async (...asks: (() => Promise<Reply>)[]) => {
    const replies = await amid(
      world.node.parts.database,
      (tx) => tx.query('select from log_head for update'),
      () => Promise.all(asks.map((ask) => ask())),
      { waiting: asks.length },
    )
    return replies.map(({ status, json }) => (status < 300 ? 'made' : json.code)).toSorted()
  }
  const twice = (who: Someone, path: string, body: unknown) => {
    const ask = () => who.ask('POST', `/api/v1${path}`, body)
    return atOnce(ask, ask)
  }

  test('Codes of organisations that differ by upper case alone are not both registered', async () => {
    const admin = await world.someone('Ada', ['administrator'])
    const register = (code: string) => () => admin.ask('POST', '/api/v1/organisations', { code, name: code, nation: 'JPN', kind: 'agency' })
    expect(await atOnce(register('NPA'), register('npa'))).toEqual(['made', 'people/organisation-exists'])
  })

  test('An organisation has one entry of its own for one exchange', async () => {
    expect(await twice(sue, '/exchanges', { entry: LBANK })).toEqual(['made', 'node/conflict'])
  })

  test('Nobody has more jobs than he may', async () => {
    expect(await twice(sue, '/lists/verify', undefined)).toEqual(['jobs/too-many', 'made'])
  })

  test('Nobody has more uploads than he may', async () => {
    expect(await twice(sue, '/uploads', { name: 'a.csv' })).toEqual(['made', 'uploads/too-many'])
  })

  test('Nobody has more webhooks than he may', async () => {
    const webhook = { channel: 'webhook', url: 'https://alerts.example/hook' }
    for (let n = 0; n < 49; n++) expect((await sue.ask('POST', '/api/v1/webhooks', webhook)).status).toBe(201)
    expect(await twice(sue, '/webhooks', webhook)).toEqual(['delivery/too-many', 'made'])
  })

  test('No organisation has more rules than it may', async () => {
    const given = rule({ event: 'case', changes: null, cases: null })
    const { id } = await make(sue, 'rule', given)
    await world.node.parts.database.system((tx) =>
      tx.query(
        `insert into object (id, kind, version, organisation, created_by, created_at, changed_by, changed_at, label, clauses, body, hash)
         select gen_random_uuid(), kind, version, organisation, created_by, created_at, changed_by, changed_at, label, clauses, body, hash
         from object, generate_series(1, 498) where id = $1`,
        [id],
      ),
    )
    expect(await twice(sue, '/rules', { rule: given, label: { tlp: 'AMBER', nations: ['JPN'] } })).toEqual(['alerts/too-many', 'made'])
  })
})
