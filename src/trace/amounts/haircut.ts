import { add, subtract } from './limbs.ts'
import type { ColumnPools } from './pools.ts'
import { proportion } from './share.ts'

/** Balance (lo, hi), stolen part of it (lo, hi). */
const STRIDE = 4

/** Haircut in columns; see `policies/haircut.ts` for the rule. */
export class HaircutColumns implements ColumnPools {
  readonly amount = new Float64Array(4)
  readonly #pool: Float64Array

  constructor(pools: number) {
    this.#pool = new Float64Array(pools * STRIDE)
  }

  put(pool: number, stolen: boolean): void {
    const { amount } = this
    const lo = amount[0] as number
    const hi = amount[1] as number
    add(this.#pool, pool * STRIDE, lo, hi)
    if (stolen) add(this.#pool, pool * STRIDE + 2, lo, hi)
  }

  move(from: number, to: number): void {
    const { amount } = this
    const state = this.#pool
    const source = from * STRIDE
    const target = to * STRIDE
    const lo = amount[0] as number
    const hi = amount[1] as number
    const bLo = state[source] as number
    const bHi = state[source + 1] as number
    const xLo = state[source + 2] as number
    const xHi = state[source + 3] as number
    if (xLo === 0 && xHi === 0) {
      amount[2] = 0
      amount[3] = 0
      subtract(state, source, lo, hi)
      add(state, target, lo, hi)
      return
    }
    if (lo === bLo && hi === bHi) {
      amount[2] = xLo
      amount[3] = xHi
    } else if (xLo === bLo && xHi === bHi) {
      amount[2] = lo
      amount[3] = hi
    } else proportion(state, source, amount)
    const sLo = amount[2] as number
    const sHi = amount[3] as number
    subtract(state, source, lo, hi)
    subtract(state, source + 2, sLo, sHi)
    add(state, target, lo, hi)
    add(state, target + 2, sLo, sHi)
  }

  clear(pool: number): void {
    this.#pool.fill(0, pool * STRIDE, pool * STRIDE + STRIDE)
  }

  stolen(pool: number): void {
    this.amount[2] = this.#pool[pool * STRIDE + 2] as number
    this.amount[3] = this.#pool[pool * STRIDE + 3] as number
  }
}
