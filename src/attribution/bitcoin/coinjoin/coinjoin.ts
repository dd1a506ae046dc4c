import type { AccountId } from '../../../ledger/index.ts'

/** Kinds of CoinJoins, in the order in which {@link detectCoinJoin} tries them: from the narrowest shape to the widest. */
export const COINJOIN_FAMILIES = ['whirlpool', 'whirlpool-tx0', 'wasabi1', 'wasabi2', 'joinmarket'] as const

export type CoinJoinFamily = (typeof COINJOIN_FAMILIES)[number]

/** What one transaction shows of being a CoinJoin. Structure alone: nobody who took part is named. */
export interface CoinJoin {
  readonly family: CoinJoinFamily
  /** Whether more than one owner signed. False for a Tx0: one owner prepares coins for a mix and pays the coordinator. */
  readonly collaborative: boolean
  /** What was seen: satoshis as decimal strings, counts as numbers. Which names there are is said at each family's detector. */
  readonly parameters: Readonly<Record<string, string | number>>
  /** Indexes of the outputs that may belong to any participant: the possible exits. Rising. Empty where one owner pays. */
  readonly mixed: readonly number[]
  /** Plain sentences that a person can check against the transaction. */
  readonly evidence: readonly string[]
}

/** What is known of accounts before a transaction is looked at, by their numbers in the transaction's ledger. */
export interface KnownAccounts {
  /** Accounts of {@link WASABI1_COORDINATORS}, as far as the ledger has them. */
  readonly wasabi1Coordinators?: ReadonlySet<AccountId>
}

/** Satoshis written for people, exact: `0.05 BTC`. A safe integer below 2^53. */
export function bitcoins(satoshis: number): string {
  const whole = Math.floor(satoshis / 100_000_000)
  const rest = (satoshis % 100_000_000).toString().padStart(8, '0').replace(/0+$/, '')
  return `${whole}${rest === '' ? '' : `.${rest}`} BTC`
}
