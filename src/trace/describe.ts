import type { Entity, TagStore } from '../attribution/index.ts'
import { CordonError } from '../chain/index.ts'
import type { AccountId, Ledger, TransactionInfo, Tx } from '../ledger/index.ts'
import type { CoinLedger } from './bitcoin/coins.ts'
import { bitcoinPart } from './bitcoin/describe.ts'
import type { BoundsByPlace } from './bounded.ts'
import { completenessOf } from './completeness.ts'
import type {
  BoundedAmount,
  Conservation,
  Endpoint,
  EntityTotal,
  Flow,
  LedgerReference,
  LookAlike,
  NotFollowed,
  NotFollowedReason,
  ReachedAccount,
  Seed,
  Swap,
  TraceDocument,
  TraceParameters,
} from './document.ts'
import { ENGINE } from './engine.ts'
import type { FlowRecord } from './findings.ts'
import type { History } from './history.ts'
import type { Judge } from './judge.ts'
import type { OpenPool } from './opened.ts'
import { formatTime } from './parameters.ts'
import { POLICIES } from './policies/index.ts'
import type { Replay } from './replay.ts'
import type { UnknownColour } from './unknown.ts'

export interface Described {
  readonly ledger: Ledger
  readonly tags: TagStore
  readonly seeds: readonly Seed[]
  readonly parameters: TraceParameters
  readonly replay: Replay
  /** What also moved if balances of unknown origin are followed, or null. */
  readonly unknown: UnknownColour | null
  readonly judge: Judge
  readonly histories: ReadonlyMap<AccountId, History>
  readonly bounds: BoundsByPlace | null
  readonly lookAlikes: readonly LookAlike[]
  /** The ledger of outputs that was replayed, on a Bitcoin chain. */
  readonly coins: CoinLedger | null
  readonly clusterConflicts: number | null
}

/** Where stolen value is at the end: at a service, held, or not followed. In ledger numbers. */
interface Resting {
  readonly account: AccountId
  readonly asset: number
  readonly amount: bigint
  readonly arrivals: number
  readonly txs: readonly Tx[]
  readonly lastTx: Tx | null
}

/** The same with the part of unknown origin beside it. */
type RestingOf<T> = T & { readonly unknown: bigint }

/** Write a finished replay down as a document. Throws `trace/not-conserved` if a unit was created or lost, which would be an error of this program. */
export async function describeTrace(d: Described): Promise<TraceDocument> {
  const { ledger, parameters, replay } = d
  const { findings } = replay
  const forward = parameters.direction === 'forward'
  const { held: heldStolen, cut } = heldValue(d.replay)
  const notFollowed: { account: AccountId; asset: number; amount: bigint; reason: NotFollowedReason; arrivals: number }[] = [
    ...findings.notFollowed,
    ...cut,
  ]
  const conservation = conserve(d, heldStolen, notFollowed)
  const held = withUnknown(heldStolen, d.unknown === null ? [] : heldValue(d.unknown.replay).held)
  const services = withUnknown(findings.services, d.unknown === null ? [] : d.unknown.replay.findings.services)
  const moved = flowsWithUnknown(findings.flows, d.unknown?.replay.findings.flows ?? [])

  const resting = [...held, ...services]
  const names = await nameAccounts(
    d,
    [...notFollowed, ...resting].map((entry) => entry.account),
    moved,
  )
  const times = await readTransactions(ledger, [
    ...moved.map((flow) => flow.tx),
    ...findings.swaps.map((swap) => swap.tx),
    ...resting.flatMap((entry) => [...entry.txs, entry.lastTx].filter((tx) => tx !== null)),
  ])
  const assetId = (asset: number): string => (ledger.manifest.assets[asset] as { id: string }).id
  const address = (account: AccountId): string => names.get(account) as string
  const hash = (tx: Tx): string => (times.get(tx) as TransactionInfo).hash
  const time = (tx: Tx): string | null => timeOf(times.get(tx) as TransactionInfo)

  const flows: Flow[] = moved.map((flow) => ({
    transaction: hash(flow.tx),
    time: time(flow.tx),
    block: (times.get(flow.tx) as TransactionInfo).block,
    from: address(forward ? flow.from : flow.to),
    to: address(forward ? flow.to : flow.from),
    asset: assetId(flow.asset),
    amount: flow.amount.toString(),
    unknown: flow.unknown.toString(),
    value: flow.value.toString(),
    depth: flow.depth,
  }))
  const swaps: Swap[] = findings.swaps
    .map((swap, i) => ({ swap, i }))
    .sort((a, b) => a.swap.tx - b.swap.tx || a.i - b.i)
    .map(({ swap }) => ({
      transaction: hash(swap.tx),
      time: time(swap.tx),
      account: address(swap.account),
      via: address(swap.via),
      to: address(swap.to),
      gave: { asset: assetId(swap.gave.asset), stolen: swap.gave.stolen.toString(), value: swap.gave.value.toString() },
      got: { asset: assetId(swap.got.asset), stolen: swap.got.stolen.toString(), value: swap.got.value.toString() },
    }))

  const endpoints = [
    ...endpointsOf('service', services, d, { assetId, address, hash, time }),
    ...endpointsOf('held', held, d, { assetId, address, hash, time }),
  ]
  const assets = usedAssets(d, resting)
  return {
    format: 'cordon-trace',
    formatVersion: 1,
    engine: ENGINE,
    ledger: ledgerReference(ledger),
    assets,
    parameters,
    seeds: d.seeds,
    tags: d.tags.packs.map(({ file, title, sha256, tags }) => ({ file, title, sha256, tags })),
    endpoints,
    entities: entitiesOf(services, d, { assetId, address }),
    flows,
    swaps,
    notFollowed: notFollowed
      .map(
        (entry): NotFollowed => ({
          account: address(entry.account),
          asset: assetId(entry.asset),
          amount: entry.amount.toString(),
          reason: entry.reason,
          transfers: entry.arrivals,
        }),
      )
      .sort(
        (a, b) =>
          compareAmounts(b.amount, a.amount) ||
          compareText(a.account, b.account) ||
          compareText(a.asset, b.asset) ||
          compareText(a.reason, b.reason),
      ),
    accounts: reachedAccounts(d, moved, { address, time }),
    lookAlikes: [...d.lookAlikes].sort((a, b) => compareText(a.account, b.account) || compareText(a.victim, b.victim)),
    conservation,
    ...(d.coins === null
      ? {}
      : {
          bitcoin: await bitcoinPart(d.coins, {
            flows: moved,
            names,
            parameters,
            clusterConflicts: d.clusterConflicts,
            transactions: times,
            opened: replay.opened,
            seeded: new Set(d.seeds.flatMap((seed) => (seed.kind === 'transaction' ? [seed.transaction] : []))),
            entityOf: (account) => (d.judge.knows(account) ? d.judge.of(account).entity : null),
          }),
        }),
    completeness: await completenessOf(d),
  }
}

interface Naming {
  readonly assetId: (asset: number) => string
  readonly address: (account: AccountId) => string
}

interface Dating {
  readonly hash: (tx: Tx) => string
  readonly time: (tx: Tx) => string | null
}

/** Stolen value still in opened pools; what a time limit kept from moving on is set apart. */
function heldValue(replay: Replay): {
  held: Resting[]
  cut: { account: AccountId; asset: number; amount: bigint; reason: NotFollowedReason; arrivals: number }[]
} {
  const held: Resting[] = []
  const cut: { account: AccountId; asset: number; amount: bigint; reason: NotFollowedReason; arrivals: number }[] = []
  const arrivals = new Map<string, Tx[]>()
  for (const flow of replay.findings.flows) {
    const key = `${flow.to}/${flow.asset}`
    const list = arrivals.get(key)
    if (list === undefined) arrivals.set(key, [flow.tx])
    else list.push(flow.tx)
  }
  for (const open of replay.pools) {
    const amount = open.pool.stolen
    if (amount === 0n) continue
    if (open.cut && paysLater(open)) {
      cut.push({ account: open.account, asset: open.asset, amount, reason: 'after-until', arrivals: 0 })
      continue
    }
    const txs = (arrivals.get(`${open.account}/${open.asset}`) ?? []).sort((a, b) => a - b)
    held.push({ account: open.account, asset: open.asset, amount, arrivals: txs.length, txs, lastTx: txs.at(-1) ?? null })
  }
  return { held, cut }
}

/** Add what "stolen or unknown" shows beyond "stolen": at places that both know, and at places of its own. */
function withUnknown(stolen: readonly Resting[], either: readonly Resting[]): RestingOf<Resting>[] {
  const key = (entry: Resting): string => `${entry.account}/${entry.asset}`
  const all = new Map(either.map((entry) => [key(entry), entry]))
  const list: RestingOf<Resting>[] = stolen.map((entry) => {
    const other = all.get(key(entry))
    all.delete(key(entry))
    return { ...entry, unknown: other === undefined || other.amount < entry.amount ? 0n : other.amount - entry.amount }
  })
  for (const entry of all.values()) list.push({ ...entry, amount: 0n, unknown: entry.amount })
  return list
}

function flowsWithUnknown(stolen: readonly FlowRecord[], either: readonly FlowRecord[]): RestingOf<FlowRecord>[] {
  const key = (flow: FlowRecord): string => `${flow.tx}/${flow.from}/${flow.to}/${flow.asset}`
  const all = new Map(either.map((flow) => [key(flow), flow]))
  const list: RestingOf<FlowRecord>[] = stolen.map((flow) => {
    const other = all.get(key(flow))
    all.delete(key(flow))
    return { ...flow, unknown: other === undefined || other.amount < flow.amount ? 0n : other.amount - flow.amount }
  })
  for (const flow of all.values()) list.push({ ...flow, amount: 0n, unknown: flow.amount })
  return list
    .map((flow, i) => ({ flow, i }))
    .sort((a, b) => a.flow.tx - b.flow.tx || a.i - b.i)
    .map(({ flow }) => flow)
}

function paysLater(open: OpenPool): boolean {
  for (let event = open.cursor; event < open.timeline.change.length; event++) if ((open.timeline.change[event] as bigint) < 0n) return true
  return false
}

function conserve(d: Described, held: readonly Resting[], notFollowed: readonly { asset: number; amount: bigint }[]): Conservation[] {
  const { findings } = d.replay
  if (!POLICIES[d.parameters.policy].conserves) return []
  const sum = (list: readonly { asset: number; amount: bigint }[], asset: number): bigint =>
    list.reduce((total, entry) => (entry.asset === asset ? total + entry.amount : total), 0n)
  const assets = [...new Set([...findings.seeded.assets(), ...findings.swappedIn.assets()])].sort((a, b) => a - b)
  return assets.map((asset) => {
    const seeded = findings.seeded.of(asset)
    const swappedIn = findings.swappedIn.of(asset)
    const atServices = sum(findings.services, asset)
    const stays = sum(held, asset)
    const left = sum(notFollowed, asset)
    const swappedOut = findings.swappedOut.of(asset)
    const difference = seeded + swappedIn - atServices - stays - left - swappedOut
    const id = (d.ledger.manifest.assets[asset] as { id: string }).id
    if (difference !== 0n) {
      throw new CordonError(
        'trace/not-conserved',
        `${difference} base units of ${id} are unaccounted for: the trace is not to be relied on`,
        {
          remedy: 'This is an error of the program. Please report it with the seeds and parameters.',
        },
      )
    }
    return {
      asset: id,
      seeded: seeded.toString(),
      swappedIn: swappedIn.toString(),
      atServices: atServices.toString(),
      held: stays.toString(),
      notFollowed: left.toString(),
      swappedOut: swappedOut.toString(),
      difference: difference.toString(),
    }
  })
}

function endpointsOf(kind: 'service' | 'held', resting: readonly RestingOf<Resting>[], d: Described, name: Naming & Dating): Endpoint[] {
  const byAccount = new Map<AccountId, RestingOf<Resting>[]>()
  for (const entry of resting) byAccount.set(entry.account, [...(byAccount.get(entry.account) ?? []), entry])
  const endpoints: Endpoint[] = []
  for (const [account, entries] of byAccount) {
    const txs = [...new Set(entries.flatMap((entry) => entry.txs))].sort((a, b) => a - b)
    const first = txs[0]
    const last = entries.reduce<Tx | null>(
      (latest, { lastTx }) => (lastTx !== null && (latest === null || lastTx > latest) ? lastTx : latest),
      null,
    )
    endpoints.push({
      account: name.address(account),
      entity: d.judge.of(account).entity?.id ?? null,
      kind,
      amounts: entries
        .sort((a, b) => a.asset - b.asset)
        .map((entry) => bounded(entry, d.bounds?.account(kind, account, entry.asset) ?? null, name)),
      firstArrival: first === undefined ? null : name.time(first),
      lastArrival: last === null ? null : name.time(last),
      transactions: txs.slice(0, 20).map(name.hash),
      arrivals: entries.reduce((sum, entry) => sum + entry.arrivals, 0),
    })
  }
  return endpoints.sort((a, b) => compareAmounts(total(b), total(a)) || compareText(a.account, b.account))
}

/** For ordering only: base units of unlike assets added up. */
function total(endpoint: { readonly amounts: readonly BoundedAmount[] }): string {
  return endpoint.amounts.reduce((sum, { amount }) => sum + BigInt(amount), 0n).toString()
}

function bounded(
  of: { readonly asset: number; readonly amount: bigint; readonly unknown: bigint },
  bounds: { least: bigint; most: bigint } | null,
  name: Naming,
): BoundedAmount {
  return {
    asset: name.assetId(of.asset),
    amount: of.amount.toString(),
    unknown: of.unknown.toString(),
    least: bounds === null ? null : bounds.least.toString(),
    most: bounds === null ? null : bounds.most.toString(),
  }
}

function entitiesOf(services: readonly RestingOf<Resting>[], d: Described, name: Naming): EntityTotal[] {
  const byEntity = new Map<string, { entities: Entity[]; entries: RestingOf<Resting>[] }>()
  for (const entry of services) {
    const entity = d.judge.of(entry.account).entity as Entity
    const group = byEntity.get(entity.id) ?? { entities: [], entries: [] }
    group.entities.push(entity)
    group.entries.push(entry)
    byEntity.set(entity.id, group)
  }
  const totals: EntityTotal[] = []
  for (const [id, { entities, entries }] of byEntity) {
    const best = entities.reduce((a, b) => (b.confidence > a.confidence ? b : a))
    const assets = [...new Set(entries.map((entry) => entry.asset))].sort((a, b) => a - b)
    totals.push({
      id,
      label: best.label,
      kind: best.kind,
      // Of what was counted, the least sure part decides how sure the sum is.
      confidence: Math.min(...entities.map((entity) => entity.confidence)),
      basis: best.basis,
      contact: entities.find((entity) => entity.contact !== null)?.contact ?? null,
      evidence: [...new Set(entities.flatMap((entity) => entity.evidence))].sort(compareText),
      conflicts: [...new Set(entities.flatMap((entity) => entity.conflicts))].sort(compareText),
      accounts: [...new Set(entries.map((entry) => name.address(entry.account)))].sort(compareText),
      amounts: assets.map((asset) =>
        bounded(
          {
            asset,
            amount: entries.reduce((sum, entry) => (entry.asset === asset ? sum + entry.amount : sum), 0n),
            unknown: entries.reduce((sum, entry) => (entry.asset === asset ? sum + entry.unknown : sum), 0n),
          },
          d.bounds?.entity(id, asset) ?? null,
          name,
        ),
      ),
    })
  }
  return totals.sort((a, b) => compareAmounts(total(b), total(a)) || compareText(a.id, b.id))
}

function reachedAccounts(
  d: Described,
  moved: readonly RestingOf<FlowRecord>[],
  name: { address: (account: AccountId) => string; time: (tx: Tx) => string | null },
): ReachedAccount[] {
  const { findings, opened, pools } = d.replay
  const first = new Map<AccountId, { tx: Tx | null; depth: number; order: number }>()
  let order = 0
  const seeds = new Set(pools.filter((open) => open.seed !== null).map((open) => open.account))
  for (const [account, depth] of opened) if (depth === 0) first.set(account, { tx: null, depth: 0, order: order++ })
  for (const flow of findings.flows) {
    const known = first.get(flow.to)
    if (known === undefined) first.set(flow.to, { tx: flow.tx, depth: flow.depth, order: order++ })
    else if (flow.depth < known.depth) known.depth = flow.depth
  }
  const stolenReached = new Set(first.keys())
  for (const flow of moved) {
    for (const account of [flow.from, flow.to]) {
      if (!first.has(account) && flow.amount === 0n) first.set(account, { tx: flow.tx, depth: flow.depth, order: order++ })
    }
  }
  const accounts: ReachedAccount[] = []
  for (const [account, at] of [...first].sort(([, a], [, b]) => a.order - b.order)) {
    const isOpen = opened.has(account)
    const service = !isOpen && d.judge.service(account) !== null
    accounts.push({
      account: name.address(account),
      depth: at.depth,
      role: seeds.has(account)
        ? 'seed'
        : !stolenReached.has(account)
          ? 'unknown'
          : isOpen
            ? 'passed'
            : service
              ? 'service'
              : 'not-followed',
      entity: d.judge.of(account).entity?.id ?? null,
      firstArrival: at.tx === null ? null : name.time(at.tx),
      transfers: d.judge.of(account).degree,
      opened: isOpen || d.unknown?.replay.opened.has(account) === true,
    })
  }
  return accounts
}

async function nameAccounts(d: Described, more: readonly AccountId[], moved: readonly FlowRecord[]): Promise<Map<AccountId, string>> {
  const { findings, opened } = d.replay
  const accounts = new Set<AccountId>([...opened.keys(), ...more])
  for (const { from, to } of moved) accounts.add(from).add(to)
  for (const { account, via, to } of findings.swaps) accounts.add(account).add(via).add(to)
  for (const { account } of findings.services) accounts.add(account)
  await d.judge.learn(accounts)
  return new Map([...accounts].map((account) => [account, d.judge.of(account).address]))
}

async function readTransactions(ledger: Ledger, txs: readonly Tx[]): Promise<Map<Tx, TransactionInfo>> {
  const wanted = [...new Set(txs)].sort((a, b) => a - b)
  const infos = await ledger.transactions(wanted)
  return new Map(infos.map((info) => [info.tx, info]))
}

function timeOf(info: TransactionInfo): string | null {
  return info.time === null ? null : formatTime(info.time)
}

function ledgerReference(ledger: Ledger): LedgerReference {
  const { hash, chain, transfers, transactions, accounts, blocks, time, lossy, orderNotes } = ledger.manifest
  return {
    hash,
    chain,
    transfers,
    transactions,
    accounts,
    blocks,
    time: time === null ? null : { first: formatTime(time.first), last: formatTime(time.last) },
    lossy,
    orderNotes,
  }
}

function usedAssets(d: Described, resting: readonly Resting[]): TraceDocument['assets'] {
  const { findings, pools } = d.replay
  const used = new Set<number>([...resting, ...findings.flows, ...findings.notFollowed].map((entry) => entry.asset))
  for (const open of pools) used.add(open.asset)
  return [...used]
    .map((asset) => d.ledger.manifest.assets[asset] as { id: string; symbol: string | null; decimals: number | null })
    .map(({ id, symbol, decimals }) => ({ id, symbol, decimals }))
    .sort((a, b) => compareText(a.id, b.id))
}

function compareAmounts(a: string, b: string): number {
  return a.length - b.length || compareText(a, b)
}

/** By code unit: the same on every machine, whatever its language settings. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
