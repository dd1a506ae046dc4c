import type pg from 'pg'
import { explain } from './failures.ts'
import { statementOf } from './statements.ts'
import type { Tx } from './tx.ts'

/** Runs one statement on a connection and gives its rows. */
export async function ask<Row>(client: pg.ClientBase, sql: string, values: readonly unknown[] | undefined): Promise<Row[]> {
  const { command, rows } = await client.query(statementOf(sql, values))
  // PGlite swallows what its program throws, and then tells neither of a failure nor of an end.
  if (command === null) throw new Error('the database did not say what came of a statement')
  return rows as Row[]
}

/**
 * One transaction on a connection. What `work` throws rolls it back, and so does a statement that failed and that `work` passed over. A statement that comes when the transaction has ended is refused: it would run in the next caller's.
 * `broken` hears of a connection that could not be rolled back: it must not serve another caller, since it still has this one's role.
 */
export async function transaction<T>(
  client: pg.ClientBase,
  begin: string,
  work: (tx: Tx) => Promise<T>,
  broken: (error: Error) => void,
): Promise<T> {
  let ended = false
  try {
    await client.query(begin)
    const value = await work({
      query: async (sql, values) => {
        if (ended) throw new Error('a statement came after the end of its transaction')
        return await ask(client, sql, values)
      },
    })
    ended = true
    const { command } = await client.query('commit')
    if (command !== 'COMMIT') throw new Error('the transaction was rolled back: one of its statements had failed')
    return value
  } catch (error) {
    ended = true
    await client.query('rollback').catch(broken)
    throw explain(error)
  }
}
