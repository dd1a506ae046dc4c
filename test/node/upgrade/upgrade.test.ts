import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { canonicalJson } from '../../../src/chain/index.ts'
import { restoreBackup } from '../../../src/node/backup/index.ts'
import type { Database } from '../../../src/node/database/database.ts'
import { migrate } from '../../../src/node/database/migrate.ts'
import { MIGRATIONS } from '../../../src/node/database/migrations/index.ts'
import { openDatabase } from '../../../src/node/database/open.ts'
import type { Tx } from '../../../src/node/database/tx.ts'
import { readConfig } from '../../../src/node/index.ts'
import { changeObject } from '../../../src/node/objects/change.ts'
import { createObject } from '../../../src/node/objects/create.ts'
import { LabelBook } from '../../../src/node/objects/labels.ts'
import { linkObjects, REFERS } from '../../../src/node/objects/links.ts'
import type { NodeParts } from '../../../src/node/parts.ts'
import type { Caller } from '../../../src/node/people/caller.ts'
import { insertPerson } from '../../../src/node/people/persons.ts'
import { append } from '../../../src/node/record/append.ts'
import { auditRecord } from '../../../src/node/record/audit.ts'
import { entryText, type RowWritten } from '../../../src/node/record/entry.ts'
import { ORGANISATION, tellRows, written as told } from '../../../src/node/record/rows.ts'
import { transact } from '../../../src/node/transact.ts'
import { DATABASES } from '../databases.ts'
import { FIXTURE_PASSPHRASE, type FixtureSummary } from './fixture.ts'
import { PINNED } from './pinned.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const NOW = new Date('2026-11-26T00:00:00.000Z')
/** From here on there are objects and a record, and so data that a person writes. */
const FIRST_WITH_RECORD = 4
/** From here on there are endpoints of deliveries and what was filed for deconfliction. */
const FIRST_WITH_ROWS = 11
/** From here on the record vouches for these, and for organisations. */
const FIRST_VOUCHED = 13

it('keeps every step of the schema that was released as it was', () => {
  expect(PINNED.length).toBeGreaterThan(0)
  for (const [at, [id, sha256]] of PINNED.entries()) {
    expect(MIGRATIONS[at]?.id).toBe(id)
    expect(
      createHash('sha256')
        .update(MIGRATIONS[at]?.sql ?? '')
        .digest('hex'),
      `the text of ${id}`,
    ).toBe(sha256)
  }
  const ids = MIGRATIONS.map(({ id }) => id)
  expect(ids).toEqual([...new Set(ids)].sort())
})

for (const kind of DATABASES)
  describe.skipIf(kind.missing !== null)(`upgrading ${kind.name}${kind.missing === null ? '' : ` (skipped: ${kind.missing})`}`, () => {
    let database: Database
    let data: string
    let close: () => Promise<void>
    beforeAll(async () => {
      const opened = await kind.open()
      data = await mkdtemp(join(tmpdir(), 'cordon-upgrade-'))
      database = await openDatabase({ data, url: opened.url, connections: 2 })
      close = async () => {
        await database.close()
        await opened.close()
        await rm(data, { recursive: true, force: true })
      }
    })
    afterAll(async () => await close())

    for (let steps = 1; steps <= MIGRATIONS.length; steps++)
      it(`from the first ${steps} of ${MIGRATIONS.length} steps keeps what was there`, async () => {
        await database.system((tx) => tx.query('drop schema if exists cordon cascade'))
        const first = MIGRATIONS.slice(0, steps)
        expect(await migrate(database, NOW, first)).toHaveLength(steps)
        const written = await writeSomething(database, steps)
        expect(await migrate(database, NOW)).toEqual(MIGRATIONS.slice(steps).map(({ id }) => id))
        expect(await migrate(database, NOW)).toEqual([])
        const people = await database.system((tx) => tx.query<{ id: string; name: string }>('select id, name from person'))
        expect(people).toEqual([{ id: written.person, name: 'Ann' }])
        const objects = await database.system((tx) => tx.query(`select id, version, encode(hash, 'hex') as hash from object order by id`))
        expect(objects).toEqual(written.objects)
        const audit = await auditRecord(database, { origin: 'test', logKeys: [], witnesses: [], quorum: 0 }, [])
        if (steps < FIRST_WITH_RECORD) return
        expect(audit).toMatchObject({ findings: [], sound: true, objects: 2 })
        const baseline = await database.system((tx) =>
          tx.query<{ entry: string }>(`select entry from log where entry like '%"row.baseline"%'`),
        )
        expect(baseline).toHaveLength(steps < FIRST_VOUCHED ? 1 : 0)
        for (const { entry } of baseline) expect(entry).toBe(canonicalJson(JSON.parse(entry)))
        for (const { entry } of baseline) for (const secret of SECRETS) expect(entry).not.toContain(secret)
      })

    it('closes a container that transactions at the same time had left more open than what it holds', async () => {
      await database.system((tx) => tx.query('drop schema if exists cordon cascade'))
      const before = MIGRATIONS.findIndex(({ id }) => id === '0016-containers')
      await migrate(database, NOW, MIGRATIONS.slice(0, before))
      const { person, objects } = await writeSomething(database, before)
      const [outer, inner] = objects.map(({ id }) => id)
      await database.system(async (tx) => {
        const [label] = await tx.query<{ id: number }>(
          `select cordon_clause('cordon-1', 'RED', '{}', '{}', '{}', array[$1::uuid], 'home', null) as id`,
          [person],
        )
        await tx.query('update object set label = $2, clauses = array[$2::int] where id = $1', [inner, label?.id])
        await tx.query(`insert into link values ($1, $2, 'holds', true, $3, $4)`, [outer, inner, person, NOW.toISOString()])
      })
      await migrate(database, NOW)
      const closed = await database.system((tx) =>
        tx.query(
          'select o.clauses = array(select label from object where id = any($2::uuid[]) order by label) as closed from object o where o.id = $1',
          [outer, [outer, inner]],
        ),
      )
      expect(closed).toEqual([{ closed: true }])
      expect(await database.system((tx) => tx.query('select * from container_change'))).toEqual([])
    })

    it('refuses a database of a later version, and one whose steps were changed, and leaves them as they are', async () => {
      await expect(migrate(database, NOW, MIGRATIONS.slice(0, -1))).rejects.toMatchObject({ code: 'database/newer' })
      const changed = MIGRATIONS.map((step, at) => (at === 1 ? { ...step, sql: `${step.sql}\n` } : step))
      await expect(migrate(database, NOW, changed)).rejects.toMatchObject({ code: 'database/other-schema' })
      expect(await migrate(database, NOW)).toEqual([])
    })

    it('takes all steps or none', async () => {
      const before = await database.system((tx) => tx.query('select id from migration order by id'))
      const broken = [...MIGRATIONS, { id: '9998-good', sql: 'create table later (id int)' }, { id: '9999-broken', sql: 'create nonsense' }]
      await expect(migrate(database, NOW, broken)).rejects.toThrow()
      expect(await database.system((tx) => tx.query('select id from migration order by id'))).toEqual(before)
      expect(await database.system((tx) => tx.query(`select to_regclass('cordon.later') as there`))).toEqual([{ there: null }])
    })
  })

const releases = readdirSync(import.meta.dirname).filter((name) => /^\d+\.\d+\.\d+$/.test(name))
describe('data of earlier releases', () => {
  it('is kept here', () => expect(releases.length).toBeGreaterThan(0))
  for (const release of releases)
    it(`of ${release} is restored, brought up to date and found as it was`, async () => {
      const folder = join(import.meta.dirname, release)
      const summary = JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8')) as FixtureSummary
      const data = await mkdtemp(join(tmpdir(), 'cordon-release-'))
      try {
        const config = await readConfig(null, { CORDON_DATA: join(data, 'node') })
        const { audit, manifest, migrated } = await restoreBackup(join(folder, 'node.tar.gz'), config, FIXTURE_PASSPHRASE, NOW)
        expect(manifest.cordon).toBe(release)
        // The step from which on the record vouches for rows tells it what there is.
        const entries = summary.entries + (migrated.includes('0013-rows') ? 1 : 0)
        expect(audit).toMatchObject({ findings: [], sound: true, objects: summary.objects, entries })
        expect(existsSync(join(config.data, 'files/sha256'))).toBe(true)
      } finally {
        await rm(data, { recursive: true, force: true })
      }
    })
})

const SECRETS = ['sealed-secret', 'sealed-before', 'receiver.example', 'ops@', `${'a'.repeat(8)}.${'b'.repeat(64)}`]

/** Rows for which the record did not vouch when they were written, with something in every column. */
async function writeRows(tx: Tx, person: string, object: string): Promise<void> {
  await tx.query(
    `insert into delivery_endpoint (id, organisation, person, channel, target, events, secret, previous_secret, previous_until, failures, created_at, disabled_at, disabled_reason)
     values (gen_random_uuid(), 'home', $1, 'webhook', 'https://receiver.example/in', '{alert.opened,alert.closed}', 'sealed-secret', 'sealed-before', now(), 2, now(), now(), E'said "no"\n'),
            (gen_random_uuid(), 'home', $1, 'mail', 'ops@home.example', '{}', null, null, null, 0, now(), null, null)`,
    [person],
  )
  for (const [n, compared] of [true, false].entries())
    await tx.query(
      `insert into holding (token, organisation, object, added_by, added_at, round, compared)
       values (repeat('a', 8) || '.' || repeat($4, 64), 'home', $1, $2, now(), now(), $3)`,
      [object, person, compared, n === 0 ? 'b' : 'c'],
    )
  await tx.query(`insert into holding_notice values ('home', now(), $1)`, [object])
  await tx.query(`insert into holding_budget values ('home', current_date, 7)`)
}

type Written = { readonly person: string; readonly objects: readonly { id: string; version: number; hash: string }[] }

/** Writes what the schema has a place for. */
async function writeSomething(database: Database, steps: number): Promise<Written> {
  const world = { clock: () => NOW, random: randomBytes }
  const person = await database.system(async (tx) => {
    const home = await tx.query<RowWritten>(
      `insert into organisation (code, name, nation, kind) values ('home', 'Home "of" the node', 'USA', 'home') returning ${told(ORGANISATION)}`,
    )
    if (steps >= FIRST_VOUCHED) await tellRows(tx, home, { now: NOW, random: randomBytes })
    const made = await insertPerson(tx, { organisation: 'home', name: 'Ann', email: null, roles: ['analyst'], caveats: [] }, world)
    if (steps >= FIRST_WITH_RECORD) {
      const state = { id: made.id, version: made.version, organisation: 'home', roles: ['analyst'], caveats: [], disabled: false }
      const action = { door: 'node', action: 'person.create', outcome: 'done', objects: [], people: [state], detail: {} } as const
      await append(tx, [entryText(action, null, NOW, randomBytes)])
    }
    return made.id
  })
  if (steps < FIRST_WITH_RECORD) return { person, objects: [] }
  const caller: Caller = {
    person,
    name: 'Ann',
    organisation: 'home',
    nation: 'USA',
    roles: ['analyst'],
    caveats: [],
    scopes: [],
    credential: { kind: 'session', id: '0190aaaa-0000-7000-8000-000000000000', usedAt: NOW },
  }
  // What `transact` uses of a node, and no more: the rest has no tables yet.
  const parts = {
    database,
    ...world,
    labels: new LabelBook(),
    doorbell: { ring: () => {} },
    space: { admitWrite: async () => {} },
  } as unknown as NodeParts
  const objects = await transact(parts, caller, { door: 'api', action: 'case.create' }, async (ask) => {
    const a = await createObject(ask, { kind: 'case', body: { title: 'kept' } })
    const b = await createObject(ask, { kind: 'case', body: { title: '한국어' } })
    await linkObjects(ask, a.id, b.id, REFERS)
    return [await changeObject(ask, a, { body: { title: 'changed' } }), b]
  })
  if (steps >= FIRST_WITH_ROWS && steps < FIRST_VOUCHED) await database.system((tx) => writeRows(tx, person, objects[0]?.id as string))
  return {
    person,
    objects: objects.map(({ id, version, hash }) => ({ id, version, hash })).sort((a, b) => (a.id < b.id ? -1 : 1)),
  }
}
