import type { ScriptType } from '../../chain/index.ts'
import type { AccountId, Ledger, Tx } from '../ledger.ts'
import type { SequenceClass } from './block.ts'

/** A number that a ledger gives an output; means nothing outside that ledger. ABSENT where there is none. */
export type OutputId = number

/** Where an output was created: transaction id as people write it (64 hex digits), and the index of the output in it. */
export interface Outpoint {
  readonly txid: string
  readonly index: number
}

/** One output. What lies before the ledger's first block is known as far as its source told. */
export interface BitcoinOutput {
  readonly output: OutputId
  /** Transaction that created it; null where that is not in the ledger. */
  readonly tx: Tx | null
  readonly index: number
  /** Satoshis; null where the ledger cannot know. */
  readonly value: bigint | null
  /** Account of its locking script; null for data (OP_RETURN), and where the script is not known. */
  readonly account: AccountId | null
  readonly script: ScriptType | null
  /** Transaction that spends it; null while none in the ledger does. */
  readonly spentBy: Tx | null
}

/** A transaction in full. Its id is asked for apart (`Ledger.transactions`): hashes are the largest column. */
export interface BitcoinTransaction {
  readonly tx: Tx
  readonly block: number
  /** Unix seconds of the block's header. */
  readonly time: number
  readonly version: number
  readonly lockTime: number
  readonly witness: boolean
  readonly sequence: SequenceClass
  readonly coinbase: boolean
  /** The outputs that it spends, in its order; none for a coinbase. */
  readonly inputs: readonly BitcoinOutput[]
  readonly outputs: readonly BitcoinOutput[]
  /** Scripts of its OP_RETURN outputs, whole. */
  readonly data: readonly { readonly index: number; readonly script: Uint8Array }[]
  /** Inputs less outputs; null for a coinbase, and where a value is not known. */
  readonly fee: bigint | null
}

/**
 * What a chain of outputs answers beside `Ledger`. As a `Ledger`, its accounts are locking scripts (addresses), and its transfers are a transaction's inputs matched with its
 * outputs in order (see match.ts); whoever needs the outputs themselves asks here.
 */
export interface UtxoLedger extends Ledger {
  /** Transactions in full, in the order asked for. */
  bitcoinTransactions(txs: ArrayLike<Tx>): Promise<BitcoinTransaction[]>
  outputs(outputs: ArrayLike<OutputId>): Promise<BitcoinOutput[]>
  /** ABSENT where the ledger has no such output. */
  outputIds(outpoints: readonly Outpoint[]): Promise<Float64Array>
  outpoints(outputs: ArrayLike<OutputId>): Promise<Outpoint[]>
  /** First transaction of the first block at or after a time (seconds, UTC) or height; Infinity where there is none. */
  txAt(at: { readonly time: number } | { readonly block: number }): Promise<Tx>
  /** Every output paid to an account, in chain order; outputs from before the ledger first. */
  outputsOf(account: AccountId): Promise<Float64Array>
}

/** Whether a ledger is one of outputs. */
export function isUtxoLedger(ledger: Ledger): ledger is UtxoLedger {
  return 'bitcoinTransactions' in ledger
}
