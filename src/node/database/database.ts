import type { Tx } from './tx.ts'

/** The operational store: PostgreSQL, embedded (PGlite) or a server. Both run the same migrations and the same tests. */
export type Database = {
  readonly kind: 'embedded' | 'server'
  /** Whether what was acknowledged outlives the loss of power, or only the death of the process. */
  readonly durable: 'power-loss' | 'process-death'
  /**
   * One transaction under row-level security: it sees and changes what the person may, whatever its statements ask for.
   * `now` is the time by which expiry is judged (milliseconds precision). What `work` throws rolls everything back.
   */
  as<T>(person: string, now: Date, work: (tx: Tx) => Promise<T>): Promise<T>
  /** One transaction of the node itself: sign-in, deliveries, migrations, verification. Row-level security does not hold it. */
  system<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** One transaction of the node itself that only reads, and sees everything as it was at one moment. */
  snapshot<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** One statement of the node itself in a transaction of its own. Names are schema-qualified. */
  readonly alone: Tx
  close(): Promise<void>
}

/** What a driver gives: one connection's statements inside one transaction. */
export type Begin = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>

/** The role under which callers' transactions run. It owns nothing and row-level security holds it. */
export const APP_ROLE = 'cordon_app'

/** A database over a driver that begins transactions, and such as see everything as it was at one moment. */
export function databaseOver(begin: Begin, beginSnapshot: Begin, rest: Pick<Database, 'kind' | 'durable' | 'alone' | 'close'>): Database {
  const system =
    (over: Begin): Begin =>
    (work) =>
      over(async (tx) => {
        await tx.query(`select set_config('search_path', 'cordon, pg_temp', true)`)
        return await work(tx)
      })
  return {
    ...rest,
    as: (person, now, work) =>
      begin(async (tx) => {
        const [row] = await tx.query<{ ring: number[] }>('select cordon.cordon_begin($1, $2, $3) as ring', [
          person,
          now.toISOString(),
          APP_ROLE,
        ])
        return await work({ query: tx.query, ring: row?.ring ?? [] })
      }),
    system: system(begin),
    snapshot: system(beginSnapshot),
  }
}
