import { add, subtract } from './limbs.ts'
import type { ColumnPools } from './pools.ts'

/** Poison in columns; see `policies/poison.ts` for the rule. */
export class PoisonColumns implements ColumnPools {
  readonly amount = new Float64Array(4)
  /** Balance as (lo, hi). */
  readonly #balance: Float64Array
  readonly #poisoned: Uint8Array

  constructor(pools: number) {
    this.#balance = new Float64Array(pools * 2)
    this.#poisoned = new Uint8Array(pools)
  }

  put(pool: number, stolen: boolean): void {
    add(this.#balance, pool * 2, this.amount[0] as number, this.amount[1] as number)
    if (stolen) this.#poisoned[pool] = 1
  }

  move(from: number, to: number): void {
    const { amount } = this
    const lo = amount[0] as number
    const hi = amount[1] as number
    subtract(this.#balance, from * 2, lo, hi)
    add(this.#balance, to * 2, lo, hi)
    const poisoned = this.#poisoned[from] === 1
    if (poisoned) this.#poisoned[to] = 1
    amount[2] = poisoned ? lo : 0
    amount[3] = poisoned ? hi : 0
  }

  clear(pool: number): void {
    this.#balance.fill(0, pool * 2, pool * 2 + 2)
    this.#poisoned[pool] = 0
  }

  stolen(pool: number): void {
    const poisoned = this.#poisoned[pool] === 1
    this.amount[2] = poisoned ? (this.#balance[pool * 2] as number) : 0
    this.amount[3] = poisoned ? (this.#balance[pool * 2 + 1] as number) : 0
  }
}
