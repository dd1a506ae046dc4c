import type { Tx } from '../database/tx.ts'

/**
 * Locks the row of a person up to the end of this transaction. False for one who is disabled, also by somebody for whom this waited.
 *
 * It comes before any row of his (link, password, passkey, session) is changed: who disables him, or opens his invitation, begins with it as well, and so no two wait for each other.
 */
export async function lockEnabled(tx: Tx, person: string): Promise<boolean> {
  // What only refers to a person, such as all that he writes, does not wait for this.
  return (await tx.query('select from cordon.person where id = $1 and not disabled for no key update', [person])).length > 0
}
