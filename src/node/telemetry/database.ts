import type { Database } from '../database/database.ts'
import type { Tx } from '../database/tx.ts'
import type { NodeMetrics } from './metrics.ts'
import { fail, type Traces } from './traces.ts'

/** A database whose transactions are timed, and are spans where there are traces. Statements are not looked at. */
export function observedDatabase(database: Database, metrics: NodeMetrics, traces: Traces | null): Database {
  const observe = async <T>(
    caller: boolean,
    begin: (work: (tx: Tx) => Promise<T>) => Promise<T>,
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> => {
    const asked = performance.now()
    let begun = asked
    let failed = true
    const span = traces?.begin('database transaction', {
      'db.system.name': 'postgresql',
      'cordon.database.for': caller ? 'caller' : 'node',
    })
    try {
      const value = await begin((tx) => {
        begun = performance.now()
        return work(tx)
      })
      failed = false
      return value
    } catch (error) {
      if (span !== undefined) fail(span, error)
      throw error
    } finally {
      const ended = performance.now()
      // One that never got a connection waited all the time.
      const waited = begun === asked ? ended - asked : begun - asked
      metrics.transaction(caller, waited / 1000, (ended - asked - waited) / 1000, failed)
      span?.setAttribute('cordon.database.waited_ms', Math.round(waited * 1000) / 1000)
      span?.end()
    }
  }
  return {
    ...database,
    as: (person, now, work) => observe(true, (inner) => database.as(person, now, inner), work),
    system: (work) => observe(false, (inner) => database.system(inner), work),
    alone: {
      query: (sql, values) =>
        observe(
          false,
          (inner) => inner(database.alone),
          (tx) => tx.query(sql, values),
        ),
    },
    snapshot: (work) => observe(false, (inner) => database.snapshot(inner), work),
  }
}
