import {
  attributeClusters,
  clusterAccounts,
  type Entity,
  type LoadedTags,
  taggedAccounts,
  taggedEntities,
} from '../../attribution/index.ts'
import type { Work } from '../../chain/index.ts'
import type { AccountId, BitcoinTable, UtxoLedger } from '../../ledger/index.ts'

/** Who is behind an account that no tag names, by the cluster that it is in. */
export interface Owners {
  entityOf(account: AccountId): Entity | null
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
  if (tagged.length === 0) return { entityOf: () => null, conflicts: 0 }
  const clusters = await clusterAccounts(table, { entities: taggedEntities(tagged), work })
  const entities = new Map<AccountId, Entity>()
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
  return { entityOf: (account) => entities.get(clusters.clusterOf(account)) ?? null, conflicts: clusters.conflicts.length }
}
