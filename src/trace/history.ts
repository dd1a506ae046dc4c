import type { AccountId, Ledger, Row, Tx } from '../ledger/index.ts'
import type { Movement } from './netting.ts'

/** All transfers of one account, in chain order, as columns. */
export interface History {
  readonly account: AccountId
  readonly row: readonly Row[]
  readonly tx: readonly Tx[]
  readonly from: readonly AccountId[]
  readonly to: readonly AccountId[]
  readonly asset: readonly number[]
  readonly value: readonly bigint[]
  /** 1 where the transfer is the only one of its transaction. */
  readonly alone: readonly number[]
}

/** Read everything the ledger holds of one account. */
export async function readHistory(ledger: Ledger, account: AccountId): Promise<History> {
  const row: number[] = []
  const tx: number[] = []
  const from: number[] = []
  const to: number[] = []
  const asset: number[] = []
  const value: bigint[] = []
  const alone: number[] = []
  for await (const batch of ledger.transfersOf([account])) {
    for (let i = 0; i < batch.length; i++) {
      row.push(batch.row[i] as number)
      tx.push(batch.tx[i] as number)
      from.push(batch.from[i] as number)
      to.push(batch.to[i] as number)
      asset.push(batch.asset[i] as number)
      value.push(batch.value.get(i))
      alone.push(batch.alone[i] as number)
    }
  }
  return { account, row, tx, from, to, asset, value, alone }
}

/** Transactions in full, as far as they have been asked for: netting needs the transfers of everyone in them. */
export class Transactions {
  readonly #ledger: Ledger
  readonly #movements = new Map<Tx, (Movement & { readonly row: Row })[]>()

  constructor(ledger: Ledger) {
    this.#ledger = ledger
  }

  /** Read those not yet held. */
  async read(txs: Iterable<Tx>): Promise<void> {
    const missing: Tx[] = []
    for (const tx of txs) {
      if (!this.#movements.has(tx)) {
        this.#movements.set(tx, [])
        missing.push(tx)
      }
    }
    if (missing.length === 0) return
    missing.sort((a, b) => a - b)
    for await (const batch of this.#ledger.transfersIn(missing)) {
      for (let i = 0; i < batch.length; i++) {
        const movements = this.#movements.get(batch.tx[i] as number)
        movements?.push({
          row: batch.row[i] as number,
          from: batch.from[i] as number,
          to: batch.to[i] as number,
          asset: batch.asset[i] as number,
          value: batch.value.get(i),
        })
      }
    }
  }

  /** Transfers of a transaction that `read` was asked for. */
  movements(tx: Tx): readonly (Movement & { readonly row: Row })[] {
    const movements = this.#movements.get(tx)
    if (movements === undefined) throw new RangeError(`transaction ${tx} was not read`)
    return movements
  }
}
