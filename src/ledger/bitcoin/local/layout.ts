import type { LedgerManifest } from '../../ledger.ts'
import type { StoredFile } from '../../local/layout.ts'

/**
 * A Bitcoin ledger on disk: a folder as that of the account ledger (`manifest.json`, `lock`, `segment-…`; see `ledger/local/layout.ts`), whose segments hold outputs and
 * spends instead of transfers.
 *
 * Every file of a segment is one column of little-endian numbers without a header. `t` transactions, `i` inputs, `o` outputs; `f` foreign outputs: those that an
 * input spends and that no block of the ledger creates (they lie before it, or in a gap); `a` accounts (locking scripts) that first appear in the segment, `g` accounts that are paid or spend in it.
 *
 * | file | entry | entries |
 * |---|---|---|
 * | `tx.hash` | 32 bytes, as blocks hold them | t |
 * | `tx.bucket`, `tx.slot` | u32 offsets, u32 transaction within the segment (see keyindex.ts) | |
 * | `tx.in`, `tx.out` | u32, first input and output within the segment | t + 1 |
 * | `tx.row` | u32, first transfer within the segment (see match.ts) | t + 1 |
 * | `tx.version`, `tx.lock`, `tx.flags` | i32, u32, u8 (see block.ts) | t |
 * | `in.output` | u32, output of the ledger that the input spends | i |
 * | `out.value` | u64 satoshis | o |
 * | `out.account` | u32 account, ABSENT for data | o |
 * | `out.spender` | u32 transaction of the ledger, ABSENT where none of this segment spends it | o |
 * | `spend.output`, `spend.tx` | u32, outputs of earlier segments that this one spends, rising, and by which transaction | |
 * | `foreign.hash`, `foreign.index`, `foreign.value`, `foreign.account`, `foreign.tx` | 32 bytes, u32, u64 (all ones: not known), u32 (ABSENT: not known), u32 spender | f |
 * | `account.key` | u32 script type, 32 bytes (see `writeAccountKey`) | a |
 * | `account.bucket`, `account.slot` | u32 offsets, u32 account within the segment | |
 * | `active` | u32, accounts that occur, rising | g; no file in the first segment, where all do |
 * | `paid.start`, `paid.output` | u32, first position of each account; outputs paid to it, foreign ones first, each kind in chain order | g + 1, … |
 * | `paid.spent` | u32, how many inputs of the segment spend from the account | g |
 * | `script.account`, `script.start`, `script.bytes` | u32 rising, f64, bytes: scripts of accounts whose key is only their hash | |
 * | `data.output`, `data.start`, `data.bytes` | u32 rising, f64, bytes: scripts of OP_RETURN outputs | |
 * | `block.height`, `block.tx`, `block.time` | u32, u32 first transaction within the segment, u32 Unix seconds | one per block |
 * | `block.hash`, `block.digest` | 32 bytes each: the block's hash, and the digest of the ledger up to and with it (see digest.ts) | one per block |
 */
export const BITCOIN_SCHEMA = 1

/** Account key on disk: script type and 32 bytes. */
export const KEY_WORDS = 9
export const TXID_WORDS = 8
/** Words that look-ups of transaction ids begin with: ids are hashes already, and to make two agree in as many takes 2^32 attempts. Ids that an unchecked export made up only slow the look-up of themselves. */
export const TXID_HASHED = 2

export interface BitcoinSegmentRecord {
  readonly name: string
  readonly firstTx: number
  readonly transactions: number
  readonly firstInput: number
  readonly inputs: number
  readonly firstOutput: number
  readonly outputs: number
  /** Foreign outputs are counted through the ledger too: the first of this segment, and how many. */
  readonly firstForeign: number
  readonly foreign: number
  readonly firstRow: number
  readonly rows: number
  readonly firstAccount: number
  readonly accounts: number
  readonly active: number
  readonly blocks: number
  /** Foreign outputs of which no source told the value. */
  readonly unknownValues: number
  /** Heights that are missing between the segment's blocks, and before its first. */
  readonly gaps: number
  readonly files: Readonly<Record<string, StoredFile>>
}

export interface BitcoinManifest extends LedgerManifest {
  readonly format: 'cordon-bitcoin-ledger'
  readonly segments: readonly BitcoinSegmentRecord[]
  readonly inputs: number
  readonly outputs: number
  /** Outputs from before the ledger that it spends, and how many of those have a value that no source told. */
  readonly foreign: number
  readonly unknownValues: number
  /** Last block: height, hash as people write it. */
  readonly tip: { readonly height: number; readonly hash: string } | null
}

/** Bytes that each file of fixed size must have; the others are checked against the manifest alone. */
export function expectedBitcoinBytes(segment: BitcoinSegmentRecord): Record<string, number> {
  const { transactions: t, inputs, outputs, foreign, accounts, active, blocks } = segment
  return {
    'tx.hash': t * 32,
    'tx.in': (t + 1) * 4,
    'tx.out': (t + 1) * 4,
    'tx.row': (t + 1) * 4,
    'tx.version': t * 4,
    'tx.lock': t * 4,
    'tx.flags': t,
    'in.output': inputs * 4,
    'out.value': outputs * 8,
    'out.account': outputs * 4,
    'out.spender': outputs * 4,
    'foreign.hash': foreign * 32,
    'foreign.index': foreign * 4,
    'foreign.value': foreign * 8,
    'foreign.account': foreign * 4,
    'foreign.tx': foreign * 4,
    'account.key': accounts * KEY_WORDS * 4,
    'account.slot': accounts * 4,
    ...(segment.firstTx === 0 ? {} : { active: active * 4 }),
    'paid.start': (active + 1) * 4,
    'paid.spent': active * 4,
    'block.height': blocks * 4,
    'block.tx': blocks * 4,
    'block.time': blocks * 4,
    'block.hash': blocks * 32,
    'block.digest': blocks * 32,
  }
}
