import { nativeAsset } from '../../chain/index.ts'
import type { Seed, TraceParameters } from '../document.ts'
import { amountCell, type Facts } from './facts.ts'
import { type Content, type Html, html, NOTHING, table } from './markup.ts'
import { countOf, groupThousands, visibleText } from './text.ts'
import { POLICY_METHODS, POLICY_NAMES, shownTime } from './words.ts'

const MOST = 40

/** How it was done, what it cannot see, and the sums that show that nothing was lost on the way. */
export function method(facts: Facts): Html {
  const { document, forward } = facts
  const { parameters, completeness } = document
  return html`<section id="method"><h2>Method and limits</h2>
<p>The ledger was replayed in chain order. Where stolen value reached an account, that account’s whole history in the asset was read, every transaction was netted per account and asset, and the value was followed ${forward ? 'onward' : 'backward'} until it reached a service, a limit of the trace, or the ${forward ? 'end' : 'beginning'} of the ledger. Amounts are whole numbers of base units throughout; figures on this page are rounded for reading only.</p>
<p><strong>Accounting rule.</strong> ${POLICY_METHODS[parameters.policy]} Where stolen and other money meet in one account, which of it leaves first is a choice, and courts have chosen differently.</p>
<p><strong>Bounds.</strong> ${
    parameters.bounds
      ? 'For each end point this report therefore also says the least and the most that any accounting rule whatever could find there, computed by maximum flow over the accounts and their balances in time. Whatever rule is chosen, the answer lies between the two. “At least” is what remains when as much clean money as possible is assumed to have gone there; “at most” when as much stolen money as possible is. Bounds of several end points must not be added up to a “most”: the same money cannot be in two places.'
      : 'This trace was run without policy-free bounds: its amounts hold under the named accounting rule only.'
  }</p>
<h3>Limits</h3>
<ul class="plain">${completeness.limits.map((limit) => html`<li>${visibleText(limit, 600)}</li>`)}<li>Names of services are claims of the tag packs below, each with its confidence. The movement of funds is a fact of the ledger; who is behind an address is not.</li></ul>
${checks(facts)}
${parametersTable(facts)}</section>`
}

function checks({ document, unitOf }: Facts): Html {
  const { completeness } = document
  const cell = (asset: string, amount: string): Html => amountCell(BigInt(amount), unitOf(asset))
  const sums =
    document.conservation.length === 0
      ? html`<p>The poison policy does not conserve value: there is no sum to check.</p>`
      : table(
          'Taken in + swapped in = at services + held + not followed + swapped out',
          [
            { title: 'Asset', cell: ({ asset }) => unitOf(asset).name },
            { title: 'Taken in', kind: 'number', cell: ({ asset, seeded }) => cell(asset, seeded) },
            { title: 'Swapped in', kind: 'number', cell: ({ asset, swappedIn }) => cell(asset, swappedIn) },
            { title: 'At services', kind: 'number', cell: ({ asset, atServices }) => cell(asset, atServices) },
            { title: 'Held', kind: 'number', cell: ({ asset, held }) => cell(asset, held) },
            { title: 'Not followed', kind: 'number', cell: ({ asset, notFollowed }) => cell(asset, notFollowed) },
            { title: 'Swapped out', kind: 'number', cell: ({ asset, swappedOut }) => cell(asset, swappedOut) },
            {
              title: 'Difference',
              kind: 'number',
              cell: ({ difference }) => (difference === '0' ? '0, exact' : html`<strong>${difference} base units</strong>`),
            },
          ],
          document.conservation,
          MOST,
        )
  const opening =
    completeness.openingBalances.length === 0
      ? html`<p>No account needed a balance from before the ledger begins.</p>`
      : table(
          'Balances from before the ledger begins: the least that explains what accounts paid',
          [
            { title: 'Asset', cell: ({ asset }) => unitOf(asset).name },
            { title: 'Accounts', kind: 'number', cell: ({ accounts }) => accounts },
            { title: 'Amount', kind: 'number', cell: ({ asset, amount }) => cell(asset, amount) },
            { title: 'Taken for', cell: ({ colour }) => colour },
          ],
          completeness.openingBalances,
          MOST,
        )
  return html`<h3>Checks</h3>
${sums}
${opening}
<dl class="pairs"><dt>Accounts opened</dt><dd>${groupThousands(completeness.accountsOpened.toString())}</dd><dt>Transfers read</dt><dd>${groupThousands(completeness.transfersRead.toString())}</dd><dt>Transactions replayed</dt><dd>${groupThousands(completeness.transactionsReplayed.toString())}</dd><dt>Fees paid by opened accounts</dt><dd>${cell(completeness.fees.asset, completeness.fees.amount)}, not followed</dd></dl>`
}

function parametersTable({ document, unitOf }: Facts): Html {
  const { parameters } = document
  const rows: [string, Content][] = [
    ['Accounting rule', POLICY_NAMES[parameters.policy]],
    ['Direction', parameters.direction],
    ['Hops at most', groupThousands(parameters.maxDepth.toString())],
    ['Accounts opened at most', groupThousands(parameters.maxAccounts.toString())],
    ['Until', parameters.until === null ? 'the end of the ledger' : visibleText(parameters.until)],
    ...Object.entries(parameters.minAmount).map(([asset, amount]): [string, Content] =>
      asset === '*'
        ? ['Least arrival, any asset', `${groupThousands(amount)} base units`]
        : [`Least arrival, ${unitOf(asset).name}`, amountCell(BigInt(amount), unitOf(asset))],
    ),
    ['Least stolen share of a transfer', visibleText(parameters.minShare)],
    ['Unnamed service from', `${groupThousands(parameters.hubTransfers.toString())} transfers`],
    ['Pool from', `${groupThousands(parameters.poolTransfers.toString())} transfers`],
    [
      'Accounts opened for bounds at most',
      parameters.bounds ? `${groupThousands(parameters.boundsAccounts.toString())} beside those of the trace` : 'bounds not asked for',
    ],
    ['Balances from before the ledger', parameters.opening],
    ...bitcoinRows(parameters),
    ['Look-alikes', parameters.lookAlikes === 'leave-out' ? 'left out' : 'kept'],
    [
      'Deposit addresses',
      html`forwarded within ${groupThousands(parameters.deposit.maxBlocks.toString())} blocks, remainder up to ${amountCell(BigInt(parameters.deposit.maxRemainder), unitOf(nativeAsset(document.ledger.chain)))}, ${visibleText(parameters.deposit.minForwarded)} of payments to one service`,
    ],
  ]
  return html`<h3>Parameters</h3>
<dl class="pairs">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`
}

function bitcoinRows({ bitcoin }: TraceParameters): [string, Content][] {
  if (bitcoin === undefined) return []
  return [
    ['Fees', bitcoin.fees === 'share' ? 'the last receiver of a transaction' : 'clean value first'],
    ['CoinJoins', bitcoin.mixing === 'stop' ? 'end the trace' : 'followed under the accounting rule'],
    ['Clusters', bitcoin.clusters === 'none' ? 'not used' : 'tags hold of their cluster by common inputs'],
  ]
}

/** What went in, and how to get the same bytes again. */
export function inputs(facts: Facts): Html {
  const { document, forward } = facts
  const { ledger, tags, seeds, engine } = document
  return html`<section id="inputs"><h2>Inputs, and how to check this report</h2>
${table<Seed>(
  forward ? 'Seeds: where the stolen value starts' : 'Seeds: where the trace starts',
  [
    {
      title: 'Account or transaction',
      kind: 'address',
      cell: (seed) => html`<code>${visibleText('account' in seed ? seed.account : seed.transaction, 128)}</code>`,
    },
    { title: 'What counts as stolen', cell: (seed) => seedMeaning(facts, seed) },
  ],
  seeds,
  MOST,
)}
<h3>Ledger</h3>
<dl class="pairs">
<dt>Content hash</dt><dd><code>${visibleText(ledger.hash, 128)}</code></dd>
<dt>Chain</dt><dd>${visibleText(ledger.chain)}</dd>
<dt>Blocks</dt><dd>${ledger.blocks === null ? 'unknown' : `${groupThousands(ledger.blocks.first.toString())} – ${groupThousands(ledger.blocks.last.toString())}`}</dd>
<dt>Time</dt><dd>${ledger.time === null ? 'unknown' : `${shownTime(ledger.time.first)} – ${shownTime(ledger.time.last)} UTC`}</dd>
<dt>Size</dt><dd>${countOf(ledger.transfers, 'transfer')} in ${countOf(ledger.transactions, 'transaction')} between ${countOf(ledger.accounts, 'account')}</dd>
${ledger.lossy ? html`<dt>Exactness</dt><dd>A source keeps values as floating point: large amounts are not exact.</dd>` : NOTHING}
${
  ledger.orderNotes.length === 0
    ? NOTHING
    : html`<dt>Order</dt><dd>${ledger.orderNotes
        .slice(0, 20)
        .map((note) => visibleText(note, 300))
        .join(' ')}</dd>`
}
</dl>
<h3>Assets</h3>
${table(
  'Assets by contract: symbols are spoofed, the contract decides',
  [
    { title: 'Shown as', cell: ({ id }) => html`<bdi>${facts.unitOf(id).name}</bdi>` },
    { title: 'Identifier (CAIP-19)', kind: 'address', cell: ({ id }) => html`<code>${visibleText(id, 256)}</code>` },
    { title: 'Decimals', kind: 'number', cell: ({ decimals }) => decimals ?? 'unknown' },
  ],
  document.assets,
  MOST,
)}
<h3>Tag packs</h3>
${
  tags.length === 0
    ? html`<p>None were loaded: no service could be named by a tag.</p>`
    : table(
        'Claims about addresses that were loaded',
        [
          { title: 'Pack', cell: ({ title }) => html`<bdi>${visibleText(title, 120)}</bdi>` },
          {
            title: 'File, and its SHA-256',
            kind: 'address',
            cell: ({ file, sha256 }) => html`<code>${visibleText(file, 120)}</code><br><code class="tx">${sha256}</code>`,
          },
          { title: 'Tags', kind: 'number', cell: ({ tags: count }) => groupThousands(count.toString()) },
        ],
        tags,
        MOST,
      )
}
<h3>Run it again</h3>
<p>This report was written from a trace document. With the document, the tag packs above and a ledger of the same content hash, anyone can repeat the trace and compare it byte by byte:</p>
<pre>cordon trace verify TRACE.json --ledger DIR${tags.length === 0 ? '' : ' --tags DIR'}</pre>
<p class="note">Engine: ${visibleText(engine)}. A later engine may answer differently, and says so.</p>
</section>`
}

function seedMeaning({ unitOf }: Facts, seed: Seed): Content {
  switch (seed.kind) {
    case 'account':
      return `${seed.asset === null ? 'All that it holds and receives' : `All ${unitOf(seed.asset).name} that it holds and receives`}${since(seed.from)}`
    case 'amount':
      return html`${amountCell(BigInt(seed.amount), unitOf(seed.asset))} of what it holds, or else receives next${since(seed.from)}`
    case 'transaction':
      return 'All that its receivers gain'
    case 'transfer':
      return `The value of transfer ${seed.index}`
  }
}

function since(from: string | null): string {
  return from === null ? '' : `, from ${visibleText(from)} UTC on`
}
