import type { Work } from '../../../chain/index.ts'
import { ABSENT, type AccountId, type BitcoinTable } from '../../../ledger/index.ts'
import type { ClusterConflict, ClusterCounts, ClusterLayer, ClusterStep, Clusters } from './clusters.ts'
import { unknownAccount } from './entities.ts'
import { evidenceOf, explain } from './explain.ts'
import { sealedRoot, sealedSize } from './forest.ts'
import type { CollaborativeTest } from './walk.ts'

/** What a finished clustering knows beside the sealed forest. */
export interface Sealed {
  readonly layer: ClusterLayer
  readonly clusters: number
  readonly counts: ClusterCounts
  readonly conflicts: readonly ClusterConflict[]
  /** Links by change that brought clusters together, in chain order. */
  readonly links: Iterable<ClusterStep>
  readonly collaborative: CollaborativeTest
  readonly work: Work
}

/** Clusters over a sealed forest, with the ledger at hand to explain them by. */
export function sealedClusters(table: BitcoinTable, sealed: Uint32Array, about: Sealed): Clusters {
  let following: Uint32Array | null = null
  const clusterOf = (account: AccountId): AccountId => {
    if (sealed[account] === undefined) throw unknownAccount(account, sealed.length)
    return sealedRoot(sealed, account)
  }
  const isCluster = (cluster: AccountId): boolean => sealed[cluster] !== undefined && sealedRoot(sealed, cluster) === cluster
  const source = { table, clusterOf, ...about }
  return {
    layer: about.layer,
    accounts: sealed.length,
    clusters: about.clusters,
    counts: about.counts,
    conflicts: about.conflicts,
    clusterOf,
    sizeOf: (cluster) => (isCluster(cluster) ? sealedSize(sealed, cluster) : 0),
    accountsOf: (cluster) => {
      if (!isCluster(cluster)) return new Uint32Array(0)
      following ??= memberLists(sealed)
      const members = new Uint32Array(sealedSize(sealed, cluster))
      let account = cluster
      for (let i = 0; i < members.length; i++) {
        members[i] = account
        account = following[account] as AccountId
      }
      return members
    },
    explain: (a, b) => explain(source, a, b),
    evidenceOf: (cluster) => evidenceOf(source, cluster),
  }
}

/** For each account the next larger one of its cluster, ABSENT after the last. Built from the end, so that a root, the smallest, serves as the head of its list. */
function memberLists(sealed: Uint32Array): Uint32Array {
  const following = new Uint32Array(sealed.length).fill(ABSENT)
  for (let account = sealed.length - 1; account >= 0; account--) {
    const root = sealedRoot(sealed, account)
    if (root === account) continue
    following[account] = following[root] as AccountId
    following[root] = account
  }
  return following
}
