import type { EntityKind } from '../../attribution/index.ts'
import type { AssetId } from '../../chain/index.ts'
import type { BoundedAmount, EntityTotal } from '../document.ts'
import { percentage, shownAmount } from './amounts.ts'
import { addressCell, amountCell, type Facts, sumOf, sumOfAsset } from './facts.ts'
import { type Content, type Html, html, NOTHING } from './markup.ts'
import type { BoxKind } from './stages.ts'
import { countOf, listOf } from './text.ts'
import { KIND_NAMES, kindCount, REASONS, shownTime } from './words.ts'

/** Assets that the summary tells about one by one. */
const MOST_ASSETS = 6

/** What happened, in a minute's reading: figures first, then sentences. */
export function summary(facts: Facts): Html {
  const told = facts.assets.slice(0, MOST_ASSETS)
  const more = facts.assets.length - told.length
  return html`<section id="summary"><h2>Summary</h2>
${told.map((asset) => aboutAsset(facts, asset))}
${more > 0 ? html`<p class="note">${countOf(more, 'further asset')} passed through the trace in small part; see the trace document.</p>` : NOTHING}
${told.length === 0 ? html`<p>No stolen value moved: nothing left the seeds within the ledger.</p>` : NOTHING}
</section>`
}

function aboutAsset(facts: Facts, asset: AssetId): Html {
  const unit = facts.unitOf(asset)
  const line = facts.conservationOf(asset)
  const services = sumOfAsset(
    facts.document.endpoints.filter(({ kind }) => kind === 'service'),
    asset,
  )
  const held = sumOfAsset(
    facts.document.endpoints.filter(({ kind }) => kind === 'held'),
    asset,
  )
  const left = sumOf(facts.document.notFollowed.flatMap((entry) => (entry.asset === asset ? [entry.amount] : [])))
  const whole = facts.cameIn(asset)
  const figure = (title: string, amount: bigint, kind: BoxKind, share = true): Html =>
    html`<div class="figure k-${kind}"><dt>${title}</dt><dd>${amountCell(amount, unit)}</dd><dd class="share">${share && whole !== null ? percentage(amount, whole) : ' '}</dd></div>`
  const figures: Html[] = []
  if (line !== undefined && line.seeded !== '0')
    figures.push(figure(facts.forward ? 'Stolen, followed' : 'Followed back', BigInt(line.seeded), 'start', false))
  if (line !== undefined && line.swappedIn !== '0') figures.push(figure('Came in by swaps', BigInt(line.swappedIn), 'swapped-in', false))
  figures.push(figure(facts.forward ? 'Reached services' : 'Came from services', services, mainKind(facts, asset)))
  figures.push(figure(facts.forward ? 'Still held' : 'Began there', held, 'held'))
  if (line !== undefined && line.swappedOut !== '0') figures.push(figure('Left by swaps', BigInt(line.swappedOut), 'swapped-out'))
  figures.push(figure('Not followed', left, 'not-followed'))
  return html`<h3 class="asset">${unit.dollars ? 'US dollars, as recorded by the source' : unit.name}</h3>
<dl class="figures">${figures}</dl>
<ul class="plain">${[...start(facts, asset), ...reached(facts, asset, services, whole), ...holding(facts, asset, held, whole), ...unfollowed(facts, asset, left, whole)].map((item) => html`<li>${item}</li>\n`)}</ul>`
}

function mainKind(facts: Facts, asset: AssetId): EntityKind {
  return byAmount(facts, asset)[0]?.entity.kind ?? 'other-service'
}

function start(facts: Facts, asset: AssetId): Content[] {
  const { document, unitOf, forward } = facts
  const unit = unitOf(asset)
  const line = facts.conservationOf(asset)
  if (line === undefined) {
    return [
      'Under the poison policy everything that leaves a tainted account counts in full: the amounts below are a ceiling of reach, overlap, and do not add up.',
    ]
  }
  const seeds = countOf(document.seeds.length, 'seed')
  const opened = countOf(document.completeness.accountsOpened, 'account')
  const sentences: Content[] = []
  if (line.seeded !== '0') {
    sentences.push(
      forward
        ? html`<strong>${amountCell(BigInt(line.seeded), unit)}</strong> is counted as stolen (${seeds}) and was followed through ${opened}.`
        : html`<strong>${amountCell(BigInt(line.seeded), unit)}</strong> (${seeds}) was followed back through ${opened} to where it came from.`,
    )
  }
  if (line.swappedIn !== '0') {
    const from = swapPartners(facts, asset, 'got')
    sentences.push(
      html`<strong>${amountCell(BigInt(line.swappedIn), unit)}</strong> was had for ${from} in swaps and followed on as ${unit.name}.`,
    )
  }
  if (line.swappedOut !== '0') {
    sentences.push(
      html`<strong>${amountCell(BigInt(line.swappedOut), unit)}</strong> was swapped into ${swapPartners(facts, asset, 'gave')} and is followed there.`,
    )
  }
  return sentences
}

/** Names of the assets on the other side of an asset's swaps. */
export function swapPartners({ document, unitOf }: Facts, asset: AssetId, side: 'gave' | 'got'): string {
  const other = side === 'gave' ? 'got' : 'gave'
  const names = [...new Set(document.swaps.flatMap((swap) => (swap[side].asset === asset ? [unitOf(swap[other].asset).name] : [])))].sort()
  return names.length === 0 ? 'another asset' : names.length > 4 ? `${names.length} other assets` : listOf(names)
}

interface EntityPart {
  readonly entity: EntityTotal
  readonly part: BoundedAmount
}

/** Entities that one asset reached, largest first. */
export function byAmount({ document }: Facts, asset: AssetId): EntityPart[] {
  return document.entities
    .flatMap((entity) => entity.amounts.flatMap((part) => (part.asset === asset && part.amount !== '0' ? [{ entity, part }] : [])))
    .sort((a, b) => {
      const [x, y] = [BigInt(a.part.amount), BigInt(b.part.amount)]
      return x < y ? 1 : x > y ? -1 : a.entity.id < b.entity.id ? -1 : 1
    })
}

function reached(facts: Facts, asset: AssetId, total: bigint, whole: bigint | null): Content[] {
  const { forward, nameOf } = facts
  const unit = facts.unitOf(asset)
  const parts = byAmount(facts, asset)
  if (parts.length === 0)
    return [forward ? 'None of it reached a known service within the ledger.' : 'None of it came from a known service within the ledger.']
  const kinds = (Object.keys(KIND_NAMES) as EntityKind[]).flatMap((kind) => {
    const members = parts.filter(({ entity }) => entity.kind === kind)
    if (members.length === 0) return []
    return [{ kind, count: members.length, amount: sumOf(members.map(({ part }) => part.amount)) }]
  })
  const sentences: Content[] = [
    html`<strong>${amountCell(total, unit)}</strong>${whole === null ? NOTHING : html` (${percentage(total, whole)})`} ${forward ? 'reached' : 'came from'} ${listOf(kinds.map(({ kind, count, amount }) => `${kindCount(kind, count)} (${shownAmount(amount, unit)})`))}.`,
  ]
  for (const { entity, part } of parts.slice(0, 4)) sentences.push(court(nameOf(entity.id), part, facts))
  const others = parts.length - 4
  if (others > 0)
    sentences.push(html`The other ${others === 1 ? 'one is' : `${others} are`} in the <a href="#services">table of services</a>.`)
  return sentences
}

/** The sentence a court can use. */
export function court(name: string, part: BoundedAmount, { unitOf, forward }: Facts): Html {
  const unit = unitOf(part.asset)
  const verb = forward ? 'reached' : 'came from'
  const amount = html`<strong>${amountCell(BigInt(part.amount), unit)}</strong>`
  if (part.least === null || part.most === null) return html`<bdi>${name}</bdi>: ${amount} under the chosen accounting rule.`
  if (part.least === part.most) {
    return html`<bdi>${name}</bdi>: whatever accounting rule is chosen, exactly <strong>${amountCell(BigInt(part.most), unit)}</strong> of the ${forward ? 'stolen funds' : 'funds traced back'} ${verb} it.`
  }
  return html`<bdi>${name}</bdi>: ${amount} under the chosen rule. Whatever accounting rule is chosen, at least <strong>${amountCell(BigInt(part.least), unit)}</strong> and at most <strong>${amountCell(BigInt(part.most), unit)}</strong> of the ${forward ? 'stolen funds' : 'funds traced back'} ${verb} it.`
}

function holding(facts: Facts, asset: AssetId, held: bigint, whole: bigint | null): Content[] {
  const { document, unitOf, forward } = facts
  const unit = unitOf(asset)
  const places = document.endpoints.filter(
    ({ kind, amounts }) => kind === 'held' && amounts.some((part) => part.asset === asset && part.amount !== '0'),
  )
  if (places.length === 0) return []
  const largest = places.reduce((a, b) => (sumOfAsset([b], asset) > sumOfAsset([a], asset) ? b : a))
  const end =
    document.ledger.time === null ? 'the end of the ledger' : `the end of the ledger (${shownTime(document.ledger.time.last)} UTC)`
  const share = whole === null ? NOTHING : html` (${percentage(held, whole)})`
  return [
    forward
      ? html`<strong>${amountCell(held, unit)}</strong>${share} was still held by ${countOf(places.length, 'account')} at ${end}; the largest holding is ${amountCell(sumOfAsset([largest], asset), unit)} at ${addressCell(facts, largest.account)}.`
      : html`<strong>${amountCell(held, unit)}</strong>${share} goes back to what ${countOf(places.length, 'account')} held before the ledger’s first transfer of it; the largest part is ${amountCell(sumOfAsset([largest], asset), unit)} at ${addressCell(facts, largest.account)}.`,
  ]
}

function unfollowed(facts: Facts, asset: AssetId, left: bigint, whole: bigint | null): Content[] {
  const { document, unitOf } = facts
  const unit = unitOf(asset)
  const entries = document.notFollowed.filter((entry) => entry.asset === asset)
  if (entries.length === 0) return ['Nothing was left unfollowed within the ledger.']
  const reasons = new Map<string, bigint>()
  for (const { reason, amount } of entries) reasons.set(REASONS[reason], (reasons.get(REASONS[reason]) ?? 0n) + BigInt(amount))
  return [
    html`<strong>${amountCell(left, unit)}</strong>${whole === null ? NOTHING : html` (${percentage(left, whole)})`} was not followed: ${listOf([...reasons].map(([reason, amount]) => `${shownAmount(amount, unit)} ${reason}`))}.`,
  ]
}
