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

const KEPT = 1 << 15

/** Reads transactions once and keeps the last of them: a trace asks for each from every output on either side. */
export class Readings {
  readonly #utxo: UtxoLedger
  readonly #kept = new Map<Tx, Reading>()

  constructor(utxo: UtxoLedger) {
    this.#utxo = utxo
  }

  async of(txs: readonly Tx[]): Promise<Reading[]> {
    const missing = [...new Set(txs.filter((tx) => !this.#kept.has(tx)))]
    const fresh = new Map<Tx, Reading>()
    if (missing.length > 0) {
      for (const transaction of await this.#utxo.bitcoinTransactions(missing)) fresh.set(transaction.tx, readingOf(transaction))
    }
    const readings = txs.map((tx) => fresh.get(tx) ?? (this.#kept.get(tx) as Reading))
    for (const [tx, reading] of fresh) this.#kept.set(tx, reading)
    // A Map keeps the order of insertion: the oldest go first.
    for (const tx of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break
      this.#kept.delete(tx)
    }
    return readings
  }
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
