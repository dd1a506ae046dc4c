import {
  attributeClusters,
  type ClusterId,
  CONFIDENCE,
  clusterAccounts,
  type Entity,
  type LoadedTags,
  type TaggedAccount,
  taggedAccounts,
  taggedEntities,
} from '../../attribution/index.ts'
import type { Work } from '../../chain/index.ts'
import { ABSENT, type AccountId, type BitcoinColumns, type BitcoinTable, type UtxoLedger } from '../../ledger/index.ts'

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
  const deposits = forwardedTo(table, clusters.clusterOf, tagged)
  return {
    clusterOf: clusters.clusterOf,
    sizeOf: clusters.sizeOf,
    transfersOf: (cluster) => ({ in: transfers.in[cluster] as number, out: transfers.out[cluster] as number }),
    entityOf: (cluster) => entities.get(cluster) ?? depositEntity(deposits.get(cluster), clusters.sizeOf(cluster)),
    conflicts: clusters.conflicts.length,
  }
}

/** Services whose wallets a cluster can be the deposit addresses of: what everything that it ever spent went to. */
function forwardedTo(
  table: BitcoinTable,
  clusterOf: (account: AccountId) => ClusterId,
  tagged: readonly TaggedAccount[],
): ReadonlyMap<ClusterId, Entity> {
  const services = tagged.filter(({ entity }) => entity.service)
  const found = new Map<ClusterId, Entity>()
  if (services.length === 0) return found
  // Of each account the number of its service, from 1; of each cluster likewise the one that it pays, NOBODY before it pays, OTHERS once it pays anybody else.
  const entities: Entity[] = []
  const numbers = new Map<string, number>()
  const serviceOf = new Uint32Array(table.accounts)
  for (const { account, entity } of services) {
    let number = numbers.get(entity.id)
    if (number === undefined) {
      number = entities.push(entity)
      numbers.set(entity.id, number)
    }
    serviceOf[account] = number
  }
  const pays = new Uint32Array(table.accounts)
  for (const run of table.runs) {
    for (let k = 0; k < run.transactions; k++) {
      const first = run.txIn[k] as number
      const end = run.txIn[k + 1] as number
      if (first === end) continue
      const paid = onlyService(run, k, serviceOf)
      for (let i = first; i < end; i++) {
        const account = table.accountOf(run.inOutput[i] as number)
        if (account === ABSENT) continue
        const cluster = clusterOf(account)
        if (pays[cluster] === NOBODY) pays[cluster] = paid
        else if (pays[cluster] !== paid) pays[cluster] = OTHERS
      }
    }
  }
  for (const [cluster, paid] of pays.entries()) {
    const entity = paid === NOBODY || paid === OTHERS ? undefined : entities[paid - 1]
    if (entity !== undefined) found.set(cluster, entity)
  }
  return found
}

const NOBODY = 0
const OTHERS = 0xffff_ffff

/** The one service whose tagged wallets a transaction pays with all of its outputs, or OTHERS. */
function onlyService({ txOut, outAccount }: BitcoinColumns, k: number, serviceOf: Uint32Array): number {
  let service = NOBODY
  for (let o = txOut[k] as number; o < (txOut[k + 1] as number); o++) {
    const account = outAccount[o] as number
    const paid = account === ABSENT ? NOBODY : (serviceOf[account] as number)
    if (paid === NOBODY || (service !== NOBODY && service !== paid)) return OTHERS
    service = paid
  }
  return service
}

function depositEntity(entity: Entity | undefined, size: number): Entity | null {
  if (entity === undefined) return null
  return {
    ...entity,
    basis: 'deposit-address',
    confidence: Math.min(entity.confidence, CONFIDENCE.heuristic as number),
    evidence: [
      `everything that ${size === 1 ? 'it' : `its cluster of ${size} addresses`} ever spent went to tagged wallets of ${entity.label} and to nobody else, as with deposit addresses`,
      ...entity.evidence,
    ],
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
