import type { LoadedTags, TagStore } from '../attribution/index.ts'
import type { Work } from '../chain/index.ts'
import { type AccountId, isUtxoLedger, type Ledger, type LocalBitcoinLedger, type Row, type UtxoLedger } from '../ledger/index.ts'
import { CoinLedger, FEES } from './bitcoin/coins.ts'
import { identifyCoins } from './bitcoin/identify.ts'
import { type Owners, ownersOf } from './bitcoin/owners.ts'
import { boundsOf } from './bounded.ts'
import { describeTrace } from './describe.ts'
import type { LookAlike, Seed, TraceDocument, TraceParameters } from './document.ts'
import { parseFraction } from './fraction.ts'
import { type History, Transactions } from './history.ts'
import { identifyAccounts } from './identify.ts'
import { Inspector } from './inspect.ts'
import { Judge } from './judge.ts'
import type { PoolEvent } from './opened.ts'
import { completeParameters, parseTime } from './parameters.ts'
import { POLICIES } from './policies/index.ts'
import { Replay, type ReplayLimits } from './replay.ts'
import { type ResolvedSeeds, resolveSeeds, type SeedRule } from './seeds.ts'
import { followUnknown } from './unknown.ts'

export interface TraceOptions extends Work {
  readonly ledger: Ledger
  readonly tags: TagStore
  readonly seeds: readonly Seed[]
  /** Anything not given is as in `DEFAULT_PARAMETERS`. */
  readonly parameters?: Partial<TraceParameters>
}

/**
 * Follow stolen value through a ledger. The whole story of a trace:
 *
 * 1. find the seeds in the ledger;
 * 2. replay the ledger around the stolen value under the policy, opening an account when stolen value reaches it, until services, limits or the end;
 * 3. replay once more under poison, for the reach of any accounting whatever, and bound each end point by maximum flow;
 * 4. write all of it down as one document, checking that no unit was created or lost.
 *
 * Throws `trace/bad-parameter`, `trace/bad-seed`, `trace/seed-not-found`, and whatever the ledger throws.
 */
export async function runTrace(options: TraceOptions): Promise<TraceDocument> {
  const { tags, seeds } = options
  const utxo = isUtxoLedger(options.ledger) ? options.ledger : null
  const parameters = completeParameters(options.parameters, utxo === null ? 'accounts' : 'outputs')
  const coins = utxo === null || parameters.bitcoin === undefined ? null : new CoinLedger(utxo, parameters.bitcoin)
  const ledger = coins ?? options.ledger
  const owners = utxo === null ? null : await clusterOwners(utxo, tags, parameters, options)
  const policy = POLICIES[parameters.policy]
  const direction = parameters.direction === 'forward' ? 1 : -1
  const judge = new Judge(
    coins === null ? identifyAccounts(ledger, tags, parameters) : identifyCoins(coins, tags, owners, parameters),
    parameters,
  )
  const histories = new Map<AccountId, History>()
  const transactions = new Transactions(ledger)
  const limits: ReplayLimits = {
    maxDepth: parameters.maxDepth,
    maxAccounts: parameters.maxAccounts,
    // Forward, what happens in the very second is still followed; backward too.
    untilRow:
      parameters.until === null ? null : await ledger.rowAt({ time: parseTime('until', parameters.until) + (direction === 1 ? 1 : 0) }),
    minAmount: minimums(parameters, ledger),
    minShare: parseFraction(parameters.minShare),
  }
  const leftOut = new Set<Row>()
  const lookAlikes = new Map<string, LookAlike>()
  const inspector = new Inspector({ ledger, parameters, judge, leftOut, lookAlikes })
  const common = {
    ledger,
    direction,
    judge,
    histories,
    transactions,
    leftOut,
    // Backward a fee is a payer, and no one's receipt.
    spared: parameters.bitcoin?.fees === 'clean-first' && direction === 1 ? FEES : undefined,
    ...work(options),
  } as const

  const replay = new Replay({
    ...common,
    policy,
    seeds: await resolveSeeds(seeds, ledger, transactions),
    limits,
    inspect: (account, history) => inspector.inspect(account, history, (other) => replay.opened.has(other)),
  })
  await replay.run()

  const withSources = async (sources: ReadonlyMap<AccountId, readonly SeedRule[]>): Promise<ResolvedSeeds> => {
    const resolved = await resolveSeeds(seeds, ledger, transactions)
    return { ...resolved, accounts: new Map([...sources, ...resolved.accounts]) }
  }
  const unknown =
    // From genesis on every balance is explained, but for the dust of bait that was left out.
    parameters.opening === 'unknown' && direction === 1 && !ledger.manifest.genesis
      ? await followUnknown(replay, async (extra) => {
          return {
            ...common,
            policy,
            seeds: await withSources(extra),
            limits,
            conversions: replay.findings.conversions,
            inspect: (account, history) => inspector.inspect(account, history, (other) => replay.opened.has(other)),
          }
        })
      : null

  let bounds = null
  if (parameters.bounds) {
    const events: PoolEvent[] = []
    const reach = new Replay({
      ...common,
      policy: POLICIES.poison,
      seeds: await withSources(unknown?.sources() ?? new Map()),
      limits: {
        ...limits,
        maxAccounts: parameters.boundsAccounts,
        always: (unknown?.replay ?? replay).opened,
        minAmount: () => 0n,
        minShare: { num: 0n, den: 1n },
      },
      inspect: (account, history) => inspector.inspect(account, history, (other) => replay.opened.has(other) || reach.opened.has(other)),
      conversions: new Set(
        [replay, ...(unknown === null ? [] : [unknown.replay])].flatMap(({ findings }) => [...findings.conversions, ...findings.unmatched]),
      ),
      record: (event) => events.push(event),
    })
    await reach.run()
    bounds = boundsOf({
      reach,
      events,
      replays: unknown === null ? [replay] : [replay, unknown.replay],
      judge,
      opening: parameters.opening,
    })
  }
  const described = { ledger, tags, seeds, parameters, replay, unknown, judge, histories, bounds, lookAlikes: [...lookAlikes.values()] }
  return describeTrace({ ...described, coins, clusterConflicts: owners?.conflicts ?? null })
}

/** Owners by clusters, where the ledger's columns can be walked and tags can be listed; null elsewhere. */
async function clusterOwners(utxo: UtxoLedger, tags: TagStore, parameters: TraceParameters, options: Work): Promise<Owners | null> {
  if (parameters.bitcoin?.clusters !== 'multi-input' || !('table' in utxo) || !('addresses' in tags)) return null
  return ownersOf(utxo, (utxo as LocalBitcoinLedger).table(), tags as LoadedTags, work(options))
}

function work(options: Work): Work {
  return {
    ...(options.progress === undefined ? {} : { progress: options.progress }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  }
}

function minimums(parameters: TraceParameters, ledger: Ledger): (asset: number) => bigint {
  const general = BigInt(parameters.minAmount['*'] ?? '0')
  const byAsset = ledger.manifest.assets.map(({ id }) => {
    const own = parameters.minAmount[id]
    return own === undefined ? general : BigInt(own)
  })
  return (asset) => byAsset[asset] ?? general
}
