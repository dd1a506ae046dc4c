import { FifoColumns } from '../amounts/fifo.ts'
import type { Policy } from '../pool.ts'
import { OrderedPool } from './ordered.ts'

/**
 * FIFO: first in, first out (Clayton's case, 1816; Anderson, Shumailov, Ahmed, "Making Bitcoin Legal", 2018). Lossless and reversible: the
 * same ledger run backward gives the same flows.
 */
export const fifo: Policy = {
  name: 'fifo',
  conserves: true,
  looksAhead: false,
  pool: () => new OrderedPool('first'),
  columns: (pools) => new FifoColumns(pools),
}
