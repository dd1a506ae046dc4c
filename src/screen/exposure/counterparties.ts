import type { AccountId, Ledger, Tx } from '../../ledger/index.ts'
import type { Counterparty, Listed, ListedParty } from './document.ts'
import { EVIDENCE } from './evidence.ts'

/** What a wallet's own transfers say. */
export interface DirectDealings {
  readonly counterparties: readonly Counterparty[]
  /** What the wallet received, by asset number. */
  readonly receipts: ReadonlyMap<number, Receipts>
}

export interface Receipts {
  /** Transfers; on a chain of outputs transactions. */
  readonly count: number
  /** Base units, what it got back of its own included. */
  readonly total: bigint
}

/** Sums of dealings with one listed address in one direction and asset. */
export interface Dealing {
  readonly account: string
  readonly parties: readonly ListedParty[]
  readonly direction: 'received' | 'sent'
  readonly asset: number
  amount: bigint
  readonly txs: Set<Tx>
  readonly mixes: Set<Tx>
}

export class Dealings {
  readonly #ledger: Ledger
  readonly #all = new Map<string, Dealing>()

  constructor(ledger: Ledger) {
    this.#ledger = ledger
  }

  add(of: Pick<Dealing, 'account' | 'parties' | 'direction' | 'asset' | 'amount'>, tx: Tx, mix: boolean): void {
    const key = `${of.account} ${of.direction} ${of.asset}`
    let dealing = this.#all.get(key)
    if (dealing === undefined) {
      dealing = { ...of, amount: 0n, txs: new Set(), mixes: new Set() }
      this.#all.set(key, dealing)
    }
    dealing.amount += of.amount
    dealing.txs.add(tx)
    if (mix) dealing.mixes.add(tx)
  }

  async list(): Promise<Counterparty[]> {
    const list: Counterparty[] = []
    for (const [, { account, parties, direction, asset, amount, txs, mixes }] of [...this.#all].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const shown = [...txs].sort((a, b) => a - b).slice(0, EVIDENCE)
      const transactions = (await this.#ledger.transactions(shown)).map((info) => info.hash)
      const id = (this.#ledger.manifest.assets[asset] as { id: string }).id
      list.push({ account, parties, direction, asset: id, amount: amount.toString(), transactions, count: txs.size, mixes: mixes.size })
    }
    return list
  }
}

/** Direct dealings on a chain of accounts: who sent to the wallet, and whom it sent to. Transfers of nothing count too: they are dealings. */
export async function accountDealings(ledger: Ledger, wallet: AccountId, listed: Listed, endRow: number | null): Promise<DirectDealings> {
  const dealings = new Dealings(ledger)
  const receipts = new Map<number, Receipts>()
  const known = new Map<AccountId, { readonly account: string; readonly parties: readonly ListedParty[] } | null>()
  for await (const batch of ledger.transfersOf([wallet], endRow === null ? {} : { toRow: endRow })) {
    const others = new Set<AccountId>()
    for (let i = 0; i < batch.length; i++)
      for (const id of [batch.from[i] as number, batch.to[i] as number]) if (id !== wallet && !known.has(id)) others.add(id)
    const asked = [...others]
    const names = await ledger.addresses(asked)
    for (const [k, id] of asked.entries()) {
      const account = names[k] as string
      const parties = listed(account)
      known.set(id, parties === null || parties.length === 0 ? null : { account, parties })
    }
    for (let i = 0; i < batch.length; i++) {
      const from = batch.from[i] as number
      const to = batch.to[i] as number
      if (from === to) continue
      const asset = batch.asset[i] as number
      if (to === wallet) {
        const { count, total } = receipts.get(asset) ?? { count: 0, total: 0n }
        receipts.set(asset, { count: count + 1, total: total + batch.value.get(i) })
      }
      const party = known.get(to === wallet ? from : to) ?? null
      if (party === null) continue
      dealings.add(
        { ...party, direction: to === wallet ? 'received' : 'sent', asset, amount: batch.value.get(i) },
        batch.tx[i] as number,
        false,
      )
    }
  }
  return { counterparties: await dealings.list(), receipts }
}
