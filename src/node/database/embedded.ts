import { mkdir } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'
import { type Database, databaseOver } from './database.ts'
import { explain } from './failures.ts'
import { OID, readBytes, readInt8, readTime } from './values.ts'

/**
 * PostgreSQL inside this process (PGlite), its files in `folder`. One connection: transactions queue.
 *
 * What is committed is in the files and outlives the death of the process. It is not flushed to the disk itself (PGlite's file layer has no fsync), so a loss of power can cost the last seconds: a server does not have that limit.
 *
 * @throws CordonError `database/not-opened`
 */
export async function openEmbedded(folder: string): Promise<Database> {
  const db = await open(folder)
  return databaseOver(
    async (work) => {
      try {
        return await db.transaction((tx) =>
          work({ query: async (sql, values) => (await tx.query(sql, values as unknown[])).rows as never }),
        )
      } catch (error) {
        throw explain(error)
      }
    },
    { kind: 'embedded', durable: 'process-death', close: () => db.close() },
  )
}

async function open(folder: string): Promise<PGlite> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return await PGlite.create({
      dataDir: folder,
      parsers: { [OID.int8]: readInt8, [OID.timestamptz]: readTime, [OID.bytea]: readBytes },
    })
  } catch (error) {
    throw explain(error, `the embedded database in ${folder} could not be opened`)
  }
}
