import type { AccountId, Ledger } from '../../../ledger/index.ts'
import { ABSENT, pseudoName } from '../../../ledger/index.ts'
import type { LoadedTags } from '../../store.ts'
import type { Entity, Tag } from '../../tag.ts'
import type { ClusterId, Clusters } from './clusters.ts'
import type { TaggedEntities } from './entities.ts'

/** An account of a ledger that somebody tagged, and who that says it is. */
export interface TaggedAccount {
  readonly account: AccountId
  readonly address: string
  readonly entity: Entity
  readonly tags: readonly Tag[]
}

/** Every account of a ledger that tags name an entity for, by account. Names that a ledger keeps for what is nobody's (`unknown`, `issuance`) are no accounts that can be tagged. */
export async function taggedAccounts(
  ledger: Pick<Ledger, 'accountIds'>,
  tags: Pick<LoadedTags, 'addresses' | 'entityOf' | 'tagsOf'>,
): Promise<TaggedAccount[]> {
  const addresses = tags.addresses()
  const accounts = await ledger.accountIds(addresses)
  const found: TaggedAccount[] = []
  for (const [i, address] of addresses.entries()) {
    const account = accounts[i] as AccountId
    const entity = account === ABSENT || pseudoName(account) !== null ? null : tags.entityOf(address)
    if (entity !== null) found.push({ account, address, entity, tags: tags.tagsOf(address) })
  }
  return found.sort((a, b) => a.account - b.account)
}

/** For `ClusterOptions.entities`. Tags of less confidence than `minConfidence` (0-100) do not keep clusters apart. */
export function taggedEntities(tagged: readonly TaggedAccount[], minConfidence = 0): TaggedEntities {
  return new Map(tagged.flatMap(({ account, entity }) => (entity.confidence >= minConfidence ? [[account, entity.id] as const] : [])))
}

/** Who is behind a cluster, as the tags of its accounts have it: a claim laid over a structure, kept apart from it. */
export interface ClusterAttribution {
  readonly cluster: ClusterId
  /** Accounts in the cluster, tagged or not. */
  readonly size: number
  readonly layer: Clusters['layer']
  /** That of the tagged account with the best claim; its confidence is the tag's, and holds of that account. For the others of the cluster it is no better. */
  readonly entity: Entity
  /** Tagged accounts that name this entity, rising. */
  readonly accounts: readonly TaggedAccount[]
  /** Other entities that tags name in the cluster, with the accounts they name, best claim first. */
  readonly conflicts: readonly { readonly entity: Entity; readonly accounts: readonly TaggedAccount[] }[]
}

/**
 * Lay tags over clusters: each cluster with a tagged account, by cluster. The best claim comes from a tag that says it defines its cluster (TagPack's
 * `is_cluster_definer`); then the higher confidence; then more tagged accounts; then the entity's id. The others are listed as conflicts.
 */
export function attributeClusters(clusters: Clusters, tagged: readonly TaggedAccount[]): ClusterAttribution[] {
  const byCluster = new Map<ClusterId, Map<string, TaggedAccount[]>>()
  for (const one of tagged) {
    const cluster = clusters.clusterOf(one.account)
    const claims = byCluster.get(cluster) ?? new Map<string, TaggedAccount[]>()
    byCluster.set(cluster, claims)
    const named = claims.get(one.entity.id)
    if (named === undefined) claims.set(one.entity.id, [one])
    else named.push(one)
  }
  return [...byCluster.keys()]
    .sort((a, b) => a - b)
    .map((cluster) => {
      const claims = [...(byCluster.get(cluster) as Map<string, TaggedAccount[]>).values()].map(claimOf).sort(better)
      const [best, ...others] = claims as [Claim, ...Claim[]]
      return {
        cluster,
        size: clusters.sizeOf(cluster),
        layer: clusters.layer,
        entity: best.entity,
        accounts: best.accounts,
        conflicts: others.map(({ entity, accounts }) => ({ entity, accounts })),
      }
    })
}

interface Claim {
  readonly entity: Entity
  readonly accounts: readonly TaggedAccount[]
  readonly defines: boolean
}

function claimOf(accounts: readonly TaggedAccount[]): Claim {
  const sorted = [...accounts].sort((a, b) => b.entity.confidence - a.entity.confidence || a.account - b.account)
  return {
    entity: (sorted[0] as TaggedAccount).entity,
    accounts: [...accounts].sort((a, b) => a.account - b.account),
    defines: accounts.some(({ tags }) => tags.some((tag) => tag.isClusterDefiner)),
  }
}

function better(a: Claim, b: Claim): number {
  return (
    Number(b.defines) - Number(a.defines) ||
    b.entity.confidence - a.entity.confidence ||
    b.accounts.length - a.accounts.length ||
    (a.entity.id < b.entity.id ? -1 : 1)
  )
}
