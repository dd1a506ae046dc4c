import type { KeptEntry } from '../../share/index.ts'
import type { Database } from '../database/database.ts'

const PAGE = 2000

/** A row of the log. */
export type LogRow = { readonly index: number; readonly entry: string; readonly leaf: Buffer | null }

/** The whole log in order, page by page, each in a transaction of its own where the database is not held at one moment. */
export async function* logRows(database: Database, from = 0): AsyncGenerator<LogRow> {
  for (let next = from; ; ) {
    const rows = await database.system((tx) =>
      tx.query<LogRow>(
        'select l.index, l.entry, n.hash as leaf from log l left join log_node n on n.level = 0 and n.index = l.index where l.index >= $1 order by l.index limit $2',
        [next, PAGE],
      ),
    )
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    next = last.index + 1
  }
}

/** The log as an audit takes it. */
export async function* logEntries(database: Database): AsyncGenerator<KeptEntry> {
  for await (const { index, entry, leaf } of logRows(database)) yield { index, entry: Buffer.from(entry), leaf }
}
