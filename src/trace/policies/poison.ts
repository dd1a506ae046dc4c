import { PoisonColumns } from '../amounts/poison.ts'
import type { Parcel } from '../parcel.ts'
import type { Policy, Pool } from '../pool.ts'

/**
 * Poison: all that leaves a pool which ever took in stolen value is stolen. It overstates, and is useful only as the ceiling of reach
 * (Möser, Böhme, Breuker, FC 2014).
 */
export const poison: Policy = {
  name: 'poison',
  conserves: false,
  looksAhead: false,
  pool: () => new PoisonPool(),
  columns: (pools) => new PoisonColumns(pools),
}

class PoisonPool implements Pool {
  balance = 0n
  #poisoned = false

  get stolen(): bigint {
    return this.#poisoned ? this.balance : 0n
  }

  put(parcel: Parcel): void {
    this.balance += parcel.value
    if (parcel.stolen !== 0n) this.#poisoned = true
  }

  take(value: bigint): Parcel {
    this.balance -= value
    return { value, stolen: this.#poisoned ? value : 0n, lots: null, firstStolen: this.#poisoned }
  }
}
