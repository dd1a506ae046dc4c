import { sequenceClass, TX_COINBASE, TX_WITNESS } from '../block.ts'
import type { Cursor } from './cursor.ts'
import { INPUT_BYTES, OUTPUT_BYTES, type Scratch, TRANSACTION_BYTES } from './scratch.ts'

/** 21 million bitcoin in satoshis: no output and no sum of outputs is more. */
export const MAX_SATOSHIS = 2_100_000_000_000_000
const NO_OUTPUT = 0xffff_ffff
const MIXED = 4

/**
 * Reads a block's transactions from the cursor into columns, as BIP 144 writes them, and checks of each what it can be checked for alone: inputs, outputs, values, a witness
 * where one is said to be. Returns their number.
 *
 * @throws CordonError `bitcoin/truncated-block`, `bitcoin/bad-block`
 */
export function readTransactions(cursor: Cursor, scratch: Scratch): number {
  const transactions = cursor.count(TRANSACTION_BYTES, 'the number of transactions')
  if (transactions === 0) throw cursor.bad('the block has no transactions; it must have a coinbase')
  let inputs = 0
  let outputs = 0
  for (let tx = 0; tx < transactions; tx++) {
    const start = cursor.at
    cursor.need(TRANSACTION_BYTES, `transaction ${tx} (of ${transactions})`)
    scratch.txStart[tx] = start
    scratch.version[tx] = cursor.view.getInt32(start, true)
    scratch.inStart[tx] = inputs
    scratch.outStart[tx] = outputs
    cursor.at = start + 4
    const marked = cursor.bytes[start + 4] === 0
    if (marked) {
      const flag = cursor.bytes[start + 5] as number
      if (flag === 0) throw cursor.bad(`transaction ${tx} has no inputs`)
      if (flag !== 1) throw cursor.bad(`transaction ${tx} has the unknown flag ${flag} where 1 says that a witness follows (BIP 144)`)
      cursor.at = start + 6
    }
    scratch.bodyStart[tx] = cursor.at
    const count = cursor.count(INPUT_BYTES, 'the number of inputs')
    if (count === 0) throw cursor.bad(`transaction ${tx} has no inputs`)
    const sequence = readInputs(cursor, count, scratch, inputs)
    const coinbase = isCoinbase(scratch, inputs, count)
    if (coinbase !== (tx === 0)) {
      throw cursor.bad(tx === 0 ? 'the first transaction is no coinbase' : `transaction ${tx} is a second coinbase`, start)
    }
    if (coinbase) checkCoinbase(cursor, scratch.bodyStart[tx] as number)
    else {
      if (hasNull(scratch, inputs, count)) throw cursor.bad(`transaction ${tx} has an input that spends nothing`, start)
      inputs += count
    }
    outputs += readOutputs(cursor, tx, scratch, outputs)
    scratch.bodyEnd[tx] = cursor.at
    if (marked) readWitness(cursor, tx, count)
    scratch.lockTime[tx] = cursor.u32('a lock time')
    scratch.txEnd[tx] = cursor.at
    // A coinbase has no inputs in a ledger, so nothing is said of their sequence.
    scratch.flags[tx] = (marked ? TX_WITNESS : 0) | (coinbase ? TX_COINBASE : sequence << 2)
  }
  scratch.inStart[transactions] = inputs
  scratch.outStart[transactions] = outputs
  return transactions
}

/** Reads inputs into the columns from `first` on; returns the class of their sequence numbers. */
function readInputs(cursor: Cursor, count: number, scratch: Scratch, first: number): number {
  const { view } = cursor
  const { prevTxid, prevIndex } = scratch
  let kind = -1
  for (let k = 0; k < count; k++) {
    cursor.need(INPUT_BYTES, 'an input')
    let at = cursor.at
    const to = 8 * (first + k)
    prevTxid[to] = view.getUint32(at, true)
    prevTxid[to + 1] = view.getUint32(at + 4, true)
    prevTxid[to + 2] = view.getUint32(at + 8, true)
    prevTxid[to + 3] = view.getUint32(at + 12, true)
    prevTxid[to + 4] = view.getUint32(at + 16, true)
    prevTxid[to + 5] = view.getUint32(at + 20, true)
    prevTxid[to + 6] = view.getUint32(at + 24, true)
    prevTxid[to + 7] = view.getUint32(at + 28, true)
    prevIndex[first + k] = view.getUint32(at + 32, true)
    cursor.at = at + 36
    const script = cursor.count(1, 'the length of an unlocking script')
    at = cursor.at + script
    if (at + 4 > cursor.end) throw cursor.truncated('a sequence number')
    const own = sequenceClass(view.getUint32(at, true))
    kind = kind === -1 || kind === own ? own : MIXED
    cursor.at = at + 4
  }
  return kind
}

/** Reads outputs into the columns from `first` on; returns their number. */
function readOutputs(cursor: Cursor, tx: number, scratch: Scratch, first: number): number {
  const { view } = cursor
  const { value, scriptStart, scriptEnd } = scratch
  const count = cursor.count(OUTPUT_BYTES, 'the number of outputs')
  if (count === 0) throw cursor.bad(`transaction ${tx} has no outputs`)
  let sum = 0
  for (let k = 0; k < count; k++) {
    const start = cursor.at
    cursor.need(OUTPUT_BYTES, 'an output')
    const low = view.getUint32(start, true)
    const high = view.getUint32(start + 4, true)
    sum += high * 2 ** 32 + low
    if (sum > MAX_SATOSHIS) throw cursor.bad(`output ${k} of transaction ${tx} brings its outputs above 21 million bitcoin`)
    value[2 * (first + k)] = low
    value[2 * (first + k) + 1] = high
    cursor.at = start + 8
    const length = cursor.count(1, 'the length of a locking script')
    scriptStart[first + k] = cursor.at
    cursor.at += length
    scriptEnd[first + k] = cursor.at
  }
  return count
}

function readWitness(cursor: Cursor, tx: number, inputs: number): void {
  let items = 0
  for (let k = 0; k < inputs; k++) {
    const count = cursor.count(1, 'the number of witness items')
    items += count
    for (let item = 0; item < count; item++) {
      const length = cursor.count(1, 'the length of a witness item')
      cursor.at += length
    }
  }
  if (items === 0) throw cursor.bad(`transaction ${tx} says that it has a witness and has none`)
}

function isCoinbase(scratch: Scratch, first: number, count: number): boolean {
  return count === 1 && isNull(scratch, first)
}

function hasNull(scratch: Scratch, first: number, count: number): boolean {
  for (let input = first; input < first + count; input++) if (isNull(scratch, input)) return true
  return false
}

function isNull(scratch: Scratch, input: number): boolean {
  if (scratch.prevIndex[input] !== NO_OUTPUT) return false
  for (let word = 8 * input; word < 8 * input + 8; word++) if (scratch.prevTxid[word] !== 0) return false
  return true
}

function checkCoinbase(cursor: Cursor, bodyStart: number): void {
  const at = bodyStart + 1 + 36
  const length = cursor.bytes[at] as number
  if (length < 2 || length > 100) throw cursor.bad(`the coinbase's script has ${length} bytes; 2 to 100 are allowed`, at)
}
