import type { Parcel } from '../parcel.ts'
import type { Pool } from '../pool.ts'
import { Lots } from './lots.ts'

/** A pool that keeps the order in which its units came. FIFO and LIFO are one rule apart: from which end they take. */
export class OrderedPool implements Pool {
  balance = 0n
  stolen = 0n
  readonly #lots = new Lots()
  readonly #end: 'first' | 'last'

  constructor(end: 'first' | 'last') {
    this.#end = end
  }

  put(parcel: Parcel): void {
    this.balance += parcel.value
    this.stolen += parcel.stolen
    this.#lots.put(parcel)
  }

  take(value: bigint): Parcel {
    this.balance -= value
    const parcel = this.#end === 'first' ? this.#lots.takeFirst(value) : this.#lots.takeLast(value)
    if (parcel.stolen !== 0n) this.stolen -= parcel.stolen
    return parcel
  }
}
