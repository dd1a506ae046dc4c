import { listedCountry } from './countries.ts'
import type { ListedCountry, ListedDate } from './entry.ts'
import { dateOf, periodOf } from './ofac-advanced-dates.ts'
import { fullNamesOf } from './ofac-advanced-names.ts'
import { AdvancedReferences } from './ofac-advanced-references.ts'
import type { OfacDocument } from './ofac-xml-facts.ts'
import type { XmlRecord } from './xml.ts'
import { at, child, childrenNamed, childText, oneLine } from './xml-element.ts'

export interface StoredLocation {
  /** The address in the order of its printed form; further ones are the same in another script. Empty where the list knows nothing. */
  readonly texts: readonly string[]
  readonly country: ListedCountry | null
  readonly raw: string
}

export interface StoredDocument extends OfacDocument {
  readonly raw: string
}

export interface StoredRelation {
  readonly relation: string
  readonly to: string
  readonly raw: string
}

export interface StoredEntry {
  /** The list's own name of itself, e.g. `SDN List`. */
  readonly list: string
  readonly programmes: readonly string[]
  readonly legalBasis: readonly string[]
  readonly dates: readonly ListedDate[]
  readonly remarks: readonly string[]
  readonly raw: string
}

/** What parties refer to by number, from the first pass over the file: everything but the parties themselves, of which only the names are kept, as links are to names. */
export interface AdvancedStore {
  readonly references: AdvancedReferences
  readonly locations: Map<string, StoredLocation>
  /** By the identity that they belong to. */
  readonly documents: Map<string, StoredDocument[]>
  /** By the profile that they start from. */
  readonly relations: Map<string, StoredRelation[]>
  /** By profile. */
  readonly entries: Map<string, StoredEntry[]>
  readonly names: Map<string, string>
}

const PARTS = ['ADDRESS1', 'ADDRESS2', 'ADDRESS3', 'CITY', 'STATE/PROVINCE', 'POSTAL CODE', 'REGION']

export function emptyStore(): AdvancedStore {
  return {
    references: new AdvancedReferences(),
    locations: new Map(),
    documents: new Map(),
    relations: new Map(),
    entries: new Map(),
    names: new Map(),
  }
}

/** Takes a record of the first pass in. False where it cannot be told what it belongs to. */
export function store(into: AdvancedStore, record: XmlRecord): boolean {
  const { attributes } = record
  switch (record.name) {
    case 'Location':
      if (attributes.ID !== undefined) into.locations.set(attributes.ID, own(locationOf(into.references, record)))
      return attributes.ID !== undefined
    case 'IDRegDocument':
      return push(into.documents, attributes.IdentityID, documentOf(into, record))
    case 'ProfileRelationship':
      return push(into.relations, attributes['From-ProfileID'], relationOf(into.references, record))
    case 'SanctionsEntry':
      return push(into.entries, attributes.ProfileID, entryOf(into.references, record))
    case 'DistinctParty':
      for (const profile of childrenNamed(record, 'Profile')) {
        const names = fullNamesOf(profile, into.references)
        const name = names.find(({ type }) => type === 'primary') ?? names[0]
        if (profile.attributes.ID !== undefined && name !== undefined) into.names.set(profile.attributes.ID, own(name.full))
      }
      return true
    default:
      into.references.add(own(record))
      return true
  }
}

/**
 * A copy that shares no memory with the text it was cut from: V8 keeps the whole chunk of the file alive for each string cut out of it, and with a hundred thousand of them the whole file.
 */
function own<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}

function push<T>(into: Map<string, T[]>, key: string | undefined, value: T | null): boolean {
  if (key === undefined || value === null) return false
  const values = into.get(key)
  if (values === undefined) into.set(key, [own(value)])
  else values.push(own(value))
  return true
}

function locationOf(references: AdvancedReferences, location: XmlRecord): StoredLocation {
  const parts = childrenNamed(location, 'LocationPart').flatMap((part) => {
    const type = references.text('LocPartType', part.attributes.LocPartTypeID) ?? ''
    return childrenNamed(part, 'LocationPartValue').map((value) => ({
      order: PARTS.includes(type) ? PARTS.indexOf(type) : PARTS.length,
      unknown: type === 'Unknown',
      primary: value.attributes.Primary !== 'false',
      text: oneLine(childText(value, 'Value') ?? ''),
    }))
  })
  const [country] = childrenNamed(location, 'LocationCountry').map((one) => references.country(one.attributes.CountryID))
  const [area] = childrenNamed(location, 'LocationAreaCode').map((one) =>
    references.country(references.attribute('AreaCode', one.attributes.AreaCodeID, 'CountryID')),
  )
  // Nationalities are locations with a country's name as their only part, of the type `Unknown`.
  const [named] = parts.filter(({ unknown }) => unknown).map(({ text }) => listedCountry(text))
  const found = country ?? area ?? (named === undefined || (named.code === null && parts.length > 1) ? null : named)
  const text = (wanted: boolean) => {
    const words = parts
      .filter(({ primary, text }) => primary === wanted && text !== '')
      .toSorted((one, other) => one.order - other.order)
      .map(({ text }) => text)
    const last = found !== null && words.length > 0 && words.at(-1) !== found.text ? [found.text] : []
    return [...words, ...last].join(', ')
  }
  const texts = [text(true), text(false)].filter((one) => one !== '')
  return { texts: texts.length === 0 && found !== null ? [found.text] : texts, country: found, raw: location.raw }
}

function documentOf({ references, locations }: AdvancedStore, document: XmlRecord): StoredDocument | null {
  const number = childText(document, 'IDRegistrationNo')
  if (number === null) return null
  const dates = childrenNamed(document, 'DocumentDate').map((one) => ({
    type: references.text('IDRegDocDateType', one.attributes.IDRegDocDateTypeID) ?? '',
    date: periodOf(child(one, 'DatePeriod'), references),
  }))
  const authority = childText(document, 'IssuingAuthority')
  const place = locations.get(document.attributes['IssuedIn-LocationID'] ?? '')?.texts[0]
  const validity = references.text('Validity', document.attributes.ValidityID)
  return {
    type: references.text('IDRegDocType', document.attributes.IDRegDocTypeID) ?? '',
    number,
    country: references.country(document.attributes['IssuedBy-CountryID']),
    issued: dates.find(({ type }) => /issue/i.test(type))?.date ?? null,
    expires: dates.find(({ type }) => /expir/i.test(type))?.date ?? null,
    notes: [
      authority === null ? '' : `issued by ${authority}`,
      place === undefined ? '' : `issued in ${place}`,
      validity === null || /^valid$/i.test(validity) ? '' : `validity: ${validity}`,
      oneLine(childText(document, 'Comment') ?? ''),
    ],
    raw: document.raw,
  }
}

function relationOf(references: AdvancedReferences, relation: XmlRecord): StoredRelation | null {
  const to = relation.attributes['To-ProfileID']
  if (to === undefined) return null
  const type = references.text('RelationType', relation.attributes.RelationTypeID) ?? 'Linked To'
  return { relation: relation.attributes.Former === 'true' ? `${type} (former)` : type, to, raw: relation.raw }
}

function entryOf(references: AdvancedReferences, entry: XmlRecord): StoredEntry {
  const events = childrenNamed(entry, 'EntryEvent')
  const measures = childrenNamed(entry, 'SanctionsMeasure').map((measure) => ({
    type: references.text('SanctionsType', measure.attributes.SanctionsTypeID) ?? '',
    comment: oneLine(childText(measure, 'Comment') ?? ''),
  }))
  const bases = events.map((event) => references.text('LegalBasis', event.attributes.LegalBasisID) ?? '')
  return {
    list: references.text('List', entry.attributes.ListID) ?? '',
    programmes: measures.filter(({ type, comment }) => type === 'Program' && comment !== '').map(({ comment }) => comment),
    legalBasis: bases.filter((basis) => basis !== '' && basis !== 'Unknown'),
    dates: at(entry, 'EntryEvent', 'Date').flatMap((date) => dateOf(date) ?? []),
    remarks: [
      ...events.map((event) => oneLine(childText(event, 'Comment') ?? '')).filter((comment) => comment !== ''),
      ...measures
        .filter(({ type }) => type !== 'Program' && type !== '')
        .map(({ type, comment }) => `Sanctions type: ${type}${comment === '' ? '' : ` (${comment})`}`),
    ],
    raw: entry.raw,
  }
}
