import { listedCountry } from './countries.ts'
import { parseListedDate } from './dates.ts'
import type { Identifier, ListedAddress, ListedDate, ListedWallet } from './entry.ts'
import { type FtmEntity, POINTERS, valuesOfProperty } from './ftm-entity.ts'

/** What other lines of a FollowTheMoney file say about an entity: kept while the file is read a second time. */
export interface Satellites {
  readonly wallets: Map<string, ListedWallet[]>
  readonly papers: Map<string, Identifier[]>
  readonly sanctions: Map<string, FtmSanction[]>
  readonly addresses: Map<string, ListedAddress>
  readonly links: Map<string, FtmLink[]>
}

export interface FtmSanction {
  readonly programmes: readonly string[]
  readonly legalBasis: readonly string[]
  readonly remarks: readonly string[]
  readonly listedOn: ListedDate | null
}

export interface FtmLink {
  readonly relation: string
  readonly other: string
}

/** How an edge reads from its first end and from its second; the ends are in POINTERS. */
const RELATIONS: ReadonlyMap<string, readonly [string, string]> = new Map(
  Object.entries<readonly [string, string]>({
    Ownership: ['owns', 'owned by'],
    Directorship: ['directs', 'directed by'],
    Membership: ['belongs to', 'has member'],
    Employment: ['works for', 'employs'],
    Representation: ['represents', 'represented by'],
    Succession: ['precedes', 'succeeds'],
    Control: ['controls', 'controlled by'],
    Family: ['related to', 'related to'],
    Associate: ['associated with', 'associated with'],
    UnknownLink: ['linked to', 'linked to'],
    Occupancy: ['holds post', 'held by'],
  }),
)

export function noSatellites(): Satellites {
  return { wallets: new Map(), papers: new Map(), sanctions: new Map(), addresses: new Map(), links: new Map() }
}

/** Takes in an entity that says something about another one; false where it is none of that kind. */
export function takeSatellite(entity: FtmEntity, into: Satellites): boolean {
  const relation = RELATIONS.get(entity.schema)
  if (relation !== undefined) {
    takeLink(entity, relation, into)
    return true
  }
  switch (entity.schema) {
    case 'CryptoWallet':
      for (const holder of valuesOfProperty(entity, 'holder')) append(into.wallets, holder, walletsOf(entity))
      return true
    case 'Passport':
    case 'Identification':
      for (const holder of valuesOfProperty(entity, 'holder')) append(into.papers, holder, papersOf(entity))
      return true
    case 'Sanction':
      for (const target of valuesOfProperty(entity, 'entity')) append(into.sanctions, target, [sanctionOf(entity)])
      return true
    case 'Address':
      into.addresses.set(entity.id, addressOf(entity))
      return true
    default:
      return false
  }
}

/** The addresses of a CryptoWallet; the asset is empty where the export names no currency. */
export function walletsOf(entity: FtmEntity): ListedWallet[] {
  const asset = valuesOfProperty(entity, 'currency', 'currencySymbol', 'blockchain')[0] ?? ''
  return [...new Set(valuesOfProperty(entity, 'publicKey', 'cryptoAddress'))].map((address) => ({ asset, address }))
}

function takeLink(entity: FtmEntity, [forth, back]: readonly [string, string], into: Satellites): void {
  const [first = '', second = ''] = POINTERS.get(entity.schema) ?? []
  const role = valuesOfProperty(entity, 'role', 'relationship')[0]
  const named = (relation: string) => (role === undefined ? relation : `${relation} (${role})`)
  const add = (from: string, relation: string, other: string) => append(into.links, from, [{ relation: named(relation), other }])
  for (const from of valuesOfProperty(entity, first)) {
    for (const to of valuesOfProperty(entity, second)) {
      add(from, forth, to)
      add(to, back, from)
    }
  }
}

function papersOf(entity: FtmEntity): Identifier[] {
  const type = valuesOfProperty(entity, 'type')[0] ?? null
  const passport = entity.schema === 'Passport' || (type !== null && /passport/i.test(type))
  const date = (name: string) => {
    const text = valuesOfProperty(entity, name)[0]
    return text === undefined ? null : parseListedDate(text)
  }
  const country = valuesOfProperty(entity, 'country')[0]
  return [...new Set(valuesOfProperty(entity, 'number', 'passportNumber'))].map((value) => ({
    kind: passport ? 'passport' : type === null || /(?:national|identity|citizen|id)\b/i.test(type) ? 'national-id' : 'other',
    value,
    country: country === undefined ? null : listedCountry(country),
    issued: date('startDate'),
    expires: date('endDate'),
    note: [type, ...valuesOfProperty(entity, 'authority')].filter((text) => text !== null).join(', ') || null,
  }))
}

function sanctionOf(entity: FtmEntity): FtmSanction {
  const listed = valuesOfProperty(entity, 'listingDate')[0] ?? valuesOfProperty(entity, 'startDate')[0]
  const authority = valuesOfProperty(entity, 'authority').join(', ')
  return {
    programmes: valuesOfProperty(entity, 'programId', 'program'),
    legalBasis: [
      ...valuesOfProperty(entity, 'provisions'),
      ...valuesOfProperty(entity, 'authorityId', 'unscId').map((id) => (authority === '' ? id : `${authority}: ${id}`)),
    ],
    remarks: [
      ...valuesOfProperty(entity, 'reason', 'summary', 'status'),
      ...valuesOfProperty(entity, 'endDate').map((date) => `Sanction ends ${date}`),
    ],
    listedOn: listed === undefined ? null : parseListedDate(listed),
  }
}

function addressOf(entity: FtmEntity): ListedAddress {
  const country = valuesOfProperty(entity, 'country')[0]
  const parts = valuesOfProperty(entity, 'remarks', 'postOfficeBox', 'street', 'street2', 'city', 'postalCode', 'region', 'state')
  const full = valuesOfProperty(entity, 'full')[0] ?? parts.join(', ')
  return { text: full || entity.caption || '', country: country === undefined ? null : listedCountry(country) }
}

function append<T>(map: Map<string, T[]>, key: string, items: readonly T[]): void {
  const held = map.get(key)
  if (held === undefined) map.set(key, [...items])
  else for (const item of items) held.push(item)
}
