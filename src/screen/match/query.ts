import type { EntryKind, IdentifierKind, ListedDate } from '../lists/entry.ts'

/** Whom or what to look for. Everything but the name is optional, and what is missing never lowers a score. */
export interface ScreenQuery {
  /** Any script; empty only where papers or wallets are asked for alone. */
  readonly name: string
  /** Family and given names, where the asker has them apart. */
  readonly family: string | null
  readonly given: string | null
  /** Further names of the same customer: other scripts, former names. Each is looked for. */
  readonly otherNames: readonly string[]
  /** What the asker knows it to be; null looks among all kinds. */
  readonly kind: EntryKind | null
  readonly birth: ListedDate | null
  /** ISO 3166-1 alpha-2 codes of nationalities, flags, countries of registration. */
  readonly countries: readonly string[]
  readonly sex: 'female' | 'male' | null
  readonly papers: readonly Paper[]
}

/** A document or registration number of the customer. */
export interface Paper {
  readonly kind: IdentifierKind
  readonly value: string
  /** ISO 3166-1 alpha-2, null where unknown. */
  readonly country: string | null
}

/** A query with nothing but a name; fill in the rest: `{...nameQuery('김영철'), birth}`. */
export function nameQuery(name: string): ScreenQuery {
  return { name, family: null, given: null, otherNames: [], kind: null, birth: null, countries: [], sex: null, papers: [] }
}
