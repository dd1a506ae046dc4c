import type { AccountId, BitcoinTransaction, Tx, UtxoLedger } from '../../../ledger/index.ts'
import type { Entity, TagStore } from '../../tag.ts'
import { paidBefore } from '../change/context.ts'
import { isCollaborative } from '../collaborative.ts'
import { type Choice, chooseChange } from './choose.ts'

/** What a peel chain is read from. */
export type PeelLedger = Pick<UtxoLedger, 'bitcoinTransactions' | 'outputs' | 'outputsOf' | 'outputIds' | 'transactions' | 'addresses'>

export interface PeelOptions {
  /** 1,000 unless stated. */
  readonly maxHops?: number
  /** Outputs that a hop may have at most, 10 unless stated: exchanges pay hundreds of people at once and keep the change too, but nobody peels so. */
  readonly maxOutputs?: number
  /** Whether two accounts are in one cluster: lets a hop have several inputs, and an output to the cluster be the change. The same account alone, unless stated. */
  readonly sameOwner?: (a: AccountId, b: AccountId) => boolean
  /** CoinJoins and what looks like one, unless stated. */
  readonly collaborative?: (tx: BitcoinTransaction) => boolean
  readonly tags?: Pick<TagStore, 'entityOf'>
  readonly signal?: AbortSignal
}

/** A transaction with the answer to where its chain goes on. */
export interface JudgedHop {
  readonly tx: BitcoinTransaction
  readonly choice: Choice
}

/** Reads transactions and judges them as hops; keeps what it read, since the spender of one hop is the next hop. */
export class HopReader {
  readonly #ledger: PeelLedger
  readonly #options: PeelOptions
  readonly #maxOutputs: number
  #transactions = new Map<Tx, BitcoinTransaction>()
  readonly #addresses = new Map<AccountId, string>()

  constructor(ledger: PeelLedger, options: PeelOptions) {
    this.#ledger = ledger
    this.#options = options
    this.#maxOutputs = options.maxOutputs ?? 10
  }

  async transaction(tx: Tx): Promise<BitcoinTransaction> {
    await this.#need([tx])
    return this.#transactions.get(tx) as BitcoinTransaction
  }

  async judge(tx: BitcoinTransaction): Promise<JudgedHop> {
    const { sameOwner, collaborative } = this.#options
    // Only what a peel can have: a payout to thousands would read thousands of spenders to be refused.
    if (tx.outputs.length <= 2 * this.#maxOutputs) {
      await this.#need(tx.outputs.flatMap(({ spentBy }) => (spentBy === null ? [] : [spentBy])))
      await this.name([...tx.inputs, ...tx.outputs].flatMap(({ account }) => (account === null ? [] : [account])))
    }
    const choice = await chooseChange({
      tx,
      spenderOf: (index) => this.#transactions.get(tx.outputs[index]?.spentBy ?? -1) ?? null,
      entityOf: (account) => this.entityOf(account),
      sameOwner: (a, b) => a === b || (sameOwner?.(a, b) ?? false),
      collaborative: collaborative ?? isCollaborative,
      paidBefore: (account, before) => paidBefore(this.#ledger, account, before),
      maxOutputs: this.#maxOutputs,
    })
    return { tx, choice }
  }

  addressOf(account: AccountId): string | null {
    return this.#addresses.get(account) ?? null
  }

  entityOf(account: AccountId): Entity | null {
    const address = this.addressOf(account)
    return address === null ? null : (this.#options.tags?.entityOf(address) ?? null)
  }

  async #need(txs: readonly Tx[]): Promise<void> {
    const missing = [...new Set(txs)].filter((tx) => !this.#transactions.has(tx))
    if (missing.length === 0) return
    const read = await this.#ledger.bitcoinTransactions(missing)
    // A chain moves on and does not come back: what lies far behind need not be kept.
    if (this.#transactions.size > 10_000) this.#transactions = new Map()
    for (const tx of read) this.#transactions.set(tx.tx, tx)
  }

  async name(accounts: readonly AccountId[]): Promise<void> {
    const missing = [...new Set(accounts)].filter((account) => !this.#addresses.has(account))
    if (missing.length === 0) return
    const addresses = await this.#ledger.addresses(missing)
    for (const [i, account] of missing.entries()) this.#addresses.set(account, addresses[i] as string)
  }
}
