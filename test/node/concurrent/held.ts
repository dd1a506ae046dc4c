import type { Database } from '../../../src/node/database/database.ts'
import type { Tx } from '../../../src/node/database/tx.ts'

/**
 * Has something happen amid a transaction: `first` is done in it, `meanwhile` begins, and once that waits for a lock (so many statements as `waiting` says, of those that are `like` something where the node has locks of its own to wait for) `afterwards` is done and the transaction commits. Gives what came of `meanwhile`.
 */
export async function amid<T>(
  database: Database,
  first: (tx: Tx) => Promise<unknown>,
  meanwhile: () => Promise<T>,
  {
    afterwards = async () => {},
    waiting = 1,
    like = '%',
  }: { afterwards?: (tx: Tx) => Promise<unknown>; waiting?: number; like?: string } = {},
): Promise<T> {
  let begun: Promise<T> | undefined
  await database.system(async (tx) => {
    await first(tx)
    begun = meanwhile()
    // It is awaited below; what it throws before is not unheard of.
    begun.catch(() => {})
    await untilWaiting(database, waiting, like)
    await afterwards(tx)
  })
  return await (begun as Promise<T>)
}

async function untilWaiting(database: Database, wanted: number, like: string): Promise<void> {
  for (const end = Date.now() + 10_000; ; ) {
    const [row] = await database.alone.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and query like $1`,
      [like],
    )
    if ((row?.n ?? 0) >= wanted) return
    if (Date.now() > end) throw new Error(`${row?.n} of ${wanted} wait for a lock`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
