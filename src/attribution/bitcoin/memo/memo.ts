import type { BitcoinTransaction } from '../../../ledger/index.ts'

/** What of a transaction its memo is read from. */
export type MemoTransaction = Pick<BitcoinTransaction, 'data' | 'inputs' | 'outputs'>

/** What a transaction says in an OP_RETURN about where its value goes on: an exit to another chain. The memo is a claim of whoever signed the transaction; that the protocol acted on it is not shown by it. */
export interface SwapMemo {
  /** Protocols that read memos of this grammar. */
  readonly protocol: string
  /** Chain and asset as the protocol writes them, e.g. `ETH.ETH`; short codes written out. */
  readonly asset: string
  /** Name of the chain that the asset is on. */
  readonly chain: string
  /** Address on that chain, as written; null where the memo leaves it to the protocol (a registered name is kept as it is). */
  readonly destination: string | null
  /** Where a failed swap is to be paid back, if the memo says. */
  readonly refund: string | null
  /** Least that is to come out, in the protocol's units, if the memo says. */
  readonly limit: string | null
  /** Who is to have a share: names the interface that built the transaction, and so someone to ask. */
  readonly affiliate: string | null
  /** The memo itself, with everything but printable ASCII escaped. */
  readonly text: string
  /** The output that pays the protocol, by its index: see the protocol's file for the rule. */
  readonly output: number
}
