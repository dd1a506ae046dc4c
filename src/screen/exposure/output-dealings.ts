import { detectCoinJoin } from '../../attribution/index.ts'
import type { AccountId, BitcoinOutput, BitcoinTransaction, Tx, UtxoLedger } from '../../ledger/index.ts'
import { Dealings, type DirectDealings } from './counterparties.ts'
import type { Listed, ListedParty } from './document.ts'

const READ_AT_ONCE = 512

/**
 * Direct dealings on a chain of outputs: listed addresses among the inputs of a transaction that pays the wallet, and among the outputs of one that it pays into. Which input paid which output is not on the chain, so the
 * amount is the less of the two sides.
 */
export async function outputDealings(ledger: UtxoLedger, wallet: AccountId, listed: Listed, endTx: Tx | null): Promise<DirectDealings> {
  const dealings = new Dealings(ledger)
  const known = new Map<AccountId, Named>()
  let count = 0
  let total = 0n
  for await (const transaction of transactionsOf(ledger, wallet, endTx)) {
    await learn(ledger, transaction, listed, known)
    const given = sums(transaction.inputs)
    const taken = sums(transaction.outputs)
    const received = taken.get(wallet) ?? 0n
    if (received > 0n) count++
    total += received
    const mix = !transaction.coinbase && detectCoinJoin(transaction)?.collaborative === true
    const sides = [
      ['received', given, taken.get(wallet)],
      ['sent', taken, given.get(wallet)],
    ] as const
    for (const [direction, others, own] of sides) {
      if (own === undefined) continue
      for (const [account, value] of others) {
        const { address, parties } = account === wallet ? NOBODY : (known.get(account) ?? NOBODY)
        if (parties.length === 0) continue
        dealings.add({ account: address, parties, direction, asset: 0, amount: value < own ? value : own }, transaction.tx, mix)
      }
    }
  }
  return { counterparties: await dealings.list(), receipts: new Map(count === 0 ? [] : [[0, { count, total }]]) }
}

interface Named {
  readonly address: string
  readonly parties: readonly ListedParty[]
}

const NOBODY: Named = { address: '', parties: [] }

/** Values by account; an unknown value counts as nothing, but the account is there. */
function sums(outputs: readonly BitcoinOutput[]): Map<AccountId, bigint> {
  const sum = new Map<AccountId, bigint>()
  for (const { account, value } of outputs) if (account !== null) sum.set(account, (sum.get(account) ?? 0n) + (value ?? 0n))
  return sum
}

async function* transactionsOf(ledger: UtxoLedger, wallet: AccountId, endTx: Tx | null): AsyncGenerator<BitcoinTransaction> {
  const txs = new Set<Tx>()
  for (const { tx, spentBy } of await ledger.outputs(await ledger.outputsOf(wallet))) {
    if (tx !== null) txs.add(tx)
    if (spentBy !== null) txs.add(spentBy)
  }
  const sorted = [...txs].filter((tx) => endTx === null || tx < endTx).sort((a, b) => a - b)
  for (let at = 0; at < sorted.length; at += READ_AT_ONCE) yield* await ledger.bitcoinTransactions(sorted.slice(at, at + READ_AT_ONCE))
}

async function learn(
  ledger: UtxoLedger,
  { inputs, outputs }: BitcoinTransaction,
  listed: Listed,
  known: Map<AccountId, Named>,
): Promise<void> {
  const missing = [...new Set([...inputs, ...outputs].flatMap(({ account }) => (account === null || known.has(account) ? [] : [account])))]
  const names = await ledger.addresses(missing)
  for (const [k, account] of missing.entries()) {
    const address = names[k] as string
    known.set(account, { address, parties: listed(address) ?? [] })
  }
}
