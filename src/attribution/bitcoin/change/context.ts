import type { AccountId, BitcoinTransaction, OutputId, Tx, UtxoLedger } from '../../../ledger/index.ts'
import { isCollaborative } from '../collaborative.ts'
import type { TransactionShape } from '../shape.ts'
import type { ChangeContext } from './rule.ts'

/** What the context of a transaction is read from. */
export type ContextLedger = Pick<UtxoLedger, 'bitcoinTransactions' | 'outputs' | 'outputsOf'>

/**
 * Reads what the rules need to know about a single transaction from a ledger: the spenders of its outputs, and whether its accounts were paid before.
 *
 * @param collaborative tells spenders that several parties made; CoinJoins and what looks like one, unless stated
 */
export async function changeContext(
  ledger: ContextLedger,
  tx: TransactionShape,
  collaborative: (tx: BitcoinTransaction) => boolean = isCollaborative,
): Promise<ChangeContext> {
  const spending = [...new Set(tx.outputs.flatMap(({ spentBy }) => (spentBy === null ? [] : [spentBy])))]
  const spenders = new Map<Tx, TransactionShape>()
  for (const spender of await ledger.bitcoinTransactions(spending)) if (!collaborative(spender)) spenders.set(spender.tx, spender)
  const seen = new Set<AccountId>()
  for (const account of new Set(tx.outputs.map((output) => output.account))) {
    if (account !== null && (await paidBefore(ledger, account, tx.tx))) seen.add(account)
  }
  return {
    spenderOf: (index) => spenders.get(tx.outputs[index]?.spentBy ?? -1) ?? null,
    seenBefore: (account) => seen.has(account),
  }
}

/** Whether an account was paid before a transaction. Outputs come in chain order, those from before the ledger first. */
export async function paidBefore(ledger: Pick<UtxoLedger, 'outputs' | 'outputsOf'>, account: AccountId, tx: Tx): Promise<boolean> {
  const paid = await ledger.outputsOf(account)
  if (paid.length === 0) return false
  const [first] = await ledger.outputs([paid[0] as OutputId])
  return first === undefined || first.tx === null || first.tx < tx
}
