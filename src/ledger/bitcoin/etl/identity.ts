import { writeHash } from '../builder.ts'
import { hashHex } from '../wire/header.ts'
import { sha256d } from '../wire/sha256d.ts'
import type { ReadTransaction } from './record.ts'

/** `agrees`, `differs`, or `unknown` where the row lacks what the id is made of. */
export type IdCheck = 'agrees' | 'differs' | 'unknown'

const computed = new Uint8Array(32)
let scratch = Buffer.alloc(1 << 12)

/**
 * Computes a transaction's id from its row: the double SHA-256 of its form without witnesses (BIP 141), all of which bitcoin-etl keeps. A coinbase's id cannot be computed, for its input is left out,
 * nor can one where a script is missing; some exports blank the scripts of inputs, so that a blank one proves nothing unless the input is of a kind that needs none.
 */
export function checkId(row: ReadTransaction): IdCheck {
  const { inputs, txid } = row.transaction
  if (inputs.length === 0 || row.unlocking.some((script) => script === null)) return 'unknown'
  const { bytes, length } = serialize(row)
  sha256d.whole(bytes, 0, length, computed, 0)
  if (hashHex(computed) === txid) return 'agrees'
  return row.unlocking.some((script, k) => script?.length === 0 && row.native[k] === false) ? 'unknown' : 'differs'
}

/** The transaction in bytes that are used again for the next. */
function serialize({ transaction, unlocking }: ReadTransaction): { readonly bytes: Buffer; readonly length: number } {
  const { inputs, outputs } = transaction
  let most = 8 + 2 * 5
  for (const script of unlocking) most += 36 + 5 + (script?.length ?? 0) + 4
  for (const { script } of outputs) most += 8 + 5 + script.length
  if (scratch.length < most) scratch = Buffer.alloc(2 * most)
  const bytes = scratch
  let at = bytes.writeUInt32LE(transaction.version >>> 0, 0)
  at = writeCompact(bytes, at, inputs.length)
  for (const [k, input] of inputs.entries()) {
    writeHash(bytes, at, input.txid)
    at = bytes.writeUInt32LE(input.index, at + 32)
    at = writeScript(bytes, at, unlocking[k] as Uint8Array)
    at = bytes.writeUInt32LE(input.sequence, at)
  }
  at = writeCompact(bytes, at, outputs.length)
  for (const output of outputs) {
    at = bytes.writeBigUInt64LE(output.value, at)
    at = writeScript(bytes, at, output.script)
  }
  return { bytes, length: bytes.writeUInt32LE(transaction.lockTime, at) }
}

function writeScript(bytes: Buffer, at: number, script: Uint8Array): number {
  const start = writeCompact(bytes, at, script.length)
  bytes.set(script, start)
  return start + script.length
}

function writeCompact(bytes: Buffer, at: number, value: number): number {
  if (value < 0xfd) return bytes.writeUInt8(value, at)
  if (value <= 0xffff) return bytes.writeUInt16LE(value, bytes.writeUInt8(0xfd, at))
  return bytes.writeUInt32LE(value, bytes.writeUInt8(0xfe, at))
}
