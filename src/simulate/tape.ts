/** Transfers in chain order as columns of one batch; entry i of every column is the same transfer. */
export interface TransferColumns {
  length: number
  readonly block: Uint32Array
  /** Rises within a block, over its transactions. */
  readonly logIndex: Uint32Array
  /** Ordinal of the transaction, from 0. */
  readonly transaction: Uint32Array
  /** Keys (see names.ts). */
  readonly from: Float64Array
  readonly to: Float64Array
  readonly asset: Uint8Array
  /** Amount: hi * loLimit + lo base units (see assets.ts). */
  readonly hi: Float64Array
  readonly lo: Float64Array
}

/** Rows in a full batch; a batch may run over by the length of one transaction. */
export const BATCH = 65_536
/** Transfers in one transaction at most. */
export const LARGEST_TRANSACTION = 512

export function createColumns(): TransferColumns {
  const n = BATCH + 2 * LARGEST_TRANSACTION
  return {
    length: 0,
    block: new Uint32Array(n),
    logIndex: new Uint32Array(n),
    transaction: new Uint32Array(n),
    from: new Float64Array(n),
    to: new Float64Array(n),
    asset: new Uint8Array(n),
    hi: new Float64Array(n),
    lo: new Float64Array(n),
  }
}
