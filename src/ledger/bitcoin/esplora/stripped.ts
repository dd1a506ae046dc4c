import { createHash } from 'node:crypto'
import { RawOldTx } from '@scure/btc-signer/script.js'
import { hashHex } from '../wire/index.ts'

/** No more satoshis than this will ever be. */
export const MOST_SATOSHIS = 21e14

/** A transaction without its witness: what its id is the hash of. */
export interface StrippedTransaction {
  readonly version: number
  readonly lockTime: number
  readonly inputs: readonly StrippedInput[]
  readonly outputs: readonly StrippedOutput[]
}

export interface StrippedInput {
  /** As people write it. */
  readonly txid: string
  readonly index: number
  readonly script: Uint8Array
  readonly sequence: number
}

export interface StrippedOutput {
  readonly value: bigint
  readonly script: Uint8Array
}

/** The bytes of a transaction without its witness (BIP 144, "old serialization"). */
export function encodeStripped(transaction: StrippedTransaction): Uint8Array {
  const { version, lockTime, inputs, outputs } = transaction
  return RawOldTx.encode({
    version,
    lockTime,
    inputs: inputs.map(({ txid, index, script, sequence }) => ({
      txid: Uint8Array.from(Buffer.from(txid, 'hex')),
      index,
      finalScriptSig: script,
      sequence,
    })),
    outputs: outputs.map(({ value, script }) => ({ amount: value, script })),
  })
}

/** Reads what `encodeStripped` writes; throws an Error of the codec for anything else. */
export function decodeStripped(bytes: Uint8Array): StrippedTransaction {
  const { version, lockTime, inputs, outputs } = RawOldTx.decode(bytes)
  return {
    version,
    lockTime,
    inputs: inputs.map(({ txid, index, finalScriptSig, sequence }) => ({
      txid: Buffer.from(txid).toString('hex'),
      index,
      script: finalScriptSig,
      sequence,
    })),
    outputs: outputs.map(({ amount, script }) => ({ value: amount, script })),
  }
}

/** Whether the transaction creates the coins of its block: one input that spends nothing. */
export function isCoinbase({ inputs }: StrippedTransaction): boolean {
  const [first] = inputs
  return inputs.length === 1 && first?.index === 0xffff_ffff && /^0{64}$/.test(first.txid)
}

/** Id of a transaction: SHA-256 twice of its bytes without witness, as people write it. */
export function txidOf(stripped: Uint8Array): string {
  return hashHex(sha256d(stripped))
}

export function sha256d(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(createHash('sha256').update(bytes).digest()).digest()
}

/** SHA-256 of a locking script, as `/scripthash/` takes it. */
export function scriptHashOf(script: Uint8Array): string {
  return createHash('sha256').update(script).digest('hex')
}
