import {
  attributeClusters,
  type ClusterId,
  clusterAccounts,
  type Entity,
  type LoadedTags,
  taggedAccounts,
  taggedEntities,
} from '../../attribution/index.ts'
import type { Work } from '../../chain/index.ts'
import { ABSENT, type AccountId, type BitcoinTable, type UtxoLedger } from '../../ledger/index.ts'

/** Who is behind accounts, by the clusters that they are in. */
export interface Owners {
  clusterOf(account: AccountId): ClusterId
  /** Addresses of a cluster. */
  sizeOf(cluster: ClusterId): number
  /** Outputs paid to and spent by a cluster together: how busy its owner is. */
  transfersOf(cluster: ClusterId): { readonly in: number; readonly out: number }
  /** As the tags on a cluster have it, or null where there are none. */
  entityOf(cluster: ClusterId): Entity | null
  /** Transactions that would have joined clusters of different entities, and joined nothing. */
  readonly conflicts: number
}

/**
 * Tags carried over clusters of common inputs: an untagged account that spends together with a tagged one has the same owner, CoinJoins excepted. What comes out is a claim over a
 * structure, and says so; its confidence is the tag's. Clusters are built with the tags at hand, so that none joins two entities.
 *
 * @throws the signal's reason when stopped
 */
export async function ownersOf(
  ledger: Pick<UtxoLedger, 'accountIds'>,
  table: BitcoinTable,
  tags: Pick<LoadedTags, 'addresses' | 'entityOf' | 'tagsOf'>,
  work: Work,
): Promise<Owners> {
  const tagged = await taggedAccounts(ledger, tags)
  const clusters = await clusterAccounts(table, { entities: taggedEntities(tagged), work })
  const entities = new Map<ClusterId, Entity>()
  for (const { cluster, size, entity, accounts, conflicts } of attributeClusters(clusters, tagged)) {
    entities.set(cluster, {
      ...entity,
      basis: 'cluster',
      evidence: [
        `spends together with ${accounts.length === 1 ? 'an address' : `${accounts.length} addresses`} tagged as it, directly or through others: one of ${size} addresses of a cluster by common inputs, CoinJoins left out`,
        ...entity.evidence,
      ],
      conflicts: [...new Set([...entity.conflicts, ...conflicts.map((other) => other.entity.id)])].sort(),
    })
  }
  const transfers = countTransfers(table, clusters.clusterOf)
  return {
    clusterOf: clusters.clusterOf,
    sizeOf: clusters.sizeOf,
    transfersOf: (cluster) => ({ in: transfers.in[cluster] as number, out: transfers.out[cluster] as number }),
    entityOf: (cluster) => entities.get(cluster) ?? null,
    conflicts: clusters.conflicts.length,
  }
}

/** Outputs paid to and spent by each cluster, at the place of its number. */
function countTransfers(
  table: BitcoinTable,
  clusterOf: (account: AccountId) => ClusterId,
): { readonly in: Uint32Array; readonly out: Uint32Array } {
  const paid = new Uint32Array(table.accounts)
  const spent = new Uint32Array(table.accounts)
  const add = (to: Uint32Array, account: AccountId): void => {
    if (account === ABSENT) return
    const cluster = clusterOf(account)
    to[cluster] = (to[cluster] as number) + 1
  }
  for (const { outAccount, inOutput } of table.runs) {
    for (const account of outAccount) add(paid, account)
    for (const output of inOutput) add(spent, table.accountOf(output))
  }
  return { in: paid, out: spent }
}
