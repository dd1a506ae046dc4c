import type { LedgerManifest } from '../ledger.ts'

/**
 * The ledger on disk.
 *
 * ```
 * DIR/manifest.json       what the ledger holds; replaced by one rename, which is the moment when a change takes place
 * DIR/lock                held by whoever writes
 * DIR/segment-000001/     a run of rows, never changed once the manifest names it
 * DIR/segment-000002/     a later run, of newer blocks
 * ```
 * Every file of a segment is one column of little-endian numbers without a header; `n` rows, `t` transactions, `a` accounts that first
 * appear in the segment, `g` accounts that occur in it.
 *
 * | file | entry | entries |
 * |---|---|---|
 * | `from` | u32 account | n, in chain order |
 * | `index` | i16 or i32, log or trace index, -1 for none | n; no file when the sources have none |
 * | `start.bits`, `start.rank` | bitmap of transaction starts, u32 counts per 64 rows | n + 1 bits |
 * | `out.start`, `in.start` | u32, first position of each account in the columns below | g + 1 |
 * | `out.row`, `in.row` | u32 row within the segment | n, by sender (receiver), then by row |
 * | `out.to`, `in.from` | u32 account at the other end | n |
 * | `out.asset`, `in.asset` | u8, u16 or u32 index into `manifest.assets` | n |
 * | `out.word`, `in.word` | u64, the value or where it lies in `wide` (see value.ts) | n |
 * | `wide` | bytes of values from 2^63 on | |
 * | `active` | u32, accounts that occur, rising | g; no file in the first segment, where all do |
 * | `account.key` | 20 bytes | a |
 * | `account.bucket`, `account.slot` | u32 offsets, u32 account within the segment (see keyindex.ts) | |
 * | `tx.hash` | 32 bytes | t |
 * | `tx.bucket`, `tx.slot` | u32 offsets, u32 transaction within the segment | |
 * | `block.number`, `block.row`, `block.time` | u32, u32 first row, f64 seconds (NaN for none) | one per block |
 * | `fee.payer`, `fee.start`, `fee.tx`, `fee.amount` | 20 bytes rising, u32, u32 (ABSENT for a transaction without transfers), u64 | |
 */
export const SCHEMA = 1
export const MANIFEST = 'manifest.json'
export const LOCK = 'lock'
export const SEGMENT_PREFIX = 'segment-'
export const STAGING_PREFIX = 'unfinished-'

/** Rows whose content is hashed together. The last, unfinished part is hashed again when rows are appended. */
export const CHUNK_ROWS = 1 << 18

export interface StoredFile {
  readonly bytes: number
  readonly sha256: string
}

export type AssetWidth = 1 | 2 | 4

export interface SegmentRecord {
  readonly name: string
  readonly firstRow: number
  readonly rows: number
  readonly firstTx: number
  readonly transactions: number
  readonly firstAccount: number
  /** Accounts that first appear here. */
  readonly accounts: number
  /** Accounts that occur here; in the first segment all of `accounts`, and there is no `active` file. */
  readonly active: number
  readonly blocks: number
  readonly fees: number
  readonly payers: number
  /** Bytes of an entry of `out.asset` and `in.asset`. */
  readonly assetWidth: AssetWidth
  /** Bytes of an entry of `index`, 0 when no row has one. */
  readonly indexWidth: 0 | 2 | 4
  readonly files: Readonly<Record<string, StoredFile>>
}

/** What `hash` is made of, besides chain, genesis and assets. */
export interface ContentRecord {
  /** SHA-256 of each run of CHUNK_ROWS rows, the last one shorter (see content.ts). */
  readonly chunks: readonly string[]
  /** SHA-256 over what each payer paid, by rising address; null without fees. */
  readonly fees: string | null
}

/** The manifest as it is stored: what every ledger tells, and how this one lies on disk. */
export interface StoredManifest extends LedgerManifest {
  readonly format: 'cordon-ledger'
  readonly content: ContentRecord
  readonly segments: readonly SegmentRecord[]
}

export type Direction = 'out' | 'in'

/** File of the accounts at the other end of a direction. */
export function otherFile(direction: Direction): string {
  return direction === 'out' ? 'out.to' : 'in.from'
}

export function assetWidth(assets: number): AssetWidth {
  return assets <= 0x100 ? 1 : assets <= 0x1_0000 ? 2 : 4
}

/** Bytes that each file of a segment must have; `wide`, the bucket files and `tx.slot` vary and are checked against the manifest alone. */
export function expectedBytes(segment: SegmentRecord): Record<string, number> {
  const { rows, active, accounts, transactions, blocks, fees, payers } = segment
  const groups = Math.floor(rows / 64) + 1
  return {
    from: rows * 4,
    ...(segment.indexWidth === 0 ? {} : { index: rows * segment.indexWidth }),
    'start.bits': groups * 8,
    'start.rank': groups * 4,
    ...Object.fromEntries(
      (['out', 'in'] as const).flatMap((direction) => [
        [`${direction}.start`, (active + 1) * 4],
        [`${direction}.row`, rows * 4],
        [otherFile(direction), rows * 4],
        [`${direction}.asset`, rows * segment.assetWidth],
        [`${direction}.word`, rows * 8],
      ]),
    ),
    ...(segment.firstAccount === 0 ? {} : { active: active * 4 }),
    'account.key': accounts * 20,
    'account.slot': accounts * 4,
    'tx.hash': transactions * 32,
    'block.number': blocks * 4,
    'block.row': blocks * 4,
    'block.time': blocks * 8,
    ...(fees === 0 ? {} : { 'fee.payer': payers * 20, 'fee.start': (payers + 1) * 4, 'fee.tx': fees * 4, 'fee.amount': fees * 8 }),
  }
}
