import type { BitcoinBlock } from '../block.ts'
import type { BlockHeader } from './header.ts'

/** Least bytes that each takes in a block. */
export const INPUT_BYTES = 41
export const OUTPUT_BYTES = 9
export const TRANSACTION_BYTES = 4 + 1 + INPUT_BYTES + 1 + OUTPUT_BYTES + 4

/** Columns of a block while it is read, before their lengths are known. Used again for every block: none is larger than the bytes that it comes from allow. */
export interface Scratch {
  version: Int32Array
  lockTime: Uint32Array
  flags: Uint8Array
  inStart: Uint32Array
  outStart: Uint32Array
  /** Where each transaction begins and ends, and its inputs and outputs in it: what hashing needs. */
  txStart: Uint32Array
  txEnd: Uint32Array
  bodyStart: Uint32Array
  bodyEnd: Uint32Array
  /** Eight words each. */
  prevTxid: Uint32Array
  prevIndex: Uint32Array
  value: Uint32Array
  scriptStart: Uint32Array
  scriptEnd: Uint32Array
}

function empty(): Scratch {
  return {
    version: new Int32Array(0),
    lockTime: new Uint32Array(0),
    flags: new Uint8Array(0),
    inStart: new Uint32Array(0),
    outStart: new Uint32Array(0),
    txStart: new Uint32Array(0),
    txEnd: new Uint32Array(0),
    bodyStart: new Uint32Array(0),
    bodyEnd: new Uint32Array(0),
    prevTxid: new Uint32Array(0),
    prevIndex: new Uint32Array(0),
    value: new Uint32Array(0),
    scriptStart: new Uint32Array(0),
    scriptEnd: new Uint32Array(0),
  }
}

const scratch = empty()
let capacity = 0

/** Room for any block of so many bytes. What an earlier block left in it is still there. */
export function scratchFor(bytes: number): Scratch {
  if (bytes <= capacity) return scratch
  capacity = Math.max(bytes, Math.min(2 * capacity, 1 << 23))
  const transactions = Math.ceil(capacity / TRANSACTION_BYTES) + 1
  const inputs = Math.ceil(capacity / INPUT_BYTES)
  const outputs = Math.ceil(capacity / OUTPUT_BYTES)
  scratch.version = new Int32Array(transactions)
  scratch.lockTime = new Uint32Array(transactions)
  scratch.flags = new Uint8Array(transactions)
  scratch.inStart = new Uint32Array(transactions)
  scratch.outStart = new Uint32Array(transactions)
  scratch.txStart = new Uint32Array(transactions)
  scratch.txEnd = new Uint32Array(transactions)
  scratch.bodyStart = new Uint32Array(transactions)
  scratch.bodyEnd = new Uint32Array(transactions)
  scratch.prevTxid = new Uint32Array(8 * inputs)
  scratch.prevIndex = new Uint32Array(inputs)
  scratch.value = new Uint32Array(2 * outputs)
  scratch.scriptStart = new Uint32Array(outputs)
  scratch.scriptEnd = new Uint32Array(outputs)
  return scratch
}

/** The block, its columns cut to length in one piece of memory, so that one transfer moves them between threads. Txids are still zero. */
export function cutBlock(bytes: Uint8Array, header: BlockHeader, height: number, transactions: number, from: Scratch): BitcoinBlock {
  const t = transactions
  const i = from.inStart[t] as number
  const o = from.outStart[t] as number
  const memory = new ArrayBuffer(64 + 49 * t + 8 + 36 * i + 16 * o)
  let at = 0
  const bytesOf = (length: number): Uint8Array => {
    const column = new Uint8Array(memory, at, length)
    at += length
    return column
  }
  const wordsOf = (column: Uint32Array, length: number): Uint32Array => {
    const cut = new Uint32Array(memory, at, length)
    cut.set(column.subarray(0, length))
    at += 4 * length
    return cut
  }
  const hash = bytesOf(32)
  hash.set(header.hash)
  const previous = bytesOf(32)
  previous.set(header.previous)
  const txid = bytesOf(32 * t)
  const version = new Int32Array(memory, at, t)
  version.set(from.version.subarray(0, t))
  at += 4 * t
  const lockTime = wordsOf(from.lockTime, t)
  const inStart = wordsOf(from.inStart, t + 1)
  const outStart = wordsOf(from.outStart, t + 1)
  const prev = wordsOf(from.prevTxid, 8 * i)
  const prevIndex = wordsOf(from.prevIndex, i)
  const value = wordsOf(from.value, 2 * o)
  const start = wordsOf(from.scriptStart, o)
  const end = wordsOf(from.scriptEnd, o)
  const flags = bytesOf(t)
  flags.set(from.flags.subarray(0, t))
  return {
    height,
    hash,
    previous,
    time: header.time,
    transactions: t,
    txid,
    version,
    lockTime,
    flags,
    inStart,
    outStart,
    prevTxid: new Uint8Array(memory, prev.byteOffset, 32 * i),
    prevIndex,
    value,
    script: { bytes, start, end },
    spent: null,
  }
}
