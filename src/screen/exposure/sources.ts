import type { AssetId } from '../../chain/index.ts'
import type { BoundedAmount, Flow, TraceDocument } from '../../trace/index.ts'
import type { AssetExposure, Listed, ListedSource, PathStep, ServiceStop, Share, TracedAmount } from './document.ts'
import { EVIDENCE } from './evidence.ts'
import { listedAddress } from './listed-tags.ts'
import { shortestPaths } from './paths.ts'

/**
 * What a backward trace of one asset says of listed parties.
 *
 * @param document with listed addresses as end points (`listedTags`)
 * @param wallet canonical name
 */
export function assetExposure(document: TraceDocument, asset: AssetId, wallet: string, listed: Listed): AssetExposure {
  const followed = new Map(document.conservation.map((line) => [line.asset, BigInt(line.seeded) + BigInt(line.swappedIn)]))
  const traced = ({ asset: of, amount }: { readonly asset: AssetId; readonly amount: string }): TracedAmount => ({
    asset: of,
    amount,
    share: share(BigInt(amount), followed.get(of) ?? 0n),
  })
  const own = document.conservation.find((line) => line.asset === asset)
  const reached = BigInt(own?.seeded ?? '0')
  const holder = holders(document)
  const sources = listedSources(document, wallet, holder, listed, traced)
  const direct = sources.reduce(
    (sum, { amounts }) => sum + amounts.reduce((part, each) => (each.asset === asset ? part + BigInt(each.amount) : part), 0n),
    0n,
  )
  return {
    asset,
    reached: reached.toString(),
    fromListed: share(direct, followed.get(asset) ?? 0n),
    swapped: share(BigInt(own?.swappedOut ?? '0'), followed.get(asset) ?? 0n),
    sources: sources.sort((a, b) => compareShares(b, a, asset) || a.hops - b.hops || (a.account < b.account ? -1 : 1)),
    stops: stopsOf(document, traced),
    origin: totals(document.endpoints.filter((each) => each.kind === 'held').flatMap((each) => each.amounts)).map(traced),
    notFollowed: notFollowed(document),
  }
}

function share(numerator: bigint, denominator: bigint): Share {
  return { numerator: numerator.toString(), denominator: denominator.toString() }
}

/** Address behind an account of the trace: on a chain of outputs accounts are outputs. */
function holders(document: TraceDocument): (account: string) => string {
  const { bitcoin } = document
  if (bitcoin === undefined) return (account) => account
  const byOutput = new Map(bitcoin.outputs.map(({ account, address }) => [account, address ?? account]))
  return (account) => byOutput.get(account) ?? account
}

function listedSources(
  document: TraceDocument,
  wallet: string,
  holder: (account: string) => string,
  listed: Listed,
  traced: (amount: BoundedAmount) => TracedAmount,
): ListedSource[] {
  const arrived = new Map(
    document.entities.flatMap((entity) => {
      const address = listedAddress(entity.id)
      return address === null ? [] : [[address, entity.amounts] as const]
    }),
  )
  const leaving = new Map<string, Flow[]>()
  for (const flow of document.flows) {
    const from = holder(flow.from)
    if (from === wallet || (!arrived.has(from) && (listed(from) ?? []).length === 0)) continue
    const flows = leaving.get(from)
    if (flows === undefined) leaving.set(from, [flow])
    else flows.push(flow)
  }
  const paths = shortestPaths(document.flows, (account) => holder(account) === wallet)
  return [...leaving].map(([account, flows]) => {
    const path = flows
      .map((flow) => paths.get(flow.from))
      .reduce((best, each) => (best === undefined || (each !== undefined && each.length < best.length) ? each : best), undefined)
    const amounts = (arrived.get(account) ?? []).filter(({ amount }) => amount !== '0').map(traced)
    const transactions = [...new Set(flows.map((flow) => flow.transaction))]
    return {
      account,
      parties: listed(account) ?? [],
      hops: path?.length ?? Math.min(...flows.map((flow) => flow.depth)),
      amounts,
      onlyInSwap: amounts.length === 0,
      path: (path ?? []).map((flow) => step(flow, holder)),
      transactions: transactions.slice(0, EVIDENCE),
      count: transactions.length,
    }
  })
}

function step({ transaction, time, from, to, asset, amount, value }: Flow, holder: (account: string) => string): PathStep {
  return { transaction, time, from: holder(from), to: holder(to), asset, amount, value }
}

function stopsOf(document: TraceDocument, traced: (amount: BoundedAmount) => TracedAmount): ServiceStop[] {
  return document.entities
    .filter(({ id }) => listedAddress(id) === null)
    .map(({ id, label, kind, confidence, accounts, amounts }) => ({ id, label, kind, confidence, accounts, amounts: amounts.map(traced) }))
}

/** Sums by asset, in the order of ids. */
function totals(
  amounts: readonly { readonly asset: AssetId; readonly amount: string }[],
): { readonly asset: AssetId; readonly amount: string }[] {
  const sums = new Map<AssetId, bigint>()
  for (const { asset, amount } of amounts) sums.set(asset, (sums.get(asset) ?? 0n) + BigInt(amount))
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([asset, amount]) => ({ asset, amount: amount.toString() }))
}

function notFollowed(document: TraceDocument): AssetExposure['notFollowed'] {
  const groups = new Map<
    string,
    { reason: (typeof document.notFollowed)[number]['reason']; asset: AssetId; amount: bigint; accounts: number }
  >()
  for (const { reason, asset, amount } of document.notFollowed) {
    const key = `${reason} ${asset}`
    const group = groups.get(key) ?? { reason, asset, amount: 0n, accounts: 0 }
    group.amount += BigInt(amount)
    group.accounts++
    groups.set(key, group)
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => ({ ...group, amount: group.amount.toString() }))
}

/** By what came in the wallet's own asset; amounts of other assets cannot be weighed against it. */
function compareShares(a: ListedSource, b: ListedSource, asset: AssetId): number {
  const of = ({ amounts }: ListedSource): bigint => BigInt(amounts.find((each) => each.asset === asset)?.amount ?? '0')
  const [left, right] = [of(a), of(b)]
  return left < right ? -1 : left > right ? 1 : 0
}
