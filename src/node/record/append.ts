import type { Tx } from '../database/tx.ts'

/**
 * Appends entries to the record in this transaction and gives the first one's index. It locks the end of the record until the commit, so it is the last statement of a transaction.
 */
export async function append(tx: Tx, entries: readonly string[]): Promise<number> {
  const [row] = await tx.query<{ first: number }>('select cordon_append($1::text[]) as first', [entries])
  return (row as { first: number }).first
}
