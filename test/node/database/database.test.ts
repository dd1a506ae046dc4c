import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../src/node/database/database.ts'
import { migrate, statements } from '../../../src/node/database/migrate.ts'
import { MIGRATIONS } from '../../../src/node/database/migrations/index.ts'
import { openDatabase } from '../../../src/node/database/open.ts'
import { openServer } from '../../../src/node/database/server.ts'
import type { Tx } from '../../../src/node/database/tx.ts'
import { DATABASES } from '../databases.ts'
import { NO_POSTGRES, type PostgresServer, startPostgres } from '../postgres.ts'
import { nodeWorld } from '../world.ts'

const NOW = new Date('2026-01-02T03:04:05.678Z')

for (const kind of DATABASES)
  describe.skipIf(kind.missing !== null)(`${kind.name}${kind.missing === null ? '' : ` (skipped: ${kind.missing})`}`, () => {
    let database: Database
    let close: () => Promise<void>
    const data = mkdtempSync(join(tmpdir(), 'cordon-db-'))
    beforeAll(async () => {
      const opened = await kind.open()
      close = opened.close
      database = await openDatabase({ data, url: opened.url, connections: 3 })
    })
    afterAll(async () => {
      await database.close()
      await close()
      rmSync(data, { recursive: true, force: true })
    })

    it('is brought up to date once, and refuses what another Cordon made', async () => {
      expect(await migrate(database, NOW)).toEqual(MIGRATIONS.map(({ id }) => id))
      expect(await migrate(database, NOW)).toEqual([])
      await expect(migrate(database, NOW, MIGRATIONS.slice(0, -1))).rejects.toMatchObject({ code: 'database/newer' })
      const [first, ...rest] = MIGRATIONS
      await expect(migrate(database, NOW, [{ id: first?.id as string, sql: 'select 1' }, ...rest])).rejects.toMatchObject({
        code: 'database/other-schema',
      })
    })

    it('takes labels in transactions of the node itself, on a connection that has served nobody yet', async () => {
      const label = await database.system((tx) =>
        tx.query<{ number: number }>(
          `select cordon_clause('cordon-1', 'AMBER', '{}', '{}', '{}', '{}', 'home', '2044-01-01T00:00:00Z') as number`,
        ),
      )
      expect(label).toEqual([{ number: 1 }])
    })

    it('leaves nothing of a step that fails', async () => {
      const broken = { id: '9999-broken', sql: 'create table half (a int); select no_such_function()' }
      await expect(migrate(database, NOW, [...MIGRATIONS, broken])).rejects.toThrow(/no_such_function/)
      await expect(database.system((tx) => tx.query('select * from half'))).rejects.toThrow(/half/)
      expect(await migrate(database, NOW)).toEqual([])
    })

    it('gives the same values whichever it is', async () => {
      const [row] = await database.system((tx) =>
        tx.query(
          `select 9007199254740991::int8 as big, $1::timestamptz as time, $2::bytea as bytes, $3::text[] as texts, $4::jsonb as json, $5::uuid as id, null::int8 as nothing,
                  '0001-01-01T00:00:00Z'::timestamptz as early, $6::int[] as numbers, 12345678901234567890.5::numeric as exact`,
          [
            NOW.toISOString(),
            Buffer.from([0, 255, 1]),
            ['a', '"b"', '한국'],
            JSON.stringify({ a: [1, null, '{'] }),
            '01900000-0000-7000-8000-000000000000',
            [1, 2],
          ],
        ),
      )
      expect({ ...row, bytes: Buffer.from((row as { bytes: Uint8Array }).bytes).toString('hex') }).toEqual({
        big: 9007199254740991,
        time: '2026-01-02T03:04:05.678Z',
        bytes: '00ff01',
        texts: ['a', '"b"', '한국'],
        json: { a: [1, null, '{'] },
        id: '01900000-0000-7000-8000-000000000000',
        nothing: null,
        early: '0001-01-01T00:00:00.000Z',
        numbers: [1, 2],
        exact: '12345678901234567890.5',
      })
      await expect(database.system((tx) => tx.query('select 9007199254740992::int8 as big'))).rejects.toMatchObject({
        code: 'database/too-large',
      })
    })

    it('rolls back what throws, and keeps no role, person or time of a transaction for the next', async () => {
      const person = '01900000-0000-7000-8000-0000000000aa'
      await expect(
        database.as(person, NOW, async (tx) => {
          await tx.query('select 1')
          throw new Error('changed my mind')
        }),
      ).rejects.toThrow('changed my mind')
      await expect(database.as(person, NOW, (tx) => tx.query('create table cordon.mine (a int)'))).rejects.toMatchObject({
        code: 'database/refused',
      })
      for (let i = 0; i < 5; i++) {
        const [row] = await database.system((tx) =>
          tx.query(`select current_user as role, coalesce(current_setting('cordon.person', true), '') as person`),
        )
        expect(row).toMatchObject({ person: '' })
        expect((row as { role: string }).role).not.toBe('cordon_app')
      }
      expect(await database.as(person, NOW, (tx) => tx.query('select cordon_now() as now, current_user as role'))).toEqual([
        { now: NOW.toISOString(), role: 'cordon_app' },
      ])
    })

    it('tells of no transaction as done of which a statement had failed, though nobody minded it', async () => {
      const work = database.system(async (tx) => {
        await tx.query('create table if not exists cordon.minded (a int)')
        await tx.query('select 1 / $1::int', [0]).catch(() => {})
      })
      await expect(work).rejects.toThrow('one of its statements had failed')
      await expect(database.system((tx) => tx.query('select * from cordon.minded'))).rejects.toThrow(/minded/)
    })

    it('refuses a statement that comes after the end of its transaction', async () => {
      const kept: Tx[] = []
      await database.system(async (tx) => void kept.push(tx))
      await expect(kept[0]?.query('select 1', [])).rejects.toThrow('after the end of its transaction')
      await expect(
        database.as('01900000-0000-7000-8000-0000000000aa', NOW, async (tx) => {
          kept.push(tx)
          throw new Error('no')
        }),
      ).rejects.toThrow('no')
      await expect(kept[1]?.query('select 1', [])).rejects.toThrow('after the end of its transaction')
    })

    it('gives answers of every length whole', async () => {
      // Parts of an answer are cut where a buffer of 8 KiB is full, wherever in a message that is.
      for (let length = 8_000; length < 8_300; length++) {
        const [row] = await database.alone.query<{ text: string }>(`select repeat('x', $1) as text`, [length])
        expect(row?.text.length).toBe(length)
      }
    })

    it('says so when a statement goes too deep, and goes on', async () => {
      await database.system((tx) =>
        tx.query(
          'create or replace function cordon.deeper(n int) returns int language plpgsql as $$ begin return cordon.deeper(n + 1); end $$',
        ),
      )
      await expect(database.system((tx) => tx.query('select cordon.deeper(1)'))).rejects.toThrow(/stack depth/)
      expect(await database.system((tx) => tx.query('select 1 as one', []))).toEqual([{ one: 1 }])
    })

    it('says of a text that it cannot keep what is wrong with it', async () => {
      await expect(database.system((tx) => tx.query('select $1::text', ['a\0b']))).rejects.toMatchObject({ code: 'database/bad-text' })
      await expect(database.system((tx) => tx.query('select $1::jsonb', ['{"a":"\\u0000"}']))).rejects.toMatchObject({
        code: 'database/bad-text',
      })
    })
  })

describe.skipIf(NO_POSTGRES !== null)(`a PostgreSQL server${NO_POSTGRES === null ? '' : ` (skipped: ${NO_POSTGRES})`}`, () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.stop())

  it('needs no superuser: an owner that may make roles will do, and row-level security holds', async () => {
    const admin = new pg.Client({ connectionString: server.url })
    await admin.connect()
    await admin.query(`create role plain login createrole nosuperuser`)
    await admin.query('create database owned owner plain')
    await admin.end()
    const url = server.url.replace('cordon@', 'plain@').replace(/\/cordon$/, '/owned')
    const world = await nodeWorld({ url })
    try {
      await world.organisation('kr-npa', 'KOR')
      const [ann, kim] = [await world.someone('Ann', ['analyst']), await world.someone('Kim', ['analyst'], 'kr-npa')]
      const made = await ann.ask('POST', '/api/v1/cases', { case: { title: 'Mine' } })
      expect(made.status).toBe(201)
      expect((await kim.ask('GET', '/api/v1/cases')).json.items).toEqual([])
      // A mistake in the application opens no row.
      expect(await world.node.parts.database.as(kim.id, NOW, (tx) => tx.query('select * from object'))).toEqual([])
      expect(
        await world.node.parts.database.as('01900000-0000-7000-8000-0000000000aa', NOW, (tx) => tx.query('select * from object')),
      ).toEqual([])
    } finally {
      await world.close()
    }
  })

  it('is refused with what to do where it cannot be used', async () => {
    await expect(openServer(server.url.replace(/\/cordon$/, '/none'), 2)).rejects.toMatchObject({
      code: 'database/not-opened',
      message: expect.stringContaining('none'),
    })
    await expect(openServer('postgres://cordon@127.0.0.1:1/x', 2)).rejects.toMatchObject({ code: 'database/not-opened' })
  })
})

describe('the statements of a migration', () => {
  it('are told apart at semicolons outside of comments and bodies of functions', () => {
    expect(statements(`select 1; -- a; b\ncreate function f() returns int language sql as $$ select 2; select 3 $$;\n\n-- end\n`)).toEqual([
      'select 1',
      '-- a; b\ncreate function f() returns int language sql as $$ select 2; select 3 $$',
    ])
  })
})
