import { CordonError } from '../../../chain/index.ts'
import type { Outpoint, OutputId } from '../transaction.ts'

/** Outputs as they come up, numbered from 0 by first sight. */
export class Outputs {
  readonly #outpoints: Outpoint[] = []
  readonly #numbers = new Map<string, OutputId>()

  number(txid: string, index: number): OutputId {
    const key = `${txid}:${index}`
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const number = this.#outpoints.push({ txid, index }) - 1
    this.#numbers.set(key, number)
    return number
  }

  outpoint(output: OutputId): Outpoint {
    const outpoint = this.#outpoints[output]
    if (outpoint === undefined) throw new CordonError('ledger/unknown-output', `the ledger has not given out an output number ${output}`)
    return outpoint
  }
}
