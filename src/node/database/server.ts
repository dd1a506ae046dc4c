import pg from 'pg'
import { CordonError } from '../../chain/index.ts'
import { type Begin, type Database, databaseOver } from './database.ts'
import { explain } from './failures.ts'
import { statementOf } from './statements.ts'
import { transaction } from './transaction.ts'
import { TYPES } from './values.ts'

/** The oldest server that is tested. */
const OLDEST = 150_000

/**
 * A PostgreSQL server (15 or newer) by its URL.
 *
 * @throws CordonError `database/not-opened`, `database/too-old`
 */
export async function openServer(url: string, connections: number): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 10_000,
    application_name: 'cordon',
    types: TYPES,
    keepAlive: true,
    // The texts of values are read in these spellings, whatever the server or the role prefers.
    options: '-c DateStyle=ISO -c bytea_output=hex',
  })
  // A connection that breaks while idle is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => {})
  try {
    const { rows } = await pool.query<{ version: string }>(`select current_setting('server_version_num') as version`)
    if (Number(rows[0]?.version) < OLDEST)
      throw new CordonError('database/too-old', `the server is PostgreSQL ${rows[0]?.version}, older than 15`, {
        remedy: 'Give DATABASE_URL of a PostgreSQL server 15 or newer.',
      })
  } catch (error) {
    await pool.end()
    throw error instanceof CordonError ? error : explain(error, 'the PostgreSQL server of DATABASE_URL could not be used')
  }
  const beginWith =
    (statement: string): Begin =>
    async (work) => {
      let client: pg.PoolClient
      try {
        client = await pool.connect()
      } catch (error) {
        throw explain(error, 'the PostgreSQL server could not be reached')
      }
      let broken: Error | undefined
      // A connection that breaks between two statements says so here alone; without a listener that would end the process.
      const onError = (error: Error) => {
        broken = error
      }
      client.on('error', onError)
      try {
        return await transaction(client, statement, work, onError)
      } finally {
        client.off('error', onError)
        client.release(broken)
      }
    }
  return databaseOver(beginWith('begin'), beginWith('begin isolation level repeatable read, read only'), {
    kind: 'server',
    durable: 'power-loss',
    alone: {
      query: async (sql, values) => {
        try {
          return (await pool.query(statementOf(sql, values))).rows as never
        } catch (error) {
          throw explain(error)
        }
      },
    },
    close: () => pool.end(),
  })
}
