/** What a theft was, as only the simulator knows it. Accounts are keys (see names.ts), amounts base units. */
export interface TheftTruth {
  readonly name: string
  /** Whom it was stolen from. */
  readonly victimKind: 'service' | 'wallets'
  readonly victims: number[]
  readonly seeds: SeedTruth[]
  readonly patterns: Set<Pattern>
  /** Accounts of the launderer: seeds, intermediaries, and fresh accounts after a swap; not their deposit addresses. */
  readonly launderers: number[]
  /** Every transfer that carried stolen value, in chain order. */
  readonly flows: FlowTruth[]
  readonly swaps: SwapTruth[]
  readonly cashOuts: CashOutTruth[]
  /** Deposit address to hot wallet: the exchange's own doing, after the cash-out. */
  readonly forwards: FlowTruth[]
  readonly held: HeldTruth[]
  /** Clean money that was put among the stolen. */
  readonly commingled: { readonly account: number; readonly asset: number; readonly amount: bigint }[]
  /** What services paid out to the launderer on the far side: no trace of the chain alone can know it. */
  readonly afterServices: {
    readonly transaction: number
    readonly service: string
    readonly to: number
    readonly asset: number
    readonly amount: bigint
  }[]
  /** Steps of the plan that are still to come; a finished theft has none. */
  pending: number
}

export type Pattern =
  | 'fan-out'
  | 'peel chain'
  | 'consolidation'
  | 'swap'
  | 'hop through services'
  | 'deposit to several exchanges'
  | 'hold'
  | 'commingling'

export interface SeedTruth {
  readonly account: number
  readonly asset: number
  /** What it received of the theft, in all. */
  amount: bigint
  /** Block of its first receipt. */
  readonly block: number
}

export interface FlowTruth {
  readonly transaction: number
  readonly from: number
  readonly to: number
  readonly asset: number
  /** Whole value of the transfer, and how much of it was stolen. */
  readonly value: bigint
  readonly stolen: bigint
  readonly pattern: Pattern | 'theft' | 'forward'
}

export interface SwapTruth {
  readonly transaction: number
  readonly account: number
  readonly to: number
  readonly gave: { readonly asset: number; readonly amount: bigint }
  readonly got: { readonly asset: number; readonly amount: bigint }
}

export interface CashOutTruth {
  readonly account: number
  /** Exchange or service. */
  readonly entity: string
  readonly kind: 'exchange' | 'instant' | 'mixer' | 'bridge'
  readonly tagged: boolean
  readonly asset: number
  readonly amount: bigint
  readonly transaction: number
}

export interface HeldTruth {
  readonly account: number
  readonly asset: number
  readonly amount: bigint
}

export interface PoisoningPair {
  /** Key of the look-alike. */
  readonly lookAlike: number
  readonly imitates: number
  readonly victim: number
  readonly kind: 'zero value' | 'dust' | 'fake token'
}
