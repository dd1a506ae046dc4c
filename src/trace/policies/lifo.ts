import { LifoColumns } from '../amounts/lifo.ts'
import type { Parcel } from '../parcel.ts'
import type { Policy, Pool } from '../pool.ts'
import { Lots } from './lots.ts'

/** LIFO: last in, first out. Reversible like FIFO: receipts and payments match as brackets do. */
export const lifo: Policy = {
  name: 'lifo',
  conserves: true,
  looksAhead: false,
  pool: () => new LifoPool(),
  columns: (pools) => new LifoColumns(pools),
}

class LifoPool implements Pool {
  balance = 0n
  stolen = 0n
  readonly #lots = new Lots()

  put(parcel: Parcel): void {
    this.balance += parcel.value
    this.stolen += parcel.stolen
    this.#lots.put(parcel)
  }

  take(value: bigint): Parcel {
    this.balance -= value
    const parcel = this.#lots.takeLast(value)
    if (parcel.stolen !== 0n) this.stolen -= parcel.stolen
    return parcel
  }
}
