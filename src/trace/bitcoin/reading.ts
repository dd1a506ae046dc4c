import { type CoinJoin, detectCoinJoin, type SwapMemo, swapMemo } from '../../attribution/index.ts'
import { type BitcoinTransaction, matchTransaction, type OutputMatch, type Tx, type UtxoLedger } from '../../ledger/index.ts'

/** What a trace makes of a transaction of a Bitcoin chain. */
export interface Reading {
  readonly transaction: BitcoinTransaction
  readonly matches: readonly OutputMatch[]
  /** A CoinJoin of several owners, or null. */
  readonly mix: CoinJoin | null
  /** A swap that it asks for in an OP_RETURN, or null. */
  readonly memo: SwapMemo | null
  /** True when the value of an input is not known: nothing can be said then of what passes through. */
  readonly unknownValues: boolean
}

/** Inputs and outputs of the readings that are kept, together: some 100 MB. Counted so, because one transaction may hold ten thousand. */
const KEPT = 1 << 19

/** Reads transactions once and keeps the last of them: a trace asks for each from every output on either side. */
export class Readings {
  readonly #utxo: UtxoLedger
  readonly #kept = new Map<Tx, Reading>()
  #size = 0

  constructor(utxo: UtxoLedger) {
    this.#utxo = utxo
  }

  async of(txs: readonly Tx[]): Promise<Reading[]> {
    // Held here, because others may be let go while the missing ones are waited for.
    const known = txs.map((tx) => this.#kept.get(tx))
    const missing = [...new Set(txs.filter((_, i) => known[i] === undefined))]
    const fresh = new Map<Tx, Reading>()
    if (missing.length > 0) {
      for (const transaction of await this.#utxo.bitcoinTransactions(missing)) fresh.set(transaction.tx, readingOf(transaction))
    }
    const readings = txs.map((tx, i) => known[i] ?? (fresh.get(tx) as Reading))
    for (const [tx, reading] of fresh) {
      if (this.#kept.has(tx)) continue
      this.#kept.set(tx, reading)
      this.#size += sizeOf(reading)
    }
    // A Map keeps the order of insertion: the oldest go first.
    for (const [tx, reading] of this.#kept) {
      if (this.#size <= KEPT) break
      this.#kept.delete(tx)
      this.#size -= sizeOf(reading)
    }
    return readings
  }
}

function sizeOf({ transaction }: Reading): number {
  return transaction.inputs.length + transaction.outputs.length
}

function readingOf(transaction: BitcoinTransaction): Reading {
  const found = transaction.coinbase ? null : detectCoinJoin(transaction)
  return {
    transaction,
    matches: matchTransaction(transaction),
    mix: found?.collaborative === true ? found : null,
    memo: swapMemo(transaction),
    unknownValues: !transaction.coinbase && transaction.inputs.some(({ value }) => value === null),
  }
}
