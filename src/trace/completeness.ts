import { nativeAsset } from '../chain/index.ts'
import type { AccountId } from '../ledger/index.ts'
import type { Described } from './describe.ts'
import type { Completeness } from './document.ts'
import { showsBait } from './inspect.ts'

/** What a trace took for granted and what it did not look at. */
export async function completenessOf(d: Described): Promise<Completeness> {
  const { ledger, parameters, replay, histories } = d
  const opening = new Map<string, { asset: string; colour: 'stolen' | 'clean' | 'unknown'; accounts: number; amount: bigint }>()
  for (const pool of replay.pools) {
    const { before } = pool.timeline
    if (before === 0n) continue
    const asset = (ledger.manifest.assets[pool.asset] as { id: string }).id
    const colour = pool.seed !== null && pool.seed.startRow === null && parameters.direction === 'forward' ? 'stolen' : parameters.opening
    const key = `${asset} ${colour}`
    const entry = opening.get(key) ?? { asset, colour, accounts: 0, amount: 0n }
    entry.accounts += 1
    entry.amount += before
    opening.set(key, entry)
  }
  const opened = [...replay.opened.keys()]
  const fees = (await ledger.fees(opened)).reduce((sum, fee) => sum + fee.amount, 0n)
  let transfersRead = 0
  for (const account of opened as AccountId[]) transfersRead += histories.get(account)?.row.length ?? 0
  return {
    openingBalances: [...opening.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { asset, accounts, amount, colour }]) => ({ asset, accounts, amount: amount.toString(), colour })),
    roundedSwaps: replay.findings.roundedSwaps,
    accountsOpened: opened.length,
    transfersRead,
    transactionsReplayed: replay.findings.transactionsReplayed,
    fees: { asset: nativeAsset(ledger.manifest.chain), amount: fees.toString() },
    limits: limitsOf(d),
  }
}

function limitsOf(d: Described): string[] {
  const { manifest } = d.ledger
  const { parameters } = d
  const limits: string[] = []
  if (!manifest.genesis)
    limits.push(
      'The ledger does not begin at genesis: what accounts held before it is inferred as the least that keeps them from going negative.',
    )
  if (manifest.lossy) limits.push('A source of this ledger keeps values as floating point: amounts above 2^53 base units are not exact.')
  // Of a chain of outputs the notes are of blocks and sources, for its order is never in doubt.
  for (const note of manifest.orderNotes) limits.push(parameters.bitcoin === undefined ? `Order: ${note}` : note)
  if (manifest.time === null) limits.push('The ledger has no times: nothing here is dated, and time limits cannot be applied.')
  if (parameters.policy === 'poison')
    limits.push(
      'Poison overstates: every unit that leaves a tainted account counts in full, so amounts do not add up and are a ceiling only.',
    )
  if (parameters.lookAlikes === 'leave-out' && !showsBait(manifest)) {
    limits.push(
      'The ledger comes from a graph without order or assets: addresses that look alike cannot be told apart there, and none was left out.',
    )
  }
  limits.push(
    'Only transfers that the ledger holds were followed: other chains, trades inside services, and payments off chain are not seen.',
  )
  if (parameters.bitcoin !== undefined) limits.push(...bitcoinLimits(d))
  else
    limits.push(
      'Swaps are recognised by balance changes inside one transaction, without prices: where assets of different stolen share were given for one, the trace stops and says so.',
    )
  if (d.unknown !== null && !d.unknown.complete)
    limits.push('Balances of unknown origin were still turning up when the search for them was stopped.')
  if (d.bounds !== null) for (const note of d.bounds.notes) limits.push(note)
  return limits
}

function bitcoinLimits({ clusterConflicts, parameters }: Described): string[] {
  const limits = [
    'Inside a transaction the chain does not say which input paid which output: the accounting rule takes inputs and outputs in their order, the fee last. The bounds hold whatever the order.',
    'Accounts are outputs: each is held by an address, and several addresses may have one owner.',
  ]
  if (parameters.bitcoin?.mixing === 'stop')
    limits.push('A CoinJoin ends the trace: what came out of it is listed as possible exits and not followed.')
  if (parameters.bitcoin?.clusters === 'multi-input') {
    limits.push(
      clusterConflicts === null
        ? 'No clusters were made, since the chain was not at hand as a whole: tags hold of their address alone.'
        : `Clusters rest on common inputs, CoinJoins left out; ${clusterConflicts} transactions that would have joined differently tagged owners joined nothing.`,
    )
  }
  limits.push(
    'Deposit addresses are found where they spend together with tagged addresses, or where all that they ever spent went to tagged wallets of one service; an owner who only ever pays such a wallet looks like one. Look-alike addresses are not sought on Bitcoin.',
  )
  return limits
}
