import { existsSync } from 'node:fs'
import { mkdir, rename, rm, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { type Begin, type Database, databaseOver } from './database.ts'
import { explain } from './failures.ts'
import { OID, readBytes, readInt8, readTime } from './values.ts'

/** How often the length of the write-ahead log is looked at, and the length at which it is cut. */
const LOOK_MS = 10_000
const CHECKPOINT_AFTER_BYTES = 64 * 2 ** 20
/** A checkpoint that comes upon a full disk half way leaves PGlite in an endless loop (0.5.16): none is begun with less room than this. */
const CHECKPOINT_ROOM_BYTES = 2 * 2 ** 20
/** Statistics are taken again after this much was written; like the clearing of dead rows they write, so they wait for room. */
const ANALYZE_AFTER_BYTES = 8 * 2 ** 20
const UPKEEP_ROOM_BYTES = 128 * 2 ** 20

/**
 * PostgreSQL inside this process (PGlite), its files in `folder`. One connection: transactions queue.
 *
 * What is committed is in the files and outlives the death of the process. It is not flushed to the disk itself (PGlite's file layer has no fsync), so a loss of power can cost the last seconds: a server does not have that limit.
 *
 * @throws CordonError `database/not-opened`
 */
export async function openEmbedded(folder: string): Promise<Database> {
  const db = await open(folder)
  const upkeep = new Upkeep(db, folder)
  const looks = setInterval(() => void upkeep.look(), LOOK_MS)
  looks.unref()
  const begin: Begin = async (work) => {
    try {
      return await db.transaction((tx) => work({ query: async (sql, values) => (await tx.query(sql, values as unknown[])).rows as never }))
    } catch (error) {
      throw explain(error)
    }
  }
  // While one transaction runs, there is no other: each sees one moment.
  return databaseOver(begin, begin, {
    kind: 'embedded',
    durable: 'process-death',
    alone: {
      query: async (sql, values) => {
        try {
          return (await db.query(sql, values as unknown[])).rows as never
        } catch (error) {
          throw explain(error)
        }
      },
    },
    close: async () => {
      clearInterval(looks)
      await db.close()
    },
  })
}

/**
 * What a server does in processes of its own, and PGlite does not: checkpoints, without which the write-ahead log and the time to start after a crash would grow for as long as the node runs; statistics, without which the planner
 * takes the wrong index; and the clearing away of dead rows.
 */
class Upkeep {
  private readonly db: PGlite
  private readonly folder: string
  /** Bytes of the write-ahead log at the last statistics. */
  private analyzed = Number.NEGATIVE_INFINITY

  constructor(db: PGlite, folder: string) {
    this.db = db
    this.folder = folder
  }

  async look(): Promise<void> {
    try {
      const { bavail, bsize } = await statfs(this.folder)
      const room = bavail * bsize
      if (room < CHECKPOINT_ROOM_BYTES) return
      const { rows } = await this.db.query<{ written: number; unsaved: number }>(
        `select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as written, pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn)::float8 as unsaved
         from pg_control_checkpoint()`,
      )
      const { written, unsaved } = rows[0] as { written: number; unsaved: number }
      const due = unsaved > CHECKPOINT_AFTER_BYTES
      if (room > UPKEEP_ROOM_BYTES && (due || written - this.analyzed > ANALYZE_AFTER_BYTES)) {
        await this.db.exec(due ? 'vacuum (analyze)' : 'analyze')
        this.analyzed = written
      }
      if (due) await this.db.exec('checkpoint')
    } catch {
      // The next look tries again. Whoever works with the database is told what is wrong with it.
    }
  }
}

async function open(folder: string): Promise<PGlite> {
  try {
    if (!existsSync(folder)) await make(folder)
    return await PGlite.create({
      dataDir: folder,
      parsers: { [OID.int8]: readInt8, [OID.timestamptz]: readTime, [OID.bytea]: readBytes },
    })
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
