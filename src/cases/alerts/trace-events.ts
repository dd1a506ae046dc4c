import { CordonError } from '../../chain/index.ts'
import type { BoundedAmount, Endpoint, TraceDocument } from '../../trace/index.ts'
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
  const now = new Map(after.endpoints.map((endpoint) => [key(endpoint), endpoint]))
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
  for (const endpoint of before?.endpoints ?? []) {
    if (endpoint.kind === 'held') tell('moved-on', endpoint, more(endpoint.amounts, now.get(key(endpoint))?.amounts ?? []), null)
  }
  return events.sort((a, b) => compare(a.account, b.account) || compare(a.id, b.id))
}

/** By how much the first exceeds the second, asset by asset. */
function more(amounts: readonly BoundedAmount[], than: readonly BoundedAmount[]): readonly AssetAmount[] {
  const others = new Map(than.map(({ asset, amount }) => [asset, BigInt(amount)]))
  return amounts.flatMap(({ asset, amount }) => {
    const difference = BigInt(amount) - (others.get(asset) ?? 0n)
    return difference > 0n ? [{ asset, amount: difference.toString() }] : []
  })
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
