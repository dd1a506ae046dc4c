import type { LookAlike, NotFollowed, Swap } from '../document.ts'
import { addressCell, amountCell, type Facts, shareCell, sumOf } from './facts.ts'
import { type Html, html, NOTHING, table } from './markup.ts'
import { restOfLines } from './services.ts'
import { countOf, visibleText } from './text.ts'
import { REASONS, shownTime } from './words.ts'

const MOST = 30

/** Stolen value that the trace let go, with its reason. */
export function notFollowed(facts: Facts): Html {
  const { document } = facts
  const entries = document.notFollowed
  return html`<section id="not-followed"><h2>Not followed</h2>
${
  entries.length === 0
    ? html`<p>Nothing: every base unit that moved within the ledger was followed to a service or to where it lies.</p>`
    : html`<p>Whoever continues the work begins here.</p>
${table<NotFollowed>(
  'Account and reason, by amount',
  [
    { title: 'Account', kind: 'address', cell: ({ account }) => addressCell(facts, account) },
    { title: 'Amount', kind: 'number', cell: ({ amount, asset }) => amountCell(BigInt(amount), facts.unitOf(asset)) },
    { title: 'Share', kind: 'number', cell: ({ amount, asset }) => shareCell(BigInt(amount), facts.cameIn(asset)) },
    { title: 'Transfers', kind: 'number', cell: ({ transfers }) => transfers },
    { title: 'Reason', cell: ({ reason }) => REASONS[reason] },
  ],
  entries,
  MOST,
  (left) => restOfLines(facts, left),
)}`
}</section>`
}

/** Where stolen value changed its asset. */
export function swaps(facts: Facts): Html {
  const { swaps: list, completeness } = facts.document
  if (list.length === 0) return NOTHING
  return html`<section id="swaps"><h2>Swaps</h2>
<p>The stolen share of what was given passes to what was had, as an exact fraction. ${completeness.roundedSwaps === 0 ? 'None had to be rounded.' : `${countOf(completeness.roundedSwaps, 'swap')} had to be rounded down, each by less than one base unit.`}</p>
${table<Swap>(
  'Swaps in chain order',
  [
    { title: 'Time (UTC)', kind: 'time', cell: ({ time }) => shownTime(time) },
    {
      title: 'Account, and transaction',
      kind: 'address',
      cell: ({ account, transaction }) => html`${addressCell(facts, account)}<br><code class="tx">${visibleText(transaction, 80)}</code>`,
    },
    { title: 'Gave (stolen part)', kind: 'number', cell: ({ gave }) => amountCell(BigInt(gave.stolen), facts.unitOf(gave.asset)) },
    { title: 'Had for it (stolen part)', kind: 'number', cell: ({ got }) => amountCell(BigInt(got.stolen), facts.unitOf(got.asset)) },
    { title: 'Through, and to', kind: 'address', cell: ({ via, to }) => html`${addressCell(facts, via)}<br>${addressCell(facts, to)}` },
  ],
  list,
  MOST,
)}</section>`
}

/** Imitated addresses: the reader must not copy one by mistake. */
export function lookAlikes(facts: Facts): Html {
  const { document } = facts
  const list = document.lookAlikes
  if (list.length === 0) return NOTHING
  const kept = document.parameters.lookAlikes === 'keep'
  return html`<section id="look-alikes"><h2>Look-alike addresses</h2>
<p>Somebody made addresses whose first and last characters equal those of an address that the account had paid, hoping that they would be copied (address poisoning). ${kept ? 'They were kept in this trace, as asked.' : 'They were left out of this trace.'} Compare whole addresses, never their ends.</p>
${table<LookAlike>(
  'Imitations',
  [
    {
      title: 'Imitation, and the address that it imitates',
      kind: 'address',
      cell: ({ account, imitates }) => html`${addressCell(facts, account)}<br>${addressCell(facts, imitates)}`,
    },
    { title: 'Meant for', kind: 'address', cell: ({ victim }) => addressCell(facts, victim) },
    { title: 'Transfers', kind: 'number', cell: ({ transfers }) => transfers },
    { title: 'Why', cell: ({ reasons }) => reasons.map((reason) => visibleText(reason, 200)).join(' ') },
  ],
  list,
  MOST,
)}</section>`
}

/** Value that nobody has shown to be stolen or clean; only where the trace was asked to set it apart. */
export function unknownOrigin(facts: Facts): Html {
  const { document, unitOf } = facts
  const rows = document.entities.flatMap((entity) =>
    entity.amounts.flatMap((part) => (part.unknown === '0' ? [] : [{ name: facts.nameOf(entity.id), part }])),
  )
  const held = document.endpoints
    .filter(({ kind }) => kind === 'held')
    .flatMap(({ amounts }) => amounts.filter(({ unknown }) => unknown !== '0'))
  if (rows.length === 0 && held.length === 0) return NOTHING
  const heldByAsset = [...new Set(held.map(({ asset }) => asset))].map((asset) => ({
    name: 'Still held',
    part: { asset, unknown: sumOf(held.flatMap((part) => (part.asset === asset ? [part.unknown] : []))).toString() },
  }))
  return html`<section id="unknown"><h2>Of unknown origin</h2>
<p>Accounts that the stolen value passed had balances from before the ledger begins. As asked, these are neither called stolen nor clean; this much of them went the same ways, beside the stolen amounts above.</p>
${table<{ name: string; part: { asset: string; unknown: string } }>(
  'Value of unknown origin',
  [
    { title: 'Where', cell: ({ name }) => html`<bdi>${name}</bdi>` },
    { title: 'Amount', kind: 'number', cell: ({ part }) => amountCell(BigInt(part.unknown), unitOf(part.asset)) },
  ],
  [...rows, ...heldByAsset],
  MOST,
)}</section>`
}
