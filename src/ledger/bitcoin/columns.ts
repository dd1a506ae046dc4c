import type { AccountId, Tx } from '../ledger.ts'
import type { OutputId } from './transaction.ts'

/**
 * One run of transactions of a Bitcoin ledger as columns, in chain order: mapped from disk or built in memory. `t` transactions, `i` inputs, `o` outputs.
 *
 * Transactions, inputs, outputs and accounts are numbered through the whole ledger, from 0; entry k of a column belongs to number `first… + k`.
 * Outputs from before the ledger have numbers too, from FIRST_FOREIGN downward (see {@link foreignNumber}).
 */
export interface BitcoinColumns {
  readonly firstTx: Tx
  readonly transactions: number
  readonly firstInput: number
  readonly inputs: number
  readonly firstOutput: OutputId
  readonly outputs: number
  /** Within this run: first input and output of each transaction, and the end. t + 1. */
  readonly txIn: Uint32Array
  readonly txOut: Uint32Array
  readonly version: Int32Array
  readonly lockTime: Uint32Array
  /** As `BitcoinBlock.flags`. */
  readonly flags: Uint8Array
  /** Output that each input spends. i. */
  readonly inOutput: Uint32Array
  /** Satoshis as (low, high) pairs. 2 × o. */
  readonly outValue: Uint32Array
  /** Account of each output, ABSENT for data (OP_RETURN). o. */
  readonly outAccount: Uint32Array
}

/** What walks over a whole Bitcoin ledger need: its runs, and what is known of outputs and accounts by their numbers through the ledger. */
export interface BitcoinTable {
  readonly runs: readonly BitcoinColumns[]
  readonly transactions: number
  readonly outputs: number
  readonly accounts: number
  /** Account of any output, foreign ones too; ABSENT where it has none or it is not known. */
  accountOf(output: OutputId): AccountId
  /** Satoshis of any output as a safe integer (they stay below 2^51), -1 where not known. For comparing and sorting; sums are made of bigints. */
  satoshisOf(output: OutputId): number
  /** Code of an account's script type: index into SCRIPT_TYPES. */
  scriptOf(account: AccountId): number
  /** Transaction that created an output, ABSENT for one from before the ledger. */
  creatorOf(output: OutputId): Tx
  /** Transaction that spends an output, ABSENT while none does. */
  spenderOf(output: OutputId): Tx
  /** Unix seconds of the block that holds a transaction. Left off by tables without blocks. */
  readonly timeOf?: (tx: Tx) => number
}

/** Number of the first output from before the ledger; the k-th has FIRST_FOREIGN - k. The last number of all, ABSENT, stands for none. */
export const FIRST_FOREIGN = 0xffff_fffe

export function foreignNumber(k: number): OutputId {
  return FIRST_FOREIGN - k
}
