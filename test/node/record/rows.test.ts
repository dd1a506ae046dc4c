import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sweepRounds } from '../../../src/node/deconflict/index.ts'
import { type ClaimedMessage, type Settled, sqlOutbox } from '../../../src/node/delivery/index.ts'
import { startNode } from '../../../src/node/start.ts'
import { DATABASES } from '../databases.ts'
import { BEGIN, deskWorld, open, REQUEST, type SetClock, setClock } from '../freeze/papers.ts'
import type { NodeWorld, Someone } from '../world.ts'
import { auditOf, findingsAfter } from './audits.ts'

const URL_OF_ALERTS = 'https://receiver.example/in?token=5ecre7'
const TOKEN = /[0-9a-f]{8}\.[0-9a-f]{64}/

for (const kind of DATABASES)
  describe.skipIf(kind.missing !== null)(`rows for which the record vouches on ${kind.name}`, () => {
    let world: NodeWorld
    let clock: SetClock
    let close: () => Promise<void>
    let endpoint: string
    let removed: string
    let request: string
    let secrets: string[]

    const settle = async (id: string, changes: Partial<Settled>) => {
      const { database, deliveries } = world.node.parts
      const message = { id: '0190aaaa-0000-7000-8000-000000000001', lease: '0190aaaa-0000-7000-8000-000000000002', endpoint: id }
      const settled = { state: 'waiting', due: clock.now.toISOString(), refusals: 1, status: 503, reason: 'no', disable: false, ...changes }
      await sqlOutbox(database.system, deliveries.seal, randomBytes).settle(
        [{ ...settled, message: message as ClaimedMessage } as Settled],
        clock.now,
      )
    }

    beforeAll(async () => {
      const opened = await kind.open()
      close = opened.close
      clock = setClock(BEGIN)
      world = await deskWorld(clock, { url: opened.url })
      const administrator = await world.someone('Adm', ['administrator'])
      for (const [code, nation] of [
        ['kr-npa', 'KOR'],
        ['jp-npa', 'JPN'],
      ])
        expect((await administrator.ask('POST', '/api/v1/organisations', { code, name: `${code}`, nation, kind: 'agency' })).status).toBe(
          201,
        )
      const [kim, sato] = [await world.someone('Kim', ['supervisor'], 'kr-npa'), await world.someone('Sato', ['supervisor'], 'jp-npa')]
      const file = async (who: Someone, object: string) =>
        expect((await who.ask('POST', '/api/v1/deconflict/holdings', { object })).status).toBe(201)
      request = (await open(kim)).json.id
      await file(kim, request)
      await file(sato, (await open(sato)).json.id)
      clock.pass(60)
      expect(await sweepRounds(world.node.parts)).toBeGreaterThan(0)
      const again = (await open(sato)).json.id
      await file(sato, again)
      expect((await sato.ask('DELETE', `/api/v1/deconflict/holdings/${again}`)).json.withdrawn).toBeGreaterThan(0)
      await file(sato, (await open(sato)).json.id)
      const made = async (who: Someone) => (await who.ask('POST', '/api/v1/webhooks', { channel: 'webhook', url: URL_OF_ALERTS })).json
      const [first, second] = [await made(kim), await made(sato)]
      endpoint = first.endpoint.id
      removed = second.endpoint.id
      const rotated = (await kim.ask('POST', `/api/v1/webhooks/${endpoint}/secret`)).json.secret
      secrets = [first.secret, second.secret, rotated]
      for (const word of ['disable', 'disable', 'enable'])
        expect((await kim.ask('POST', `/api/v1/webhooks/${endpoint}/${word}`)).status).toBe(200)
      expect((await sato.ask('DELETE', `/api/v1/webhooks/${removed}`)).status).toBe(204)
      await settle(endpoint, {})
      await settle(endpoint, { state: 'delivered', status: 200, reason: null })
      await settle(endpoint, { state: 'dead', disable: true, reason: 'the receiver answered 410' })
    })
    afterAll(async () => {
      await world?.close()
      await close?.()
    })

    it('are as it says when nobody touched them, whatever people and the node did with them', async () => {
      expect(await auditOf(world)).toMatchObject({ findings: [], sound: true })
      const rows = await world.node.parts.database.system((tx) =>
        tx.query(
          'select failures, disabled_reason as reason, removed_at is null as there from delivery_endpoint order by removed_at nulls first',
        ),
      )
      expect(rows).toEqual([
        { failures: 1, reason: 'the receiver answered 410', there: true },
        { failures: 0, reason: 'removed', there: false },
      ])
    })

    it('are found where one value was changed, by table, row and column', async () => {
      const cases: [string, RegExp][] = [
        [`update organisation set nation = 'KOR' where code = 'jp-npa'`, /^organisation jp-npa nation: it is not what was written/],
        [`update organisation set nation = 'KOR' where code = 'home'`, /^organisation home nation:/],
        [`update organisation set name = 'x' where code = 'jp-npa'`, /^organisation jp-npa name:/],
        [`update organisation set kind = 'home' where code = 'jp-npa'`, /^organisation jp-npa kind:/],
        ...(
          [
            ['organisation', `'jp-npa'`],
            ['person', `(select id from person where name = 'Sato')`],
            ['events', `'{alert.opened}'`],
            ['failures', '0'],
            ['target', `'https://evil.example/'`],
            ['secret', 'previous_secret'],
            ['previous_secret', 'secret'],
            ['previous_until', `'infinity'`],
            ['created_at', `created_at + interval '1 microsecond'`],
            ['disabled_at', 'null'],
            ['disabled_reason', `disabled_reason || ' '`],
          ] as const
        ).map(([column, value]): [string, RegExp] => [
          `update delivery_endpoint set ${column} = ${value} where id = '${endpoint}'`,
          new RegExp(`^delivery_endpoint ${endpoint} ${column}:`),
        ]),
        [
          `update delivery_endpoint set channel = 'mail', secret = null where id = '${endpoint}'`,
          new RegExp(`^delivery_endpoint ${endpoint} channel:`),
        ],
        [
          `update delivery_endpoint set removed_at = null, secret = '' where id = '${removed}'`,
          new RegExp(`^delivery_endpoint ${removed} removed_at:`),
        ],
        [`update holding set compared = not compared where object = '${request}'`, new RegExp(`^holding kr-npa/${request}/\\w+ compared:`)],
        [`update holding set round = round + interval '1 hour' where object = '${request}'`, /^holding kr-npa\/.* round:/],
        [`update holding set added_at = 'infinity' where object = '${request}'`, /^holding kr-npa\/.* added_at:/],
        [`update holding set added_by = (select id from person where name = 'Sato')`, /^holding kr-npa\/.* added_by:/],
        [
          `update holding set token = reverse(split_part(token, '.', 1)) || '.' || reverse(split_part(token, '.', 2)) where object = '${request}'`,
          /^holding kr-npa\/.*: the row is missing; entry \d+/,
        ],
        [`update holding_notice set round = round + interval '1 hour'`, /^holding_notice kr-npa\/2026.*: the record does not say/],
        [`update holding_budget set accounts = 1 where organisation = 'jp-npa'`, /^holding_budget jp-npa accounts:/],
        [`update holding_budget set day = day - 1`, /^holding_budget kr-npa day:/],
      ]
      for (const [statement, expected] of cases) {
        const found = await findingsAfter(world, (tx) => tx.query(statement))
        expect(
          found.some((finding) => expected.test(finding)),
          `${statement}\n${found.join('\n')}`,
        ).toBe(true)
      }
    })

    it('are missed where they were deleted, or their table was emptied', async () => {
      const cases: [string, RegExp][] = [
        [`delete from organisation where code = 'kp-none'`, /^organisation kp-none: the row is missing/],
        [`delete from delivery_endpoint where id = '${endpoint}'`, new RegExp(`^delivery_endpoint ${endpoint}: the row is missing`)],
        [`delete from holding where object = '${request}'`, new RegExp(`^holding kr-npa/${request}/\\w+: the row is missing`)],
        [`delete from holding_notice where organisation = 'jp-npa'`, /^holding_notice jp-npa\/2026.*: the row is missing/],
        [`delete from holding_budget where organisation = 'jp-npa'`, /^holding_budget jp-npa: the row is missing/],
        ['truncate organisation cascade', /^organisation home: the row is missing/],
        ['truncate delivery_endpoint cascade', new RegExp(`^delivery_endpoint ${removed}: the row is missing`)],
        ['truncate holding', /^holding jp-npa\/.*: the row is missing/],
        ['truncate holding_notice', /^holding_notice kr-npa\/.*: the row is missing/],
        ['truncate holding_budget', /^holding_budget kr-npa: the row is missing/],
      ]
      await world.organisation('kp-none', 'PRK')
      for (const [statement, expected] of cases) {
        const found = await findingsAfter(world, (tx) => tx.query(statement))
        expect(
          found.some((finding) => expected.test(finding)),
          `${statement}\n${found.join('\n')}`,
        ).toBe(true)
      }
    })

    it('are found where somebody put them in past the node', async () => {
      const cases: [string, RegExp][] = [
        [`insert into organisation values ('kp-rgb', 'x', 'USA', 'agency')`, /^organisation kp-rgb: the record does not say that/],
        [
          `insert into delivery_endpoint (id, organisation, person, channel, target, events, created_at)
           select '0190aaaa-0000-7000-8000-000000000003', organisation, id, 'mail', 'a@b.example', '{}', now() from person where name = 'Kim'`,
          /^delivery_endpoint 0190aaaa-\S+: the record does not say that/,
        ],
        [
          `insert into holding select repeat('0', 8) || '.' || repeat('0', 64), organisation, object, added_by, added_at, round from holding where object = '${request}' limit 1`,
          /^holding kr-npa\/\S+: the record does not say that/,
        ],
        [`insert into holding_notice values ('home', now(), '${request}')`, /^holding_notice home\/\S+: the record does not say that/],
        [`insert into holding_budget values ('home', now(), 1)`, /^holding_budget home: the record does not say that/],
      ]
      for (const [statement, expected] of cases) {
        const found = await findingsAfter(world, (tx) => tx.query(statement))
        expect(
          found.filter((finding) => expected.test(finding)),
          `${statement}\n${found.join('\n')}`,
        ).toHaveLength(1)
        expect(found).toHaveLength(1)
      }
    })

    it('are not told as found by what the node writes later', async () => {
      const found = await findingsAfter(world, async (tx) => {
        await tx.query(`update delivery_endpoint set target = 'https://evil.example/' where id = $1`, [endpoint])
        const { seal } = world.node.parts.deliveries
        const message = { id: '0190aaaa-0000-7000-8000-000000000001', lease: '0190aaaa-0000-7000-8000-000000000002', endpoint }
        const settled = { state: 'waiting', due: null, refusals: 1, status: 503, reason: 'no', disable: false } as const
        await sqlOutbox((work) => work(tx), seal).settle([{ ...settled, message: message as ClaimedMessage }], clock.now)
      })
      expect(found).toEqual([expect.stringMatching(new RegExp(`^delivery_endpoint ${endpoint} target: it is not what was written`))])
    })

    it('are in the record without targets, secrets and tokens, and what two teams hold alike looks like nothing alike', async () => {
      const { database } = world.node.parts
      const entries = await database.system((tx) =>
        tx.query<{ entry: string }>(`select entry from log where entry like '%"row.written"%' order by index`),
      )
      const text = entries.map(({ entry }) => entry).join('\n')
      for (const secret of [
        ...secrets,
        ...secrets.map((each) => each.slice(6, 30)),
        'receiver.example',
        '5ecre7',
        REQUEST.points[0]?.to ?? '',
      ])
        expect(text.toLowerCase()).not.toContain(secret.toLowerCase())
      expect(text).not.toMatch(TOKEN)
      const sealed = await database.system((tx) =>
        tx.query<{ secret: string }>('select secret from delivery_endpoint where secret is not null'),
      )
      expect(sealed).toHaveLength(1)
      for (const { secret } of sealed) expect(text).not.toContain(secret)
      const tokens = await database.system((tx) => tx.query<{ n: number }>('select count(distinct token)::int as n from holding'))
      const rows = await database.system((tx) => tx.query('select token from holding'))
      expect(rows.length).toBeGreaterThan(tokens[0]?.n as number)
      const keys = entries.flatMap(({ entry }) =>
        JSON.parse(entry)
          .rows.filter(({ table, wrote }: any) => table === 'holding' && wrote?.added_by !== undefined)
          .map(({ key }: any) => key.split('/').at(-1)),
      )
      expect(new Set(keys).size).toBe(keys.length)
    })

    it('follow the configuration at every start, and the record says so', async () => {
      const { config } = world.node.parts
      await world.node.stop()
      const node = await startNode({
        config: { ...config, home: { ...config.home, nation: 'JPN' }, listen: { ...config.listen, port: 0 } },
        clock: () => clock.read(),
      })
      ;(world as { node: typeof node }).node = node
      expect(await auditOf(world)).toMatchObject({ findings: [], sound: true })
      const [last] = await node.parts.database.system((tx) =>
        tx.query<{ entry: string }>(`select entry from log where entry like '%"row.written"%' order by index desc limit 1`),
      )
      expect(JSON.parse(last?.entry as string).rows).toEqual([
        { table: 'organisation', key: 'home', wrote: { name: config.home.name, nation: 'JPN' } },
      ])
    })
  })
