import { type DuckDBConnection, DuckDBDataChunk, DuckDBInstance, UINTEGER } from '@duckdb/node-api'
import type { Ledger } from '../../src/ledger/index.ts'

const CHUNK = 2_048

/**
 * The same transfers in a DuckDB file, as one would lay them out for this question: integer accounts, sorted by sender and then by row, so that zone maps let a join
 * on few senders skip nearly everything.
 */
export async function duckdbOf(ledger: Ledger, file: string): Promise<DuckDBInstance> {
  const outgoing = ledger.outgoing
  if (outgoing === undefined) throw new Error('the ledger cannot be read in place')
  const instance = await DuckDBInstance.create(file, { threads: '2', memory_limit: '8GB' })
  const connection = await instance.connect()
  await connection.run('CREATE TABLE transfer (sender UINTEGER, receiver UINTEGER, row UINTEGER)')
  const appender = await connection.createAppender('transfer')
  const chunk = DuckDBDataChunk.create([UINTEGER, UINTEGER, UINTEGER], CHUNK)
  const vectors = [0, 1, 2].map((k) => chunk.getColumnVector(k))
  let n = 0
  const flush = (): void => {
    for (const vector of vectors) vector.flush()
    chunk.rowCount = n
    appender.appendDataChunk(chunk)
    n = 0
  }
  for (let account = 0; account < ledger.manifest.accounts; account++) {
    for (const { firstRow, row, to, start, end } of outgoing(account)) {
      for (let i = start; i < end; i++) {
        vectors[0]?.setItem(n, account)
        vectors[1]?.setItem(n, to[i] as number)
        vectors[2]?.setItem(n, (row[i] as number) + firstRow)
        if (++n === CHUNK) flush()
      }
    }
  }
  if (n > 0) flush()
  appender.closeSync()
  await connection.run('CHECKPOINT')
  connection.closeSync()
  return instance
}

/** Accounts reached with their earliest row: the question that `scout` answers. Accounts with more than `hub` outgoing transfers are not passed through. */
export interface SqlReach {
  readonly accounts: number
  readonly rowSum: bigint
}

/**
 * Way 1: one recursive query that keeps the best row per account (`USING KEY`). The working table holds what improved in the last round.
 */
export async function reachByRecursion(
  connection: DuckDBConnection,
  start: readonly number[],
  until: number,
  stops: string,
): Promise<SqlReach> {
  const answer = await connection.runAndReadAll(`
    WITH RECURSIVE reach(account, arrival) USING KEY (account) AS (
      SELECT unnest([${start.join(', ')}])::UINTEGER, 0::BIGINT
      UNION
      SELECT t.receiver, min(t.row)::BIGINT
      FROM reach r JOIN transfer t ON t.sender = r.account AND t.row > r.arrival
      LEFT JOIN recurring.reach known ON known.account = t.receiver
      WHERE t.row < ${until} AND (known.arrival IS NULL OR t.row < known.arrival) AND NOT EXISTS (SELECT 1 FROM ${stops} s WHERE s.account = r.account)
      GROUP BY t.receiver
    )
    SELECT count(*)::BIGINT, sum(arrival)::HUGEINT FROM reach`)
  const [accounts, sum] = answer.getRows()[0] as [bigint, bigint]
  return { accounts: Number(accounts), rowSum: sum }
}

/** Way 2: a loop over rounds with temporary tables, each round a join of the frontier with the transfers. */
export async function reachByRounds(
  connection: DuckDBConnection,
  start: readonly number[],
  until: number,
  stops: string,
): Promise<SqlReach> {
  await connection.run('CREATE OR REPLACE TEMP TABLE known (account UINTEGER, arrival BIGINT)')
  await connection.run(`INSERT INTO known SELECT unnest([${start.join(', ')}])::UINTEGER, 0`)
  await connection.run('CREATE OR REPLACE TEMP TABLE frontier AS FROM known')
  for (;;) {
    await connection.run(`CREATE OR REPLACE TEMP TABLE improved AS
      SELECT n.account, n.arrival FROM (
        SELECT t.receiver AS account, min(t.row)::BIGINT AS arrival
        FROM frontier f JOIN transfer t ON t.sender = f.account AND t.row > f.arrival
        WHERE t.row < ${until} GROUP BY t.receiver) n
      LEFT JOIN known k USING (account) WHERE k.arrival IS NULL OR n.arrival < k.arrival`)
    const count = (await connection.runAndReadAll('SELECT count(*)::INTEGER FROM improved')).getRows()[0]?.[0] as number
    if (count === 0) break
    await connection.run('DELETE FROM known USING improved WHERE known.account = improved.account')
    await connection.run('INSERT INTO known FROM improved')
    await connection.run(
      `CREATE OR REPLACE TEMP TABLE frontier AS FROM improved WHERE NOT EXISTS (SELECT 1 FROM ${stops} s WHERE s.account = improved.account)`,
    )
  }
  const answer = await connection.runAndReadAll('SELECT count(*)::BIGINT, sum(arrival)::HUGEINT FROM known')
  const [accounts, sum] = answer.getRows()[0] as [bigint, bigint]
  return { accounts: Number(accounts), rowSum: sum }
}
