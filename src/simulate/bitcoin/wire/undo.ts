import { SCRIPT_TYPES, scriptTypeOf } from '../../../chain/index.ts'
import { ByteWriter } from './bytes.ts'
import { doubleSha256 } from './hash.ts'

/** An output as undo data keeps it for the block that spends it. */
export interface SpentOutput {
  readonly height: number
  readonly coinbase: boolean
  readonly value: number
  readonly script: Uint8Array
}

const writer = new ByteWriter()

/**
 * A block's undo data as Bitcoin Core writes it (`undo.h`, CBlockUndo): for each transaction but the coinbase the outputs that it spends.
 *
 * @param spent by transaction, by input
 */
export function encodeUndo(spent: readonly (readonly SpentOutput[])[]): Uint8Array {
  writer.clear()
  writer.compactSize(spent.length)
  for (const outputs of spent) {
    writer.compactSize(outputs.length)
    for (const output of outputs) {
      writer.varInt(output.height * 2 + (output.coinbase ? 1 : 0))
      // Older versions kept the transaction's version here.
      if (output.height > 0) writer.u8(0)
      writer.varInt(compressAmount(output.value))
      compressScript(output.script)
    }
  }
  return writer.take()
}

/** What follows a record in rev*.dat: it binds the undo data to the block before the one that it undoes. */
export function undoChecksum(previous: Uint8Array, undo: Uint8Array): Buffer {
  return doubleSha256(Buffer.concat([previous, undo]))
}

/**
 * `compressor.cpp`, CompressAmount: trailing decimal zeros become an exponent.
 *
 * @param value satoshis, at most 10^15 (no simulated world has more), so that every step stays a safe integer
 */
export function compressAmount(value: number): number {
  if (value === 0) return 0
  let exponent = 0
  while (exponent < 9 && value % 10 === 0) {
    value /= 10
    exponent += 1
  }
  if (exponent === 9) return 1 + (value - 1) * 10 + 9
  const digit = value % 10
  return 1 + (Math.floor(value / 10) * 9 + digit - 1) * 10 + exponent
}

/** `compressor.cpp`, CompressScript: hashes and public keys without the opcodes around them; all else as it is. */
function compressScript(script: Uint8Array): void {
  const type = SCRIPT_TYPES[scriptTypeOf(script, 0, script.length)]
  if (type === 'p2pkh') {
    writer.u8(0)
    writer.raw(script.subarray(3, 23))
  } else if (type === 'p2sh') {
    writer.u8(1)
    writer.raw(script.subarray(2, 22))
  } else if (type === 'p2pk' && script.length === 35) {
    writer.raw(script.subarray(1, 34))
  } else if (type === 'p2pk' && script[1] === 4) {
    // The parity of y goes into the code; readers find y again from the curve.
    writer.u8(4 + (script[65]! & 1))
    writer.raw(script.subarray(2, 34))
  } else {
    writer.varInt(script.length + 6)
    writer.raw(script)
  }
}
