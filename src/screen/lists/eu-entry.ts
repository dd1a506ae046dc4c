import { isOriginalScript, mendRomanisation, valuesOf } from './cells.ts'
import { listedCountry } from './countries.ts'
import { listedDate, parseListedDate } from './dates.ts'
import {
  type EntryKind,
  emptyEntry,
  type Identifier,
  type IdentifierKind,
  type ListEntry,
  type ListedCountry,
  type ListedDate,
  type ListedName,
} from './entry.ts'
import type { EuPart, EuRecord } from './eu-record.ts'
import { imoNumbers } from './in-text.ts'

const KINDS: ReadonlyMap<string, EntryKind> = new Map([
  ['person', 'person'],
  ['enterprise', 'organisation'],
])

const PAPERS: ReadonlyMap<string, IdentifierKind> = new Map([
  ['passport', 'passport'],
  ['id', 'national-id'],
  ['ssn', 'national-id'],
  ['NRN', 'national-id'],
  ['fiscalcode', 'tax-id'],
  ['regnumber', 'registration'],
  ['tradelic', 'registration'],
  ['swiftbic', 'swift'],
])

const CONTACTS: ReadonlyMap<string, IdentifierKind> = new Map([
  ['PHONE', 'phone'],
  ['FAX', 'phone'],
  ['EMAIL', 'email'],
  ['WEB', 'website'],
])

/** Says what was seen besides; `part` has the line. */
export type EuNote = (severity: 'refused' | 'note', reason: string, text: string, field: string, part?: EuPart) => void

/**
 * The entry that a record of the EU consolidated list is; null where it has no name. Its id is the EU reference number (`EU.27.28`), or `logical-` and the logical id where it has none.
 * Country 00 (UNKNOWN) is none. Years of other calendars than the Gregorian are kept as text and never read as years of ours.
 */
export function euEntry(list: string, record: EuRecord, note: EuNote): ListEntry | null {
  const names = namesOf(record.names, note)
  if (names.length === 0) return null
  const { entity } = record
  const kind = KINDS.get(record.subject) ?? 'unknown'
  if (!KINDS.has(record.subject)) note('note', 'subject type not understood', record.subject, 'subjectType')
  const functions = record.names.flatMap(({ attributes }) => valuesOf(attributes.function ?? ''))
  const remarks = [...entity.remarks, ...(entity.attributes.designationDetails === undefined ? [] : [entity.attributes.designationDetails])]
  const published = record.regulations.map(({ attributes }) => attributes.publicationDate).filter((date) => date !== undefined)
  const genders = new Set(record.names.map(({ attributes }) => attributes.gender).filter((gender) => gender !== undefined))
  const unReference = entity.attributes.unitedNationId
  return {
    ...emptyEntry(list, euId(record), kind, names, record.raw, record.place),
    programmes: unique(record.regulations.map(({ attributes }) => attributes.programme)),
    legalBasis: unique(record.regulations.map(({ attributes }) => attributes.numberTitle)),
    listedOn: listedOn(record, remarks),
    amendedOn: published.length === 0 ? null : parseListedDate(published.sort().at(-1)!),
    births: record.births.flatMap((part) => birthOf(part, note)),
    birthPlaces: unique(record.births.map(placeText)),
    countries: record.citizenships.flatMap((part) => countryOf(part) ?? []),
    sex: genders.size !== 1 ? null : genders.has('F') ? 'female' : genders.has('M') ? 'male' : null,
    titles: unique([
      ...record.names.flatMap(({ attributes }) => valuesOf(attributes.title ?? '')),
      ...(kind === 'person' ? functions : []),
    ]),
    addresses: record.addresses.flatMap((part) => {
      const text = placeText(part)
      return text === undefined ? [] : [{ text, country: countryOf(part) }]
    }),
    identifiers: [
      ...record.identifications.flatMap((part) => paperOf(part, kind, note)),
      ...record.addresses.flatMap(({ contacts }) => contacts.map(contactOf)),
      ...(unReference === undefined ? [] : [plain('other', unReference, 'United Nations reference')]),
    ],
    remarks: unique([
      ...remarks,
      ...(kind === 'person' ? [] : functions),
      ...[...record.names, ...record.births, ...record.addresses].flatMap((part) => part.remarks),
    ]),
  }
}

function euId({ entity }: EuRecord): string {
  return entity.attributes.euReferenceNumber ?? `logical-${entity.attributes.logicalId ?? ''}`
}

/** The first name is the primary one, unless a later one is the first that the list calls strong. */
function namesOf(parts: readonly EuPart[], note: EuNote): ListedName[] {
  const names: ListedName[] = []
  const seen = new Set<string>()
  for (const part of parts) {
    const { wholeName, firstName, middleName, lastName } = part.attributes
    const joined = [firstName, middleName, lastName].filter((name) => name !== undefined).join(' ')
    const written = wholeName ?? joined
    if (written === '') {
      note('note', 'name without text', JSON.stringify(part.attributes), 'nameAlias', part)
      continue
    }
    const full = mendRomanisation(written)
    if (full !== written) note('note', 'stray blank in a romanisation closed', written, 'wholeName', part)
    if (seen.has(full)) continue
    seen.add(full)
    const remarks = part.remarks.join(' ')
    const weak = part.attributes.strong === 'false' || /\blow?[ -]quality/i.test(remarks)
    const given = [firstName, middleName].filter((name) => name !== undefined).join(' ')
    names.push({
      full,
      family: lastName === undefined || given === '' ? null : mendRomanisation(lastName),
      given: lastName === undefined || given === '' ? null : mendRomanisation(given),
      quality: weak ? 'weak' : 'strong',
      type: /\bf\.?k\.?a\b|\bformer(?:ly)?\b/i.test(remarks) ? 'fka' : isOriginalScript(full) ? 'original-script' : 'aka',
    })
  }
  const first = names.findIndex(({ quality, type }) => quality === 'strong' && type === 'aka')
  const primary = names[first < 0 ? 0 : first]
  if (primary === undefined) return []
  return [
    { ...primary, quality: primary.quality === 'weak' ? 'weak' : 'primary', type: 'primary' },
    ...names.filter((name) => name !== primary),
  ]
}

function listedOn(record: EuRecord, remarks: readonly string[]): ListedDate | null {
  const said = /Date of (?:UN |listing |EU )?(?:designation|listing)[^:]{0,40}:\s*(\d[\d./-]+)/i.exec(remarks.join('\n'))?.[1]
  const act = record.regulations.find(({ attributes }) => attributes.regulationType === 'regulation')?.attributes.publicationDate
  const text = record.entity.attributes.designationDate ?? said?.replace(/[.)]+$/, '') ?? act
  return text === undefined ? null : parseListedDate(text)
}

function birthOf(part: EuPart, note: EuNote): ListedDate[] {
  const { birthdate, year, monthOfYear, dayOfMonth, yearRangeFrom, yearRangeTo, circa, calendarType } = part.attributes
  const month = monthOfYear ?? part.attributes.month
  const day = dayOfMonth ?? part.attributes.day
  const about = circa === 'true'
  const unread = (text: string, reason: string): ListedDate[] => {
    note('note', reason, text, 'birthdate', part)
    return [{ from: null, to: null, circa: about, text }]
  }
  const written =
    birthdate ??
    (yearRangeFrom !== undefined || yearRangeTo !== undefined
      ? `${yearRangeFrom ?? ''} to ${yearRangeTo ?? ''}`.trim()
      : [year, month, day].filter((one) => one !== undefined).join('-'))
  if (written === '') return []
  if (calendarType !== undefined && calendarType !== 'GREGORIAN') return unread(`${written} (${calendarType})`, 'date of another calendar')
  if (birthdate === undefined && (yearRangeFrom === undefined) !== (yearRangeTo === undefined))
    return unread(written, 'years open at one end')
  const date =
    birthdate !== undefined || year === undefined || !/^\d{4}$/.test(year)
      ? parseListedDate(written)
      : listedDate(Number(year), number(month), number(day), written)
  if (date.from === null) return unread(written, 'date not understood')
  return [{ ...date, circa: about || date.circa }]
}

function number(text: string | undefined): number | null {
  const value = Number(text)
  return text === undefined || value === 0 ? null : value
}

function paperOf(part: EuPart, entry: EntryKind, note: EuNote): Identifier[] {
  const { attributes } = part
  const value = attributes.number ?? attributes.latinNumber
  const code = attributes.identificationTypeCode ?? ''
  if (value === undefined) {
    note('note', 'paper without a number', JSON.stringify(attributes), 'identification', part)
    return []
  }
  const flags = [
    ['knownFalse', 'known to be false'],
    ['knownExpired', 'known to be expired'],
    ['reportedLost', 'reported lost'],
    ['revokedByIssuer', 'revoked by its issuer'],
    ['diplomatic', 'diplomatic'],
  ] as const
  const kind = PAPERS.get(code) ?? 'other'
  const said = unique([
    kind === 'other' || code !== kind ? (attributes.identificationTypeDescription ?? code) : undefined,
    ...flags.map(([flag, words]) => (attributes[flag] === 'true' ? words : undefined)),
    attributes.latinNumber === value ? undefined : attributes.latinNumber,
    attributes.nameOnDocument === undefined ? undefined : `in the name of ${attributes.nameOnDocument}`,
    attributes.issuedBy === undefined ? undefined : `issued by ${attributes.issuedBy}`,
    ...part.remarks,
  ])
  const date = (text: string | undefined) => (text === undefined ? null : parseListedDate(text))
  const paper: Identifier = {
    kind,
    value,
    country: countryOf(part),
    issued: date(attributes.issuedDate ?? attributes.issueDate ?? attributes.validFrom),
    expires: date(attributes.validTo),
    note: said.join('; ') || null,
  }
  const digits = value.replace(/\D/g, '')
  if (code !== 'imo' || digits.length !== 7) return [paper]
  return imoNumbers(digits, entry).map((imo) => ({
    ...paper,
    ...imo,
    note: unique([paper.note ?? undefined, imo.note ?? undefined]).join('; ') || null,
  }))
}

function contactOf({ key, value }: { readonly key: string; readonly value: string }): Identifier {
  const kind = CONTACTS.get(key)
  return plain(kind ?? 'other', value, key === 'FAX' ? 'fax' : kind === undefined ? key : null)
}

function plain(kind: IdentifierKind, value: string, note: string | null): Identifier {
  return { kind, value, country: null, issued: null, expires: null, note }
}

function countryOf({ attributes }: EuPart): ListedCountry | null {
  const { countryIso2Code: code, countryDescription: text } = attributes
  const named = text === undefined || text === 'UNKNOWN' ? null : listedCountry(text)
  if (named?.code != null || code === undefined || code === '00') return named
  return { code: listedCountry(code).code, text: named?.text ?? code }
}

function placeText({ attributes }: EuPart): string | undefined {
  const { street, poBox, city, place, zipCode, region, countryDescription } = attributes
  const parts = [
    street,
    poBox === undefined ? undefined : `P.O. Box ${poBox}`,
    place,
    city,
    zipCode,
    region,
    countryDescription === 'UNKNOWN' ? undefined : countryDescription,
  ]
  return parts.filter((part) => part !== undefined && part !== '-').join(', ') || undefined
}

function unique(texts: readonly (string | undefined)[]): string[] {
  return [...new Set(texts.filter((text) => text !== undefined && text !== ''))] as string[]
}
