import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Tx } from '../../src/node/database/tx.ts'
import { signRecord } from '../../src/node/record/checkpoints.ts'
import { parseVerifierKey, verifyBundle } from '../../src/share/index.ts'
import { DATABASES } from './databases.ts'
import { auditOf, findingsAfter } from './record/audits.ts'
import { type NodeWorld, nodeWorld, type Reply, type Someone } from './world.ts'

for (const kind of DATABASES)
  describe.skipIf(kind.missing !== null)(`the record on ${kind.name}${kind.missing === null ? '' : ` (skipped: ${kind.missing})`}`, () => {
    let world: NodeWorld
    let analyst: Someone
    let first: string
    let close: () => Promise<void>

    const after = (change: (tx: Tx) => Promise<unknown>) => findingsAfter(world, change)

    beforeAll(async () => {
      const opened = await kind.open()
      close = opened.close
      world = await nodeWorld({
        url: opened.url,
        change: (config) => ({ ...config, record: { ...config.record, checkpointSeconds: 3600 } }),
      })
      analyst = await world.someone('Ann', ['analyst'])
      const made: Reply[] = []
      for (const title of ['a', 'b', 'c']) made.push(await analyst.ask('POST', '/api/v1/cases', { case: { title } }))
      first = made[0]?.json.id
      await analyst.ask('POST', `/api/v1/objects/${first}/links`, { target: made[1]?.json.id })
      const read = await analyst.ask('GET', `/api/v1/cases/${first}`)
      await analyst.ask('PUT', `/api/v1/cases/${first}`, { title: 'changed' }, { 'if-match': read.headers.get('etag') as string })
      const { database, keys, config, clock } = world.node.parts
      await signRecord({ database, keys, data: config.data, clock }, -1)
      await analyst.ask('GET', '/api/v1/cases')
    })
    afterAll(async () => {
      await world.close()
      await close()
    })

    it('is sound when nobody touched it, and tells what is signed', async () => {
      expect(await auditOf(world)).toMatchObject({ sound: true, findings: [], entries: 13, provenSize: 12, objects: 3 })
    })

    it('names the one byte that was changed, in whatever column', async () => {
      const cases: [string, RegExp][] = [
        [
          `update object_version set body = jsonb_set(body, '{title}', '"B"') where body ->> 'title' = 'b'`,
          /^object_version .*\/1: its content/,
        ],
        [
          `update object_version set hash = set_byte(hash, 0, get_byte(hash, 0) # 1) where version = 2`,
          /^object_version .*\/2 hash: it is not the version of which entry \d+/,
        ],
        [`update object_version set changed_at = changed_at + interval '1 ms' where version = 2`, /^object_version .*\/2: its content/],
        [`update object set body = '{"title":"x"}' where version = 2`, /^object .*: it is not its latest version/],
        [`update object set clauses = clauses || 999999 where version = 2`, /^object .*: its clauses/],
        [`update object set created_at = created_at + interval '1 ms' where version = 2`, /^object .*: who made it/],
        [`update clause set nations = '{KOR}'`, /^clause \d+: the label is not the one/],
        [`update log set entry = replace(entry, 'case.create', 'case.creatf') where index = 4`, /^log 4 entry: the entry was changed/],
        [
          `update log_node set hash = set_byte(hash, 5, get_byte(hash, 5) # 1) where level = 0 and index = 3`,
          /^log 3 leaf: the hash beside/,
        ],
        [`update log_node set hash = set_byte(hash, 5, get_byte(hash, 5) # 1) where level = 1 and index = 1`, /^log_node 1\/1 hash/],
        [`update log_head set size = size + 1`, /^log_head size/],
        [`update person set roles = array['administrator']`, /^person .*: organisation, roles/],
        [`update link set ended_at = now()`, /^link .*: the record does not say/],
        [`update change set kind = 'note' where seq = (select min(seq) from change)`, /^change \d+: it tells of/],
        [`update checkpoint set note = replace(note, E'\\n12\\n', E'\\n10\\n')`, /^checkpoint .*: the checkpoint does not hold/],
      ]
      for (const [statement, expected] of cases) {
        const found = await after((tx) => tx.query(statement))
        expect(
          found.some((finding) => expected.test(finding)),
          `${statement}\n${found.join('\n')}`,
        ).toBe(true)
      }
    })

    it('misses no row that was deleted and no table that was emptied', async () => {
      await world.node.parts.database.system((tx) => tx.query('select 1'))
      const cases: [string[], RegExp][] = [
        [['delete from log where index = 4'], /^log 4: entries are missing/],
        [['delete from link'], /^link .*: it is missing/],
        [['delete from change where seq = (select min(seq) from change)'], /^object_version .*: the record does not say/],
        [['delete from log_node where level = 1 and index = 0'], /^log_node 1\/0 hash/],
        [
          ['delete from link', 'delete from change', 'delete from object_version', 'delete from object'],
          /^object_version .* hash: the version is missing/,
        ],
        [['truncate link, change, object_version, object, idempotency cascade'], /^object_version .* hash: the version is missing/],
        [['truncate log'], /^log 0 to 11: the record was cut off/],
        [['truncate log_node'], /^log_node 0\/0 hash/],
        [
          ['delete from log where index >= 11', 'delete from log_node where level = 0 and index >= 11', 'update log_head set size = 11'],
          /^log 11: the record was cut off/,
        ],
        [['truncate log, log_node, checkpoint', 'update log_head set size = 0'], /^log 0 to 11: the record was cut off/],
      ]
      for (const [statements, expected] of cases) {
        const found = await after(async (tx) => {
          for (const statement of statements) await tx.query(statement)
        })
        expect(
          found.some((finding) => expected.test(finding)),
          `${statements.join('; ')}\n${found.join('\n')}`,
        ).toBe(true)
      }
    })

    it('finds an entry that was exchanged together with its hashes, between two checkpoints', async () => {
      const found = await after(async (tx) => {
        await tx.query(`update log set entry = replace(entry, 'case.create', 'case.delete') where index = 4`)
        await tx.query(
          `update log_node set hash = sha256('\\x00'::bytea || convert_to((select entry from log where index = 4), 'UTF8')) where level = 0 and index = 4`,
        )
      })
      expect(
        found.some((finding) => /^log 0 to 11: something here was changed/.test(finding)),
        found.join('\n'),
      ).toBe(true)
    })

    it('cannot be changed by the role under which callers are answered', async () => {
      const { database, clock } = world.node.parts
      for (const statement of [
        'delete from log',
        'update log set entry = entry',
        'truncate log',
        `insert into log values (99, 'x')`,
        'delete from object',
        'update log_head set size = 0',
        'update object_version set version = 9',
        'select * from person',
        'select * from session',
      ])
        await expect(
          database.as(analyst.id, clock(), (tx) => tx.query(statement)),
          statement,
        ).rejects.toMatchObject({ code: 'database/refused' })
      expect(await database.as(analyst.id, clock(), (tx) => tx.query('select * from log'))).toEqual([])
    })

    it('proves offline that a version is in it, to whoever may read the object and to nobody else', async () => {
      const key = parseVerifierKey((await (await world.someone('Aud', ['auditor'])).ask('GET', '/api/v1/record')).json.key)
      await world.node.parts.database.system(async () => {})
      const proof = await analyst.ask('GET', `/api/v1/objects/${first}/proof`)
      expect(proof.status).toBe(200)
      const policy = { origin: key.name, logKeys: [key], witnesses: [], quorum: 0 }
      const { entry } = verifyBundle(proof.text, policy)
      const { json: object } = await analyst.ask('GET', `/api/v1/cases/${first}`)
      expect(JSON.parse(Buffer.from(entry).toString())).toMatchObject({
        action: 'object.version',
        actor: null,
        objects: [{ id: first, version: 2, hash: object.hash }],
      })
      expect(() => verifyBundle(proof.text.replace('"index":', '"index":1'), policy)).toThrow()
      await world.organisation('jp-npa', 'JPN')
      const tokyo = await world.someone('Sato', ['analyst'], 'jp-npa')
      expect((await tokyo.ask('GET', `/api/v1/objects/${first}/proof`)).status).toBe(404)
      expect((await tokyo.ask('GET', '/api/v1/record/entries?from=0')).status).toBe(403)
      const auditor = await world.someone('Aud', ['auditor'])
      const entries = (await auditor.ask('GET', '/api/v1/record/entries?from=0')).json.items
      expect(entries.length).toBeGreaterThan(12)
      expect(JSON.stringify(entries)).not.toContain('changed"}')
    })

    it('records who was refused, and why', async () => {
      const auditor = await world.someone('Aud', ['auditor'])
      expect((await auditor.ask('POST', '/api/v1/cases', { case: { title: 'x' } })).status).toBe(403)
      const { items } = (await auditor.ask('GET', '/api/v1/record/entries?from=0&limit=1000')).json
      const entries = items.map(({ entry }: { entry: string }) => JSON.parse(entry))
      expect(
        entries.find(
          ({ outcome, actor }: { outcome: string; actor: { person: string } | null }) =>
            outcome === 'refused' && actor?.person === auditor.id,
        ),
      ).toMatchObject({
        action: 'case.create',
        detail: { code: 'node/forbidden' },
      })
    })
  })
