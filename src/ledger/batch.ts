import type { Asset, ChainId } from '../chain/index.ts'
import type { SourceRecord } from './ledger.ts'

/** What moved: the order inside one transaction is native value, then traces, then token logs. */
export const KIND = { native: 0, trace: 1, token: 2, flow: 3 } as const

/**
 * Transfers on their way from the formats to a ledger, in chain order, as fixed-width columns. All rows of one transaction stand together; a hash of zero means that
 * there is none, and then each row stands for itself.
 *
 * Hashes and addresses stay in 64-bit words exactly as DuckDB hands them over: word k holds bytes 8k..8k+7 read
 * as one big-endian number and is stored little-endian, so `new Uint32Array` over it gives (low, high) pairs.
 */
export interface IncomingBatch {
  readonly length: number
  readonly block: Uint32Array
  /** Unix seconds; -1 where the source has no time. */
  readonly time: Float64Array
  /** -1 where the source has none. */
  readonly txIndex: Int32Array
  /** Log or trace index; -1 where the source has none. */
  readonly index: Int32Array
  /** 0-3, see KIND. */
  readonly kind: Uint8Array
  /** Four words of 64 bits, each as (low, high): columns of length 2n. */
  readonly hash: readonly [Uint32Array, Uint32Array, Uint32Array, Uint32Array]
  /** Bytes 0-7, 8-15 as (low, high) pairs of length 2n, bytes 16-19 of length n. */
  readonly from: readonly [Uint32Array, Uint32Array, Uint32Array]
  readonly to: readonly [Uint32Array, Uint32Array, Uint32Array]
  /** Index into `IncomingTransfers.assets`, which grows while batches are read. */
  readonly asset: Uint32Array
  /** Four 32-bit limbs of the value, least first: length 4n. For values >= 2^128 see `wide`. */
  readonly value: Uint32Array
  /** Values >= 2^128 by entry; rare. */
  readonly wide: ReadonlyMap<number, bigint> | null
}

/** A fee of one transaction, kept apart from its transfers. */
export interface IncomingFees {
  readonly length: number
  readonly hash: readonly [Uint32Array, Uint32Array, Uint32Array, Uint32Array]
  readonly payer: readonly [Uint32Array, Uint32Array, Uint32Array]
  /** 64-bit amounts in base units of the native asset as (low, high): length 2n. Larger fees are refused by the reader. */
  readonly amount: Uint32Array
}

/** A row that was not taken in, and why. */
export interface RefusedRow {
  readonly file: string
  /** 1-based line of a text file (its header is line 1), 1-based row of a Parquet file, or 1-based record of a JSON array. */
  readonly line: number
  readonly field: string
  readonly reason: string
}

/** Opened sources, ready to be read once, in order. */
export interface IncomingTransfers {
  readonly chain: ChainId
  /** Grows while batches are read; complete at the end. */
  readonly assets: readonly Asset[]
  batches(): AsyncIterable<IncomingBatch>
  /** Call after `batches` has ended. */
  fees(): AsyncIterable<IncomingFees>
  /** Complete after `batches` has ended. */
  readonly sources: readonly SourceRecord[]
  /** How order was decided, and whatever else a reader should know of the sources; complete after `fees` has ended. */
  readonly orderNotes: readonly string[]
  readonly lossy: boolean
  readonly genesis: boolean
  /** First refused rows (bounded), and the true count; complete after `batches` has ended. */
  readonly refused: { readonly count: number; readonly rows: readonly RefusedRow[] }
  close(): Promise<void>
}
