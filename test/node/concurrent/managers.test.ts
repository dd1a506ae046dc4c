import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Tx } from '../../../src/node/database/tx.ts'
import { selfSigned } from '../outbound/certificate.ts'
import { NO_POSTGRES, type PostgresServer, startPostgres } from '../postgres.ts'
import { type NodeWorld, nodeWorld, type Reply, type Someone } from '../world.ts'
import { amid } from './held.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

describe.skipIf(NO_POSTGRES !== null)(
  `whoever loses his standing while his request waits${NO_POSTGRES === null ? '' : ` (skipped: ${NO_POSTGRES})`}`,
  () => {
    let server: PostgresServer
    let world: NodeWorld
    let ada: Someone
    let bob: Someone
    let carl: Someone
    beforeAll(async () => {
      server = await startPostgres()
      world = await nodeWorld({ url: server.url })
    })
    afterAll(async () => {
      await world?.close()
      await server?.stop()
    })

    const standing = async () => {
      ada = await world.someone('Ada', ['administrator'])
      bob = await world.someone('Bob', ['administrator', 'analyst'])
      carl = await world.someone('Carl', ['analyst'])
    }
    /** What is kept of people, beside what the test itself changes. */
    const kept = async () =>
      JSON.stringify(
        await world.node.parts.database.system((tx) =>
          tx.query(
            `select (select jsonb_agg(p order by id) from person p where id <> $1) as persons, (select count(*) from setup_link) as links,
                  (select count(*) from certificate) as certificates, (select count(*) from api_key) as keys`,
            [bob.id],
          ),
        ),
      )
    const disable = (tx: Tx) => tx.query('update person set disabled = true where id = $1', [bob.id])
    const demote = (tx: Tx) => tx.query(`update person set roles = '{analyst}' where id = $1`, [bob.id])

    const acts: [string, () => Promise<Reply>][] = [
      ['disables who disables him', () => bob.ask('PATCH', `/api/v1/persons/${ada.id}`, { disabled: true }, { 'if-match': '"1"' })],
      ['gives somebody a role', () => bob.ask('PATCH', `/api/v1/persons/${carl.id}`, { roles: ['administrator'] }, { 'if-match': '"1"' })],
      ['makes a person', () => bob.ask('POST', '/api/v1/persons', { name: 'Puppet', roles: ['administrator'] })],
      ['invites somebody', () => bob.ask('POST', `/api/v1/persons/${carl.id}/invitation`)],
      [
        'registers a certificate',
        () => bob.ask('POST', `/api/v1/persons/${carl.id}/certificates`, { certificate: selfSigned(['carl.example']).cert }),
      ],
    ]
    for (const [act, ask] of acts)
      for (const [how, change] of [
        ['disabled', disable],
        ['demoted', demote],
      ] as const)
        test(`Who is being ${how} ${act} no more`, async () => {
          await standing()
          const before = await kept()
          const { status, json } = await amid(world.node.parts.database, change, ask)
          expect([status, json.code]).toEqual([403, 'people/not-allowed'])
          expect(await kept()).toBe(before)
        })

    test('Who is being disabled makes no key', async () => {
      await standing()
      const before = await kept()
      const wish = { name: 'kept', scopes: ['cases:read'], expiresAt: new Date(Date.now() + 3_600_000).toISOString() }
      const { status, json } = await amid(world.node.parts.database, disable, () => bob.ask('POST', '/api/v1/me/keys', wish))
      expect([status, json.code]).toEqual([403, 'people/not-allowed'])
      expect(await kept()).toBe(before)
    })

    test('Administrators who act under an Idempotency-Key at once wait for each other, and for nothing else', async () => {
      await standing()
      const made = await Promise.all(
        [ada, bob, ada, bob, ada, bob].map((who, n) =>
          who.ask('POST', '/api/v1/persons', { name: `Twin ${n}`, roles: [] }, { 'idempotency-key': `twin-number-${n}` }),
        ),
      )
      expect(made.map(({ status }) => status)).toEqual(made.map(() => 201))
    })
  },
)
