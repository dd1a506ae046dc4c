import type { AccountId, OutputId, Tx } from '../../../ledger/index.ts'
import type { Entity } from '../../tag.ts'

/**
 * How sure a hop is. `certain`: the change pays back to an address of the inputs. `strong`: it goes to the cluster of the inputs, or every output has been spent and one
 * alone in the manner of this transaction. `weak`: an output is not spent yet, or in a CoinJoin, and may be the true change, or the choice took a second criterion.
 */
export type PeelConfidence = 'certain' | 'strong' | 'weak'

/** An output of a hop. */
export interface PeelOutput {
  readonly output: OutputId
  readonly index: number
  /** Null for data (OP_RETURN). */
  readonly account: AccountId | null
  readonly address: string | null
  /** Satoshis. */
  readonly value: bigint
  /** Who the address is tagged as, if anybody. */
  readonly entity: Entity | null
  readonly spentBy: Tx | null
}

/** Stops at a transaction that is not known to be of one owner: nothing in it is said to have left the chain. */
export const NOT_OF_ONE_OWNER: ReadonlySet<PeelStop> = new Set(['coinbase', 'collaborative', 'several-owners'])

/**
 * One transaction of a peel chain. In satoshis, where all inputs are known: `value` = `continues` + all of `peeled` + all of `undecided` + `fee`.
 */
export interface PeelHop {
  readonly tx: Tx
  readonly txid: string
  readonly block: number
  /** Unix seconds. */
  readonly time: number
  /** All inputs together; null for a coinbase, and where one is not known. */
  readonly value: bigint | null
  readonly fee: bigint | null
  /** The change, which the next hop spends; null where the chain ends. */
  readonly continues: PeelOutput | null
  /** What left the chain, in order of outputs. */
  readonly peeled: readonly PeelOutput[]
  /** Where no change could be told: outputs any of which may be it. */
  readonly undecided: readonly PeelOutput[]
  /** Why `continues` is the change, as sentences; where it is null, why nothing is. */
  readonly evidence: readonly string[]
  readonly confidence: PeelConfidence | null
}

export type PeelStop =
  | 'unspent'
  | 'mixed'
  | 'none-fits'
  | 'several-fit'
  | 'nothing-peeled'
  | 'too-many-outputs'
  | 'several-owners'
  | 'collaborative'
  | 'service'
  | 'coinbase'
  | 'before-ledger'
  | 'max-hops'

/** A chain of transactions of one owner, each of which pays somebody and keeps the rest. */
export interface PeelChain {
  readonly direction: 'forward' | 'backward'
  /** In chain order, whichever way they were found. */
  readonly hops: readonly PeelHop[]
  readonly stoppedBecause: { readonly code: PeelStop; readonly reason: string }
  /** Lowest of the hops that continue; null where none does. */
  readonly confidence: PeelConfidence | null
  /** Satoshis that left the chain, without fees; and fees, where all are known. Without a last transaction that is not its owner's alone. */
  readonly peeled: bigint
  readonly fees: bigint | null
}
