import type { EntityKind } from '../../attribution/index.ts'
import type { AssetId } from '../../chain/index.ts'
import { shownAmount } from './amounts.ts'
import { arrivalsOf, arrivalsSvg } from './arrivals.ts'
import type { Facts } from './facts.ts'
import { type Html, html, NOTHING } from './markup.ts'
import { sankeySvg } from './sankey.ts'
import { type BoxKind, type Stages, stagesOf } from './stages.ts'
import { swapPartners } from './summary.ts'
import { countOf, listOf } from './text.ts'
import { KIND_NAMES } from './words.ts'

/** Assets that get a picture. */
const MOST_PICTURES = 4

/** How the value moved: a flow diagram for each asset, and when it reached services. */
export function movement(facts: Facts): Html {
  const { assets, forward, unitOf } = facts
  const drawn = assets.slice(0, MOST_PICTURES)
  if (drawn.length === 0) return NOTHING
  const rest = assets.slice(MOST_PICTURES)
  const one = drawn.length === 1 && rest.length === 0
  return html`<section id="movement"><h2>${forward ? 'How it moved' : 'How it came'}</h2>
<p>Widths are amounts. Every stage is a number of hops from the ${forward ? 'theft' : 'cash-out'}; an account stands right of those that paid it. Accounts that moved most are named, the others of a stage stand together.</p>
${one ? NOTHING : html`<p class="jump">Assets: ${drawn.map((asset, i) => html`<a href="#asset-${i + 1}">${unitOf(asset).name}</a> `)}</p>`}
${drawn.map((asset, i) => picture(facts, asset, i + 1, one))}
${rest.length === 0 ? NOTHING : html`<p class="note">${countOf(rest.length, 'more asset')} without a picture: ${listOf(rest.slice(0, 12).map((asset) => unitOf(asset).name))}${rest.length > 12 ? ` and ${rest.length - 12} others` : ''}. Their flows are in the trace document.</p>`}
</section>
${timeline(facts, drawn, one)}`
}

function picture(facts: Facts, asset: AssetId, number: number, one: boolean): Html {
  const { document, unitOf, nameOf } = facts
  const unit = unitOf(asset)
  const stages = stagesOf(document, asset)
  const asides = [
    ...(stages.inside > 0n ? [`${shownAmount(stages.inside, unit)} moved between accounts that stand together`] : []),
    ...(stages.circled > 0n ? [`${shownAmount(stages.circled, unit)} went round in circles`] : []),
  ]
  const svg = sankeySvg({
    stages,
    unit,
    number,
    nameOf,
    holderOf: facts.holderOf,
    swappedInto: swapPartners(facts, asset, facts.forward ? 'gave' : 'got'),
    swappedFrom: swapPartners(facts, asset, facts.forward ? 'got' : 'gave'),
    direction: document.parameters.direction,
    shares: facts.conservationOf(asset) !== undefined,
  })
  return html`<figure id="asset-${number}">${one ? NOTHING : html`<h3>${unit.name}</h3>`}
<div class="scroll" tabindex="0" role="region" aria-label="Flow of ${unit.name} by stage">${svg}</div>
<figcaption>${legend(stages, facts.forward)}${asides.length === 0 ? '' : `Not drawn: ${asides.join('; ')}. Every flow is in the trace document.`}</figcaption></figure>`
}

function legend({ boxes }: Stages, forward: boolean): Html {
  const names: Partial<Record<BoxKind, string>> = {
    start: forward ? 'seed' : 'cash-out',
    passing: 'passed on',
    held: forward ? 'held' : 'begins here',
    'not-followed': 'not followed',
    'swapped-in': 'swap',
    'swapped-out': 'swap',
    unaccounted: 'not in this picture',
  }
  const nameOf = (kind: BoxKind): string => names[kind] ?? KIND_NAMES[kind as EntityKind][0]
  // Kinds of one name share a colour.
  const kinds = new Map([...boxes].reverse().map(({ kind }) => [nameOf(kind), kind]))
  return html`<span class="legend">${[...kinds].map(([name, kind]) => html`<span><i class="k-${kind}"></i>${name}</span> `)}</span> `
}

function timeline(facts: Facts, assets: readonly AssetId[], one: boolean): Html {
  const { document, unitOf, forward } = facts
  const charts = assets.map((asset, i) => {
    const arrivals = arrivalsOf(document, asset)
    if (arrivals.buckets.length === 0 && arrivals.undated === 0n) return NOTHING
    const undated =
      arrivals.undated === 0n
        ? NOTHING
        : html`<p class="note">${shownAmount(arrivals.undated, unitOf(asset))} without a time in the ledger.</p>`
    if (arrivals.buckets.length === 0) return undated
    return html`<figure>${one ? NOTHING : html`<h3>${unitOf(asset).name}</h3>`}<div class="scroll" tabindex="0" role="region" aria-label="${forward ? 'Arrivals' : 'Departures'} of ${unitOf(asset).name} over time">${arrivalsSvg(arrivals, unitOf(asset), i + 1, document.parameters.direction)}</div>
<figcaption>Per ${arrivals.span}, UTC.</figcaption></figure>${undated}`
  })
  if (charts.every((chart) => chart === NOTHING)) return NOTHING
  return html`<section id="timeline"><h2>${forward ? 'When it reached services' : 'When it left services'}</h2>${charts}</section>`
}
