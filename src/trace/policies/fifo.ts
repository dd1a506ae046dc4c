import { FifoColumns } from '../amounts/fifo.ts'
import type { Parcel } from '../parcel.ts'
import type { Policy, Pool } from '../pool.ts'
import { Lots } from './lots.ts'

/**
 * FIFO: first in, first out (Clayton's case, 1816; Anderson, Shumailov, Ahmed, "Making Bitcoin Legal", 2018). Lossless and reversible: the
 * same ledger run backward gives the same flows.
 */
export const fifo: Policy = {
  name: 'fifo',
  conserves: true,
  looksAhead: false,
  pool: () => new FifoPool(),
  columns: (pools) => new FifoColumns(pools),
}

class FifoPool implements Pool {
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
    const parcel = this.#lots.takeFirst(value)
    if (parcel.stolen !== 0n) this.stolen -= parcel.stolen
    return parcel
  }
}
