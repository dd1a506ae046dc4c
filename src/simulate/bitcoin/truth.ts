import type { AddressNumber } from './addresses.ts'
import type { Coin, Owner, TxNumber } from './world.ts'

export type CoinJoinFamily = 'wasabi1' | 'whirlpool' | 'joinmarket'

/** One CoinJoin: whose each input and output was. */
export interface CoinJoinTruth {
  readonly tx: TxNumber
  readonly family: CoinJoinFamily
  /** Satoshis of an equal output; the smallest where there are several levels. */
  readonly denomination: number
  readonly participants: readonly { readonly owner: Owner; readonly inputs: readonly number[]; readonly outputs: readonly number[] }[]
  /** Indexes of what the coordinator took; empty for families that have none in the mix. */
  readonly coordinatorFee: readonly number[]
}

/** A deposit address: which exchange gave it to whom. */
export interface DepositTruth {
  readonly address: AddressNumber
  /** Index in the cast. */
  readonly exchange: number
  readonly customer: Owner
}

export type Pattern =
  | 'theft'
  | 'split'
  | 'peel chain'
  | 'consolidation'
  | 'coinjoin'
  | 'cross-chain swap'
  | 'deposit to an exchange'
  | 'commingling'
  | 'hold'

/** A deposit with an exchange; `swept` is the consolidation that emptied it. */
export interface CashOut {
  readonly coin: Coin
  readonly exchange: number
  readonly stolen: number
  swept: TxNumber | null
}

/** What a theft was, as only the simulator knows it. Amounts are satoshis; `stolen` is the part of a coin that was stolen. */
export interface TheftTruth {
  readonly name: string
  readonly victimKind: 'exchange' | 'wallets'
  readonly victims: Owner[]
  readonly launderer: Owner
  /** What was stolen: the outputs by which it came to the launderer. */
  readonly seeds: { readonly coin: Coin; readonly height: number }[]
  readonly patterns: Set<Pattern>
  /** Every output after the seeds that carries stolen value, in chain order, up to the ends. */
  readonly flows: { readonly coin: Coin; readonly stolen: number; readonly pattern: Pattern }[]
  /** Fees paid to miners out of stolen value, by transaction. */
  readonly fees: { readonly tx: TxNumber; readonly stolen: number }[]
  readonly cashOuts: CashOut[]
  readonly swaps: {
    readonly coin: Coin
    readonly stolen: number
    readonly memo: string
    readonly asset: string
    readonly destination: string
  }[]
  /** Stolen coins that went into a CoinJoin: its transaction and the index of the input. */
  readonly mixed: {
    readonly tx: TxNumber
    readonly input: number
    readonly coin: Coin
    readonly stolen: number
    readonly family: CoinJoinFamily
  }[]
  /** Paid to a CoinJoin coordinator ahead of the mix. */
  readonly coordinatorFees: { readonly coin: Coin; readonly stolen: number }[]
  readonly held: { readonly coin: Coin; readonly stolen: number }[]
  readonly peelChains: PeelChainTruth[]
  /** Clean coins of the launderer that were spent together with stolen ones. */
  readonly commingled: Coin[]
  /** What came out of CoinJoins to the launderer, and where it went: no trace of the chain alone can know it. */
  readonly afterMixing: { readonly from: Coin; readonly to: Coin; readonly exchange: number }[]
  /** Steps of the plan that are still to come; a finished theft has none. */
  pending: number
}

export interface PeelChainTruth {
  /** Each hop spends the continuing output of the one before. */
  readonly hops: {
    readonly tx: TxNumber
    /** Index of the output that goes on. */
    readonly continues: number
    readonly peeled: { readonly index: number; readonly value: number }
  }[]
}
