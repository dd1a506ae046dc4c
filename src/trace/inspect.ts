import { depositAddress, type Entity, findLookAlikes, forwardsTo, type TransferColumns } from '../attribution/index.ts'
import { nativeAsset } from '../chain/index.ts'
import type { AccountId, Ledger, LedgerManifest, Row, Tx } from '../ledger/index.ts'
import type { LookAlike, TraceParameters } from './document.ts'
import type { History } from './history.ts'
import type { Judge } from './judge.ts'

export interface InspectorOptions {
  readonly ledger: Ledger
  readonly parameters: TraceParameters
  readonly judge: Judge
  /** Rows that count as if they had not happened; the inspector adds to it. */
  readonly leftOut: Set<Row>
  /** Imitations found, by imitation and victim; the inspector adds to it. */
  readonly lookAlikes: Map<string, LookAlike>
}

/** Looks at each account once, before stolen value enters it: is it an exchange's deposit address, and which of its transfers are bait? */
export class Inspector {
  readonly #o: InspectorOptions
  readonly #seen = new Set<AccountId>()
  readonly #native: number | null

  constructor(options: InspectorOptions) {
    this.#o = options
    const native = options.ledger.manifest.assets.findIndex(({ id }) => id === nativeAsset(options.ledger.manifest.chain))
    this.#native = native === -1 ? null : native
  }

  /**
   * Name the account by what its transfers show, and leave out bait. Transfers with accounts that `isOpened` stay, for their pools have been built with them.
   * A deposit address only matters where money is going, so none is sought backward.
   */
  async inspect(account: AccountId, history: History, isOpened: (account: AccountId) => boolean): Promise<void> {
    // What follows is about accounts that pay again and again; a coin is paid once and pays once.
    if (this.#o.parameters.bitcoin !== undefined || this.#seen.has(account)) return
    this.#seen.add(account)
    const { judge, parameters } = this.#o
    const others = new Set<AccountId>()
    for (let i = 0; i < history.row.length; i++) others.add(history.from[i] as AccountId).add(history.to[i] as AccountId)
    await judge.learn(others)
    const columns = columnsOf(history)
    if (parameters.lookAlikes === 'leave-out' && showsBait(this.#o.ledger.manifest)) this.#leaveOutBait(account, columns, isOpened)
    if (parameters.direction === 'forward' && judge.service(account) === null) await this.#nameDepositAddress(account, history, columns)
  }

  #leaveOutBait(account: AccountId, columns: TransferColumns, isOpened: (account: AccountId) => boolean): void {
    const { judge, ledger, leftOut, lookAlikes } = this.#o
    const found = findLookAlikes(account, [columns], (other) => judge.of(other).address, {
      assets: ledger.manifest.assets,
      chain: ledger.manifest.chain,
    })
    for (const finding of found) {
      if (!isOpened(finding.account)) for (const row of finding.bait) leftOut.add(row)
      const victim = judge.of(account).address
      lookAlikes.set(`${finding.address} ${victim}`, {
        account: finding.address,
        imitates: finding.imitatesAddress,
        victim,
        transfers: finding.transfers,
        reasons: finding.reasons,
      })
    }
  }

  async #nameDepositAddress(account: AccountId, history: History, columns: TransferColumns): Promise<void> {
    const { judge, ledger, parameters } = this.#o
    // An address is not a deposit address for paying another deposit address.
    const serviceOf = (other: AccountId): Entity | null => {
      const entity = judge.service(other)
      return entity?.basis === 'deposit-address' ? null : entity
    }
    if (forwardsTo({ account, transfers: [columns], serviceOf }, parameters.deposit) === null) return
    const txs = [...new Set(history.tx)]
    const found = await ledger.blocks(txs)
    const blocks = new Map<Tx, number>(txs.map((tx, i) => [tx, found[i] as number]))
    const { blocks: covered } = ledger.manifest
    const finding = depositAddress(
      {
        account,
        address: judge.of(account).address,
        transfers: [columns],
        blockOf: (tx) => blocks.get(tx) as number,
        serviceOf,
        native: this.#native,
        ...(covered === null ? {} : { lastBlock: covered.last }),
      },
      parameters.deposit,
    )
    if (finding !== null) judge.name(account, finding.entity)
  }
}

/**
 * Whether transfers can tell bait from business at all. A graph sums transfers of all tokens without order: there the genuine address cannot be told from its imitations by
 * what one account's transfers show.
 */
export function showsBait(manifest: LedgerManifest): boolean {
  return !manifest.sources.some(({ format }) => format.startsWith('gexf'))
}

function columnsOf(history: History): TransferColumns {
  const { row, tx, from, to, asset, value } = history
  return { length: row.length, row, tx, from, to, asset, value: { get: (i) => value[i] as bigint } }
}
