import { nativeAsset } from '../../chain/index.ts'
import type { ChainExit, Mix, MixExit } from '../document.ts'
import { amountCell, type Facts, holderCell } from './facts.ts'
import { type Html, html, NOTHING, table } from './markup.ts'
import { countOf, visibleText } from './text.ts'
import { FAMILY_NAMES, shownTime } from './words.ts'

const MOST = 60
const MOST_MIXES = 30
const MOST_EVIDENCE = 6

/** CoinJoins that stolen value entered: what went in, and every output that it may have come out of. */
export function mixes(facts: Facts): Html {
  const list = facts.document.bitcoin?.mixes ?? []
  if (list.length === 0) return NOTHING
  const shown = list.slice(0, MOST_MIXES)
  return html`<section id="mixes"><h2>CoinJoins</h2>
<p>In a CoinJoin several owners pay together, so that nobody can say from the chain which of the equal outputs belongs to whom. Each of the outputs below marked as mixed may be where the stolen value came out. What each accounting rule would give it is a convention and no evidence; the rules disagree because the chain does not say.</p>
${shown.map((mix) => aboutMix(facts, mix))}
${list.length > shown.length ? html`<p class="note">${countOf(list.length - shown.length, 'further CoinJoin')} in the trace document.</p>` : NOTHING}
</section>`
}

function aboutMix(facts: Facts, mix: Mix): Html {
  const unit = facts.unitOf(nativeAsset(facts.document.ledger.chain))
  const cell = (amount: string): Html => amountCell(BigInt(amount), unit)
  const possible = mix.exits.filter(({ mixed }) => mixed).length
  return html`<h3>${FAMILY_NAMES[mix.family]}, ${shownTime(mix.time)}</h3>
<p><code class="tx">${mix.transaction}</code></p>
<p><strong>${cell(mix.stolen)}</strong> of stolen value went in through ${countOf(mix.entered.length, 'input')}; it may have come out of ${countOf(possible, 'mixed output')}. ${mix.followed ? 'The trace went on through it under the chosen rule.' : 'The trace stops here.'}</p>
<ul class="plain">${mix.evidence.slice(0, MOST_EVIDENCE).map((sentence) => html`<li>${visibleText(sentence, 300)}</li>`)}</ul>
${table<MixExit>(
  'Possible exits, and the stolen value that each rule gives them',
  [
    {
      title: 'Output',
      kind: 'address',
      cell: ({ account, address }) =>
        html`<code>${visibleText(address ?? 'no address', 128)}</code><br><span class="faint">output ${account.slice(account.lastIndexOf(':') + 1)}</span>`,
    },
    { title: 'Value', kind: 'number', cell: ({ value }) => cell(value) },
    { title: 'Mixed', cell: ({ mixed }) => (mixed ? 'yes' : 'no') },
    { title: 'FIFO', kind: 'number', cell: ({ shares }) => cell(shares.fifo) },
    { title: 'LIFO', kind: 'number', cell: ({ shares }) => cell(shares.lifo) },
    { title: 'Haircut', kind: 'number', cell: ({ shares }) => cell(shares.haircut) },
    { title: 'TIHO', kind: 'number', cell: ({ shares }) => cell(shares.tiho) },
    { title: 'Poison', kind: 'number', cell: ({ shares }) => cell(shares.poison) },
  ],
  // The possible exits first: they are what the reader looks for.
  [...mix.exits.filter(({ mixed }) => mixed), ...mix.exits.filter(({ mixed }) => !mixed)],
  MOST,
)}`
}

/** Where stolen value left for another chain, as the transactions themselves say. */
export function exits(facts: Facts): Html {
  const list = facts.document.bitcoin?.exits ?? []
  if (list.length === 0) return NOTHING
  const unit = facts.unitOf(nativeAsset(facts.document.ledger.chain))
  return html`<section id="exits"><h2>Exits to other chains</h2>
<p>These transactions pay a swap protocol and say in an OP_RETURN where it is to pay out. The destination is what was asked for; whether the protocol did it, or paid back, is to be looked up on the other chain.</p>
${table<ChainExit>(
  'Swaps asked for, in chain order',
  [
    { title: 'Time (UTC)', kind: 'time', cell: ({ time }) => shownTime(time) },
    { title: 'Stolen part', kind: 'number', cell: ({ stolen }) => amountCell(BigInt(stolen), unit) },
    { title: 'To', cell: ({ asset, protocol }) => html`${visibleText(asset, 60)}<br><span class="faint">${protocol}</span>` },
    {
      title: 'Destination',
      kind: 'address',
      cell: ({ destination, affiliate }) =>
        html`${destination === null ? 'not said' : html`<code>${visibleText(destination, 128)}</code>`}${affiliate === null ? NOTHING : html`<br><span class="faint">affiliate ${visibleText(affiliate, 60)}</span>`}`,
    },
    {
      title: 'Vault, and transaction',
      kind: 'address',
      cell: ({ account, address, transaction }) => html`${holderCell(facts, account, address)}<br><code class="tx">${transaction}</code>`,
    },
    { title: 'Memo', cell: ({ memo }) => html`<code>${visibleText(memo, 200)}</code>` },
  ],
  list,
  MOST,
)}</section>`
}
