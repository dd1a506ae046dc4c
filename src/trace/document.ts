import type { CoinJoinFamily, EntityKind } from '../attribution/index.ts'
import type { AssetId, ChainId, ScriptType } from '../chain/index.ts'

/**
 * The trace document: everything that a trace took in and found, so that someone else can run it again to the same
 * bytes. Its JSON Schema is `src/trace/trace.schema.json`. It holds no clock and no path of the machine it was made on.
 *
 * Amounts are decimal strings of base units. Accounts are canonical addresses. Times are ISO 8601 UTC to the second, or null where
 * the ledger has none. Lists are sorted by a stated key, so the order carries no chance.
 */
export interface TraceDocument {
  readonly format: 'cordon-trace'
  readonly formatVersion: 1
  /** Version of the engine: a later one may answer differently and says so. */
  readonly engine: string
  readonly ledger: LedgerReference
  /** Assets that the trace touched, by id. */
  readonly assets: readonly { readonly id: AssetId; readonly symbol: string | null; readonly decimals: number | null }[]
  readonly parameters: TraceParameters
  readonly seeds: readonly Seed[]
  readonly tags: readonly { readonly file: string; readonly title: string; readonly sha256: string; readonly tags: number }[]
  /** Where the money came to rest, largest first within kind. */
  readonly endpoints: readonly Endpoint[]
  /** End points summed by entity, with the policy-free bounds for the entity as a whole. */
  readonly entities: readonly EntityTotal[]
  /** Movements of stolen value in chain order. */
  readonly flows: readonly Flow[]
  readonly swaps: readonly Swap[]
  readonly notFollowed: readonly NotFollowed[]
  /** Every account that the trace opened or reached, in order of first arrival. */
  readonly accounts: readonly ReachedAccount[]
  /** Addresses made to look like one that an account had paid before; left out of the trace. */
  readonly lookAlikes: readonly LookAlike[]
  /** One line per asset; `difference` is "0" or the run has failed. */
  readonly conservation: readonly Conservation[]
  /** On a Bitcoin chain, and only there. Accounts of the document are outputs then (`txid:index`), or transactions where nothing is followed through them. */
  readonly bitcoin?: BitcoinPart
  readonly completeness: Completeness
}

export interface LedgerReference {
  readonly hash: string
  readonly chain: ChainId
  readonly transfers: number
  readonly transactions: number
  readonly accounts: number
  readonly blocks: { readonly first: number; readonly last: number } | null
  readonly time: { readonly first: string; readonly last: string } | null
  readonly lossy: boolean
  readonly orderNotes: readonly string[]
}

export type PolicyName = 'poison' | 'haircut' | 'fifo' | 'lifo' | 'tiho'

export interface TraceParameters {
  readonly policy: PolicyName
  readonly direction: 'forward' | 'backward'
  /** Hops from the seed after which nothing more is opened. */
  readonly maxDepth: number
  /** Accounts opened at most. */
  readonly maxAccounts: number
  /** ISO time after which nothing is followed, or null. */
  readonly until: string | null
  /** Stolen base units below which an arrival does not open an account, by asset id; `*` for all others. */
  readonly minAmount: Readonly<Record<AssetId, string>>
  /** Stolen share of a transfer below which it does not open an account, as a fraction `a/b`. */
  readonly minShare: string
  /** Transfers in and out together from which an untagged account is an unnamed service. */
  readonly hubTransfers: number
  /** Transfers from which an untagged account that takes one asset and gives another in a transaction counts as a pool. */
  readonly poolTransfers: number
  /** What the balance that an account had before the ledger begins is taken for. Seeds: always stolen. */
  readonly opening: 'clean' | 'unknown'
  readonly bounds: boolean
  /** Accounts opened at most while looking for bounds, beside those of the trace itself: any accounting reaches more than one policy does. */
  readonly boundsAccounts: number
  readonly lookAlikes: 'leave-out' | 'keep'
  readonly deposit: DepositParameters
  /** On a Bitcoin chain, and only there. */
  readonly bitcoin?: BitcoinParameters
}

/** What has to be decided on a chain of outputs. */
export interface BitcoinParameters {
  /**
   * How a transaction's fee is coloured. `share`: it is the last receiver, and takes what the policy leaves for it. `clean-first`: it takes clean value as long as the transaction has any, so that as little stolen
   * value as possible ends with the miners.
   */
  readonly fees: 'share' | 'clean-first'
  /** `stop`: a CoinJoin ends the trace, with its possible exits listed. `follow`: the policy decides among its outputs as in any transaction; the exits are listed too. */
  readonly mixing: 'stop' | 'follow'
  /** Whether tags hold of the whole cluster by common inputs that a tagged address is in. */
  readonly clusters: 'multi-input' | 'none'
}

/** Deposit-address rule (Victor, FC 2020). */
export interface DepositParameters {
  /** Blocks within which a receipt is forwarded. */
  readonly maxBlocks: number
  /** Largest remainder of a forwarded receipt, in base units of the native asset. */
  readonly maxRemainder: string
  /** Least share of an account's outgoing transfers that go to one exchange's hot wallets, as a fraction `a/b`. */
  readonly minForwarded: string
}

export type Seed =
  /** All that the account holds at `from` and receives afterwards is stolen; of one asset, or of every asset when `asset` is null. */
  | { readonly kind: 'account'; readonly account: string; readonly asset: AssetId | null; readonly from: string | null }
  /** That much of what the account holds at `from`, or else receives next, is stolen. */
  | { readonly kind: 'amount'; readonly account: string; readonly asset: AssetId; readonly amount: string; readonly from: string | null }
  /** All that the transaction's receivers gain is stolen. */
  | { readonly kind: 'transaction'; readonly transaction: string }
  /** The value of one transfer is stolen. */
  | { readonly kind: 'transfer'; readonly transaction: string; readonly index: number }

/** An amount under the chosen policy, and what any accounting whatever must lie between (null where bounds were not asked for). */
export interface BoundedAmount {
  readonly asset: AssetId
  readonly amount: string
  /** Part that comes from balances of unknown origin (`opening: unknown`), beside `amount`; "0" otherwise. */
  readonly unknown: string
  readonly least: string | null
  readonly most: string | null
}

export interface Endpoint {
  readonly account: string
  /** Id of the entity, or null where nobody is known to be behind the account. */
  readonly entity: string | null
  /** `service`: arrived among other people's money. `held`: still there at the end of the ledger. */
  readonly kind: 'service' | 'held'
  readonly amounts: readonly BoundedAmount[]
  readonly firstArrival: string | null
  readonly lastArrival: string | null
  /** Transactions that brought it, at most 20, in chain order; `arrivals` is the true count. */
  readonly transactions: readonly string[]
  readonly arrivals: number
}

export interface EntityTotal {
  readonly id: string
  readonly label: string
  readonly kind: EntityKind
  readonly confidence: number
  readonly basis: 'tag' | 'cluster' | 'deposit-address' | 'behaviour'
  readonly contact: string | null
  readonly evidence: readonly string[]
  readonly conflicts: readonly string[]
  readonly accounts: readonly string[]
  readonly amounts: readonly BoundedAmount[]
}

export interface Flow {
  readonly transaction: string
  readonly time: string | null
  readonly block: number
  readonly from: string
  readonly to: string
  readonly asset: AssetId
  /** Stolen part. */
  readonly amount: string
  /** Part of unknown origin (`opening: unknown`), beside `amount`; "0" otherwise. */
  readonly unknown: string
  /** Whole value that passed from `from` to `to` in this transaction. */
  readonly value: string
  /** Hops from the theft of the account that the value reaches: of `to` forward, of `from` backward. */
  readonly depth: number
}

/** Stolen value that left as one asset and came back as another in one transaction. */
export interface Swap {
  readonly transaction: string
  readonly time: string | null
  readonly account: string
  /** Who gave the new asset, and to whom it came. */
  readonly via: string
  readonly to: string
  readonly gave: { readonly asset: AssetId; readonly stolen: string; readonly value: string }
  readonly got: { readonly asset: AssetId; readonly stolen: string; readonly value: string }
}

export interface NotFollowed {
  readonly account: string
  readonly asset: AssetId
  readonly amount: string
  readonly reason: NotFollowedReason
  readonly transfers: number
}

export type NotFollowedReason =
  | 'depth'
  | 'account-limit'
  | 'after-until'
  | 'amount-below-minimum'
  | 'share-below-minimum'
  | 'swap-legs-unmatched'
  | 'look-alike'
  | 'values-unknown'

export interface ReachedAccount {
  readonly account: string
  readonly depth: number
  /** `unknown`: only value of unknown origin passed here. */
  readonly role: 'seed' | 'passed' | 'service' | 'not-followed' | 'unknown'
  readonly entity: string | null
  readonly firstArrival: string | null
  /** Transfers of the account in the ledger, and whether all were read. */
  readonly transfers: number
  readonly opened: boolean
}

export interface LookAlike {
  /** The imitation. */
  readonly account: string
  /** The address that it imitates, and the account that had paid it. */
  readonly imitates: string
  readonly victim: string
  readonly transfers: number
  readonly reasons: readonly string[]
}

/** What a document on a chain of outputs says beside the rest. */
export interface BitcoinPart {
  /** Outputs that the document names, by name: who can spend them. */
  readonly outputs: readonly NamedOutput[]
  /** CoinJoins that stolen value entered, in chain order. */
  readonly mixes: readonly Mix[]
  /** Stolen value that left for another chain, as the transaction itself says, in chain order. */
  readonly exits: readonly ChainExit[]
  /** Transactions that would have joined clusters of different entities, and joined nothing; null where no clusters were made. */
  readonly clusterConflicts: number | null
}

export interface NamedOutput {
  readonly account: string
  /** Address, or `scripthash:` and the SHA-256 of the script; null where the script is not known. */
  readonly address: string | null
  readonly script: ScriptType | null
  /** Satoshis; null where not known. */
  readonly value: string | null
  /** Transaction that spends it; null while none in the ledger does. */
  readonly spentBy: string | null
}

/** A mixing step: what went in, and every output that it may have come out of. */
export interface Mix {
  readonly transaction: string
  readonly time: string | null
  readonly block: number
  readonly family: CoinJoinFamily
  /** What the detector saw. */
  readonly parameters: Readonly<Record<string, string | number>>
  readonly evidence: readonly string[]
  readonly followed: boolean
  /** Inputs that brought stolen value. */
  readonly entered: readonly { readonly account: string; readonly stolen: string; readonly value: string }[]
  readonly stolen: string
  readonly exits: readonly MixExit[]
}

/** An output of a CoinJoin. `shares`: the stolen value that each policy gives it, inputs of mixed colour paying their stolen part first; which of them is right nobody can say from the chain. */
export interface MixExit {
  readonly account: string
  readonly address: string | null
  readonly value: string
  /** True for the outputs that any participant may own; false for change and fees of the mix. */
  readonly mixed: boolean
  readonly shares: Readonly<Record<PolicyName, string>>
}

/** An exit to another chain: the destination is what the transaction asks for, not what is known to have happened there. */
export interface ChainExit {
  readonly transaction: string
  readonly time: string | null
  readonly block: number
  readonly protocol: string
  readonly account: string
  readonly address: string | null
  readonly stolen: string
  readonly value: string
  /** As the memo has them. */
  readonly memo: string
  readonly chain: string
  readonly asset: string
  readonly destination: string | null
  readonly refund: string | null
  readonly limit: string | null
  readonly affiliate: string | null
}

/** taken in + swapped in = at services + held + not followed + swapped out + lost to rounding, in base units. */
export interface Conservation {
  readonly asset: AssetId
  readonly seeded: string
  readonly swappedIn: string
  readonly atServices: string
  readonly held: string
  readonly notFollowed: string
  readonly swappedOut: string
  readonly difference: string
}

export interface Completeness {
  /** Balances that accounts had before the ledger begins, by asset: the least that keeps them from going negative. */
  readonly openingBalances: readonly {
    readonly asset: AssetId
    readonly accounts: number
    readonly amount: string
    readonly colour: 'stolen' | 'clean' | 'unknown'
  }[]
  /** Swaps whose stolen share was rounded down; each lost less than one base unit. */
  readonly roundedSwaps: number
  readonly accountsOpened: number
  readonly transfersRead: number
  readonly transactionsReplayed: number
  /** Fees paid by opened accounts: not followed, and not taken from balances. */
  readonly fees: { readonly asset: AssetId; readonly amount: string }
  /** What this trace cannot see, in plain sentences. */
  readonly limits: readonly string[]
}
