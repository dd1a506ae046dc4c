import type { EntityKind } from '../../attribution/index.ts'
import type { AssetId } from '../../chain/index.ts'
import type { TraceDocument } from '../document.ts'
import { briefAmount, exactAmount, toFloat, type Unit } from './amounts.ts'
import { type Html, html } from './markup.ts'
import { KIND_NAMES } from './words.ts'

/** Arrivals at services in one span of time. */
export interface Bucket {
  /** ISO time at which it begins. */
  readonly start: string
  readonly byKind: ReadonlyMap<EntityKind, bigint>
  readonly total: bigint
}

export interface Arrivals {
  readonly span: 'hour' | 'day' | 'week' | '30 days'
  readonly buckets: readonly Bucket[]
  /** Arrivals without a time. */
  readonly undated: bigint
}

const SECONDS = { hour: 3600, day: 86_400, week: 604_800, '30 days': 2_592_000 } as const
const SPANS = ['hour', 'day', 'week', '30 days'] as const
const MOST_BUCKETS = 96

/**
 * Stolen value of one asset that reached services (left them, in a backward trace), by hour, day, week or 30 days: the finest that gives at
 * most 96 bars. Empty spans between the first and the last are in the list. Days begin at midnight UTC.
 */
export function arrivalsOf(document: TraceDocument, asset: AssetId): Arrivals {
  const forward = document.parameters.direction === 'forward'
  const kinds = new Map(document.entities.map((entity) => [entity.id, entity.kind]))
  const services = new Map<string, EntityKind>()
  for (const { account, kind, entity } of document.endpoints) {
    if (kind === 'service') services.set(account, (entity === null ? undefined : kinds.get(entity)) ?? 'unnamed-service')
  }
  const dated: { at: number; kind: EntityKind; amount: bigint }[] = []
  let undated = 0n
  for (const flow of document.flows) {
    const kind = flow.asset === asset ? services.get(forward ? flow.to : flow.from) : undefined
    if (kind === undefined || flow.amount === '0') continue
    if (flow.time === null) undated += BigInt(flow.amount)
    else dated.push({ at: Date.parse(flow.time) / 1000, kind, amount: BigInt(flow.amount) })
  }
  if (dated.length === 0) return { span: 'day', buckets: [], undated }
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { at } of dated) {
    first = Math.min(first, at)
    last = Math.max(last, at)
  }
  const count = (span: keyof typeof SECONDS): number => Math.floor(last / SECONDS[span]) - Math.floor(first / SECONDS[span]) + 1
  const span = SPANS.find((candidate) => count(candidate) <= MOST_BUCKETS) ?? '30 days'
  const begin = Math.floor(first / SECONDS[span])
  const sums = Array.from({ length: count(span) }, () => new Map<EntityKind, bigint>())
  for (const { at, kind, amount } of dated) {
    const bucket = sums[Math.floor(at / SECONDS[span]) - begin] as Map<EntityKind, bigint>
    bucket.set(kind, (bucket.get(kind) ?? 0n) + amount)
  }
  const buckets = sums.map((byKind, i) => ({
    start: `${new Date((begin + i) * SECONDS[span] * 1000).toISOString().slice(0, 19)}Z`,
    byKind,
    total: [...byKind.values()].reduce((sum, amount) => sum + amount, 0n),
  }))
  return { span, buckets, undated }
}

const WIDTH = 1180
const HEIGHT = 230
const LEFT = 64
const BOTTOM = 34
const TOP = 14

/** The arrivals as a bar chart, one bar a span, stacked by kind of service. */
export function arrivalsSvg({ span, buckets }: Arrivals, unit: Unit, number: number, direction: 'forward' | 'backward'): Html {
  const highest = buckets.reduce((most, { total }) => (total > most ? total : most), 0n)
  const kinds = (Object.keys(KIND_NAMES) as EntityKind[]).filter((kind) => buckets.some((bucket) => bucket.byKind.has(kind)))
  const plotHeight = HEIGHT - BOTTOM - TOP
  const step = (WIDTH - LEFT - 8) / buckets.length
  const barWidth = Math.min(Math.max(step - Math.min(step * 0.2, 4), 1), 46)
  const tick = tickOf(highest)
  const ticks = Array.from({ length: Number((highest + tick - 1n) / tick) }, (_, i) => tick * BigInt(i + 1))
  const scale = plotHeight / toFloat(ticks.at(-1) as bigint, unit.decimals)
  const bars = buckets.flatMap((bucket, i) => {
    let top = HEIGHT - BOTTOM
    return kinds.flatMap((kind) => {
      const amount = bucket.byKind.get(kind)
      if (amount === undefined) return []
      const height = Math.max(toFloat(amount, unit.decimals) * scale, 0.6)
      top -= height
      return html`<rect class="bar k-${kind}" x="${(LEFT + i * step + (step - barWidth) / 2).toFixed(1)}" y="${top.toFixed(1)}" width="${barWidth.toFixed(1)}" height="${height.toFixed(1)}"><title>${bucketName(bucket.start, span)}, ${KIND_NAMES[kind][1]}: ${exactAmount(amount, unit)}</title></rect>\n`
    })
  })
  const lines = ticks.map((amount) => {
    const y = (HEIGHT - BOTTOM - toFloat(amount, unit.decimals) * scale).toFixed(1)
    return html`<path class="grid" d="M${LEFT} ${y}H${WIDTH}"/><text class="axis" x="${LEFT - 6}" y="${y}" dy="4" text-anchor="end">${briefAmount(amount, unit)}</text>`
  })
  const every = Math.max(Math.ceil(buckets.length / Math.min(12, Math.floor((WIDTH - LEFT) / 96))), 1)
  const dates = buckets.flatMap((bucket, i) =>
    i % every === 0
      ? html`<text class="axis" x="${(LEFT + (i + 0.5) * step).toFixed(1)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${bucketName(bucket.start, span)}</text>`
      : [],
  )
  const peak = buckets.find(({ total }) => total === highest)
  const verb = direction === 'forward' ? 'Arrivals at' : 'Departures from'
  return html`<svg class="arrivals" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="arrivals-${number}-title arrivals-${number}-text">
<title id="arrivals-${number}-title">${verb} services per ${span}, ${unit.name}</title>
<desc id="arrivals-${number}-text">${buckets.length} spans of one ${span}; the highest begins ${peak === undefined ? '' : bucketName(peak.start, span)} with ${exactAmount(highest, unit)}.</desc>
${lines}<path class="base" d="M${LEFT} ${HEIGHT - BOTTOM}H${WIDTH}"/>
${bars}${dates}
</svg>
<p class="legend">${kinds.map((kind) => html`<span><i class="k-${kind}"></i>${KIND_NAMES[kind][1]}</span> `)}</p>`
}

/** 1, 2 or 5 times a power of ten, so that five lines or fewer reach the highest bar. */
function tickOf(highest: bigint): bigint {
  const power = 10n ** BigInt(Math.max((highest / 5n).toString().length - 1, 0))
  return [1n, 2n, 5n, 10n].map((factor) => factor * power).find((step) => step * 5n >= highest) ?? highest
}

function bucketName(start: string, span: Arrivals['span']): string {
  return span === 'hour' ? `${start.slice(5, 10)} ${start.slice(11, 16)}` : start.slice(0, 10)
}
