import type { Tx } from './tx.ts'

/** What two who ask at once must not both find free, and the number of its lock in the database. */
const LOCKS = {
  organisation: 7305020,
  login: 7305021,
  'exchange-entry': 7305022,
  job: 7305027,
  upload: 7305023,
  endpoint: 7305024,
  watch: 7305025,
  rule: 7305026,
} as const

/**
 * Waits until nobody else makes one of these for the same person, organisation or name, up to the end of this transaction. To be called before what is there already is read or counted: a statement sees what others had committed when it
 * began, and so all that they made before it was this one's turn.
 *
 * It comes before the first row is locked and before `lockContainers`: who has that lock takes none of these, so that no two wait for each other.
 */
export async function lockNamed(tx: Tx, made: keyof typeof LOCKS, whose: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1::int, hashtext($2))', [LOCKS[made], whose])
}
