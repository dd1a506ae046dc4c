import { type Amounts, BASE } from './limbs.ts'
import type { Transfers } from './transfers.ts'

/** Partial sums of a transaction stay below this, far from where doubles stop being exact. */
const SUM_LIMIT = 2 ** 52

/**
 * Nets one transaction at a time, as `netTransaction` does in BigInt: each account's change, in order of first mention. Entries 0 to `count` - 1 hold the last
 * transaction that was netted; `hi` below zero marks a payer.
 */
export class Netting {
  count = 0
  account: Uint32Array = new Uint32Array(16)
  lo: Float64Array = new Float64Array(16)
  hi: Float64Array = new Float64Array(16)
  /** 1 + entry of each account in the current transaction, 0 for all others. */
  readonly #entry: Uint32Array

  constructor(accounts: number) {
    this.#entry = new Uint32Array(accounts)
  }

  /** Net the transfers from `start` to `end`. False when a sum passes what columns can hold. */
  net({ from, to }: Transfers, { lo, hi }: Amounts, start: number, end: number): boolean {
    for (let i = 0; i < this.count; i++) this.#entry[this.account[i] as number] = 0
    this.count = 0
    let fits = true
    for (let i = start; i < end; i++) {
      const low = lo[i] as number
      const high = hi[i] as number
      if (low === 0 && high === 0) continue
      const payer = this.#entryOf(from[i] as number)
      const receiver = this.#entryOf(to[i] as number)
      let left = (this.lo[payer] as number) - low
      let leftHigh = (this.hi[payer] as number) - high
      if (left < 0) {
        left += BASE
        leftHigh -= 1
      }
      this.lo[payer] = left
      this.hi[payer] = leftHigh
      let sum = (this.lo[receiver] as number) + low
      let sumHigh = (this.hi[receiver] as number) + high
      if (sum >= BASE) {
        sum -= BASE
        sumHigh += 1
      }
      this.lo[receiver] = sum
      this.hi[receiver] = sumHigh
      if (sumHigh > SUM_LIMIT || leftHigh < -SUM_LIMIT) fits = false
    }
    return fits
  }

  #entryOf(account: number): number {
    const known = this.#entry[account] as number
    if (known !== 0) return known - 1
    const entry = this.count
    this.count = entry + 1
    if (entry === this.account.length) this.#grow()
    this.#entry[account] = entry + 1
    this.account[entry] = account
    this.lo[entry] = 0
    this.hi[entry] = 0
    return entry
  }

  #grow(): void {
    const { account, lo, hi } = this
    this.account = new Uint32Array(account.length * 2)
    this.lo = new Float64Array(account.length * 2)
    this.hi = new Float64Array(account.length * 2)
    this.account.set(account)
    this.lo.set(lo)
    this.hi.set(hi)
  }
}
