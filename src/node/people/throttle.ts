import type { Tx } from '../database/tx.ts'
import { after, type Clock, iso } from './world.ts'

/** What failures are counted of: one account, one known device of an account, one address. */
export type Counted = {
  readonly key: string
  /** So many failures cost nothing; each further one doubles the wait, from one second. */
  readonly free: number
}

/** Whether an attempt may be made now. */
export type Turn = { readonly allowed: true } | { readonly allowed: false; readonly retryAfter: number }

/**
 * The longest wait between two attempts: 96 a day, below the 100 consecutive failures of SP 800-63B section 5.2.2 within a day, and never a lockout.
 */
const LONGEST_WAIT_MS = 15 * 60_000
/** Failures are forgotten after so much quiet. */
export const FORGET_AFTER_MS = 24 * 3_600_000

/**
 * Asks for a turn and counts it as failed beforehand, so that a thousand attempts at once get no more turns than one after another. A success gives it back with `succeeded`.
 * An attempt that gets no turn is not counted: asking again and again does not lengthen anybody's wait.
 */
export async function takeTurn(tx: Tx, counted: readonly Counted[], clock: Clock): Promise<Turn> {
  const now = clock()
  const keys = counted.map(({ key }) => key).sort()
  for (const key of keys)
    await tx.query('insert into cordon.sign_in_attempt (key, failures, last_at, until) values ($1, 0, $2, $2) on conflict do nothing', [
      key,
      iso(now),
    ])
  // Locked in the order of their keys, so that two attempts cannot wait for each other.
  const rows = await tx.query<{ key: string; failures: number; last_at: string | Date; until: string | Date }>(
    'select key, failures, last_at, until from cordon.sign_in_attempt where key = any($1) order by key for update',
    [keys],
  )
  const until = Math.max(...rows.map((row) => new Date(row.until).getTime()))
  if (until > now.getTime()) return { allowed: false, retryAfter: Math.ceil((until - now.getTime()) / 1000) }
  for (const row of rows) {
    const forgotten = now.getTime() - new Date(row.last_at).getTime() >= FORGET_AFTER_MS
    const failures = (forgotten ? 0 : Number(row.failures)) + 1
    const free = counted.find(({ key }) => key === row.key)!.free
    await tx.query('update cordon.sign_in_attempt set failures = $2, last_at = $3, until = $4 where key = $1', [
      row.key,
      failures,
      iso(now),
      iso(after(now, waitAfter(failures, free))),
    ])
  }
  return { allowed: true }
}

/** Milliseconds to wait after so many failures. */
export function waitAfter(failures: number, free: number): number {
  return failures <= free ? 0 : Math.min(LONGEST_WAIT_MS, 1000 * 2 ** Math.min(failures - free - 1, 20))
}

/** A turn ended well: `cleared` starts from nothing, `returned` (an address, where others may be guessing too) only takes this turn back. */
export async function succeeded(tx: Tx, cleared: readonly string[], returned: readonly string[], clock: Clock): Promise<void> {
  // In the order in which `takeTurn` locks them.
  await tx.query('select from cordon.sign_in_attempt where key = any($1) order by key for update', [[...cleared, ...returned]])
  await tx.query('delete from cordon.sign_in_attempt where key = any($1)', [cleared])
  await tx.query('update cordon.sign_in_attempt set failures = greatest(failures - 1, 0), until = $2 where key = any($1)', [
    returned,
    iso(clock()),
  ])
}
