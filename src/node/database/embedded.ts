import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { OneAtATime } from '../one-at-a-time.ts'
import { type Begin, type Database, databaseOver } from './database.ts'
import { explain } from './failures.ts'
import { ask, transaction } from './transaction.ts'
import type { Tx } from './tx.ts'
import { Upkeep } from './upkeep.ts'
import { TYPES } from './values.ts'
import { Wire } from './wire.ts'

/**
 * PostgreSQL inside this process (PGlite), its files in `folder`. One connection: transactions queue.
 *
 * What is committed is in the files and outlives the death of the process. It is not flushed to the disk itself (PGlite's file layer has no fsync), so a loss of power can cost the last seconds: a server does not have that limit.
 * `report` hears of upkeep that failed; without it there is no upkeep, as for a command that ends soon.
 *
 * @throws CordonError `database/not-opened`
 */
export async function openEmbedded(folder: string, report?: (error: unknown) => void): Promise<Database> {
  const db = await open(folder)
  const wire = new Wire(db)
  const client = new pg.Client({ stream: () => wire as never, ssl: false, types: TYPES })
  client.on('error', (error) => report?.(error))
  await client.connect()
  const turns = new OneAtATime()
  const alone: Tx = {
    query: (sql, values) =>
      turns.run(async () => {
        try {
          return await ask(client, sql, values)
        } catch (error) {
          throw explain(error)
        }
      }) as never,
  }
  const begin: Begin = (work) => turns.run(() => transaction(client, 'begin', work, (error) => wire.destroy(error)))
  // A table's statistics are taken between two requests: a fifth of the usual sample takes a tenth of a second where the whole would stop everybody for one.
  await alone.query('set default_statistics_target = 20')
  // The stack of WebAssembly is shorter than PostgreSQL believes, and what runs over it is not told of (PGlite 0.5.16).
  await alone.query("set max_stack_depth = '100kB'")
  const upkeep = report && new Upkeep(alone, folder, report)
  // While one transaction runs, there is no other: each sees one moment.
  return databaseOver(begin, begin, {
    kind: 'embedded',
    durable: 'process-death',
    alone,
    close: async () => {
      await upkeep?.stop()
      await turns.run(() => client.end())
      await db.close()
    },
  })
}

async function open(folder: string): Promise<PGlite> {
  try {
    if (!existsSync(folder)) await make(folder)
    return await PGlite.create(folder)
  } catch (error) {
    throw explain(error, `the embedded database in ${folder} could not be opened`)
  }
}

/** A new database is made beside and renamed into place: one that was half made when the process died could not be told from a whole one. */
async function make(folder: string): Promise<void> {
  const unfinished = `${folder}.new`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(dirname(folder), { recursive: true, mode: 0o700 })
  await mkdir(unfinished, { mode: 0o700 })
  // Short segments: a new one takes its whole length of the disk at once, also when there is hardly any left.
  const db = await PGlite.create({ dataDir: unfinished, initDbStartParams: ['--wal-segsize=1'] })
  await db.close()
  await rename(unfinished, folder)
}
