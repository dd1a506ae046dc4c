import type { NetworkName } from '../../chain/index.ts'
import type { SourceRecord } from '../ledger.ts'

/** Scripts inside shared bytes: script k is `bytes[start[k]]` up to `bytes[end[k]]` (exclusive). */
export interface ScriptColumn {
  readonly bytes: Uint8Array
  readonly start: Uint32Array
  readonly end: Uint32Array
}

/** What the inputs of a block spent, where its source says so (undo data, `getblock` 3, bitcoin-etl). Parallel to the block's inputs. */
export interface SpentColumn {
  /** 1 where value and script are known. */
  readonly known: Uint8Array
  /** Satoshis as (low, high) pairs of 32 bits. */
  readonly value: Uint32Array
  /** An empty script where the source has the value alone. */
  readonly script: ScriptColumn
}

/** Bits of `BitcoinBlock.flags`. */
export const TX_WITNESS = 1
export const TX_COINBASE = 2

/** Code of what a transaction's inputs say of replacement and lock time by their sequence numbers (BIP 68, 125), in bits 2-4 of the flags. */
export const SEQUENCES = ['final', 'lock-time', 'replaceable', 'relative', 'mixed'] as const
export type SequenceClass = (typeof SEQUENCES)[number]

/** `ffffffff` final, `fffffffe` lock time allowed, `fffffffd` replaceable, anything else (relative lock times among them) `relative`. */
export function sequenceClass(sequence: number): number {
  return sequence === 0xffff_ffff ? 0 : sequence === 0xffff_fffe ? 1 : sequence === 0xffff_fffd ? 2 : 3
}

/**
 * One block as columns, on its way from any source to a ledger. `t` transactions, `i` inputs, `o` outputs. Hashes are 32 bytes in the order in which blocks
 * hold them, the reverse of how people write them.
 *
 * A coinbase has no inputs here: what it creates comes from nowhere.
 */
export interface BitcoinBlock {
  readonly height: number
  readonly hash: Uint8Array
  readonly previous: Uint8Array
  /** Unix seconds, as the header has it. */
  readonly time: number
  readonly transactions: number
  /** 32 × t bytes. */
  readonly txid: Uint8Array
  readonly version: Int32Array
  readonly lockTime: Uint32Array
  /** TX_WITNESS, TX_COINBASE, and the sequence class times 4. */
  readonly flags: Uint8Array
  /** First input and first output of each transaction, and the end: t + 1. */
  readonly inStart: Uint32Array
  readonly outStart: Uint32Array
  /** Outputs that are spent: 32 × i bytes, and i. */
  readonly prevTxid: Uint8Array
  readonly prevIndex: Uint32Array
  /** Satoshis as (low, high) pairs of 32 bits: 2 × o. */
  readonly value: Uint32Array
  readonly script: ScriptColumn
  readonly spent: SpentColumn | null
}

/** Opened sources of one chain, ready to be read once: blocks of rising height. */
export interface IncomingBlocks {
  readonly network: NetworkName
  /** @throws CordonError where a block cannot be read: nothing is left out in silence */
  blocks(): AsyncIterable<BitcoinBlock>
  /** Complete after `blocks` has ended. */
  readonly sources: readonly SourceRecord[]
  /** What a reader should know: stale blocks left out, gaps, what the sources lack. Complete after `blocks` has ended. */
  readonly notes: readonly string[]
  /** True when a source keeps values as floating point. */
  readonly lossy: boolean
  close(): Promise<void>
}
