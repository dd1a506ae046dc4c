import { createHash } from 'node:crypto'
import { CordonError } from '../../chain/index.ts'
import { APP_ROLE, type Database } from './database.ts'
import { MIGRATIONS, type Migration } from './migrations/index.ts'
import type { Tx } from './tx.ts'

/**
 * Brings the schema up to date, in one transaction: a killed migration leaves the old schema. Gives the ids of the steps that were taken.
 *
 * @throws CordonError `database/newer` where the database was made by a later Cordon; `database/other-schema` where a step that it has is not the one that we know
 */
export async function migrate(database: Database, now: Date, steps: readonly Migration[] = MIGRATIONS): Promise<readonly string[]> {
  return await database.system(async (tx) => {
    await prepare(tx)
    const had = await tx.query<{ id: string; sha256: string }>('select id, sha256 from migration order by id')
    checkSteps(had, steps)
    const done = new Set(had.map(({ id }) => id))
    const taken: string[] = []
    for (const { id, sql } of steps) {
      if (done.has(id)) continue
      for (const statement of statements(sql)) await tx.query(statement)
      await tx.query('insert into migration (id, sha256, applied_at) values ($1, $2, $3)', [id, digest(sql), now.toISOString()])
      taken.push(id)
    }
    return taken
  })
}

/**
 * Refuses steps that a database has, or had, and that this version does not know as they are.
 *
 * @throws CordonError `database/newer`, `database/other-schema`
 */
export function checkSteps(had: readonly { readonly id: string; readonly sha256: string }[], steps: readonly Migration[]): void {
  const known = new Map(steps.map(({ id, sql }) => [id, digest(sql)]))
  for (const { id, sha256 } of had) {
    const expected = known.get(id)
    if (expected === undefined)
      throw new CordonError('database/newer', `the database has the schema step ${id}, which this version of Cordon does not know`, {
        remedy: 'Run the newer Cordon that made it, or restore a backup from before the upgrade.',
      })
    if (expected !== sha256)
      throw new CordonError('database/other-schema', `the schema step ${id} of the database is not the one of this version of Cordon`, {
        remedy: 'The database was made by an unreleased or changed Cordon. Restore a backup, or use the version that made it.',
      })
  }
}

async function prepare(tx: Tx): Promise<void> {
  // One migration at a time, also between processes.
  await tx.query('select pg_advisory_xact_lock(7305003)')
  await tx.query('create schema if not exists cordon')
  const [role] = await tx.query('select 1 from pg_roles where rolname = $1', [APP_ROLE])
  if (role === undefined) await tx.query(`create role ${APP_ROLE} nologin`)
  await tx.query(`grant ${APP_ROLE} to current_user`)
  await tx.query(`grant usage on schema cordon to ${APP_ROLE}`)
  await tx.query('create table if not exists migration (id text primary key, sha256 text not null, applied_at timestamptz not null)')
}

/**
 * The statements of a step. One statement a query is what both drivers take with parameters; bodies of functions ($$ … $$) hold semicolons of their own.
 */
export function statements(sql: string): string[] {
  const parts: string[] = []
  let start = 0
  let inBody = false
  for (let at = 0; at < sql.length; at++) {
    if (sql.startsWith('$$', at)) {
      inBody = !inBody
      at++
    } else if (sql.startsWith('--', at) && !inBody) {
      const end = sql.indexOf('\n', at)
      at = end < 0 ? sql.length : end
    } else if (sql[at] === ';' && !inBody) {
      parts.push(sql.slice(start, at))
      start = at + 1
    }
  }
  parts.push(sql.slice(start))
  return parts.map((part) => part.trim()).filter((part) => part.replaceAll(/--[^\n]*/g, '').trim() !== '')
}

function digest(sql: string): string {
  return createHash('sha256').update(sql).digest('hex')
}
