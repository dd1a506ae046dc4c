import { CordonError } from '../../../chain/index.ts'
import { TX_COINBASE } from '../block.ts'
import { hashHex } from '../wire/header.ts'
import type { SecondPass } from './build.ts'
import { mixValue, NOT_TOLD, printOf } from './told.ts'

/**
 * First transfer of each transaction, and the end: how many pairs `matchTransaction` makes of it, the fee apart, counted without making them.
 * `told` is what the source said of the inputs, where there is a source.
 *
 * @throws CordonError `bitcoin/contradicted-values` when the outputs that a transaction spends hold other values than its source told of them, `bitcoin/creates-value` when outputs are worth more than the inputs
 */
export function rowsOf(
  columns: Pick<SecondPass, 'transactions' | 'txIn' | 'txOut' | 'inOutput' | 'outValue' | 'flags' | 'satoshisOf'>,
  txids: Uint8Array,
  told: Uint32Array | null = null,
): Uint32Array {
  const { transactions, txIn, txOut, inOutput, outValue, flags, satoshisOf } = columns
  const row = new Uint32Array(transactions + 1)
  const valueAt = (output: number): number => (outValue[output * 2] as number) + (outValue[output * 2 + 1] as number) * 0x1_0000_0000
  let rows = 0
  for (let tx = 0; tx < transactions; tx++) {
    row[tx] = rows
    const firstIn = txIn[tx] as number
    const endIn = txIn[tx + 1] as number
    const endOut = txOut[tx + 1] as number
    let at = txOut[tx] as number
    let known = ((flags[tx] as number) & TX_COINBASE) === 0
    const print = told?.[tx] ?? NOT_TOLD
    let hash = 0
    for (let i = firstIn; known && i < endIn; i++) {
      const satoshis = satoshisOf(inOutput[i] as number)
      known = satoshis >= 0
      if (print !== NOT_TOLD) hash = mixValue(hash, satoshis >>> 0, Math.floor(satoshis / 0x1_0000_0000))
    }
    if (known && print !== NOT_TOLD && print !== printOf(hash)) throw contradicted(txids, tx)
    if (!known) {
      for (let i = firstIn; i < endIn; i++) if (satoshisOf(inOutput[i] as number) > 0) rows += 1
      for (; at < endOut; at++) if (valueAt(at) > 0) rows += 1
    } else {
      let room = at < endOut ? valueAt(at) : 0
      for (let i = firstIn; i < endIn; i++) {
        let left = satoshisOf(inOutput[i] as number)
        while (left > 0) {
          while (room === 0 && at < endOut) room = ++at < endOut ? valueAt(at) : 0
          if (at >= endOut) break
          const amount = left < room ? left : room
          rows += 1
          left -= amount
          room -= amount
        }
      }
      while (room === 0 && at < endOut) room = ++at < endOut ? valueAt(at) : 0
      if (at < endOut)
        throw new CordonError('bitcoin/creates-value', `the outputs of transaction ${name(txids, tx)} are worth more than its inputs`, {
          remedy: 'no such transaction is in the chain: the source is damaged or lies',
        })
    }
    if (rows > 0xffff_fffe)
      throw new CordonError('ledger/too-large', 'one import holds at most 2^32 - 2 transfers', {
        remedy: 'import a part and append the rest',
      })
  }
  row[transactions] = rows
  return row
}

function contradicted(txids: Uint8Array, tx: number): CordonError {
  return new CordonError(
    'bitcoin/contradicted-values',
    `what the source says that the inputs of transaction ${name(txids, tx)} spent is not what those outputs hold`,
    {
      remedy:
        'undo data, node or export are damaged or lie: read the blocks from another source, or without what they tell of spent outputs',
    },
  )
}

function name(txids: Uint8Array, tx: number): string {
  return hashHex(txids.subarray(tx * 32, tx * 32 + 32))
}
