import type { BoundedAmount, Endpoint, EntityTotal } from '../document.ts'
import { shownAmount } from './amounts.ts'
import { addressCell, amountCell, boundsCell, type Facts, shareCell, sumOf, sumOfAsset } from './facts.ts'
import { type Content, type Html, html, NOTHING, table } from './markup.ts'
import { court } from './summary.ts'
import { countOf, listOf, visibleLabel, visibleText } from './text.ts'
import { BASES, confidenceWords, KIND_NAMES, shownTime } from './words.ts'

const MOST_SERVICES = 60
const MOST_CARDS = 30
const MOST_ACCOUNTS = 60
const MOST_EVIDENCE = 6

interface Row {
  readonly entity: EntityTotal
  readonly part: BoundedAmount
  readonly first: boolean
}

/** End points by entity: whom to call, about how much, how sure, and the accounts to name in the request. */
export function services(facts: Facts): Html {
  const { document, forward } = facts
  const ranked = rank(facts)
  const unnamed = document.endpoints.filter(({ kind, entity }) => kind === 'service' && entity === null)
  const rows = ranked.flatMap((entity) => entity.amounts.map((part, i): Row => ({ entity, part, first: i === 0 })))
  const places = placesOf(document.endpoints)
  const title = forward ? 'Services that it reached' : 'Services that it came from'
  if (ranked.length === 0 && unnamed.length === 0)
    return html`<section id="services"><h2>${title}</h2><p>None within the ledger.</p></section>`
  const overview = table<Row>(
    'One line per service and asset, the largest share first',
    [
      {
        title: 'Service',
        cell: ({ entity, first }) =>
          first
            ? html`<a href="#service-${anchor(ranked, entity)}">${named(entity)}</a> ${chip(entity)}`
            : html`<span class="faint">${named(entity)}</span>`,
      },
      { title: 'Amount', kind: 'number', cell: ({ part }) => amountCell(BigInt(part.amount), facts.unitOf(part.asset)) },
      { title: 'At least – at most', kind: 'number', cell: ({ part }) => boundsCell(part, facts.unitOf(part.asset)) },
      { title: 'Share', kind: 'number', cell: ({ part }) => shareCell(BigInt(part.amount), facts.cameIn(part.asset)) },
      { title: 'Accounts', kind: 'number', cell: ({ entity, first }) => (first ? entity.accounts.length : '') },
      {
        title: forward ? 'First – last arrival (UTC)' : 'First – last departure (UTC)',
        kind: 'time',
        cell: ({ entity, first }) => (first ? span(places.get(entity.id) ?? []) : ''),
      },
      {
        title: 'Confidence',
        cell: ({ entity, first }) => (first ? `${entity.confidence}/100, ${confidenceWords(entity.confidence)}` : ''),
      },
      { title: 'Contact', cell: ({ entity, first }) => (first ? contact(entity) : '') },
    ],
    rows,
    MOST_SERVICES,
  )
  const cards = ranked.slice(0, MOST_CARDS).map((entity, i) => card(facts, entity, i, places.get(entity.id) ?? []))
  const more = ranked.length - cards.length
  return html`<section id="services"><h2>${title}</h2>
<p>${forward ? 'At a service the money lies among other people’s, and only the service can say whose account was credited. Write to the contact, name the accounts and transactions below, and ask for a freeze.' : 'A service can say to whom it paid out. Write to the contact and name the accounts and transactions below.'}</p>
${overview}
${cards}
${more > 0 ? html`<p class="note">${countOf(more, 'smaller service')} without a section here: accounts and evidence are in the trace document.</p>` : NOTHING}
${unnamed.length === 0 ? NOTHING : accountsTable(facts, 'Accounts of services that nobody has named', unnamed)}
</section>`
}

/** By the largest share of any asset that each reached: sums of unlike assets cannot be compared. */
function rank({ document, cameIn }: Facts): EntityTotal[] {
  const weight = (entity: EntityTotal): number =>
    Math.max(
      0,
      ...entity.amounts.map(({ asset, amount }) => {
        const whole = cameIn(asset)
        return whole === null || whole === 0n ? 0 : Number((BigInt(amount) * 1_000_000_000n) / whole)
      }),
    )
  return document.entities
    .map((entity, i) => ({ entity, i, weight: weight(entity) }))
    .sort((a, b) => b.weight - a.weight || a.i - b.i)
    .map(({ entity }) => entity)
}

function anchor(ranked: readonly EntityTotal[], entity: EntityTotal): number {
  return Math.min(ranked.indexOf(entity), MOST_CARDS - 1) + 1
}

function placesOf(endpoints: readonly Endpoint[]): Map<string, Endpoint[]> {
  const places = new Map<string, Endpoint[]>()
  for (const endpoint of endpoints) {
    if (endpoint.kind !== 'service' || endpoint.entity === null) continue
    const list = places.get(endpoint.entity)
    if (list === undefined) places.set(endpoint.entity, [endpoint])
    else list.push(endpoint)
  }
  return places
}

function named(entity: EntityTotal): Html {
  return html`<bdi>${visibleLabel(entity.label)}</bdi>`
}

function chip({ kind }: EntityTotal): Html {
  return html`<span class="chip k-${kind}">${KIND_NAMES[kind][0]}</span>`
}

function contact({ contact: where }: EntityTotal): Content {
  // Never a link: the address comes from a tag pack, and a report must not lead its reader anywhere.
  return where === null ? html`<span class="faint">none known</span>` : html`<span class="contact">${visibleText(where, 120)}</span>`
}

function span(endpoints: readonly Endpoint[]): Html {
  const firsts = endpoints.flatMap(({ firstArrival }) => firstArrival ?? []).sort()
  const lasts = endpoints.flatMap(({ lastArrival }) => lastArrival ?? []).sort()
  const [first, last] = [firsts[0], lasts.at(-1)]
  if (first === undefined || last === undefined) return html`<span class="faint">unknown</span>`
  return html`${shownTime(first).slice(0, 16)} –<br>${shownTime(last).slice(0, 16)}`
}

function card(facts: Facts, entity: EntityTotal, index: number, endpoints: readonly Endpoint[]): Html {
  const evidence = entity.evidence.slice(0, MOST_EVIDENCE)
  const more = entity.evidence.length - evidence.length
  const conflicts = entity.conflicts.map((id) => visibleText(id))
  return html`<article class="card k-${entity.kind}" id="service-${index + 1}"><h3>${named(entity)} ${chip(entity)}</h3>
${entity.amounts.map((part) => html`<p class="court">${court(visibleLabel(entity.label), part, facts)}</p>`)}
<dl class="pairs">
<dt>Contact</dt><dd>${contact(entity)}</dd>
<dt>How sure</dt><dd>${entity.confidence} of 100 (${confidenceWords(entity.confidence)}): ${BASES[entity.basis]}.</dd>
<dt>Why</dt><dd>${evidence.length === 0 ? 'No evidence is recorded with the attribution.' : html`<ul>${evidence.map((sentence) => html`<li><bdi>${visibleText(sentence, 300)}</bdi></li>`)}</ul>`}${more > 0 ? html`<p class="note">and ${countOf(more, 'more piece')} of evidence in the trace document</p>` : NOTHING}</dd>
${conflicts.length === 0 ? NOTHING : html`<dt>Against it</dt><dd>Other tags name the same accounts: <bdi>${listOf(conflicts.slice(0, 8))}</bdi>${conflicts.length > 8 ? ` and ${conflicts.length - 8} more` : ''}.</dd>`}
</dl>
${accountsTable(facts, `Accounts of ${visibleLabel(entity.label)}`, endpoints)}
</article>`
}

function accountsTable(facts: Facts, caption: string, endpoints: readonly Endpoint[]): Html {
  const { forward } = facts
  return table<Endpoint>(
    caption,
    [
      {
        title: forward ? 'Account, and the first transaction that reached it' : 'Account, and the first transaction from it',
        kind: 'address',
        cell: (endpoint) => html`${addressCell(facts, endpoint.account)}${transactions(endpoint)}`,
      },
      {
        title: 'Amount',
        kind: 'number',
        cell: ({ amounts }) => lines(amounts, (part) => amountCell(BigInt(part.amount), facts.unitOf(part.asset))),
      },
      {
        title: 'At least – at most',
        kind: 'number',
        cell: ({ amounts }) => lines(amounts, (part) => boundsCell(part, facts.unitOf(part.asset), 2)),
      },
      { title: forward ? 'Arrivals' : 'Departures', kind: 'number', cell: ({ arrivals }) => arrivals },
      { title: 'First (UTC)', kind: 'time', cell: ({ firstArrival }) => shownTime(firstArrival) },
      { title: 'Last (UTC)', kind: 'time', cell: ({ lastArrival }) => shownTime(lastArrival) },
    ],
    endpoints,
    MOST_ACCOUNTS,
    (left) => restOf(facts, left),
  )
}

function transactions({ transactions: list, arrivals }: Endpoint): Html {
  const first = list[0]
  if (first === undefined) return NOTHING
  return html`<br><code class="tx">${visibleText(first, 80)}</code>${arrivals > 1 ? html`<span class="faint"> +${arrivals - 1}</span>` : NOTHING}`
}

function lines(amounts: readonly BoundedAmount[], cell: (part: BoundedAmount) => Content): Content {
  return amounts.map((part, i) => html`${i === 0 ? NOTHING : html`<br>`}${cell(part)}`)
}

/** What rows that were not shown come to, by asset. */
export function restOf(facts: Facts, left: readonly Endpoint[]): string {
  const assets = [...new Set(left.flatMap(({ amounts }) => amounts.map(({ asset }) => asset)))].sort()
  return listOf(assets.map((asset) => shownAmount(sumOfAsset(left, asset), facts.unitOf(asset))))
}

const MOST_HELD = 40

/** Accounts where stolen value lies still. */
export function holdings(facts: Facts): Html {
  const { document, forward } = facts
  const held = document.endpoints.filter(({ kind }) => kind === 'held')
  const title = forward ? 'Still held' : 'Where it begins in this ledger'
  if (held.length === 0) return html`<section id="held"><h2>${title}</h2><p>Nothing.</p></section>`
  const rows = [...held].sort((a, b) => {
    const [x, y] = [heaviest(facts, a), heaviest(facts, b)]
    return y - x
  })
  return html`<section id="held"><h2>${title}</h2>
<p>${forward ? 'Nobody had moved this on when the ledger ended. These are the accounts to watch: a transfer out of one of them is the next thing to happen.' : 'These accounts had the value before the ledger shows them receiving it.'}</p>
${table<Endpoint>(
  'Accounts by amount',
  [
    {
      title: 'Account',
      kind: 'address',
      cell: ({ account, entity }) =>
        html`${addressCell(facts, account)}${entity === null ? NOTHING : html` <bdi>${facts.nameOf(entity)}</bdi>`}`,
    },
    {
      title: 'Amount',
      kind: 'number',
      cell: ({ amounts }) => lines(amounts, (part) => amountCell(BigInt(part.amount), facts.unitOf(part.asset))),
    },
    {
      title: 'At least – at most',
      kind: 'number',
      cell: ({ amounts }) => lines(amounts, (part) => boundsCell(part, facts.unitOf(part.asset))),
    },
    {
      title: 'Share',
      kind: 'number',
      cell: ({ amounts }) => lines(amounts, (part) => shareCell(BigInt(part.amount), facts.cameIn(part.asset))),
    },
    { title: forward ? 'Last arrival (UTC)' : 'Last departure (UTC)', kind: 'time', cell: ({ lastArrival }) => shownTime(lastArrival) },
  ],
  rows,
  MOST_HELD,
  (left) => restOf(facts, left),
)}</section>`
}

/** For ordering only: the largest share of any asset. */
function heaviest({ cameIn }: Facts, { amounts }: Endpoint): number {
  return Math.max(
    0,
    ...amounts.map(({ asset, amount }) => {
      const whole = cameIn(asset)
      return whole === null || whole === 0n ? 0 : Number((BigInt(amount) * 1_000_000_000n) / whole)
    }),
  )
}

/** Sum of amounts of one asset that the rest of a table holds; for lists that carry one asset per line. */
export function restOfLines(facts: Facts, left: readonly { readonly asset: string; readonly amount: string }[]): string {
  const assets = [...new Set(left.map(({ asset }) => asset))].sort()
  return listOf(
    assets.map((asset) => shownAmount(sumOf(left.flatMap((line) => (line.asset === asset ? [line.amount] : []))), facts.unitOf(asset))),
  )
}
