import { listedCountry } from './countries.ts'
import { parseListedDate } from './dates.ts'
import type { EntryKind, Identifier, IdentifierKind, Link, ListedCountry, ListedDate, ListedName, ListedWallet } from './entry.ts'
import { type FeatureUse, identifierKind, labelNote } from './ofac-features.ts'

/** What the remarks or identifier columns of one entry say, gathered one fact after the other. The fields are those of ListEntry. */
export interface RemarkFacts {
  readonly names: ListedName[]
  readonly legalBasis: string[]
  readonly births: ListedDate[]
  readonly birthPlaces: string[]
  readonly countries: ListedCountry[]
  readonly titles: string[]
  readonly identifiers: Identifier[]
  readonly wallets: ListedWallet[]
  readonly links: Link[]
  readonly remarks: string[]
  sex: 'female' | 'male' | null
  /** The earliest where several are given. */
  listedOn: ListedDate | null
}

/** One labelled fact of an entry. */
export interface LabelledFact {
  readonly label: string
  readonly use: FeatureUse
  readonly value: string
  readonly country: ListedCountry | null
  readonly issued: ListedDate | null
  readonly expires: ListedDate | null
  /** Words that belong to the fact and to none of its parts. */
  readonly rest: string | null
  /** The whole fact as the list writes it, for the fields that take it so. */
  readonly written: string
}

/** Kinds whose values have a digit: without one, or with an "and" between two numbers, the text is a sentence and no number. */
const NUMBERED = new Set<IdentifierKind>(['passport', 'national-id', 'tax-id', 'registration', 'mmsi', 'aircraft-serial', 'lei', 'phone'])

export function noRemarkFacts(): RemarkFacts {
  return {
    names: [],
    legalBasis: [],
    births: [],
    birthPlaces: [],
    countries: [],
    titles: [],
    identifiers: [],
    wallets: [],
    links: [],
    remarks: [],
    sex: null,
    listedOn: null,
  }
}

/** Puts a fact where it belongs. False where its value is not what its label promises (`Gender Unknown`, a label without value); the caller then keeps it as a remark. */
export function addFact(facts: RemarkFacts, fact: LabelledFact, entry: EntryKind): boolean {
  const { use, value } = fact
  if (value === '' && use.field !== 'basis' && use.field !== 'remark') return false
  switch (use.field) {
    case 'birth':
      facts.births.push(parseListedDate(value))
      return true
    case 'birthplace':
      facts.birthPlaces.push(value)
      return true
    case 'country':
      addCountry(facts, listedCountry(value))
      return true
    case 'sex': {
      const sex = value.toLowerCase()
      if ((sex !== 'male' && sex !== 'female') || (facts.sex !== null && facts.sex !== sex)) return false
      facts.sex = sex
      return true
    }
    case 'title':
      facts.titles.push(value)
      return true
    case 'basis':
      facts.legalBasis.push(fact.written)
      return true
    case 'listed': {
      facts.legalBasis.push(fact.written)
      const date = parseListedDate(value)
      if (date.from !== null && (facts.listedOn?.from == null || date.from < facts.listedOn.from)) facts.listedOn = date
      return true
    }
    case 'remark':
      facts.remarks.push(fact.written)
      return true
    case 'link':
      facts.links.push({ relation: use.relation, name: value, id: null })
      return true
    case 'wallet':
      if (/\s/.test(value)) return false
      facts.wallets.push({ asset: use.asset, address: value })
      return true
    case 'identifier': {
      if (NUMBERED.has(use.kind) && (!/\d/.test(value) || / and /.test(value))) return false
      const known = identifierKind(fact.label, use.kind, value, entry)
      const note = [labelNote(fact.label, known.kind), fact.rest].filter((part) => part !== null).join(' ')
      facts.identifiers.push({
        ...known,
        country: fact.country,
        issued: fact.issued,
        expires: fact.expires,
        note: note === '' ? null : note,
      })
      return true
    }
  }
}

/** A country once, however often the list gives it (as nationality and as citizenship). */
export function addCountry(facts: RemarkFacts, country: ListedCountry): void {
  if (!facts.countries.some((known) => known.text === country.text)) facts.countries.push(country)
}
