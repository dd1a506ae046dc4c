import { ABSENT } from '../../ledger.ts'
import { finish } from '../../local/words.ts'

/**
 * Outputs of earlier segments that a segment spends, each with the transaction that does: a hash table in typed arrays, 12 to 24 bytes an output. (A `Map` would end at 2^24 of them, about a
 * month of the main network.)
 */
export class EarlierSpends {
  #outputs = new Uint32Array(1 << 10).fill(ABSENT)
  #txs = new Uint32Array(1 << 10)
  #size = 0

  /** Notes that a transaction spends an output; false, and nothing noted, where another one does already. */
  add(output: number, tx: number): boolean {
    const at = this.#slotOf(output)
    if (this.#outputs[at] === output) return false
    this.#outputs[at] = output
    this.#txs[at] = tx
    if (++this.#size * 3 > this.#outputs.length * 2) this.#grow()
    return true
  }

  /** Outputs rising, and the transaction of each. */
  sorted(): { readonly outputs: Uint32Array; readonly txs: Uint32Array } {
    const outputs = this.#outputs.filter((output) => output !== ABSENT).sort()
    return { outputs, txs: outputs.map((output) => this.#txs[this.#slotOf(output)] as number) }
  }

  #slotOf(output: number): number {
    const mask = this.#outputs.length - 1
    let slot = finish(output) & mask
    while (this.#outputs[slot] !== ABSENT && this.#outputs[slot] !== output) slot = (slot + 1) & mask
    return slot
  }

  #grow(): void {
    const outputs = this.#outputs
    const txs = this.#txs
    this.#outputs = new Uint32Array(outputs.length * 2).fill(ABSENT)
    this.#txs = new Uint32Array(outputs.length * 2)
    for (let k = 0; k < outputs.length; k++) {
      const output = outputs[k] as number
      if (output === ABSENT) continue
      const at = this.#slotOf(output)
      this.#outputs[at] = output
      this.#txs[at] = txs[k] as number
    }
  }
}
