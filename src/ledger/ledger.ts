import type { Asset, ChainId } from '../chain/index.ts'

/** A dense number that a ledger gives an account; means nothing outside that ledger. */
export type AccountId = number
/** Position of a transfer in the ledger's chain order, from 0: (block, transaction index, log or trace index). */
export type Row = number
/** Ordinal of a transaction in chain order, from 0. */
export type Tx = number

/** What `accountIds` and `transactionIds` answer for a name that the ledger does not hold. */
export const ABSENT = 0xffff_ffff

/** Exact amounts of a batch, in base units. Read lazily: most readers never look at most values. */
export interface ValueColumn {
  readonly length: number
  /** 0 <= value < 2^256. */
  get(i: number): bigint
  /**
   * All values without a BigInt for each: four 32-bit words a value, least first, into `target` (4 × length). False, and nothing promised of `target`, when one
   * of them is 2^128 or more. Left off by engines that hold values otherwise.
   */
  readonly words?: (target: Uint32Array) => boolean
}

/** Transfers as columns; entry i of every column is the same transfer. Rows rise strictly within a batch. */
export interface TransferBatch {
  readonly length: number
  readonly row: ArrayLike<Row>
  readonly tx: ArrayLike<Tx>
  readonly from: ArrayLike<AccountId>
  readonly to: ArrayLike<AccountId>
  /** Index into `manifest.assets`. */
  readonly asset: ArrayLike<number>
  readonly value: ValueColumn
  /** 1 where the transfer is the only one of its transaction (then nothing else need be read to net it). */
  readonly alone: ArrayLike<number>
}

/** A half-open window of rows. */
export interface RowWindow {
  readonly fromRow?: Row
  readonly toRow?: Row
}

export interface TransactionInfo {
  readonly tx: Tx
  /** 0x + 64 hex digits. */
  readonly hash: string
  readonly block: number
  /** Seconds since 1970-01-01 UTC, or null where the source has no times. */
  readonly time: number | null
  readonly firstRow: Row
  readonly rows: number
}

/** One imported file, as the manifest remembers it. */
export interface SourceRecord {
  readonly file: string
  readonly format: string
  readonly bytes: number
  readonly sha256: string | null
  readonly rowsRead: number
  readonly transfers: number
  readonly refused: number
  /** What the format does not carry, e.g. `transaction index`, `log index`, `time`. */
  readonly lacks: readonly string[]
  readonly lossy: boolean
}

export interface LedgerManifest {
  readonly schema: number
  readonly chain: ChainId
  /** SHA-256 over the manifest's content hashes: two ledgers with the same hash answer every question alike. */
  readonly hash: string
  readonly assets: readonly Asset[]
  readonly transfers: number
  readonly transactions: number
  readonly accounts: number
  readonly blocks: { readonly first: number; readonly last: number } | null
  readonly time: { readonly first: number; readonly last: number } | null
  /** True when any source keeps values as floating point. */
  readonly lossy: boolean
  /** True when the ledger is known to begin at genesis (then opening balances are zero). */
  readonly genesis: boolean
  /** Sentences on how order was decided where a source lacks an index. */
  readonly orderNotes: readonly string[]
  readonly sources: readonly SourceRecord[]
}

/** Fees are kept apart from transfers: they are no one's income in the ledger. */
export interface FeeTotal {
  readonly account: AccountId
  /** Base units of the native asset. */
  readonly amount: bigint
}

/** A run of one account's outgoing transfers inside shared columns: entries `start` to `end` (exclusive), rows rising. Read only. */
export interface OutgoingSlice {
  /** Added to each entry of `row`. */
  readonly firstRow: Row
  readonly row: Uint32Array
  readonly to: Uint32Array
  readonly start: number
  readonly end: number
}

/**
 * What a trace asks of chain data. Served by the local ledger, and by any later engine or live node;
 * `test/ledger/contract.ts` is the test that each of them must pass.
 */
export interface Ledger {
  /** Where columns lie in memory or are mapped: an account's outgoing transfers without copy or wait. Left off by engines that must be asked. */
  readonly outgoing?: (account: AccountId) => readonly OutgoingSlice[]
  /** Start to read the outgoing transfers of accounts that will soon be asked for, without waiting. */
  readonly readAhead?: (accounts: readonly AccountId[]) => void
  readonly manifest: LedgerManifest
  /** Ids of addresses (any letter case), ABSENT where unknown. */
  accountIds(addresses: readonly string[]): Promise<Uint32Array | Float64Array>
  /** Addresses in canonical form (lower-case hex with 0x). */
  addresses(accounts: ArrayLike<AccountId>): Promise<string[]>
  /** Number of transfers out of and into each account: known without reading them, so that hubs need not be opened. */
  degrees(accounts: ArrayLike<AccountId>): Promise<{ readonly out: Float64Array; readonly in: Float64Array }>
  /** Every transfer that has one of the accounts as sender or receiver, each once, in chain order. */
  transfersOf(accounts: ArrayLike<AccountId>, window?: RowWindow): AsyncIterable<TransferBatch>
  /** All transfers of the given transactions, in chain order. */
  transfersIn(txs: ArrayLike<Tx>): AsyncIterable<TransferBatch>
  transactionIds(hashes: readonly string[]): Promise<Uint32Array | Float64Array>
  transactions(txs: ArrayLike<Tx>): Promise<TransactionInfo[]>
  /** Block of each transaction alone: hashes are random, lie far apart, and are most of what a ledger holds. */
  blocks(txs: ArrayLike<Tx>): Promise<Float64Array>
  /** Log or trace index of each row in its source, -1 where the source has none. */
  sourceIndexes(rows: ArrayLike<Row>): Promise<Int32Array>
  /** First row at or after a time (seconds, UTC) or block; the number of transfers when there is none. */
  rowAt(at: { readonly time: number } | { readonly block: number }): Promise<Row>
  /** Received minus sent by an account in one asset before `row`; negative where the ledger begins after the account did. */
  balanceAt(account: AccountId, asset: number, row: Row): Promise<bigint>
  /** Fees paid by each account over the whole ledger (0 where the source has no fees). */
  fees(accounts: ArrayLike<AccountId>): Promise<FeeTotal[]>
  close(): Promise<void>
}
