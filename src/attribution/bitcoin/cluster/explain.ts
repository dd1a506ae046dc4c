import type { Work } from '../../../chain/index.ts'
import { ABSENT, type AccountId, type BitcoinTable, type Tx } from '../../../ledger/index.ts'
import type { ClusterConflict, ClusterEvidence, ClusterId, ClusterStep } from './clusters.ts'
import { type CollaborativeTest, inputAccount, inputAccounts, walk } from './walk.ts'

/** What explanations are read from. */
export interface ExplainSource {
  readonly table: BitcoinTable
  readonly clusterOf: (account: AccountId) => ClusterId
  readonly conflicts: readonly ClusterConflict[]
  readonly links: Iterable<ClusterStep>
  readonly collaborative: CollaborativeTest
  readonly work: Work
}

/** A transaction that ties accounts of one cluster to each other. */
interface Tie {
  readonly tx: Tx
  readonly accounts: readonly AccountId[]
  readonly by: ClusterStep['by']
}

/** Visit the transactions that spend from two or more accounts of a cluster, in chain order. `visit` returns true when it has seen enough. */
async function jointSpends(source: ExplainSource, cluster: ClusterId, visit: (tie: Tie) => boolean): Promise<void> {
  const { table, clusterOf } = source
  const refused = new Set(source.conflicts.flatMap(({ tx, layer }) => (layer === 'multi-input' ? [tx] : [])))
  await walk(table, 'explaining', source.work, (run, from, to) => {
    for (let k = from; k < to; k++) {
      const start = run.txIn[k] as number
      const end = run.txIn[k + 1] as number
      if (end - start < 2) continue
      const first = inputAccount(table, run, start)
      // Of a joint spend every known account is in the cluster, so that one tells of all.
      if (first !== ABSENT && clusterOf(first) !== cluster) continue
      const accounts = inputAccounts(table, run, k)
      if (accounts.length < 2 || clusterOf(accounts[0] as AccountId) !== cluster) continue
      if (refused.has(run.firstTx + k) || source.collaborative(table, run, k)) continue
      if (visit({ tx: run.firstTx + k, accounts, by: 'multi-input' })) return true
    }
    return false
  })
}

/** See `Clusters.explain`. Memory grows with the joint spends of the one cluster that is asked about. */
export async function explain(source: ExplainSource, a: AccountId, b: AccountId): Promise<ClusterStep[] | null> {
  const cluster = source.clusterOf(a)
  if (cluster !== source.clusterOf(b)) return null
  if (a === b) return []
  const ties: Tie[] = []
  const connected = new Map<AccountId, AccountId>()
  const add = (tie: Tie): boolean => {
    ties.push(tie)
    const [first, ...others] = tie.accounts as [AccountId, ...AccountId[]]
    for (const other of others) connected.set(find(connected, other), find(connected, first))
    return find(connected, a) === find(connected, b)
  }
  let found = false
  // In the layer of change a cluster is made of several clusters by common inputs, and the walk must take in all of them: hence the cluster of this layer.
  await jointSpends(source, cluster, (tie) => {
    found = add(tie)
    return found
  })
  for (const link of source.links) {
    if (found) break
    if (source.clusterOf(link.from) === cluster) found = add({ tx: link.tx, accounts: [link.from, link.to], by: 'change' })
  }
  return shortest(ties, a, b)
}

function find(connected: Map<AccountId, AccountId>, account: AccountId): AccountId {
  for (;;) {
    const up = connected.get(account) ?? account
    if (up === account) return account
    const above = connected.get(up) ?? up
    connected.set(account, above)
    account = above
  }
}

/** Breadth first over accounts and ties; of equal ways the one with the earlier transactions. */
function shortest(ties: readonly Tie[], a: AccountId, b: AccountId): ClusterStep[] {
  const tiesOf = new Map<AccountId, Tie[]>()
  for (const tie of ties) {
    for (const account of tie.accounts) {
      const list = tiesOf.get(account)
      if (list === undefined) tiesOf.set(account, [tie])
      else list.push(tie)
    }
  }
  const reached = new Map<AccountId, ClusterStep | null>([[a, null]])
  const used = new Set<Tie>()
  const queue = [a]
  for (const from of queue) {
    if (from === b) break
    for (const tie of tiesOf.get(from) ?? []) {
      if (used.has(tie)) continue
      used.add(tie)
      for (const to of tie.accounts) {
        if (reached.has(to)) continue
        reached.set(to, { tx: tie.tx, from, to, by: tie.by })
        queue.push(to)
      }
    }
  }
  const steps: ClusterStep[] = []
  for (let step = reached.get(b) ?? null; step !== null; step = reached.get(step.from) ?? null) steps.unshift(step)
  return steps
}

/** See `Clusters.evidenceOf`. */
export async function evidenceOf(source: ExplainSource, cluster: ClusterId): Promise<ClusterEvidence> {
  let jointly = 0
  let firstTx: Tx | null = null
  let lastTx: Tx | null = null
  const seen = (tx: Tx): void => {
    if (firstTx === null || tx < firstTx) firstTx = tx
    if (lastTx === null || tx > lastTx) lastTx = tx
  }
  await jointSpends(source, cluster, ({ tx }) => {
    jointly++
    seen(tx)
    return false
  })
  let changeLinks = 0
  for (const { tx, from } of source.links) {
    if (source.clusterOf(from) !== cluster) continue
    changeLinks++
    seen(tx)
  }
  return { jointSpends: jointly, changeLinks, firstTx, lastTx }
}
