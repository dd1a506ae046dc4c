import type { AccountId, TransferBatch } from '../ledger.ts'
import { matchTransaction, NO_SIDE } from './match.ts'
import { PSEUDO_ACCOUNTS } from './pseudo.ts'
import type { BitcoinTransaction } from './transaction.ts'

/** One transfer as a transaction's matches tell it: accounts are locking scripts. */
export interface ScriptTransfer {
  readonly from: AccountId
  readonly to: AccountId
  readonly value: bigint
  /** Index of the output that it fills; -1 where the value goes nowhere that is known. */
  readonly output: number
}

/** Transfers of a transaction in order: its inputs matched with its outputs, the fee left out (see `matchTransaction`). */
export function transfersOfTransaction(tx: BitcoinTransaction): ScriptTransfer[] {
  const transfers: ScriptTransfer[] = []
  const opaque = tx.coinbase || tx.inputs.some(({ value }) => value === null)
  for (const { input, output, value } of matchTransaction(tx)) {
    if (output === NO_SIDE && !opaque) continue
    const payer = input === NO_SIDE ? (tx.coinbase ? PSEUDO_ACCOUNTS.issuance : PSEUDO_ACCOUNTS.unknown) : tx.inputs[input]?.account
    const paid = output === NO_SIDE ? undefined : tx.outputs[output]
    transfers.push({
      from: payer ?? PSEUDO_ACCOUNTS.unknown,
      to: paid === undefined ? PSEUDO_ACCOUNTS.unknown : (paid.account ?? PSEUDO_ACCOUNTS.unspendable),
      value,
      output,
    })
  }
  return transfers
}

/** Fees by payer: what is left of an account's inputs after every output is filled. */
export function feesOfTransaction(tx: BitcoinTransaction): { readonly account: AccountId; readonly amount: bigint }[] {
  if (tx.coinbase || tx.inputs.some(({ value }) => value === null)) return []
  return matchTransaction(tx)
    .filter(({ output }) => output === NO_SIDE)
    .map(({ input, value }) => ({ account: tx.inputs[input]?.account ?? PSEUDO_ACCOUNTS.unknown, amount: value }))
}

/** Transfers gathered into the columns of a batch. All of Bitcoin is one asset, number 0. */
export class BatchBuilder {
  readonly #row: number[] = []
  readonly #tx: number[] = []
  readonly #from: number[] = []
  readonly #to: number[] = []
  readonly #value: bigint[] = []
  readonly #alone: number[] = []

  get length(): number {
    return this.#row.length
  }

  add(row: number, tx: number, { from, to, value }: Pick<ScriptTransfer, 'from' | 'to' | 'value'>, alone: boolean): void {
    this.#row.push(row)
    this.#tx.push(tx)
    this.#from.push(from)
    this.#to.push(to)
    this.#value.push(value)
    this.#alone.push(alone ? 1 : 0)
  }

  batch(): TransferBatch {
    const values = this.#value
    return {
      length: values.length,
      row: Float64Array.from(this.#row),
      tx: Float64Array.from(this.#tx),
      from: Float64Array.from(this.#from),
      to: Float64Array.from(this.#to),
      asset: new Uint8Array(values.length),
      value: { length: values.length, get: (i) => values[i] as bigint },
      alone: Uint8Array.from(this.#alone),
    }
  }
}
