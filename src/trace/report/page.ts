import type { TraceDocument } from '../document.ts'
import { shownAmount } from './amounts.ts'
import { exits, mixes } from './bitcoin.ts'
import { type Facts, factsOf } from './facts.ts'
import { lookAlikes, notFollowed, swaps, unknownOrigin } from './leftovers.ts'
import { Html, html, NOTHING } from './markup.ts'
import { inputs, method } from './method.ts'
import { movement } from './movement.ts'
import { holdings, services } from './services.ts'
import { styleSheet } from './style.ts'
import { summary } from './summary.ts'
import { countOf, visibleText } from './text.ts'
import { POLICY_NAMES, shownTime } from './words.ts'

/** Nothing is loaded from anywhere, no script runs, nothing can be sent: whatever a hostile label may smuggle in. */
const CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

/**
 * The report for people: one HTML file that needs nothing else, to be read, printed and attached to a request. The same document gives the
 * same bytes. Long tables show their largest lines and say what the rest comes to; the trace document holds all.
 */
export function renderReport(document: TraceDocument): string {
  const facts = factsOf(document)
  const sections = [
    summary(facts),
    movement(facts),
    services(facts),
    holdings(facts),
    notFollowed(facts),
    mixes(facts),
    exits(facts),
    swaps(facts),
    lookAlikes(facts),
    unknownOrigin(facts),
    method(facts),
    inputs(facts),
  ]
  const title = titleOf(facts)
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(CONTENT_POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${new Html(styleSheet())}</style>
</head>
<body>
<main>
${head(facts, title)}
${sections}
<footer>Written by Cordon (${visibleText(document.engine)}) from a trace document; times are UTC. This page loads nothing and runs no script.</footer>
</main>
</body>
</html>
`
  return page.text
}

function titleOf({ document, forward, assets, conservationOf, unitOf }: Facts): string {
  const seeds = document.seeds.every((seed) => 'account' in seed)
    ? countOf(document.seeds.length, 'account')
    : countOf(document.seeds.length, 'seed')
  const first = assets[0]
  const line = first === undefined ? undefined : conservationOf(first)
  const amount =
    first === undefined || line === undefined || line.seeded === '0' ? '' : `: ${shownAmount(BigInt(line.seeded), unitOf(first))}`
  return forward ? `Trace of stolen funds${amount} from ${seeds}` : `Trace back from a cash-out${amount} at ${seeds}`
}

function head({ document, forward }: Facts, title: string): Html {
  const { ledger, parameters, seeds, engine } = document
  const fact = (name: string, value: Html | string): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`
  const subjects = seeds
    .slice(0, 2)
    .map((seed) => html`<code>${visibleText('account' in seed ? seed.account : seed.transaction, 128)}</code> `)
  const links = [
    ['summary', 'Summary'],
    ['movement', forward ? 'How it moved' : 'How it came'],
    ['services', 'Services'],
    ['held', forward ? 'Still held' : 'Where it begins'],
    ['not-followed', 'Not followed'],
    ...(document.bitcoin === undefined || document.bitcoin.mixes.length === 0 ? [] : [['mixes', 'CoinJoins']]),
    ...(document.bitcoin === undefined || document.bitcoin.exits.length === 0 ? [] : [['exits', 'Exits to other chains']]),
    ...(document.swaps.length === 0 ? [] : [['swaps', 'Swaps']]),
    ...(document.lookAlikes.length === 0 ? [] : [['look-alikes', 'Look-alikes']]),
    ['method', 'Method and limits'],
    ['inputs', 'Inputs and verification'],
  ]
  return html`<header>
<p class="eyebrow">Cordon trace report</p>
<h1>${title}</h1>
<p class="lead">${forward ? 'Where the stolen funds went, how much of them reached whom, and what was not followed.' : 'Where the funds that arrived here came from, and how much from whom.'}</p>
<dl class="head-facts">
${fact(seeds.length === 1 ? 'Seed' : 'Seeds', html`${subjects}${seeds.length > 2 ? html`and <a href="#inputs">${seeds.length - 2} more</a>` : NOTHING}`)}
${fact('Accounting rule', `${POLICY_NAMES[parameters.policy]}, ${parameters.direction}`)}
${fact('Ledger', html`${visibleText(ledger.chain)}, <code>${visibleText(ledger.hash.slice(0, 12))}…</code>`)}
${fact('Time covered (UTC)', ledger.time === null ? 'no times in the ledger' : `${shownTime(ledger.time.first)} – ${shownTime(ledger.time.last)}`)}
${fact('Engine', visibleText(engine))}
</dl>
<nav aria-label="Sections">${links.map(([id, name]) => html`<a href="#${id as string}">${name as string}</a>`)}</nav>
</header>`
}
