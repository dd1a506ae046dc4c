import { CordonError, type Work } from '../../../chain/index.ts'
import type { LocalBitcoinLedger } from '../../../ledger/index.ts'
import type { LoadedTags } from '../../store.ts'
import { attributeClusters, taggedAccounts, taggedEntities } from './attribute.ts'
import type { ClusterCounts } from './clusters.ts'
import { clusterAccounts } from './multi-input.ts'

/** A cluster that tags name an entity for. */
type NamedCluster = {
  readonly cluster: number
  /** Addresses in it, tagged or not. */
  readonly size: number
  /** Id of the entity with the best claim. */
  readonly entity: string
  readonly label: string
  readonly kind: string
  readonly confidence: number
  /** Its tagged addresses. */
  readonly tagged: readonly string[]
  /** Other entities that tags name in the cluster. */
  readonly conflicts: readonly { readonly entity: string; readonly tagged: readonly string[] }[]
}

/** A transaction that joined nothing, because the tags name different entities for what it would have joined. */
type RefusedJoin = {
  readonly transaction: string
  readonly block: number
  readonly entities: readonly string[]
  readonly addresses: readonly string[]
}

/** Which addresses of a ledger share an owner. */
export type FoundClusters = {
  readonly addresses: number
  readonly clusters: number
  readonly counts: ClusterCounts
  readonly named: readonly NamedCluster[]
  readonly conflicts: readonly RefusedJoin[]
}

/**
 * Addresses that share an owner by common inputs, with the tags on them and every conflict, by their names in the chain.
 *
 * @throws CordonError `attribution/unknown-account`, `ledger/unknown-transaction`, and the signal's reason when stopped
 */
export async function searchClusters(ledger: LocalBitcoinLedger, tags: LoadedTags, work: Work): Promise<FoundClusters> {
  const accounts = await taggedAccounts(ledger, tags)
  const made = await clusterAccounts(ledger.table(), { entities: taggedEntities(accounts), work })
  const named = attributeClusters(made, accounts).map(({ cluster, size, entity, accounts: tagged, conflicts }) => ({
    cluster,
    size,
    entity: entity.id,
    label: entity.label,
    kind: entity.kind,
    confidence: entity.confidence,
    tagged: tagged.map(({ address }) => address),
    conflicts: conflicts.map((other) => ({ entity: other.entity.id, tagged: other.accounts.map(({ address }) => address) })),
  }))
  const transactions = await ledger.transactions(made.conflicts.map(({ tx }) => tx))
  const conflicts: RefusedJoin[] = []
  for (const [i, { tx, entities, accounts: joined }] of made.conflicts.entries()) {
    const info = transactions[i]
    if (info === undefined) throw new CordonError('ledger/unknown-transaction', `the ledger has no transaction number ${tx}`)
    conflicts.push({ transaction: info.hash, block: info.block, entities, addresses: await ledger.addresses(joined) })
  }
  return { addresses: made.accounts, clusters: made.clusters, counts: made.counts, named, conflicts }
}
