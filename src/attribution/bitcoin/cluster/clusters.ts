import type { AccountId, Tx } from '../../../ledger/index.ts'

/** The smallest account of a cluster, as its number. */
export type ClusterId = AccountId

/** By what a clustering joins: common inputs alone, or these and change. */
export type ClusterLayer = 'multi-input' | 'change'

/** A transaction that would have joined clusters of different entities, and therefore joined nothing. */
export interface ClusterConflict {
  readonly tx: Tx
  readonly layer: ClusterLayer
  /** Entity ids of the clusters that it touches, in alphabetical order. */
  readonly entities: readonly string[]
  /** Accounts that it would have joined, rising. */
  readonly accounts: readonly AccountId[]
}

/** What was read, and what was left out and why. */
export interface ClusterCounts {
  readonly transactions: number
  readonly inputs: number
  /** Transactions that brought different clusters together. */
  readonly joining: number
  /** Transactions with inputs of different clusters that were left out as collaborative. */
  readonly collaborative: number
  /** Inputs, of transactions with several, whose account is not known; they were skipped, the others joined. */
  readonly unknownInputs: number
  readonly transactionsWithUnknownInputs: number
  /** Transactions of this layer left out because they would join different entities. */
  readonly conflicting: number
}

/** Why two accounts are in one cluster: `tx` ties `from` to `to`. */
export interface ClusterStep {
  readonly tx: Tx
  readonly from: AccountId
  readonly to: AccountId
  /** Both are inputs, or one is an input and the other received the change. */
  readonly by: ClusterLayer
}

/** What holds a cluster together. */
export interface ClusterEvidence {
  /** Transactions that spend from two of its accounts or more. */
  readonly jointSpends: number
  /** Links by change; 0 in the layer of common inputs. */
  readonly changeLinks: number
  readonly firstTx: Tx | null
  readonly lastTx: Tx | null
}

/**
 * Accounts in disjoint clusters. Structure alone: no names are in here (see `attributeClusters`). Every account is in one cluster; one that never spent with
 * another is alone in its own.
 */
export interface Clusters {
  readonly layer: ClusterLayer
  readonly accounts: number
  readonly clusters: number
  readonly counts: ClusterCounts
  /** In chain order. */
  readonly conflicts: readonly ClusterConflict[]
  /** @throws CordonError `attribution/unknown-account` */
  clusterOf(account: AccountId): ClusterId
  /** Accounts of a cluster; 0 where the number is no cluster's. */
  sizeOf(cluster: ClusterId): number
  /** Accounts of a cluster, rising; none where the number is no cluster's. The first call builds lists of four bytes an account. */
  accountsOf(cluster: ClusterId): Uint32Array
  /**
   * The shortest way from one account to another by the transactions up to the one that first connected them; empty for an account and itself, null where they
   * are in different clusters. Reads the ledger again from its start.
   */
  explain(a: AccountId, b: AccountId): Promise<ClusterStep[] | null>
  /** Reads the ledger again. */
  evidenceOf(cluster: ClusterId): Promise<ClusterEvidence>
}
