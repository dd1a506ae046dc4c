import type { Work } from '../../../chain/index.ts'
import {
  ABSENT,
  type AccountId,
  type BitcoinColumns,
  type BitcoinTable,
  type OutputId,
  TX_COINBASE,
  type Tx,
} from '../../../ledger/index.ts'
import { type ChangeContext, type ChangeOptions, voteChange } from '../change/index.ts'
import { runOf, shapeOf, type TransactionShape } from '../shape.ts'
import type { ClusterConflict, Clusters } from './clusters.ts'
import { collaborativeByCoinJoin } from './collaborative.ts'
import { RootEntities, type TaggedEntities } from './entities.ts'
import { newForest, rootOf, seal } from './forest.ts'
import { ChangeLinks } from './links.ts'
import { sealedClusters } from './sealed.ts'
import { type CollaborativeTest, inputAccount, inputAccounts, walk } from './walk.ts'

export interface ChangeLayerOptions extends ChangeOptions {
  /** The same as of the layer below. CoinJoins and what looks like one, unless stated. */
  readonly collaborative?: CollaborativeTest
  /** The same as of the layer below. */
  readonly entities?: TaggedEntities
  readonly work?: Work
}

/**
 * A second layer on top of clusters by common inputs: the account that received the change of a transaction, by stated votes (see `voteChange`), joins the cluster
 * that spent it. The layer below is read and left as it is. What is joined here is a guess about wallets, where common inputs are signatures: keep them apart.
 *
 * The rules on conflicts and order are those of the layer below; its conflicts come first among equals. Transactions whose inputs are of several clusters (refused
 * below) and collaborative ones are left out.
 *
 * @throws CordonError `attribution/tagged-apart` when the layer below was made without these tags; `attribution/unknown-account`; the signal's reason when stopped
 */
export async function clusterByChange(table: BitcoinTable, below: Clusters, options: ChangeLayerOptions = {}): Promise<Clusters> {
  const parent = newForest(table.accounts)
  for (let account = 0; account < parent.length; account++) parent[account] = below.clusterOf(account)
  const entities = new RootEntities(parent, options.entities ?? new Map())
  const collaborative = options.collaborative ?? collaborativeByCoinJoin
  const work = options.work ?? {}
  const links = new ChangeLinks()
  const conflicts: ClusterConflict[] = []
  const seen = await seenBeforeLedger(table, work)
  const pair = new Uint32Array(2)
  let collaborated = 0

  const consider = (run: BitcoinColumns, k: number): void => {
    const from = soleOwner(table, run, k, below)
    if (from === null) return
    const output = changeOf(table, run, k, seen, collaborative, options)
    if (output === null) return
    const account = run.outAccount[(run.txOut[k] as number) + output] as AccountId
    if (account === ABSENT) return
    pair[0] = rootOf(parent, from)
    pair[1] = rootOf(parent, account)
    if (pair[0] === pair[1]) return
    // Last, for it is the dearest question.
    if (collaborative(table, run, k)) {
      collaborated++
      return
    }
    const tx = run.firstTx + k
    const among = entities.among(pair, 2)
    if (among.length > 1) {
      conflicts.push({ tx, layer: 'change', entities: among, accounts: [from, account].sort((a, b) => a - b) })
      return
    }
    const root = Math.min(pair[0], pair[1])
    parent[Math.max(pair[0], pair[1])] = root
    entities.move(pair, 2, root, among[0])
    links.push(tx, from, account)
  }

  await walk(table, 'joining by change', work, (run, from, to) => {
    for (let k = from; k < to; k++) {
      consider(run, k)
      for (let o = run.txOut[k] as number; o < (run.txOut[k + 1] as number); o++) {
        const account = run.outAccount[o] as AccountId
        if (account !== ABSENT) mark(seen, account)
      }
    }
    return false
  })
  seal(parent)
  return sealedClusters(table, parent, {
    layer: 'change',
    clusters: below.clusters - links.length,
    counts: { ...below.counts, joining: links.length, collaborative: collaborated, conflicting: conflicts.length },
    conflicts: [...below.conflicts, ...conflicts].sort(
      (a, b) => a.tx - b.tx || (a.layer === b.layer ? 0 : a.layer === 'multi-input' ? -1 : 1),
    ),
    links,
    collaborative,
    work,
  })
}

/** An account of the one cluster that transaction k spends from; null where there is none, or several, and where there is nothing to ask of it. */
function soleOwner(table: BitcoinTable, run: BitcoinColumns, k: number, below: Clusters): AccountId | null {
  // Where one output takes all there is no change to look for.
  if ((run.txOut[k + 1] as number) - (run.txOut[k] as number) < 2 || ((run.flags[k] as number) & TX_COINBASE) !== 0) return null
  const accounts = inputAccounts(table, run, k)
  const first = accounts[0]
  if (first === undefined) return null
  const cluster = below.clusterOf(first)
  return accounts.every((account) => below.clusterOf(account) === cluster) ? first : null
}

function changeOf(
  table: BitcoinTable,
  run: BitcoinColumns,
  k: number,
  seen: Uint32Array,
  collaborative: CollaborativeTest,
  options: ChangeOptions,
): number | null {
  const spenders = new Map<Tx, TransactionShape | null>()
  const tx = shapeOf(table, run, k)
  const context: ChangeContext = {
    spenderOf: (index) => {
      const spender = tx.outputs[index]?.spentBy ?? null
      if (spender === null) return null
      let found = spenders.get(spender)
      if (found === undefined) {
        const its = runOf(table, spender)
        const at = its === null ? 0 : spender - its.firstTx
        found = its === null || collaborative(table, its, at) ? null : shapeOf(table, its, at)
        spenders.set(spender, found)
      }
      return found
    },
    seenBefore: (account) => isMarked(seen, account),
  }
  return voteChange(tx, context, options).output
}

/** One bit for each account: set where it was paid before the ledger begins, as far as the ledger can know, which is where such an output is spent in it. */
async function seenBeforeLedger(table: BitcoinTable, work: Work): Promise<Uint32Array> {
  const seen = new Uint32Array(Math.ceil(table.accounts / 32))
  await walk(table, 'looking for what was there before', work, (run, from, to) => {
    for (let i = run.txIn[from] as number; i < (run.txIn[to] as number); i++) {
      if ((run.inOutput[i] as OutputId) < table.outputs) continue
      const account = inputAccount(table, run, i)
      if (account !== ABSENT) mark(seen, account)
    }
    return false
  })
  return seen
}

function mark(bits: Uint32Array, account: AccountId): void {
  bits[account >>> 5] = (bits[account >>> 5] as number) | (1 << (account & 31))
}

function isMarked(bits: Uint32Array, account: AccountId): boolean {
  return (((bits[account >>> 5] as number) >>> (account & 31)) & 1) === 1
}
