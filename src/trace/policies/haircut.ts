import { HaircutColumns } from '../amounts/haircut.ts'
import type { Parcel } from '../parcel.ts'
import type { Policy, Pool } from '../pool.ts'

/**
 * Haircut: pro rata. A pool that holds x stolen of balance b gives v with floor(v·x/b) stolen (Möser, Böhme, Breuker, FC 2014). The
 * fraction lost to rounding stays in the pool, and leaves with the last unit, so no unit is created or lost.
 */
export const haircut: Policy = {
  name: 'haircut',
  conserves: true,
  looksAhead: false,
  pool: () => new HaircutPool(),
  columns: (pools) => new HaircutColumns(pools),
}

class HaircutPool implements Pool {
  balance = 0n
  stolen = 0n

  put(parcel: Parcel): void {
    this.balance += parcel.value
    if (parcel.stolen !== 0n) this.stolen += parcel.stolen
  }

  take(value: bigint): Parcel {
    let stolen = 0n
    if (this.stolen !== 0n) {
      stolen = this.stolen === this.balance ? value : (value * this.stolen) / this.balance
      this.stolen -= stolen
    }
    this.balance -= value
    return { value, stolen, lots: null, firstStolen: stolen !== 0n }
  }
}
