import type { Database } from '../database/database.ts'

/** How the record stands. */
export type RecordState = {
  /** Entries. */
  readonly size: number
  /** Entries that no checkpoint covers yet. */
  readonly unsigned: number
  /** Seconds since the oldest entry that no checkpoint covers; 0 where all is signed. */
  readonly waiting: number
  /** Seconds since the last checkpoint; null where there is none. It grows while nothing happens. */
  readonly age: number | null
}

type Row = { size: number; signed: number | null; at: string | null; since: string | null }

/** Reads how the record stands. It appends nothing: looking at the node's health is no act on anybody's records. */
export async function recordState(database: Database, clock: () => Date): Promise<RecordState> {
  const [row] = await database.system((tx) =>
    tx.query<Row>(
      `select h.size, c.size as signed, c.at, l.entry::jsonb ->> 'time' as since
       from log_head h left join (select size, at from checkpoint order by hour desc limit 1) c on true left join log l on l.index = coalesce(c.size, 0)`,
    ),
  )
  const { size, signed, at, since } = row as Row
  const now = clock().getTime()
  const secondsSince = (time: string) => Math.max(0, (now - Date.parse(time)) / 1000)
  return {
    size,
    unsigned: size - (signed ?? 0),
    waiting: since === null ? 0 : secondsSince(since),
    age: at === null ? null : secondsSince(at),
  }
}
