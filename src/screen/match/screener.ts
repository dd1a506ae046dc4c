import type { WalletRelation } from '../identifiers/index.ts'
import type { AnswerNote, ListInService, MatcherId, ScreenAnswer, Setting } from './answer.ts'
import type { ScreenQuery } from './query.ts'

/** What answers: one immutable set of list versions and one matcher. All of it is in memory, so answers are immediate and the same query gives the same answer. */
export interface Screener {
  readonly matcher: MatcherId
  readonly lists: readonly ListInService[]
  /** What every answer says of the lists: that one is old, or not whole. */
  readonly notes: readonly AnswerNote[]
  /**
   * Looks for a person, body, ship or aircraft by name, and by papers where there are any.
   *
   * @throws CordonError `screen/name-too-long`, `screen/bad-query`
   */
  screen(query: ScreenQuery, setting?: Partial<Setting>): ScreenAnswer
  /** Looks for a wallet. `asset` is the code that the asker uses (`ETH`, `XBT`, `USDT`), or null to try every family that the address may belong to. */
  wallet(address: string, asset: string | null, setting?: Partial<Setting>): ScreenAnswer
  /**
   * Who is listed at an address, for asking of a million of them: no answer is composed, and an address under which nothing is listed costs one look. Each entry once, in the order of the lists; null where
   * nobody is listed there, or the text is no address.
   *
   * @param asset as for `wallet`; name one, so that an address of several chains is read as one of the chain that is meant
   */
  listedWallet(address: string, asset: string | null): readonly ListedWalletParty[] | null
  /** Looks for a ship by number, call sign and name together. */
  vessel(query: VesselQuery, setting?: Partial<Setting>): ScreenAnswer
  /** What an entry says now, as `entryHash` has it; null where no such entry is in service. */
  entryHash(list: string, id: string): string | null
}

/** An entry that lists an address. */
export interface ListedWalletParty {
  readonly list: string
  readonly entry: string
  readonly name: string
  /** `address` unless another address of the same key is what the list names; see `WalletRelation`. */
  readonly relation: WalletRelation
}

export interface VesselQuery {
  readonly imo: string | null
  readonly mmsi: string | null
  readonly callSign: string | null
  readonly name: string | null
  /** ISO 3166-1 alpha-2. */
  readonly flag: string | null
}
