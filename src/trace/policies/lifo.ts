import { LifoColumns } from '../amounts/lifo.ts'
import type { Policy } from '../pool.ts'
import { OrderedPool } from './ordered.ts'

/** LIFO: last in, first out. Reversible like FIFO: receipts and payments match as brackets do. */
export const lifo: Policy = {
  name: 'lifo',
  conserves: true,
  looksAhead: false,
  pool: () => new OrderedPool('last'),
  columns: (pools) => new LifoColumns(pools),
}
