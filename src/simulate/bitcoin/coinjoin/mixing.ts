import type { Coin, TxNumber, Wallet } from '../world.ts'

/** A coin whose owner waits for a mix. */
export interface Entry {
  readonly coin: Coin
  readonly wallet: Wallet
  /** Hears when the coin has been mixed: the transaction, the index of the input, and the equal coin that came out. */
  readonly mixed?: (tx: TxNumber, input: number, out: Coin) => void
  /** Hears that the world ended before that. */
  readonly unmixed?: () => void
}

/** One of Whirlpool's pools. */
export interface Pool {
  readonly denomination: number
  /** What the coordinator takes of each Tx0. */
  readonly fee: number
  /** Premix coins that were never mixed, and mixed ones whose owners let them be mixed again. */
  readonly fresh: Entry[]
  readonly mixed: Entry[]
}

/** What is under way among people who mix. */
export interface Mixing {
  /** Rounds of Wasabi and JoinMarket tried so far. */
  rounds: number
  /** Coins registered ahead with the Wasabi coordinator. */
  readonly registered: Entry[]
  readonly pools: readonly Pool[]
}

/** Pools as Samourai ran them: 0.001, 0.01, 0.05 and 0.5 BTC, and the fees that Tx0s of 2024 paid. */
export function createMixing(): Mixing {
  const pool = (denomination: number, fee: number): Pool => ({ denomination, fee, fresh: [], mixed: [] })
  return {
    rounds: 0,
    registered: [],
    pools: [pool(100_000, 5_000), pool(1_000_000, 50_000), pool(5_000_000, 175_000), pool(50_000_000, 1_750_000)],
  }
}
