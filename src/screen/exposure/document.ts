import type { EntityKind } from '../../attribution/index.ts'
import type { AssetId, ChainId } from '../../chain/index.ts'
import type { NotFollowedReason } from '../../trace/index.ts'
import type { WalletRelation } from '../identifiers/index.ts'

/** Who is listed at an address: one entry of one list. */
export interface ListedParty {
  /** e.g. `us-ofac-sdn`. */
  readonly list: string
  /** The list's number of the entry. */
  readonly entry: string
  readonly name: string
  /** Left off or `address`: this very address is listed. Else how the list came to mean it, such as `same-key`: another address of the same key. */
  readonly relation?: WalletRelation
}

/** Answers who is listed at an address in canonical form, or null. Asked of every address that is met, so it must be quick. */
export type Listed = (address: string) => readonly ListedParty[] | null

/**
 * What reached a wallet from listed parties, as a plain document: the same ledger, lists and parameters give the same bytes. Amounts are decimal strings of base units, times ISO 8601 UTC to the second.
 */
export interface ExposureDocument {
  readonly format: 'cordon-exposure'
  readonly formatVersion: 1
  /** Canonical name in the ledger; as given where the ledger does not know it. */
  readonly wallet: string
  readonly ledger: {
    readonly hash: string
    readonly chain: ChainId
    readonly transfers: number
    readonly blocks: { readonly first: number; readonly last: number } | null
    readonly time: { readonly first: string; readonly last: string } | null
  }
  readonly parameters: ExposureParameters
  /** Entries that list the wallet itself. */
  readonly itself: readonly ListedParty[]
  /** Whether the ledger holds any transfer of the wallet: without one nothing below says anything. */
  readonly inLedger: boolean
  /** Listed parties that dealt with the wallet directly, in either direction. By account, then direction, then asset. */
  readonly counterparties: readonly Counterparty[]
  /** One for each asset that was traced, by id. */
  readonly assets: readonly AssetExposure[]
  /** Whatever was left out, in numbers and in plain sentences: nothing here means "clean". */
  readonly notLookedAt: NotLookedAt
}

export interface ExposureParameters {
  readonly policy: 'haircut' | 'fifo' | 'lifo' | 'tiho'
  /** Hops back from the wallet after which nothing more is opened. */
  readonly maxHops: number
  /** Accounts opened at most, for each asset. */
  readonly maxAccounts: number
  /** ISO time before which nothing is followed, or null. */
  readonly since: string | null
  /** ISO time up to which receipts of the wallet count, or null: all that the ledger holds. */
  readonly asOf: string | null
  /** Transfers in and out together from which an untagged account is an unnamed service, where the trace stops. */
  readonly hubTransfers: number
  /** Transfers of the wallet itself from which it is not traced. */
  readonly maxTransfers: number
  /** Part of what the wallet received of an asset, as a fraction `a/b`, below which value is not followed further. */
  readonly minPart: string
  /** Assets traced at most, those with most receipts first. */
  readonly maxAssets: number
}

export interface Counterparty {
  /** Address of the listed party. */
  readonly account: string
  readonly parties: readonly ListedParty[]
  readonly direction: 'received' | 'sent'
  readonly asset: AssetId
  /** What passed. On a chain of outputs a ceiling: the less of what the one put into and the other got out of each transaction. */
  readonly amount: string
  /** Transactions, in chain order, at most 20; `count` is how many there are. */
  readonly transactions: readonly string[]
  readonly count: number
  /** How many of them are CoinJoins of several owners, in which being together says little. */
  readonly mixes: number
}

/** An exact share: numerator and denominator in base units of one asset. */
export interface Share {
  readonly numerator: string
  readonly denominator: string
}

export interface AssetExposure {
  readonly asset: AssetId
  /** All that reached the wallet from outside, what it held when the ledger begins included. What it paid out and got back counts once. */
  readonly reached: string
  /** Of that, what the trace leads back to listed parties without a change of asset. */
  readonly fromListed: Share
  /** Of that, what came out of swaps from other assets: `sources` goes on in those. */
  readonly swapped: Share
  /** Largest share first. */
  readonly sources: readonly ListedSource[]
  /** Services where the trace stopped: behind them other people's money is mixed. */
  readonly stops: readonly ServiceStop[]
  /** What stands at accounts that had it before the ledger begins, or before anything that was read: origin not known. */
  readonly origin: readonly TracedAmount[]
  readonly notFollowed: readonly {
    readonly reason: NotFollowedReason
    readonly asset: AssetId
    readonly amount: string
    readonly accounts: number
  }[]
}

/** An amount of one asset, and its share of all that the trace followed in that asset. For the asset that reached the wallet, without swaps, that is the share of what reached it. */
export interface TracedAmount {
  readonly asset: AssetId
  readonly amount: string
  readonly share: Share
}

export interface ListedSource {
  /** Address of the listed party. */
  readonly account: string
  readonly parties: readonly ListedParty[]
  /** Transfers from it to the wallet on the shortest way; 1 is direct. */
  readonly hops: number
  readonly amounts: readonly TracedAmount[]
  /** True where the party only stood on the other side of a swap: then no amount is its own. */
  readonly onlyInSwap: boolean
  /** The shortest way, from the party to the wallet. */
  readonly path: readonly PathStep[]
  /** Transactions with which its value set out, in chain order, at most 20; `count` is how many there are. */
  readonly transactions: readonly string[]
  readonly count: number
}

export interface PathStep {
  readonly transaction: string
  readonly time: string | null
  readonly from: string
  readonly to: string
  readonly asset: AssetId
  /** Part of the transfer that is traced to the wallet. */
  readonly amount: string
  /** The whole transfer. */
  readonly value: string
}

export interface ServiceStop {
  readonly id: string
  readonly label: string
  readonly kind: EntityKind
  readonly confidence: number
  readonly accounts: readonly string[]
  readonly amounts: readonly TracedAmount[]
}

export interface NotLookedAt {
  /** Assets that reached the wallet and were not traced, with the number of receipts. */
  readonly assets: readonly { readonly asset: AssetId; readonly receipts: number }[]
  readonly limits: readonly string[]
}
