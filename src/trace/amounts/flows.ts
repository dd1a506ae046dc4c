import type { AccountId, Tx, ValueColumn } from '../../ledger/index.ts'
import { bigintOf } from './limbs.ts'

/** Stolen value that moved, collected in columns that grow. */
export class Flows {
  length = 0
  #tx = new Uint32Array(1024)
  #to = new Uint32Array(1024)
  /** Amounts as (lo, hi). */
  #amount = new Float64Array(2048)

  push(tx: Tx, to: AccountId, amount: Float64Array): void {
    const at = this.length
    if (at === this.#tx.length) this.#grow()
    this.#tx[at] = tx
    this.#to[at] = to
    this.#amount[at * 2] = amount[2] as number
    this.#amount[at * 2 + 1] = amount[3] as number
    this.length = at + 1
  }

  #grow(): void {
    const { length } = this
    const tx = new Uint32Array(length * 2)
    const to = new Uint32Array(length * 2)
    const amount = new Float64Array(length * 4)
    tx.set(this.#tx)
    to.set(this.#to)
    amount.set(this.#amount)
    this.#tx = tx
    this.#to = to
    this.#amount = amount
  }

  get tx(): Uint32Array {
    return this.#tx.subarray(0, this.length)
  }

  get to(): Uint32Array {
    return this.#to.subarray(0, this.length)
  }

  /** Amounts, made into BigInts as they are read. */
  get stolen(): ValueColumn {
    const amount = this.#amount
    return { length: this.length, get: (i) => bigintOf(amount[i * 2] as number, amount[i * 2 + 1] as number) }
  }
}
