import { finish, mix } from '../../local/words.ts'
import type { BitcoinBlock } from '../block.ts'

/** A transaction of whose inputs the source does not tell every value. */
export const NOT_TOLD = 0

/** Takes one more value, as two words, into the print of a transaction's inputs; begin with 0 and end with `printOf`. */
export function mixValue(hash: number, low: number, high: number): number {
  return mix(mix(hash, low), high)
}

/** The print of values that were mixed; never NOT_TOLD. Two lists that differ have the same one by a chance of 2^-32. */
export function printOf(hash: number): number {
  return finish(hash) || 1
}

/**
 * A print of the values that the source says the inputs of each transaction spent, or NOT_TOLD. Whoever tells of spent outputs (undo data, a node, an export) can be wrong where the transaction itself
 * cannot: kept in 4 bytes a transaction, it is held against the outputs of the ledger when those are at hand.
 */
export function toldValues(block: Pick<BitcoinBlock, 'transactions' | 'inStart' | 'spent'>): Uint32Array {
  const prints = new Uint32Array(block.transactions)
  const { spent, inStart } = block
  if (spent === null) return prints
  const { known, value } = spent
  for (let t = 0; t < prints.length; t++) {
    const end = inStart[t + 1] as number
    let i = inStart[t] as number
    if (i === end) continue
    let hash = 0
    for (; i < end && known[i] === 1; i++) hash = mixValue(hash, value[2 * i] as number, value[2 * i + 1] as number)
    if (i === end) prints[t] = printOf(hash)
  }
  return prints
}
