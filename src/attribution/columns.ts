import type { AccountId, Row, Tx } from '../ledger/index.ts'

/** What the rules here read of transfers: a `TransferBatch` of the ledger is one, in chain order. */
export interface TransferColumns {
  readonly length: number
  readonly row: ArrayLike<Row>
  readonly tx: ArrayLike<Tx>
  readonly from: ArrayLike<AccountId>
  readonly to: ArrayLike<AccountId>
  /** Index into the manifest's assets. */
  readonly asset: ArrayLike<number>
  readonly value: { get(i: number): bigint }
}
