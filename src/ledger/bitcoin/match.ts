import type { BitcoinTransaction } from './transaction.ts'

/** What a match names where there is no output on that side: value comes from issuance, or from inputs whose value is not known; value goes to the fee. */
export const NO_SIDE = -1

/** An amount that passes from one input of a transaction to one of its outputs. */
export interface OutputMatch {
  /** Index into the transaction's inputs, or NO_SIDE. */
  readonly input: number
  /** Index into the transaction's outputs, or NO_SIDE for the fee. */
  readonly output: number
  readonly value: bigint
}

/**
 * Who paid whom inside a transaction: inputs in order fill outputs in order, the fee last (north-west corner; FIFO inside the transaction). It is how a transaction of many inputs and outputs is told as transfers, and a
 * reading, not a fact: the chain says only what went in and what came out. Inputs and outputs of no value are matched with nothing and left out: a transaction that moves nothing has no matches.
 *
 * Where any input's value is not known, nothing is known of the order either: then every output comes from NO_SIDE, and the known inputs go to NO_SIDE.
 */
export function matchTransaction(tx: Pick<BitcoinTransaction, 'inputs' | 'outputs' | 'coinbase'>): OutputMatch[] {
  const { inputs, outputs } = tx
  const matches: OutputMatch[] = []
  if (tx.coinbase || inputs.some(({ value }) => value === null)) {
    inputs.forEach(({ value }, input) => {
      if (value !== null && value > 0n) matches.push({ input, output: NO_SIDE, value })
    })
    outputs.forEach(({ value }, output) => {
      if (value !== null && value > 0n) matches.push({ input: NO_SIDE, output, value })
    })
    return matches
  }
  let at = 0
  let room = outputs[0]?.value ?? 0n
  for (const [input, { value }] of inputs.entries()) {
    let left = value as bigint
    while (left > 0n) {
      while (room === 0n && at < outputs.length) room = outputs[++at]?.value ?? 0n
      if (at >= outputs.length) {
        matches.push({ input, output: NO_SIDE, value: left })
        break
      }
      const amount = left < room ? left : room
      matches.push({ input, output: at, value: amount })
      left -= amount
      room -= amount
    }
  }
  return matches
}
