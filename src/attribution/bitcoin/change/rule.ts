import type { AccountId } from '../../../ledger/index.ts'
import type { TransactionShape } from '../shape.ts'

export type ChangeRuleName =
  | 'address-reuse'
  | 'address-type'
  | 'fresh-address'
  | 'round-value'
  | 'optimal-change'
  | 'lock-time'
  | 'fingerprint'

/** What rules ask of the chain around a transaction. */
export interface ChangeContext {
  /** The transaction that spends an output, by the output's index; null while none is known to, and where several parties made it: it shows nobody's habits. */
  spenderOf(index: number): TransactionShape | null
  /** Whether an account was paid before this transaction, in chain order. */
  seenBefore(account: AccountId): boolean
}

/** What one rule says of one transaction. An output that is neither voted for nor against is one of which the rule cannot tell. */
export interface Vote {
  readonly rule: ChangeRuleName
  /** Index of the one output that the rule takes for change. */
  readonly output: number | null
  /** Indexes of outputs that the rule takes for payments, rising. */
  readonly against: readonly number[]
  /** The rule leaves no doubt: the vote decides alone. */
  readonly certain: boolean
  /** A sentence that a person can check. */
  readonly reason: string
}

/** A rule gives its vote on a transaction with at least two outputs that somebody can spend and is no coinbase. Pure. */
export type ChangeRule = (tx: TransactionShape, context: ChangeContext) => Vote
