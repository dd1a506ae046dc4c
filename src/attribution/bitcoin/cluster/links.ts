import type { AccountId, Tx } from '../../../ledger/index.ts'
import type { ClusterStep } from './clusters.ts'

const FIRST_ROOM = 1_024

/** Links by change in chain order, twelve bytes each: a whole chain has hundreds of millions. */
export class ChangeLinks implements Iterable<ClusterStep> {
  #words = new Uint32Array(3 * FIRST_ROOM)
  #length = 0

  get length(): number {
    return this.#length
  }

  push(tx: Tx, from: AccountId, to: AccountId): void {
    const at = 3 * this.#length++
    if (at === this.#words.length) {
      const larger = new Uint32Array(2 * at)
      larger.set(this.#words)
      this.#words = larger
    }
    this.#words[at] = tx
    this.#words[at + 1] = from
    this.#words[at + 2] = to
  }

  *[Symbol.iterator](): Iterator<ClusterStep> {
    for (let at = 0; at < 3 * this.#length; at += 3) {
      yield {
        tx: this.#words[at] as Tx,
        from: this.#words[at + 1] as AccountId,
        to: this.#words[at + 2] as AccountId,
        by: 'change',
      }
    }
  }
}
