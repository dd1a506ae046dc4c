import { type TagStore, tagStore } from '../../attribution/index.ts'
import type { AssetId, Work } from '../../chain/index.ts'
import { ABSENT, type AccountId, isUtxoLedger, type Ledger } from '../../ledger/index.ts'
import { formatTime, parseTime, runTrace, type TraceDocument } from '../../trace/index.ts'
import { accountDealings, type DirectDealings } from './counterparties.ts'
import type { AssetExposure, ExposureDocument, ExposureParameters, Listed } from './document.ts'
import { listedTags } from './listed-tags.ts'
import { outputDealings } from './output-dealings.ts'
import { exposureParameters, leastOf } from './parameters.ts'
import { assetExposure } from './sources.ts'

export interface ExposureOptions extends Work {
  readonly ledger: Ledger
  /** An account of the ledger's chain. */
  readonly wallet: string
  readonly listed: Listed
  /** Who services are, so that the trace stops at them. Without tags it stops at accounts too busy to be a person's. */
  readonly tags?: TagStore
  /** Anything not given is as in `DEFAULT_EXPOSURE`. */
  readonly parameters?: Partial<ExposureParameters>
}

/**
 * How far a wallet is exposed to listed parties, by a ledger:
 *
 * 1. is the wallet itself listed;
 * 2. which listed parties dealt with it directly;
 * 3. of all that reached it, which share leads back to listed parties, over how many hops: a backward trace of each asset that it received, which stops at listed addresses, services and bounds;
 * 4. what was not looked at.
 *
 * @throws CordonError `screen/bad-parameter`, `trace/bad-parameter`, and whatever the ledger throws
 */
export async function walletExposure(options: ExposureOptions): Promise<ExposureDocument> {
  const { ledger, listed, tags = tagStore([]) } = options
  const parameters = exposureParameters(options.parameters, isUtxoLedger(ledger) ? 'outputs' : 'accounts')
  const [id = ABSENT] = await ledger.accountIds([options.wallet])
  const inLedger = id !== ABSENT
  const wallet = inLedger ? ((await ledger.addresses([id]))[0] as string) : options.wallet
  const limits: string[] = []
  const endRow = parameters.asOf === null ? null : await endOf(ledger, parameters.asOf)
  const busy = inLedger ? await transfersOf(ledger, id) : 0
  let dealings: DirectDealings = { counterparties: [], receipts: new Map() }
  let assets: AssetExposure[] = []
  let traced: readonly number[] = []
  if (!inLedger) limits.push('The ledger holds no transfer of the wallet: nothing can be said of what reached it.')
  else if (busy > parameters.maxTransfers)
    limits.push(
      `The wallet has ${busy} transfers, more than ${parameters.maxTransfers}: neither its counterparties nor its sources were looked at.`,
    )
  else {
    dealings = isUtxoLedger(ledger) ? await outputDealings(ledger, id, listed, endRow) : await accountDealings(ledger, id, listed, endRow)
    traced = [...dealings.receipts]
      .sort(([a, one], [b, other]) => other.count - one.count || a - b)
      .slice(0, parameters.maxAssets)
      .map(([asset]) => asset)
    const documents = new Map<AssetId, TraceDocument>()
    for (const asset of traced) {
      const assetId = idOf(ledger, asset)
      const least = leastOf(parameters.minPart, dealings.receipts.get(asset)?.total ?? 0n)
      documents.set(assetId, await traceBack({ ...options, tags: listedTags(tags, listed, wallet) }, wallet, assetId, least, parameters))
    }
    assets = [...documents].sort(([a], [b]) => (a < b ? -1 : 1)).map(([asset, document]) => assetExposure(document, asset, wallet, listed))
    if (traced.length === 0) limits.push('Nothing reached the wallet within the ledger.')
    limits.push(...limitsOf([...documents.values()], assets, parameters, isUtxoLedger(ledger)))
  }
  const left = [...dealings.receipts]
    .filter(([asset]) => !traced.includes(asset))
    .map(([asset, { count }]) => ({ asset: idOf(ledger, asset), receipts: count }))
  const { hash, chain, transfers, blocks, time } = ledger.manifest
  return {
    format: 'cordon-exposure',
    formatVersion: 1,
    wallet,
    ledger: { hash, chain, transfers, blocks, time: time === null ? null : { first: formatTime(time.first), last: formatTime(time.last) } },
    parameters,
    itself: listed(wallet) ?? [],
    inLedger,
    counterparties: dealings.counterparties,
    assets,
    notLookedAt: { assets: left.sort((a, b) => (a.asset < b.asset ? -1 : 1)), limits },
  }
}

function idOf(ledger: Ledger, asset: number): AssetId {
  return (ledger.manifest.assets[asset] as { id: AssetId }).id
}

async function transfersOf(ledger: Ledger, account: AccountId): Promise<number> {
  const degrees = await ledger.degrees([account])
  return (degrees.in[0] as number) + (degrees.out[0] as number)
}

/** First row, or of a chain of outputs first transaction, that lies after a time. */
async function endOf(ledger: Ledger, asOf: string): Promise<number> {
  const time = parseTime('asOf', asOf) + 1
  return isUtxoLedger(ledger) ? ledger.txAt({ time }) : ledger.rowAt({ time })
}

async function traceBack(
  { ledger, tags, progress, signal }: ExposureOptions & { readonly tags: TagStore },
  wallet: string,
  asset: AssetId,
  least: bigint,
  parameters: ExposureParameters,
): Promise<TraceDocument> {
  const { policy, maxHops, maxAccounts, since, asOf, hubTransfers } = parameters
  // Backward, a seed is all that reached the account before its time; the second itself still counts.
  const from = asOf === null ? null : formatTime(parseTime('asOf', asOf) + 1)
  return runTrace({
    ledger,
    tags,
    seeds: [{ kind: 'account', account: wallet, asset, from }],
    parameters: {
      policy,
      direction: 'backward',
      // A hop is a transfer; depth counts the accounts that are opened behind the wallet, and those that pay the last of them are still met.
      maxDepth: maxHops - 1,
      maxAccounts,
      until: since,
      // Of another asset, behind a swap, no part can be told: there everything is followed. How large a part of its sender's payments a receipt is does not matter here.
      minAmount: { [asset]: least.toString() },
      minShare: '0/1',
      hubTransfers,
      bounds: false,
      ...(isUtxoLedger(ledger) ? { bitcoin: { fees: 'share', mixing: 'stop', clusters: 'none' } as const } : {}),
    },
    ...(progress === undefined ? {} : { progress }),
    ...(signal === undefined ? {} : { signal }),
  })
}

function limitsOf(
  documents: readonly TraceDocument[],
  assets: readonly AssetExposure[],
  parameters: ExposureParameters,
  ofOutputs: boolean,
): string[] {
  const limits = new Set(documents.flatMap((document) => document.completeness.limits))
  const reasons = new Set(assets.flatMap((asset) => asset.notFollowed.map((each) => each.reason)))
  if (reasons.has('depth')) limits.add(`Value that came over more than ${parameters.maxHops} hops was not followed further.`)
  if (reasons.has('account-limit')) limits.add(`For an asset ${parameters.maxAccounts} accounts were opened, and then no more.`)
  if (reasons.has('amount-below-minimum'))
    limits.add(`Less than ${parameters.minPart} of what the wallet received of an asset was not followed further.`)
  if (reasons.has('after-until')) limits.add(`What moved before ${parameters.since} was not followed.`)
  if (assets.some((asset) => asset.stops.length > 0))
    limits.add('The trace stopped at services: what reached them is not told apart, and listed parties may be among their customers.')
  if (assets.some((asset) => asset.sources.some((source) => source.onlyInSwap)))
    limits.add('A listed party stood on the other side of a swap: what it gave in it is not counted as its share.')
  const lookAlikes = documents.reduce((sum, document) => sum + document.lookAlikes.length, 0)
  if (lookAlikes > 0) limits.add(`${lookAlikes} addresses made to look like others were left out.`)
  if (ofOutputs) limits.add('Addresses were taken one by one: that several may have one owner was not asked.')
  return [...limits]
}
