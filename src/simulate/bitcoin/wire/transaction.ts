import { ByteWriter } from './bytes.ts'
import { doubleSha256 } from './hash.ts'

export interface RawInput {
  /** Id of the transaction whose output is spent: 32 bytes in the order of blocks. */
  readonly previous: Uint8Array
  readonly index: number
  readonly scriptSig: Uint8Array
  readonly sequence: number
  readonly witness: readonly Uint8Array[]
}

export interface RawOutput {
  /** Satoshis, a safe integer. */
  readonly value: number
  readonly script: Uint8Array
}

export interface RawTransaction {
  readonly version: number
  readonly lockTime: number
  readonly inputs: readonly RawInput[]
  readonly outputs: readonly RawOutput[]
}

export interface SerializedTransaction {
  /** With witness data where there is any (BIP 144). */
  readonly bytes: Uint8Array
  /** In the order of blocks. */
  readonly txid: Buffer
  readonly wtxid: Buffer
  /** Length without witness data. */
  readonly strippedSize: number
}

const writer = new ByteWriter()

/** A transaction as blocks hold it, with both of its ids (BIP 141). */
export function serializeTransaction(tx: RawTransaction): SerializedTransaction {
  const stripped = encode(tx, false)
  const txid = doubleSha256(stripped)
  if (tx.inputs.every(({ witness }) => witness.length === 0)) return { bytes: stripped, txid, wtxid: txid, strippedSize: stripped.length }
  const bytes = encode(tx, true)
  return { bytes, txid, wtxid: doubleSha256(bytes), strippedSize: stripped.length }
}

function encode(tx: RawTransaction, witness: boolean): Uint8Array {
  writer.clear()
  writer.u32(tx.version)
  if (witness) writer.u16(0x0100)
  writer.compactSize(tx.inputs.length)
  for (const input of tx.inputs) {
    writer.raw(input.previous)
    writer.u32(input.index)
    writer.sized(input.scriptSig)
    writer.u32(input.sequence)
  }
  writer.compactSize(tx.outputs.length)
  for (const output of tx.outputs) {
    writer.u64(output.value)
    writer.sized(output.script)
  }
  if (witness)
    for (const input of tx.inputs) {
      writer.compactSize(input.witness.length)
      for (const item of input.witness) writer.sized(item)
    }
  writer.u32(tx.lockTime)
  return writer.take()
}
