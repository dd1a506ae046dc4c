import type { EntryKind, ListedCountry, ListedDate, ListedName } from '../lists/entry.ts'
import type { ScreenQuery } from './query.ts'

/**
 * What screening found. It says on which lists, in which versions, it looked and with which matcher, so that it can be repeated years later. An answer without hits means
 * "no potential match on these lists as of these versions", never that somebody is cleared.
 */
export interface ScreenAnswer {
  readonly query: ScreenQuery
  /** When it was asked, ISO 8601 UTC. */
  readonly at: string
  readonly matcher: MatcherId
  readonly setting: Setting
  readonly lists: readonly ListInService[]
  /** `not-screened`: nothing could be looked for, as a name without letters or an address that is none; the notes say what. */
  readonly outcome: Outcome
  /** Best first; those that alert before those that do not. */
  readonly hits: readonly Hit[]
  /** What was not looked at or was changed before looking: characters removed, a name that folds to nothing, hits beyond the limit. */
  readonly notes: readonly AnswerNote[]
}

export type Outcome = 'potential-match' | 'no-potential-match' | 'not-screened'

/** Version of the rules and prices: a change of either changes it, and answers of different versions are not compared. */
export type MatcherId = `cordon-${number}`

/** From which score a hit is listed and from which it alerts. */
export interface Setting {
  readonly list: number
  readonly alert: number
  /** Hits on weak aliases alone alert only where this is true. */
  readonly weakAlerts: boolean
  readonly limit: number
}

export interface ListInService {
  readonly list: string
  readonly version: string
  /** The list's own date, and when this version came into service and was last confirmed (ISO 8601 UTC). */
  readonly published: string | null
  readonly imported: string
  readonly confirmed: string
  readonly entries: number
}

export interface AnswerNote {
  readonly code: NoteCode
  readonly text: string
}

export type NoteCode =
  | 'name-changed'
  | 'name-empty'
  | 'more-hits'
  | 'paper-not-understood'
  | 'listed-name-cut'
  | 'candidates-cut'
  | 'wallet-fault'
  | 'wallet-note'
  | 'imo-fault'
  | 'list-stale'
  | 'list-incomplete'

/** One entry that may be meant. */
export interface Hit {
  readonly list: string
  readonly version: string
  readonly entry: string
  readonly kind: EntryKind
  /** The entry's primary name. */
  readonly primary: string
  /** The name on the list that matched; null where papers or a wallet alone did. */
  readonly matched: ListedName | null
  /** The query's name that matched it. */
  readonly asked: string | null
  /** 0 to 1: how likely, by name and evidence together, that the query means this entry. */
  readonly score: number
  /** 0 to 1: the name alone. */
  readonly nameScore: number
  /** 0 to 100 after the manner of OFAC's own search, for comparison. */
  readonly ofacCompatible: number
  readonly alert: boolean
  /** Why a hit whose score suffices does not alert. */
  readonly held: 'weak-alias' | 'below-alert' | 'suppressed' | null
  readonly reasons: readonly Reason[]
  readonly programmes: readonly string[]
  readonly legalBasis: readonly string[]
  readonly listedOn: ListedDate | null
  readonly births: readonly ListedDate[]
  readonly countries: readonly ListedCountry[]
}

/**
 * One step of the argument, for a person. `rule` is a code that words/ puts into four languages; `query` and `listed` are the texts it compared; `effect` says in which direction it
 * counted. `weight` is a price of the name comparison (0 to 1) or a factor on the odds.
 */
export interface Reason {
  readonly about: 'name' | 'birth' | 'country' | 'sex' | 'paper' | 'wallet' | 'vessel' | 'alias' | 'decision'
  readonly rule: string
  readonly query: string
  readonly listed: string
  readonly effect: 'agrees' | 'costs' | 'contradicts' | 'missing' | 'says'
  readonly weight: number
}
