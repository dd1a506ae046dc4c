import type { Row, Tx } from '../../ledger.ts'

/**
 * Numbers of transactions and transfers that rise in chain order without a count of what came before: a live server cannot be asked for that.
 *
 *     transaction = height × 2^15 + position in its block          row = transaction × 2^17 + transfer within the transaction
 *
 * A block holds at most 4,000,000 weight units (BIP 141). The smallest transaction takes 240 of them: at most 16,666 transactions, fewer than 2^15. The smallest output takes 36
 * and the smallest input 164: one transaction has fewer than 2^17 transfers, for each transfer uses up an input or an output. With heights below 2^21 (about the year 2048) rows stay below 2^53 and are exact as numbers.
 * No transaction has the number ABSENT: that would be position 32,767.
 */
const POSITIONS = 2 ** 15
const TRANSFERS = 2 ** 17
export const MOST_HEIGHT = 2 ** 21 - 1
export const MOST_POSITION = 16_665

export function txNumber(height: number, position: number): Tx {
  return height * POSITIONS + position
}

export function heightOf(tx: Tx): number {
  return Math.floor(tx / POSITIONS)
}

export function rowNumber(tx: Tx, transfer: number): Row {
  return tx * TRANSFERS + transfer
}

export function txOfRow(row: Row): Tx {
  return Math.floor(row / TRANSFERS)
}

export function transferOf(row: Row): number {
  return row % TRANSFERS
}
