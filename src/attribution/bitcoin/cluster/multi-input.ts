import type { Work } from '../../../chain/index.ts'
import { ABSENT, type AccountId, type BitcoinColumns, type BitcoinTable } from '../../../ledger/index.ts'
import type { ClusterConflict, Clusters } from './clusters.ts'
import { collaborativeByCoinJoin } from './collaborative.ts'
import { RootEntities, type TaggedEntities } from './entities.ts'
import { newForest, rootOf, seal } from './forest.ts'
import { sealedClusters } from './sealed.ts'
import { type CollaborativeTest, inputAccount, inputAccounts, walk } from './walk.ts'

export interface ClusterOptions {
  /** CoinJoins and what looks like one, unless stated. */
  readonly collaborative?: CollaborativeTest
  readonly entities?: TaggedEntities
  readonly work?: Work
}

/** What the walk over the inputs reads and changes. */
interface Joining {
  readonly table: BitcoinTable
  readonly parent: Uint32Array
  readonly collaborative: CollaborativeTest
  readonly entities: RootEntities
  readonly conflicts: ClusterConflict[]
  /** Roots of the inputs of one transaction. Grows to the largest. */
  roots: Uint32Array
  merges: number
  joining: number
  collaborated: number
  unknownInputs: number
  withUnknown: number
}

/**
 * Accounts that are spent from in one transaction share an owner (Nakamoto 2008, section 10; Reid, Harrigan 2011; Meiklejohn et al. 2013), unless several parties
 * made the transaction together. Four bytes an account, and nothing else that grows with the chain.
 *
 * Transactions are taken in chain order, each as a whole, so that the order of its inputs is of no matter. One whose inputs belong to clusters of two different
 * entities joins nothing at all, for its untagged inputs may belong to either, and is listed as a conflict. Thus earlier transactions go before later ones: what
 * was joined or refused up to a block does not depend on what comes after it.
 *
 * An input whose account is not known is skipped and counted; the others of its transaction are joined.
 *
 * @throws CordonError `attribution/unknown-account`, and the signal's reason when stopped
 */
export async function clusterAccounts(table: BitcoinTable, options: ClusterOptions = {}): Promise<Clusters> {
  const parent = newForest(table.accounts)
  const joining: Joining = {
    table,
    parent,
    collaborative: options.collaborative ?? collaborativeByCoinJoin,
    entities: new RootEntities(parent, options.entities ?? new Map()),
    conflicts: [],
    roots: new Uint32Array(256),
    merges: 0,
    joining: 0,
    collaborated: 0,
    unknownInputs: 0,
    withUnknown: 0,
  }
  await walk(table, 'clustering', options.work ?? {}, (run, from, to) => {
    joinInputs(joining, run, from, to)
    return false
  })
  seal(parent)
  return sealedClusters(table, parent, {
    layer: 'multi-input',
    clusters: table.accounts - joining.merges,
    counts: {
      transactions: table.transactions,
      inputs: table.runs.reduce((sum, run) => sum + run.inputs, 0),
      joining: joining.joining,
      collaborative: joining.collaborated,
      unknownInputs: joining.unknownInputs,
      transactionsWithUnknownInputs: joining.withUnknown,
      conflicting: joining.conflicts.length,
    },
    conflicts: joining.conflicts,
    links: [],
    collaborative: joining.collaborative,
    work: options.work ?? {},
  })
}

/** The hot loop: transactions `from` to `to` of a run. A coinbase has no inputs in the columns, so that it falls out with the transactions of one input. */
function joinInputs(joining: Joining, run: BitcoinColumns, from: number, to: number): void {
  const { table, parent } = joining
  const { txIn } = run
  for (let k = from; k < to; k++) {
    const start = txIn[k] as number
    const end = txIn[k + 1] as number
    if (end - start < 2) continue
    if (end - start > joining.roots.length) joining.roots = new Uint32Array(2 * (end - start))
    const { roots } = joining
    let count = 0
    let smallest = ABSENT
    let different = false
    for (let i = start; i < end; i++) {
      const account = inputAccount(table, run, i)
      if (account === ABSENT) continue
      const root = rootOf(parent, account)
      if (root !== smallest) {
        different ||= count > 0
        if (root < smallest) smallest = root
      }
      roots[count++] = root
    }
    if (count < end - start) {
      joining.unknownInputs += end - start - count
      joining.withUnknown++
    }
    if (different) joinRoots(joining, run, k, count, smallest)
  }
}

function joinRoots(joining: Joining, run: BitcoinColumns, k: number, count: number, smallest: AccountId): void {
  const { table, parent, roots, entities } = joining
  if (joining.collaborative(table, run, k)) {
    joining.collaborated++
    return
  }
  const among = entities.among(roots, count)
  if (among.length > 1) {
    const accounts = inputAccounts(table, run, k).sort((a, b) => a - b)
    joining.conflicts.push({ tx: run.firstTx + k, layer: 'multi-input', entities: among, accounts })
    return
  }
  joining.joining++
  for (let i = 0; i < count; i++) {
    const root = roots[i] as AccountId
    if (root === smallest || parent[root] !== root) continue
    parent[root] = smallest
    joining.merges++
  }
  entities.move(roots, count, smallest, among[0])
}
