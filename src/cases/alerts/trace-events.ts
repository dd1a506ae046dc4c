import { CordonError } from '../../chain/index.ts'
import type { Endpoint, Flow, TraceDocument } from '../../trace/index.ts'
import type { AssetAmount, EntityRef, TraceChange, TraceEvent } from './event.ts'

/**
 * What a trace found that it had not found before, on a ledger that has grown or with tags that know more. Sorted by account, then change.
 *
 * @param trace id of the trace
 * @param before the trace as it was; null where there was none, and then every end point is new
 * @param seenAt stands in where the ledger has no times, ISO 8601 UTC
 * @throws CordonError `alerts/other-trace` where the two do not ask the same: what differs is then no news from the chain
 */
export function traceEvents(trace: string, before: TraceDocument | null, after: TraceDocument, seenAt: string): readonly TraceEvent[] {
  if (before !== null && question(before) !== question(after)) {
    throw new CordonError('alerts/other-trace', `the two states of trace ${trace} have different seeds, parameters or chains`, {
      remedy: 'Compare runs of one trace; a trace with other parameters is another trace.',
    })
  }
  const { chain } = after.ledger
  const old = new Map((before?.endpoints ?? []).map((endpoint) => [key(endpoint), endpoint]))
  const events: TraceEvent[] = []
  const tell = (change: TraceChange, endpoint: Endpoint, amounts: readonly AssetAmount[], at: string | null) => {
    if (amounts.length === 0) return
    events.push({
      kind: 'trace',
      id: `trace:${trace}:${after.ledger.hash}:${change}:${endpoint.kind}:${endpoint.account}`,
      at: at ?? after.ledger.time?.last ?? seenAt,
      trace,
      change,
      account: `${chain}:${endpoint.account}`,
      entity: entityOf(after, endpoint.entity),
      amounts,
    })
  }
  for (const endpoint of after.endpoints) {
    const earlier = old.get(key(endpoint))
    tell(
      earlier === undefined ? 'new-endpoint' : 'more-arrived',
      endpoint,
      more(endpoint.amounts, earlier?.amounts ?? []),
      endpoint.lastArrival,
    )
  }
  if (before !== null && after.parameters.direction === 'forward') {
    const known = new Set(before.flows.map(flowKey))
    const left = after.flows.filter((flow) => !known.has(flowKey(flow)))
    for (const endpoint of before.endpoints) {
      if (endpoint.kind !== 'held') continue
      // Told by the transfers themselves: that less is held there can also mean that new tags let the trace end earlier.
      const flows = left.filter(({ from }) => from === endpoint.account)
      tell('moved-on', endpoint, more(flows, []), flows.at(-1)?.time ?? null)
    }
  }
  return events.sort((a, b) => compare(a.account, b.account) || compare(a.id, b.id))
}

/** By how much the first exceeds the second, asset by asset. */
function more(amounts: readonly AssetAmount[], than: readonly AssetAmount[]): readonly AssetAmount[] {
  const differences = new Map<string, bigint>()
  for (const { asset, amount } of amounts) differences.set(asset, (differences.get(asset) ?? 0n) + BigInt(amount))
  for (const { asset, amount } of than) differences.set(asset, (differences.get(asset) ?? 0n) - BigInt(amount))
  return [...differences].flatMap(([asset, difference]) => (difference > 0n ? [{ asset, amount: difference.toString() }] : []))
}

function flowKey({ transaction, from, to, asset }: Flow): string {
  return `${transaction} ${from} ${to} ${asset}`
}

function key({ account, kind }: Endpoint): string {
  return `${kind} ${account}`
}

function question({ ledger, parameters, seeds }: TraceDocument): string {
  return JSON.stringify([ledger.chain, parameters, seeds])
}

function entityOf({ entities }: TraceDocument, id: string | null): EntityRef | null {
  const found = id === null ? undefined : entities.find((entity) => entity.id === id)
  return found === undefined ? null : { id: found.id, label: found.label, kind: found.kind }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
