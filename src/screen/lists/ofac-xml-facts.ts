import type { EntryKind, Identifier, Link, ListedCountry, ListedDate, ListedWallet } from './entry.ts'
import { lookUp } from './look-up.ts'
import { type FeatureUse, featureUse, identifierKind, labelNote } from './ofac-features.ts'

/** What the features and documents of an entry add up to; the fields are those of ListEntry. */
export interface OfacFacts {
  readonly births: ListedDate[]
  readonly birthPlaces: string[]
  readonly countries: ListedCountry[]
  sex: 'female' | 'male' | null
  readonly titles: string[]
  readonly identifiers: Identifier[]
  readonly wallets: ListedWallet[]
  readonly links: Link[]
  readonly legalBasis: string[]
  readonly remarks: string[]
}

/** A feature as OFAC's XML formats give it. */
export interface OfacFeature {
  /** Name of its type, e.g. `Birthdate`, `Digital Currency Address - XBT`. */
  readonly label: string
  readonly value: string
  readonly date: ListedDate | null
  readonly country: ListedCountry | null
  /** What is said about it: its comment, and a reliability other than `Confirmed`. */
  readonly note: string | null
}

export interface OfacDocument {
  /** e.g. `Passport`, `Vessel Registration Identification`. */
  readonly type: string
  readonly number: string
  readonly country: ListedCountry | null
  readonly issued: ListedDate | null
  readonly expires: ListedDate | null
  readonly notes: readonly string[]
}

/** Labels that only the XML formats have; the others are those of the remarks, see ofac-features.ts. */
const XML_USES: Readonly<Record<string, FeatureUse>> = {
  Birthdate: { field: 'birth' },
  'Place of Birth': { field: 'birthplace' },
  'Nationality Country': { field: 'country' },
  'Citizenship Country': { field: 'country' },
  'Registration Country': { field: 'country' },
  'Other Vessel Call Sign': { field: 'identifier', kind: 'call-sign' },
  'Other Vessel Flag': { field: 'country' },
  'Aircraft Manufacturer’s Serial Number (MSN)': { field: 'identifier', kind: 'aircraft-serial' },
  'VESSEL TYPE': { field: 'remark' },
}

export function noFacts(): OfacFacts {
  return {
    births: [],
    birthPlaces: [],
    countries: [],
    sex: null,
    titles: [],
    identifiers: [],
    wallets: [],
    links: [],
    legalBasis: [],
    remarks: [],
  }
}

/** Adds a feature to the field that it belongs to. False where its label is not known: then it is among the remarks, and the reader says so. */
export function addFeature(facts: OfacFacts, entry: EntryKind, feature: OfacFeature): boolean {
  const { label, value, date, note } = feature
  const use = lookUp(XML_USES, label) ?? featureUse(label)
  const words = `${label}${/[:-]$/.test(label) ? '' : ':'} ${value}`.trim()
  const said = note === null ? words : `${words} (${note})`
  switch (use?.field) {
    case 'identifier':
      facts.identifiers.push({
        ...identifierKind(label, use.kind, value, entry),
        country: null,
        issued: null,
        expires: null,
        note: joined([labelNote(label, use.kind), note]),
      })
      return true
    case 'wallet':
      facts.wallets.push({ asset: use.asset, address: value })
      break
    case 'birth':
      if (date !== null) facts.births.push(date)
      break
    case 'birthplace':
      facts.birthPlaces.push(value)
      break
    case 'country':
      if (feature.country !== null) facts.countries.push(feature.country)
      break
    case 'sex':
      if (value !== 'Male' && value !== 'Female') break
      facts.sex = value === 'Male' ? 'male' : 'female'
      if (note !== null) facts.remarks.push(said)
      return true
    case 'title':
      facts.titles.push(value)
      break
    case 'link':
      facts.links.push({ relation: use.relation, name: value, id: null })
      break
    case 'basis':
      // What takes effect when is no act or order.
      if (date === null) facts.legalBasis.push(said)
      else facts.remarks.push(said)
      return true
    default:
      facts.remarks.push(said)
      return use !== null
  }
  const taken = use.field === 'birth' ? date !== null : use.field === 'country' ? feature.country !== null : use.field !== 'sex'
  if (note !== null || !taken) facts.remarks.push(said)
  return true
}

/** Adds an identity document; one of a type that we have no kind for keeps the type as its note. */
export function addDocument(facts: OfacFacts, entry: EntryKind, document: OfacDocument): void {
  const use = featureUse(document.type)
  const { kind, value } = identifierKind(document.type, use?.field === 'identifier' ? use.kind : 'other', document.number, entry)
  facts.identifiers.push({
    kind,
    value,
    country: document.country,
    issued: document.issued,
    expires: document.expires,
    note: joined([labelNote(document.type, kind), ...document.notes]),
  })
}

function joined(notes: readonly (string | null)[]): string | null {
  const said = notes.filter((note) => note !== null && note !== '')
  return said.length === 0 ? null : said.join('; ')
}
