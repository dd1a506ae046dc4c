import { listedCountry } from './countries.ts'
import { parseListedDate } from './dates.ts'
import type { ListedCountry, ListedDate } from './entry.ts'
import type { OfacDocument, OfacFeature } from './ofac-xml-facts.ts'
import { child, childText, type XmlElement } from './xml-element.ts'

export interface OfacReference {
  readonly type: string
  readonly value: string
  /** Of countries: ISO 3166-1 alpha-2. */
  readonly iso: string | null
}

/** What the numbers of the file stand for. */
export type OfacReferences = Map<string, OfacReference>

export function referencesOf(references: OfacReferences, element: XmlElement): void {
  const id = element.attributes.refId
  const value = childText(element, 'value')
  if (id !== undefined && value !== null)
    references.set(id, { type: childText(element, 'type') ?? '', value, iso: childText(element, 'isoCode') })
}

/** The words of an element that refers to a value: its own text, else the text that its number stands for. */
export function said(element: XmlElement, references: OfacReferences): string {
  return element.text === '' ? (references.get(element.attributes.refId ?? '')?.value ?? '') : element.text
}

export function countryOf(element: XmlElement | null, references: OfacReferences): ListedCountry | null {
  if (element === null) return null
  const text = said(element, references)
  return text === '' ? null : countryNamed(text, references.get(element.attributes.refId ?? ''))
}

export function featureOf(element: XmlElement, references: OfacReferences): OfacFeature {
  const type = child(element, 'type')
  const reference = references.get(childText(element, 'valueRefId') ?? '')
  const value = childText(element, 'value') ?? reference?.value ?? ''
  const reliability = child(element, 'reliability')
  const doubt = reliability === null ? '' : said(reliability, references)
  const notes = [childText(element, 'comments') ?? '', doubt === 'Confirmed' ? '' : doubt].filter((note) => note !== '')
  return {
    label: type === null ? '' : said(type, references),
    value,
    date: dateOf(child(element, 'valueDate'), value),
    country: value === '' ? null : countryNamed(value, reference),
    note: notes.length === 0 ? null : notes.join('; '),
  }
}

/** Null where it has no number. */
export function documentOf(element: XmlElement, references: OfacReferences): OfacDocument | null {
  const number = childText(element, 'documentNumber')
  if (number === null) return null
  const type = child(element, 'type')
  const authority = childText(element, 'issuingAuthority')
  const location = childText(element, 'issuingLocation')
  const country = countryOf(child(element, 'issuingCountry'), references)
  return {
    type: type === null ? '' : said(type, references),
    number,
    country: country ?? (location === null ? null : listedCountry(location)),
    issued: dateOf(child(element, 'issueDate'), null),
    expires: dateOf(child(element, 'expirationDate'), null),
    notes: [
      authority === null ? '' : `issued by ${authority}`,
      location === null || location === country?.text ? '' : `issued in ${location}`,
      childText(element, 'isValid') === 'false' ? 'marked as not valid' : '',
      childText(element, 'comments') ?? '',
    ],
  }
}

/** Begin and end of a date each are ranges of their own; ours reaches from the first day to the last of both. */
function dateOf(element: XmlElement | null, text: string | null): ListedDate | null {
  if (element === null) return null
  if (element.children.length === 0) return element.text === '' ? null : parseListedDate(element.text)
  const from = parseListedDate(childText(element, 'fromDateBegin') ?? '').from
  const to = parseListedDate(childText(element, 'toDateEnd') ?? '').to
  const written = text ?? [from, to].filter((day) => day !== null).join(' to ')
  const ordered = from !== null && to !== null && from <= to
  return { from: ordered ? from : null, to: ordered ? to : null, circa: childText(element, 'isApproximate') === 'true', text: written }
}

function countryNamed(text: string, reference: OfacReference | undefined): ListedCountry {
  const iso = reference?.type === 'COUNTRY' && reference.iso !== null && /^[A-Z]{2}$/.test(reference.iso) ? reference.iso : null
  return { code: iso ?? listedCountry(text).code, text }
}
