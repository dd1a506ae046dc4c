import type { TransferBatch } from '../../ledger/index.ts'

/** Transfers of one asset side by side, in chain order, without their values. */
export interface Transfers {
  readonly length: number
  readonly row: Uint32Array
  readonly tx: Uint32Array
  readonly from: Uint32Array
  readonly to: Uint32Array
}

/**
 * All batches as one: where a batch ends says nothing about where a transaction does.
 *
 * @throws RangeError when a transfer is of another asset
 */
export function joinBatches(batches: readonly TransferBatch[], asset: number): Transfers {
  const length = batches.reduce((sum, batch) => sum + batch.length, 0)
  const row = new Uint32Array(length)
  const tx = new Uint32Array(length)
  const from = new Uint32Array(length)
  const to = new Uint32Array(length)
  let at = 0
  for (const batch of batches) {
    for (let i = 0; i < batch.length; i++) {
      if (batch.asset[i] !== asset) throw new RangeError('a whole replay takes transfers of one asset')
    }
    row.set(batch.row, at)
    tx.set(batch.tx, at)
    from.set(batch.from, at)
    to.set(batch.to, at)
    at += batch.length
  }
  return { length, row, tx, from, to }
}

/** Where the transaction that begins at `start` ends. */
export function endOfTransaction({ tx, length }: Transfers, start: number): number {
  const id = tx[start]
  let end = start + 1
  while (end < length && tx[end] === id) end++
  return end
}
