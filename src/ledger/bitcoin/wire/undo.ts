import type { BitcoinBlock, SpentColumn } from '../block.ts'
import { readAmount, readScript, readVarint, SCRIPT_GROWTH } from './compressed.ts'
import { Cursor, type Origin } from './cursor.ts'
import { sha256d } from './sha256d.ts'

const HASH_BYTES = 32
/** Least bytes of a spent output: height, amount, size of an empty script. */
const COIN_BYTES = 3

/**
 * Reads what a block's inputs spent from the record that Bitcoin Core keeps to undo the block (rev*.dat; `undo.h`, `CBlockUndo`): for every transaction but the coinbase, and
 * every input of it, the output's height, amount and script, compressed.
 *
 * @throws CordonError `bitcoin/truncated-undo`, `bitcoin/bad-undo`, also where the record is of another block
 */
export function readUndo(bytes: Uint8Array, block: BitcoinBlock, origin: Origin = {}): SpentColumn {
  const cursor = new Cursor(bytes, 'undo', origin)
  const spenders = block.transactions - 1
  const said = cursor.count(1, 'the number of transactions')
  if (said !== spenders) throw cursor.bad(`the undo data is of ${said} transactions, and the block has ${spenders} that spend`, 0)
  const inputs = block.inStart[block.transactions] as number
  const value = new Uint32Array(2 * inputs)
  const start = new Uint32Array(inputs)
  const end = new Uint32Array(inputs)
  const scripts = new Uint8Array(Math.ceil(bytes.length * SCRIPT_GROWTH))
  let filled = 0
  let input = 0
  for (let tx = 1; tx <= spenders; tx++) {
    const count = cursor.count(COIN_BYTES, 'the number of spent outputs')
    const inputsOfTx = (block.inStart[tx + 1] as number) - (block.inStart[tx] as number)
    if (count !== inputsOfTx) throw cursor.bad(`the undo data has ${count} outputs for the ${inputsOfTx} inputs of transaction ${tx}`)
    for (let k = 0; k < count; k++, input++) {
      const code = readVarint(cursor, 'the height of a spent output')
      if (code > 0xffff_ffff) throw cursor.bad('the height of a spent output is above 2^31')
      // Old versions wrote the spent transaction's version here, new ones write a zero in its place.
      if (code > 1) readVarint(cursor, 'the version of a spent transaction')
      const amount = readAmount(cursor)
      value[2 * input] = amount % 2 ** 32
      value[2 * input + 1] = Math.floor(amount / 2 ** 32)
      start[input] = filled
      filled += readScript(cursor, scripts, filled)
      end[input] = filled
    }
  }
  if (cursor.at !== bytes.length) throw cursor.bad(`${bytes.length - cursor.at} bytes follow the undo data of the last transaction`)
  return { known: new Uint8Array(inputs).fill(1), value, script: { bytes: scripts.slice(0, filled), start, end } }
}

/**
 * Whether an undo record belongs to the block that follows `previous`: its checksum is the hash of that block's hash and the record, so a record can be neither damaged nor of
 * another block unnoticed. `record` has room for a hash, then the undo data, then the checksum; the room is written to.
 */
export function isUndoAfter(record: Uint8Array, previous: Uint8Array): boolean {
  const end = record.length - HASH_BYTES
  record.set(previous, 0)
  const checksum = new Uint8Array(HASH_BYTES)
  sha256d.whole(record, 0, end, checksum, 0)
  for (let i = 0; i < HASH_BYTES; i++) if (checksum[i] !== record[end + i]) return false
  return true
}
