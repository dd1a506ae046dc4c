import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  CLAUSES_CHECK,
  type Clause,
  communityOf,
  defaultLabel,
  KEPT_RING_SQL,
  type Label,
  labelHash,
  opens,
  RELEASE_SQL,
  type Reader,
  type Ring,
  ringOf,
  VISIBLE,
} from '../../../src/share/release/index.ts'
import {
  CAVEATS,
  CLOCK,
  LOOK_ALIKE_NATIONS,
  LOOK_ALIKE_ORGANISATIONS,
  NATION_OF,
  ORGANISATIONS,
  PERSONS,
  pick,
  randomFrom,
  randomLabel,
  some,
} from './world.ts'

const CLAUSES = 2_000
const OBJECTS = 2_500
const ROUNDS = 105
const NOBODY = '0190c2f0-0000-7000-8000-0000000000ee'
const ROLES = ['analyst', 'supervisor', 'releaser', 'administrator', 'subscriber']
const NATIONS: ReadonlyMap<string, string | null> = new Map<string, string | null>([
  ...NATION_OF,
  ...LOOK_ALIKE_ORGANISATIONS.map((code, at): [string, string | null] => [code, at === 0 ? null : LOOK_ALIKE_NATIONS[at]!]),
])

/** The tables as the node has them, as far as release is concerned. */
const TABLES = `
create role app nologin;
create schema cordon;
grant usage on schema cordon to app;
create table cordon.organisation (code text primary key, nation text);
create table cordon.person (id uuid primary key, organisation text not null references cordon.organisation, roles text[] not null, caveats text[] not null, disabled boolean not null);
create table cordon.clause (id int primary key generated always as identity, key bytea not null unique, policy text not null, tlp text not null, nations text[] not null,
  organisations text[] not null, caveats text[] not null, persons uuid[] not null, originator text not null, expires timestamptz);
${RELEASE_SQL}
${KEPT_RING_SQL}
create table cordon.object (id int primary key, clauses int[] constraint has_clauses ${CLAUSES_CHECK});
alter table cordon.object enable row level security;
create policy object_read on cordon.object for select using (${VISIBLE});
grant select on cordon.object, cordon.clause to app;
`

type Person = Reader & { readonly roles: readonly string[] }
type Query = <Row>(sql: string, values?: unknown[]) => Promise<Row[]>

let db: PGlite
const random = randomFrom(71)
const clauses: Clause[] = []
const objects: { readonly id: number; readonly clauses: readonly number[] }[] = []

/** One transaction of the application's role for a person at an instant, as the node runs them. */
async function as<T>(person: string | null, at: string, work: (query: Query) => Promise<T>): Promise<T> {
  return await db.transaction(async (tx) => {
    await tx.query(
      `select set_config('search_path', 'cordon, pg_temp', true), set_config('cordon.now', $1, true), set_config('role', 'app', true)`,
      [at],
    )
    if (person !== null) await tx.query(`select set_config('cordon.person', $1, true)`, [person])
    return await work(async (sql, values) => (await tx.query(sql, values)).rows as never)
  })
}

async function addClause({ id, label }: Clause): Promise<void> {
  await db.query(
    `insert into cordon.clause overriding system value
     select id, decode(key, 'hex'), policy, tlp, nations, organisations, caveats, persons, originator, expires
     from jsonb_to_recordset($1::jsonb) as c(id int, key text, policy text, tlp text, nations text[], organisations text[], caveats text[], persons uuid[], originator text, expires timestamptz)`,
    [JSON.stringify([{ id, key: labelHash(label), ...label }])],
  )
  clauses.push({ id, label })
}

async function ring(person: string | null, at = '2026-06-01T00:00:00.000Z'): Promise<readonly number[]> {
  return await as(person, at, async (query) => (await query<{ ring: number[] }>('select cordon_ring() as ring'))[0]!.ring)
}

async function keep(person: Person): Promise<void> {
  await db.query(
    `insert into cordon.person values ($1, $2, $3, $4, $5)
     on conflict (id) do update set organisation = excluded.organisation, roles = excluded.roles, caveats = excluded.caveats, disabled = excluded.disabled`,
    [person.person, person.organisation, person.roles, person.caveats, person.disabled],
  )
}

function randomPerson(): Person {
  const organisation = pick(random, random() < 0.85 ? ORGANISATIONS : [...NATIONS.keys()])
  const roles = some(random, ROLES)
  return {
    person: pick(random, [...PERSONS, '0190c2f0-0000-7000-8000-0000000000ff']),
    organisation,
    nation: NATIONS.get(organisation) ?? null,
    caveats: some(random, CAVEATS),
    community: communityOf(roles),
    disabled: random() < 0.04,
    roles,
  }
}

beforeAll(async () => {
  db = await PGlite.create()
  await db.exec(TABLES)
  await db.query('insert into cordon.organisation select * from jsonb_to_recordset($1::jsonb) as o(code text, nation text)', [
    JSON.stringify([...NATIONS].map(([code, nation]) => ({ code, nation }))),
  ])
  const hashes = new Set<string>()
  while (clauses.length < CLAUSES) {
    const label = randomLabel(random)
    const hash = labelHash(label)
    if (hashes.has(hash)) continue
    hashes.add(hash)
    clauses.push({ id: clauses.length + 1, label })
  }
  await db.query(
    `insert into cordon.clause overriding system value
     select id, decode(key, 'hex'), policy, tlp, nations, organisations, caveats, persons, originator, expires
     from jsonb_to_recordset($1::jsonb) as c(id int, key text, policy text, tlp text, nations text[], organisations text[], caveats text[], persons uuid[], originator text, expires timestamptz)`,
    [JSON.stringify(clauses.map(({ id, label }) => ({ id, key: labelHash(label), ...label })))],
  )
  for (let id = 1; id <= OBJECTS; id++) {
    const count = pick(random, [1, 1, 1, 2, 3])
    objects.push({ id, clauses: Array.from({ length: count }, () => pick(random, clauses).id) })
  }
  await db.query('insert into cordon.object select * from jsonb_to_recordset($1::jsonb) as o(id int, clauses int[])', [
    JSON.stringify(objects),
  ])
  await db.exec('analyze')
}, 60_000)

afterAll(async () => await db?.close())

describe('the decision in the database', () => {
  it('is that of the program in two hundred thousand decisions, and so is what each caller sees, counts and is given first', async () => {
    let passed = 0
    for (let round = 0; round < ROUNDS; round++) {
      const person = randomPerson()
      await keep(person)
      const now = new Date(pick(random, CLOCK))
      const expected: Ring = ringOf(person, clauses, now)
      passed += expected.length
      await as(person.person, now.toISOString(), async (query) => {
        const [row] = await query<{ ring: number[] }>('select cordon_ring() as ring')
        if (row!.ring.join() !== expected.join()) expect.unreachable(JSON.stringify({ person, now }))
        const visible = objects.filter((object) => opens(expected, object.clauses)).map(({ id }) => id)
        const seen = await query<{ id: number }>('select id from object order by id')
        expect(seen.map(({ id }) => id)).toEqual(visible)
        const plain = await query<{ id: number }>(
          'select id from object where cardinality(clauses) > 0 and clauses <@ (select cordon_ring()) order by id',
        )
        expect(plain).toEqual(seen)
        const [count] = await query<{ all: number; some: number }>(
          'select count(*)::int as all, count(*) filter (where id % 7 = 0)::int as some from object',
        )
        expect(count).toEqual({ all: visible.length, some: visible.filter((id) => id % 7 === 0).length })
        const labels = await query<{ id: number }>('select id from clause order by id')
        expect(labels.map(({ id }) => id)).toEqual([...expected])
        const [kept] = await query<{ ring: number[] }>('select cordon_keep_ring() as ring')
        if (kept!.ring.join() !== expected.join()) expect.unreachable(JSON.stringify({ kept: person, now }))
      })
    }
    expect(passed / (ROUNDS * CLAUSES)).toBeGreaterThan(0.05)
  }, 60_000)

  it('is kept for the rest of a transaction for the person and the time that it was made for, and for no other', async () => {
    const kept = { ...randomPerson(), disabled: false }
    const other = { ...randomPerson(), person: NOBODY.replace('ee', 'bb') }
    await keep(kept)
    await keep(other)
    const [early, late] = [CLOCK[0]!, CLOCK.at(-1)!].map((at) => new Date(at)) as [Date, Date]
    await as(kept.person, early.toISOString(), async (query) => {
      const asked = async () => {
        const [row] = await query<{ ring: number[]; bytes: string }>(
          `select cordon_ring() as ring, encode(cordon_ring_bytes(), 'hex') as bytes`,
        )
        const ofBytes = [...Buffer.from(row!.bytes, 'hex')].flatMap((byte, at) => (byte === 1 ? [at + 1] : []))
        expect(ofBytes).toEqual(row!.ring)
        return row!.ring
      }
      const expected = [...ringOf(kept, clauses, early)]
      const [decided] = await query<{ ring: number[] }>('select cordon_keep_ring() as ring')
      expect(decided!.ring).toEqual(expected)
      expect(await asked()).toEqual(expected)
      const seen = await query<{ id: number }>('select id from object order by id')
      expect(seen.map(({ id }) => id)).toEqual(
        objects.filter((object) => opens(ringOf(kept, clauses, early), object.clauses)).map(({ id }) => id),
      )
      await query(`select set_config('cordon.now', '${late.toISOString()}', true)`)
      expect(await asked()).toEqual([...ringOf(kept, clauses, late)])
      await query(`select set_config('cordon.person', '${other.person}', true)`)
      expect(await asked()).toEqual([...ringOf(other, clauses, late)])
      await query(`select set_config('cordon.person', '', true)`)
      expect(await asked()).toEqual([])
    })
    await as(other.person, early.toISOString(), async (query) => {
      const [row] = await query<{ ring: number[] }>('select cordon_ring() as ring')
      expect(row!.ring, 'nothing is kept beyond the transaction').toEqual([...ringOf(other, clauses, early)])
    })
  })

  it('is remembered on a connection only while the person, the time and the labels are those that it was made for', async () => {
    const people = PERSONS.map((person) => ({ ...randomPerson(), person, disabled: false }))
    for (const person of people) await keep(person)
    let now = pick(random, CLOCK)
    let [asked, remembered] = [0, 0]
    const add = async (id: number) => {
      const label = randomLabel(random)
      if (clauses.some((each) => labelHash(each.label) === labelHash(label))) return
      await addClause({ id, label })
    }
    for (let step = 0; step < 400; step++) {
      const chance = random()
      const who = Math.floor(random() * people.length)
      if (chance < 0.1) {
        people[who] = { ...randomPerson(), person: people[who]!.person }
        await keep(people[who]!)
      } else if (chance < 0.2) now = pick(random, CLOCK)
      else if (chance < 0.4) now += Math.floor(random() * 3)
      else if (chance < 0.45) await add(Math.max(...clauses.map(({ id }) => id)) + 1 + Math.floor(random() * 3))
      // A label whose transaction ended after that of a later number.
      else if (chance < 0.5) {
        const taken = new Set(clauses.map(({ id }) => id))
        const gap = Array.from({ length: Math.max(...taken) }, (_, at) => at + 1).find((id) => !taken.has(id))
        if (gap !== undefined) await add(gap)
      }
      const person = people[who]!
      const at = new Date(now)
      const expected = ringOf(
        person,
        [...clauses].sort((a, b) => a.id - b.id),
        at,
      )
      await as(person.person, at.toISOString(), async (query) => {
        const places = async () =>
          JSON.stringify(await query(`select name, setting from pg_settings where name like 'cordon.decided%' order by name`))
        const before = await places()
        const [row] = await query<{ ring: number[]; bytes: string }>(
          `select cordon_keep_ring() as ring, encode(cordon_ring_bytes(), 'hex') as bytes`,
        )
        if (row!.ring.join() !== expected.join()) expect.unreachable(`step ${step}: ${JSON.stringify({ person, at })}`)
        expect([...Buffer.from(row!.bytes, 'hex')].flatMap((byte, place) => (byte === 1 ? [place + 1] : []))).toEqual(row!.ring)
        asked++
        if ((await places()) === before) remembered++
      })
    }
    expect(remembered, `of ${asked}`).toBeGreaterThan(asked / 4)
  }, 60_000)

  const KIM: Person = {
    person: NOBODY.replace('ee', 'aa'),
    organisation: 'KNPA',
    nation: 'KOR',
    caveats: CAVEATS,
    community: 'member',
    disabled: false,
    roles: ['analyst'],
  }

  it('opens nothing for nobody, for somebody unknown, for what is no person, and for one who was disabled', async () => {
    await keep(KIM)
    expect((await ring(KIM.person)).length).toBeGreaterThan(100)
    for (const person of [
      null,
      '',
      NOBODY,
      'root',
      `${KIM.person}'`,
      `${KIM.person}\n`,
      KIM.person.toUpperCase().replace('0190C2F0', '0190C2F0 '),
      '*',
    ]) {
      expect(await ring(person)).toEqual([])
    }
    await keep({ ...KIM, disabled: true })
    expect(await ring(KIM.person)).toEqual([])
    await keep(KIM)
  })

  it('opens nothing at what is no instant, and takes the database’s clock where none is set', async () => {
    for (const at of ['yesterday', '-infinity', '2026-06-01', '2026-06-01T00:00:00', '2026-06-01T00:00:00+09:00'])
      expect(await ring(KIM.person, at)).toEqual([])
    await expect(ring(KIM.person, '2026-02-31T00:00:00Z')).rejects.toThrow(/out of range/)
    const [now] = await as(KIM.person, '', async (query) => await query<{ same: boolean }>('select cordon_now() = now() as same'))
    expect(now).toEqual({ same: true })
  })

  it('opens no row without a clause, or with one that is null, though the empty set is within every ring', async () => {
    const bad = ["'{}'", 'null', "'{1,null}'"]
    for (const [at, value] of bad.entries()) {
      await expect(db.query(`insert into cordon.object values (${9_000 + at}, ${value})`)).rejects.toThrow(/has_clauses/)
    }
    await db.exec('alter table cordon.object drop constraint has_clauses')
    const open = (await ring(KIM.person))[0]!
    for (const [at, value] of [
      ...bad,
      `'{${open},null}'`,
      `'{${open},999999}'`,
      "'{999999}'",
      "'{0}'",
      "'{-5}'",
      "'{2147483647}'",
      `'{{${open},999999}}'`,
    ].entries())
      await db.query(`insert into cordon.object values (${9_000 + at}, ${value})`)
    const seen = async () =>
      await as(KIM.person, '2026-06-01T00:00:00Z', async (query) => await query('select id from object where id >= 9000'))
    expect(await seen()).toEqual([])
    await db.query(`insert into cordon.object values (9999, '{${open},${open}}')`)
    expect(await seen()).toEqual([{ id: 9999 }])
    await db.exec('delete from cordon.object where id >= 9000')
  })

  it.each<[string, Partial<Record<keyof Label, unknown>>]>([
    ['another policy', { policy: 'cordon-2' }],
    ['no policy', { policy: null }],
    ['a TLP in small letters', { tlp: 'green' }],
    ['no TLP', { tlp: null }],
    ['RED that names nobody', { tlp: 'RED' }],
    ['no set of nations', { nations: null }],
    ['no set of organisations', { organisations: null }],
    ['no set of caveats', { caveats: null }],
    ['a caveat that is null', { caveats: [null] }],
    ['no set of persons', { persons: null }],
    ['a person who is null', { persons: [null] }],
    ['no originator', { originator: '', organisations: ['KNPA'] }],
    ['a null for an originator', { originator: null }],
  ])('opens to nobody, the originator included, with %s', async (_, change) => {
    const label = { ...defaultLabel('KNPA'), ...change }
    const decide = async (reader: string, fields: typeof label) =>
      (
        await db.query<{ may: boolean }>(
          `select cordon.cordon_may_read($1, 'KNPA', 'KOR', '{}', false, $2, $3, $4, $5, $6, $7, $8, $9, now()) as may`,
          [
            reader,
            fields.policy,
            fields.tlp,
            fields.nations,
            fields.organisations,
            fields.caveats,
            fields.persons,
            fields.originator,
            fields.expires,
          ],
        )
      ).rows[0]!.may
    expect(await decide(KIM.person, defaultLabel('KNPA'))).toBe(true)
    expect(await decide(KIM.person, label)).toBe(false)
  })

  it('refuses such a label in the table', async () => {
    const insert = (tlp: string, persons: string, more = 'null') =>
      db.query(
        `insert into cordon.clause (key, policy, tlp, nations, organisations, caveats, persons, originator, expires) values ('\\x00', 'cordon-1', '${tlp}', '{}', '{}', '{}', '${persons}', 'KNPA', ${more})`,
      )
    await expect(insert('WHITE', '{}')).rejects.toThrow(/clause_tlp/)
    await expect(insert('RED', '{}')).rejects.toThrow(/clause_red_names/)
    await expect(insert('AMBER', '{null}')).rejects.toThrow(/clause_no_null/)
    await expect(insert('AMBER', '{}', "'infinity'")).rejects.toThrow(/clause_expires/)
  })

  it('does not let the application’s role read who there is, or put tables of its own in the way', async () => {
    await expect(as(KIM.person, '', async (query) => await query('select * from person'))).rejects.toThrow(/permission denied/)
    const before = await ring(KIM.person)
    await db.exec('grant temporary on database postgres to app')
    const after = await as(KIM.person, '2026-06-01T00:00:00.000Z', async (query) => {
      await query('create temporary table person (id uuid, organisation text, roles text[], caveats text[], disabled boolean)')
      await query('create temporary table clause (like cordon.clause)')
      await query('create temporary table organisation (code text, nation text)')
      await query(`set local search_path = pg_temp, cordon`)
      return (await query<{ ring: number[] }>('select cordon_ring() as ring'))[0]!.ring
    })
    expect(after).toEqual(before)
  })

  it('decides two thousand clauses in a few milliseconds', async () => {
    const times = await as(KIM.person, '2026-06-01T00:00:00.000Z', async (query) => {
      const taken: number[] = []
      for (let round = 0; round < 25; round++) {
        const start = performance.now()
        await query('select cordon_ring()')
        taken.push(performance.now() - start)
      }
      return taken.sort((a, b) => a - b)
    })
    console.log(`cordon_ring over ${CLAUSES} clauses: best ${times[0]!.toFixed(2)} ms, median ${times[12]!.toFixed(2)} ms`)
    // The bound of the design is 5 ms; other work on the machine must not fail a test of it.
    expect(times[0]).toBeLessThan(20)
  })
})
