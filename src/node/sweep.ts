import type { Database } from './database/database.ts'
import type { Tx } from './database/tx.ts'
import type { SessionLife } from './people/sessions.ts'
import { sweepPeople } from './people/sweep.ts'

const EVERY_MS = 5 * 60_000
/** How long the answer to a request with an Idempotency-Key is kept to be given again, milliseconds. */
const ANSWERS_MS = 24 * 3_600_000

/** Clears away, every few minutes, what of sessions, links, challenges and kept answers has ended. Gives what stops it. */
export function keepSwept(
  { database, clock }: { readonly database: Database; readonly clock: () => Date },
  life: SessionLife,
  report: (error: unknown) => void,
  everyMs = EVERY_MS,
): () => Promise<void> {
  let sweep: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    const work = () =>
      database.system(async (tx) => {
        await sweepPeople(tx, life, { clock })
        await sweepAnswers(tx, clock())
      })
    sweep = sweep.then(work).catch(report)
  }, everyMs).unref()
  return async () => {
    clearInterval(timer)
    await sweep
  }
}

/** A key that comes again after a day is a new request. */
async function sweepAnswers(tx: Tx, now: Date): Promise<void> {
  await tx.query('delete from idempotency where at <= $1', [new Date(now.getTime() - ANSWERS_MS).toISOString()])
}
