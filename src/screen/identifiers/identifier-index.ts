import type { Identifier, IdentifierKind, ListEntry } from '../lists/entry.ts'
import { FAMILIES, type Family } from './assets.ts'
import { parseCallSign } from './call-sign.ts'
import { parseDocument } from './document.ts'
import { type ExactIndex, ExactIndexBuilder } from './exact-index.ts'
import { parseImo } from './imo.ts'
import { parseMmsi } from './mmsi.ts'
import { normaliseWallet, sameKeyKeys } from './wallet.ts'
import { asciiKey, writtenKey } from './wallet-key.ts'

/** Something on a list that is not what the list says it is. It is filed all the same, as it is written, unless `filed` is false. */
export interface IndexNote {
  readonly ordinal: number
  readonly list: string
  readonly entry: string
  /** The asset's code, or the kind of the identifier. */
  readonly what: string
  readonly value: string
  readonly reason: string
  readonly filed: boolean
}

/** What the index reads of an entry. */
export type IdentifiedEntry = Pick<ListEntry, 'list' | 'id' | 'kind' | 'wallets' | 'identifiers'>

export interface IdentifierIndex {
  readonly index: ExactIndex
  readonly notes: readonly IndexNote[]
  /** Things filed, by kind; `wallet` for wallets. */
  readonly filed: Readonly<Record<string, number>>
  /** Identifiers of kinds that are not looked up (e-mail, telephone, websites and what a list calls otherwise), by kind. */
  readonly notLookedUp: Readonly<Record<string, number>>
}

/** Marks of postings. */
export const OWN = 0
/** Another address of the same key. */
export const SAME_KEY = 1

/** Kinds that are compared as numbers of papers, each in a space of its own. */
export const DOCUMENT_KINDS = [
  'passport',
  'national-id',
  'tax-id',
  'registration',
  'aircraft-tail',
  'aircraft-serial',
  'swift',
  'lei',
] as const
export type DocumentKind = (typeof DOCUMENT_KINDS)[number]

/**
 * Builds the index of everything on the lists that is found by equality: wallets, ships' and companies' numbers, call signs, papers.
 *
 * @param entries each with the number by which the caller will know it again
 */
export function buildIdentifierIndex(entries: Iterable<readonly [ordinal: number, entry: IdentifiedEntry]>): IdentifierIndex {
  const builder = new ExactIndexBuilder()
  const notes: IndexNote[] = []
  const filed: Record<string, number> = {}
  const notLookedUp: Record<string, number> = {}
  for (const [ordinal, entry] of entries) {
    const note = (what: string, value: string, reason: string, isFiled: boolean) =>
      notes.push({ ordinal, list: entry.list, entry: entry.id, what, value, reason, filed: isFiled })
    entry.wallets.forEach(({ asset, address }, item) => {
      const reasons = addWallet(builder, ordinal, item, asset, address)
      for (const reason of reasons.reasons) note(asset, address, reason, reasons.filed)
      if (reasons.filed) count(filed, 'wallet')
    })
    entry.identifiers.forEach((identifier, item) => {
      const key = identifierKey(identifier.kind, identifier.value)
      if (key === undefined) {
        count(notLookedUp, identifier.kind)
        return
      }
      const doubt = identifierDoubt(identifier)
      if (doubt !== null) note(identifier.kind, identifier.value, doubt, key !== null)
      if (key === null) return
      builder.add(key, { ordinal, item, mark: OWN, detail: countryDetail(identifier.country?.code ?? null) })
      count(filed, identifier.kind)
    })
  }
  return { index: builder.finish(), notes, filed, notLookedUp }
}

function count(into: Record<string, number>, kind: string): void {
  into[kind] = (into[kind] ?? 0) + 1
}

function addWallet(builder: ExactIndexBuilder, ordinal: number, item: number, asset: string, address: string) {
  const wallet = normaliseWallet(address, asset)
  const detail = familyDetail(wallet.family)
  const own = new Set(wallet.keys)
  // What the list wrote must be found by its shape alone, whatever it turned out to be.
  if (wallet.address !== null) own.add(writtenKey(wallet.address))
  if (address !== '') own.add(writtenKey(address))
  for (const key of own) builder.add(key, { ordinal, item, mark: OWN, detail })
  for (const key of sameKeyKeys(wallet)) if (!own.has(key)) builder.add(key, { ordinal, item, mark: SAME_KEY, detail })
  const reasons = [...(wallet.fault === null ? [] : [wallet.fault.text]), ...wallet.notes.map((each) => each.text)]
  return { reasons, filed: own.size > 0 }
}

/** Key of an identifier; null where its value is none of its kind; undefined where the kind is not looked up. */
export function identifierKey(kind: IdentifierKind, value: string): string | null | undefined {
  switch (kind) {
    case 'imo-ship':
      return prefixed('imo', parseImo(value)?.number)
    case 'imo-company':
      return prefixed('imo-company', parseImo(value)?.number)
    case 'mmsi':
      return prefixed('mmsi', parseMmsi(value)?.number)
    case 'call-sign':
      return prefixed('call-sign', parseCallSign(value)?.sign)
    case 'email':
    case 'phone':
    case 'website':
    case 'other':
      return undefined
    default:
      return prefixed(kind, parseDocument(value)?.number)
  }
}

function prefixed(kind: string, canonical: string | undefined): string | null {
  return canonical === undefined ? null : `${kind}:${asciiKey(canonical)}`
}

function identifierDoubt({ kind, value }: Identifier): string | null {
  if (kind === 'imo-ship' || kind === 'imo-company') {
    const imo = parseImo(value)
    if (imo === null) return 'not seven digits'
    if (kind === 'imo-ship' && !imo.shipValid) return `not a ship's check digit${imo.companyValid ? ', but a company’s' : ''}`
    if (kind === 'imo-company' && !imo.companyValid) return `not a company's check digit${imo.shipValid ? ', but a ship’s' : ''}`
    return null
  }
  return identifierKey(kind, value) === null ? `no ${kind} can be read in it` : null
}

/** A family as a posting's detail: 0 for none. */
export function familyDetail(family: Family | null): number {
  return family === null ? 0 : FAMILIES.indexOf(family) + 1
}

export function familyOfDetail(detail: number): Family | null {
  return FAMILIES[detail - 1] ?? null
}

/** A country (ISO 3166-1 alpha-2) as a posting's detail: 0 for none. */
export function countryDetail(code: string | null): number {
  if (code === null || !/^[A-Za-z]{2}$/.test(code)) return 0
  const upper = code.toUpperCase()
  return ((upper.charCodeAt(0) - 64) << 5) | (upper.charCodeAt(1) - 64)
}

export function countryOfDetail(detail: number): string | null {
  return detail === 0 ? null : String.fromCharCode((detail >> 5) + 64, (detail & 31) + 64)
}
