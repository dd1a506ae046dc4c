import type { Parcel } from '../parcel.ts'
import type { Policy, Pool } from '../pool.ts'

/**
 * TIHO: taint in, highest out (Tironsakkul, Maarek, Eross, Just, "Tracking mixed Bitcoins", 2020). In a Bitcoin transaction stolen value goes to
 * the highest outputs first. An account's outputs are what it pays between two receipts: its stolen holding goes to the highest of
 * those payments first (of equal ones to the earlier), and what is left over stays.
 */
export const tiho: Policy = { name: 'tiho', conserves: true, looksAhead: true, pool: () => new TihoPool() }

class TihoPool implements Pool {
  balance = 0n
  stolen = 0n
  /** Stolen part of each payment of this run, in order of payment. */
  #planned: bigint[] = []
  #next = 0

  put(parcel: Parcel): void {
    this.balance += parcel.value
    this.stolen += parcel.stolen
  }

  plan(outs: readonly bigint[]): void {
    this.#planned = new Array<bigint>(outs.length).fill(0n)
    this.#next = 0
    if (this.stolen === 0n) return
    const byValue = outs.map((_, i) => i).sort((a, b) => ((outs[a] as bigint) < (outs[b] as bigint) ? 1 : outs[a] === outs[b] ? a - b : -1))
    let left = this.stolen
    for (const i of byValue) {
      const out = outs[i] as bigint
      const part = out < left ? out : left
      this.#planned[i] = part
      left -= part
      if (left === 0n) break
    }
  }

  take(value: bigint): Parcel {
    const stolen = this.#planned[this.#next]
    if (stolen === undefined) throw new RangeError('a payment was taken that the plan did not hold')
    this.#next += 1
    this.balance -= value
    this.stolen -= stolen
    return { value, stolen, lots: null, firstStolen: stolen !== 0n }
  }
}
