import { createReadStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { CHANGE_RULES, type ChangeRuleName, changeContext, voteChange } from '../../src/attribution/bitcoin/change/index.ts'
import { type Clusters, clusterAccounts, clusterByChange } from '../../src/attribution/bitcoin/cluster/index.ts'
import { isCollaborative } from '../../src/attribution/bitcoin/collaborative.ts'
import { followPeelChain } from '../../src/attribution/bitcoin/peel/index.ts'
import { openBlockFiles } from '../../src/ledger/bitcoin/files/index.ts'
import { openBitcoinLedger, writeBitcoinLedger } from '../../src/ledger/bitcoin/local/import.ts'
import { ABSENT, type Tx, type UtxoLedger } from '../../src/ledger/index.ts'
import { type BitcoinTruth, simulateBitcoin } from '../../src/simulate/bitcoin/index.ts'
import type { MeasuredRow } from '../rows.ts'
import { foundRounds } from './simulated-coinjoins.ts'

/** Transactions read at a time. */
const BATCH = 2_000

/**
 * Owners in a simulated Bitcoin world whose truth is known: clusters by common inputs and by change as pairs of addresses, change by each rule and by the vote, the launderers' peel
 * chains, and CoinJoins. A pair is right when both addresses are of one owner; of an exchange's addresses, all count as its own.
 */
export async function ownersRows(transactions: number, seed: number): Promise<MeasuredRow[]> {
  const directory = await mkdtemp(join(tmpdir(), 'cordon-owners-'))
  try {
    const world = join(directory, 'world')
    await simulateBitcoin({ transactions, seed, out: world })
    await writeBitcoinLedger(await openBlockFiles([join(world, 'blocks')], { network: 'regtest' }), join(directory, 'ledger'))
    const ledger = await openBitcoinLedger(join(directory, 'ledger'))
    try {
      const data = `${transactions.toLocaleString('en-US')} simulated Bitcoin transactions, seed ${seed}`
      const truth = JSON.parse(await readFile(join(world, 'truth.json'), 'utf8')) as BitcoinTruth
      const table = ledger.table()
      const owners = await ownersOf(ledger, table.accounts, join(world, 'truth', 'owners.csv'))
      const clusters = await clusterAccounts(table)
      const layer = await clusterByChange(table, clusters)
      return [
        ...clusterFigures(clusters, owners, data),
        ...clusterFigures(layer, owners, data),
        ...(await changeFigures(ledger, table.transactions, join(world, 'truth', 'change.csv'), data)),
        ...(await peelFigures(ledger, clusters, truth, data)),
        ...(await foundRounds(ledger, table.transactions, truth)).flatMap(({ family, rounds, called, right }) => [
          figure(`coinjoin/${family}/recall`, `of ${rounds} made-up ${family} transactions, those found`, data, right, rounds),
          figure(`coinjoin/${family}/precision`, `of ${called} transactions called ${family}, those that are`, data, right, called),
        ]),
      ]
    } finally {
      await ledger.close()
    }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

function figure(id: string, what: string, data: string, right: number | bigint, of: number | bigint): MeasuredRow {
  const value = Number(of) === 0 ? 0 : Number((BigInt(right) * 10_000n) / BigInt(of)) / 10_000
  return { id: `owners/${id}`, what, data, value, unit: 'share', target: null, peer: null, peerValue: null, ratio: null }
}

async function* lines(file: string): AsyncIterable<string> {
  yield* createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })
}

/** The true owner of each account as a number, -1 where the truth has none. */
async function ownersOf(ledger: UtxoLedger, accounts: number, file: string): Promise<Int32Array> {
  const addresses: string[] = []
  const names: string[] = []
  for await (const line of lines(file)) {
    const [address, , owner] = line.split(',') as [string, string, string]
    if (address === 'address') continue
    addresses.push(address)
    names.push(owner)
  }
  const numbers = new Map<string, number>()
  const owners = new Int32Array(accounts).fill(-1)
  for (const [i, account] of (await ledger.accountIds(addresses)).entries()) {
    if (account === ABSENT) continue
    const name = names[i] as string
    if (!numbers.has(name)) numbers.set(name, numbers.size)
    owners[account] = numbers.get(name) as number
  }
  return owners
}

/** Precision and recall over all pairs of addresses whose owners are known. */
function clusterFigures(clusters: Clusters, owners: Int32Array, data: string): MeasuredRow[] {
  const both = new Map<string, number>()
  const joined = new Map<number, number>()
  const owned = new Map<number, number>()
  const add = <K>(map: Map<K, number>, key: K): void => {
    map.set(key, (map.get(key) ?? 0) + 1)
  }
  for (let account = 0; account < owners.length; account++) {
    const owner = owners[account] as number
    if (owner < 0) continue
    const cluster = clusters.clusterOf(account)
    add(both, `${cluster},${owner}`)
    add(joined, cluster)
    add(owned, owner)
  }
  const pairs = (counts: Iterable<number>): bigint => {
    let sum = 0n
    for (const n of counts) sum += (BigInt(n) * BigInt(n - 1)) / 2n
    return sum
  }
  const right = pairs(both.values())
  const said = pairs(joined.values())
  const by = clusters.layer === 'multi-input' ? 'common inputs' : 'common inputs and change'
  return [
    figure(`cluster/${clusters.layer}/precision`, `pairs of addresses joined by ${by} that have one owner`, data, right, said),
    figure(
      `cluster/${clusters.layer}/recall`,
      `pairs of addresses of one owner that are joined by ${by}`,
      data,
      right,
      pairs(owned.values()),
    ),
  ]
}

interface Tally {
  said: number
  right: number
}

/** Change is asked of every transaction with a choice that one party made; where the truth has no change, or several, whatever is said is wrong. */
async function changeFigures(ledger: UtxoLedger, transactions: number, file: string, data: string): Promise<MeasuredRow[]> {
  const truth = new Map<Tx, Set<number>>()
  let places: { txid: string; index: number }[] = []
  const settle = async (): Promise<void> => {
    const txs = await ledger.transactionIds(places.map(({ txid }) => txid))
    for (const [i, { index }] of places.entries()) {
      const tx = txs[i] as Tx
      truth.set(tx, (truth.get(tx) ?? new Set()).add(index))
    }
    places = []
  }
  for await (const line of lines(file)) {
    const [txid, index] = line.split(':') as [string, string]
    places.push({ txid, index: Number(index) })
    if (places.length === BATCH) await settle()
  }
  await settle()

  const tallies = new Map<ChangeRuleName | 'vote', Tally>()
  const count = (rule: ChangeRuleName | 'vote', output: number | null, right: ReadonlySet<number>): void => {
    const tally = tallies.get(rule) ?? { said: 0, right: 0 }
    tallies.set(rule, tally)
    if (output === null) return
    tally.said++
    if (right.has(output)) tally.right++
  }
  let asked = 0
  for (let first = 0; first < transactions; first += BATCH) {
    const txs = Array.from({ length: Math.min(BATCH, transactions - first) }, (_, k) => first + k)
    for (const tx of await ledger.bitcoinTransactions(txs)) {
      if (tx.coinbase || tx.outputs.length < 2 || isCollaborative(tx)) continue
      const right = truth.get(tx.tx) ?? new Set<number>()
      const decision = voteChange(tx, await changeContext(ledger, tx))
      if (right.size > 0) asked++
      count('vote', decision.output, right)
      for (const { rule, output } of decision.votes) count(rule, output, right)
    }
  }
  const tally = (rule: ChangeRuleName | 'vote'): Tally => tallies.get(rule) ?? { said: 0, right: 0 }
  const told = (rule: ChangeRuleName | 'vote'): string => `${data}; said of ${tally(rule).said} transactions, of which ${asked} have change`
  return [
    figure(
      'change/vote/precision',
      'change by two votes and none against that is change',
      told('vote'),
      tally('vote').right,
      tally('vote').said,
    ),
    figure('change/vote/recall', 'transactions with change of which the vote names it', told('vote'), tally('vote').right, asked),
    ...(Object.keys(CHANGE_RULES) as ChangeRuleName[]).map((rule) =>
      figure(
        `change/${rule}/precision`,
        `change by the rule ${rule} alone that is change`,
        told(rule),
        tally(rule).right,
        tally(rule).said,
      ),
    ),
  ]
}

async function peelFigures(ledger: UtxoLedger, clusters: Clusters, truth: BitcoinTruth, data: string): Promise<MeasuredRow[]> {
  let hops = 0
  let found = 0
  let followed = 0
  let chains = 0
  const stops = new Map<string, number>()
  for (const { peelChains } of truth.thefts) {
    for (const chain of peelChains) {
      const txs = await ledger.transactionIds(chain.hops.map(({ txid }) => txid))
      const isTrue = new Map(chain.hops.map(({ continues }, i) => [txs[i] as Tx, continues]))
      const result = await followPeelChain(ledger, txs[0] as Tx, { sameOwner: (a, b) => clusters.clusterOf(a) === clusters.clusterOf(b) })
      chains++
      // Of the last true hop it is not known whether what goes on is still the chain.
      const last = txs.at(-1)
      hops += chain.hops.length - 1
      for (const hop of result.hops) {
        if (hop.tx === last) break
        if (hop.continues === null) continue
        followed++
        if (isTrue.get(hop.tx) === hop.continues.index) found++
      }
      if (!result.hops.some(({ tx }) => tx === last)) {
        const { code } = result.stoppedBecause
        stops.set(code, (stops.get(code) ?? 0) + 1)
      }
    }
  }
  const why = [...stops].map(([code, n]) => `${n} ${code}`).join(', ')
  const told = `${data}; ${chains} chains, ${hops} hops${why === '' ? '' : `; stopped before their end: ${why}`}`
  return [
    figure('peel/recall', "hops of launderers' peel chains that are followed from the first", told, found, hops),
    figure('peel/precision', 'hops followed that are hops of the chain', told, found, followed),
  ]
}
