import type { BitcoinBlock, SpentColumn } from '../block.ts'
import { MAX_SATOSHIS } from '../builder.ts'
import { satoshisOfCoins } from '../coins.ts'
import { Cursor } from '../wire/cursor.ts'
import { hashHex } from '../wire/header.ts'
import { array, countField, hashField, hexField, object, ShapeFault } from './json.ts'

/** Least bytes of an output: its value, and the length of an empty script. */
const OUTPUT_BYTES = 9

/**
 * What the inputs of a block spent, from the JSON of the block with prevouts (`getblock` with verbosity 3, `/rest/block/<hash>.json`). The JSON is held against the raw block: it must be of the
 * same transactions and inputs. Amounts are JSON numbers of coins, each of which must be the very number that an amount of whole satoshis is read as. Where a `prevout` is missing nothing is known.
 *
 * @throws ShapeFault
 */
export function spentFromJson(answer: unknown, block: BitcoinBlock): SpentColumn {
  const json = object(answer, 'the block')
  if (hashField(json.hash, 'hash') !== hashHex(block.hash)) throw new ShapeFault('it is of another block')
  const txs = array(json.tx, 'tx')
  if (txs.length !== block.transactions) throw new ShapeFault(`it has ${txs.length} transactions, the block ${block.transactions}`)
  const writer = new SpentOutputs(block.prevIndex.length)
  for (let t = 0; t < txs.length; t++) {
    const tx = object(txs[t], `tx[${t}]`)
    if (hashField(tx.txid, `tx[${t}].txid`) !== hashHex(block.txid.subarray(32 * t, 32 * t + 32)))
      throw new ShapeFault(`tx[${t}] is another transaction`)
    const first = block.inStart[t] as number
    const inputs = (block.inStart[t + 1] as number) - first
    if (inputs === 0) continue
    const vin = array(tx.vin, `tx[${t}].vin`)
    if (vin.length !== inputs) throw new ShapeFault(`tx[${t}].vin has ${vin.length} inputs, the transaction ${inputs}`)
    for (let k = 0; k < inputs; k++) readPrevout(writer, block, first + k, vin[k], `tx[${t}].vin[${k}]`)
  }
  return writer.column()
}

function readPrevout(writer: SpentOutputs, block: BitcoinBlock, i: number, value: unknown, what: string): void {
  const input = object(value, what)
  const spends = hashHex(block.prevTxid.subarray(32 * i, 32 * i + 32))
  if (hashField(input.txid, `${what}.txid`) !== spends || countField(input.vout, `${what}.vout`) !== block.prevIndex[i]) {
    throw new ShapeFault(`${what} spends another output than the input in the block`)
  }
  if (input.prevout === undefined || input.prevout === null) return
  const prevout = object(input.prevout, `${what}.prevout`)
  const coins = typeof prevout.value === 'number' ? satoshisOfCoins(prevout.value) : null
  if (coins === null || !coins.exact)
    throw new ShapeFault(`${what}.prevout.value ${JSON.stringify(prevout.value)} is no amount of whole satoshis`)
  const script = hexField(object(prevout.scriptPubKey, `${what}.prevout.scriptPubKey`).hex, `${what}.prevout.scriptPubKey.hex`)
  writer.put(i, coins.satoshis, script, 0, script.length)
}

/**
 * What the inputs of a block spent, from `/rest/spenttxouts/<hash>.bin` (Bitcoin Core 30, `SerializeBlockUndo` in `rest.cpp`): for each transaction of the block, a coinbase too, a count
 * and that many outputs in the form that they have in transactions.
 *
 * @throws CordonError `bitcoin/truncated-spent-outputs`, `bitcoin/bad-spent-outputs`
 */
export function spentFromOutputs(bytes: Uint8Array, block: BitcoinBlock, file: string): SpentColumn {
  const cursor = new Cursor(bytes, 'spent-outputs', { file })
  const writer = new SpentOutputs(block.prevIndex.length)
  const transactions = cursor.count(1, 'the number of transactions')
  if (transactions !== block.transactions)
    throw cursor.bad(`there are spent outputs of ${transactions} transactions, and ${block.transactions} in the block`)
  let i = 0
  for (let t = 0; t < transactions; t++) {
    const inputs = (block.inStart[t + 1] as number) - (block.inStart[t] as number)
    const count = cursor.count(OUTPUT_BYTES, 'the number of spent outputs')
    if (count !== inputs) throw cursor.bad(`transaction ${t} has ${inputs} inputs and ${count} spent outputs`)
    for (let k = 0; k < count; k++, i++) {
      cursor.need(OUTPUT_BYTES, 'a spent output')
      const value = cursor.view.getBigUint64(cursor.at, true)
      if (value > MAX_SATOSHIS) throw cursor.bad(`a spent output holds ${value} satoshis, more than 21 million coins`)
      cursor.at += 8
      const length = cursor.count(1, 'the length of a locking script')
      writer.put(i, value, bytes, cursor.at, cursor.at + length)
      cursor.at += length
    }
  }
  if (cursor.at !== bytes.length) throw cursor.bad(`${bytes.length - cursor.at} bytes follow the last spent output`)
  return writer.column()
}

/**
 * The first transaction whose inputs hold less than its outputs, by what was said of them, or -1. Whoever tells of spent outputs can lie; only the sum is held by the block.
 */
export function overspent(block: BitcoinBlock, spent: SpentColumn): number {
  const sum = (column: Uint32Array, start: number, end: number) => {
    let total = 0
    for (let k = start; k < end; k++) total += (column[2 * k + 1] as number) * 2 ** 32 + (column[2 * k] as number)
    return total
  }
  for (let t = 0; t < block.transactions; t++) {
    const start = block.inStart[t] as number
    const end = block.inStart[t + 1] as number
    if (start === end || spent.known.subarray(start, end).includes(0)) continue
    // Sums of satoshis below 2^53 are exact; a sum that is not is far above any outputs.
    if (sum(spent.value, start, end) < sum(block.value, block.outStart[t] as number, block.outStart[t + 1] as number)) return t
  }
  return -1
}

/** Collects spent outputs in any order of bytes; scripts are copied, for what they lie in is let go. */
class SpentOutputs {
  readonly #known: Uint8Array
  readonly #value: Uint32Array
  readonly #start: Uint32Array
  readonly #end: Uint32Array
  #bytes = new Uint8Array(1024)
  #at = 0

  constructor(inputs: number) {
    this.#known = new Uint8Array(inputs)
    this.#value = new Uint32Array(2 * inputs)
    this.#start = new Uint32Array(inputs)
    this.#end = new Uint32Array(inputs)
  }

  put(i: number, satoshis: bigint, script: Uint8Array, from: number, to: number): void {
    const length = to - from
    if (this.#at + length > this.#bytes.length) {
      const grown = new Uint8Array(2 * (this.#at + length))
      grown.set(this.#bytes.subarray(0, this.#at))
      this.#bytes = grown
    }
    this.#known[i] = 1
    this.#value[2 * i] = Number(satoshis & 0xffff_ffffn)
    this.#value[2 * i + 1] = Number(satoshis >> 32n)
    this.#bytes.set(script.subarray(from, to), this.#at)
    this.#start[i] = this.#at
    this.#at += length
    this.#end[i] = this.#at
  }

  column(): SpentColumn {
    return { known: this.#known, value: this.#value, script: { bytes: this.#bytes.slice(0, this.#at), start: this.#start, end: this.#end } }
  }
}
