import { isOriginalScript } from './cells.ts'
import { listedCountry } from './countries.ts'
import { parseListedDate } from './dates.ts'
import {
  type EntryKind,
  type EntryPlace,
  emptyEntry,
  type Identifier,
  type IdentifierKind,
  type ListEntry,
  type ListedName,
} from './entry.ts'
import { type FtmEntity, valuesOfProperty } from './ftm-entity.ts'
import { type Satellites, walletsOf } from './ftm-satellites.ts'
import { lookUp } from './look-up.ts'

const KINDS: Readonly<Record<string, EntryKind>> = {
  Person: 'person',
  Company: 'organisation',
  Organization: 'organisation',
  PublicBody: 'organisation',
  LegalEntity: 'unknown',
  Vessel: 'vessel',
  Airplane: 'aircraft',
  Vehicle: 'unknown',
  CryptoWallet: 'unknown',
}

/** What a property is an identifier of; those whose meaning hangs on the schema are in `kindOf`. */
const IDENTIFIERS: Readonly<Record<string, IdentifierKind>> = {
  passportNumber: 'passport',
  socialSecurityNumber: 'national-id',
  idNumber: 'national-id',
  taxNumber: 'tax-id',
  vatCode: 'tax-id',
  innCode: 'tax-id',
  irsCode: 'tax-id',
  registrationNumber: 'registration',
  ogrnCode: 'registration',
  okpoCode: 'registration',
  uscCode: 'registration',
  dunsCode: 'other',
  uniqueEntityId: 'other',
  npiCode: 'other',
  cikCode: 'other',
  isinCode: 'other',
  kppCode: 'other',
  jibCode: 'other',
  mbsCode: 'other',
  bikCode: 'other',
  ticker: 'other',
  ricCode: 'other',
  permId: 'other',
  cageCode: 'other',
  giiNumber: 'other',
  bvdId: 'other',
  sayariId: 'other',
  brightQueryId: 'other',
  brightQueryOrgId: 'other',
  licenseNumber: 'other',
  wikidataId: 'other',
  leiCode: 'lei',
  swiftBic: 'swift',
  imoNumber: 'imo-ship',
  crsNumber: 'other',
  mmsi: 'mmsi',
  callSign: 'call-sign',
  serialNumber: 'aircraft-serial',
  icaoCode: 'other',
  email: 'email',
  phone: 'phone',
  website: 'website',
}

/** Whether an entity of this schema is one that a list lists; others say something about such entities. */
export function isListedSchema(schema: string): boolean {
  return Object.hasOwn(KINDS, schema)
}

/**
 * The entry that a FollowTheMoney entity is, with what other lines say of it. Null where it has nothing to be known by: no name, no alias and no wallet address.
 * `linked` names the entities at the other ends of its links.
 */
export function ftmEntry(
  list: string,
  entity: FtmEntity,
  around: Satellites,
  linked: ReadonlyMap<string, string>,
  raw: string,
  place: EntryPlace,
): ListEntry | null {
  const names = namesOf(entity)
  if (names.length === 0) return null
  const get = (...properties: readonly string[]) => [...new Set(valuesOfProperty(entity, ...properties))]
  const sanctions = around.sanctions.get(entity.id) ?? []
  const topics = get('topics')
  const starts = sanctions
    .flatMap(({ listedOn }) => (listedOn?.from == null ? [] : [listedOn]))
    .sort((a, b) => (a.from! < b.from! ? -1 : 1))
  const gender = get('gender').map((text) => text.toLowerCase())
  const amended = get('modifiedAt').sort().at(-1)
  return {
    ...emptyEntry(list, entity.id, lookUp(KINDS, entity.schema) ?? 'unknown', names, raw, place),
    programmes: [...new Set([...sanctions.flatMap(({ programmes }) => programmes), ...get('programId', 'program')])],
    legalBasis: [...new Set(sanctions.flatMap(({ legalBasis }) => legalBasis))],
    listedOn: starts[0] ?? sanctions.find(({ listedOn }) => listedOn !== null)?.listedOn ?? null,
    amendedOn: amended === undefined ? null : parseListedDate(amended),
    births: get('birthDate').map(parseListedDate),
    birthPlaces: get('birthPlace', 'birthCountry'),
    countries: get('nationality', 'citizenship', 'country', 'jurisdiction', 'mainCountry', 'flag', 'pastFlags').map(listedCountry),
    sex: gender.includes('female') ? (gender.includes('male') ? null : 'female') : gender.includes('male') ? 'male' : null,
    titles: get('title', 'position'),
    addresses: [
      ...get('address').map((text) => ({ text, country: null })),
      ...get('addressEntity').flatMap((id) => around.addresses.get(id) ?? []),
    ].filter(({ text }) => text !== ''),
    identifiers: [...identifiersOf(entity), ...(around.papers.get(entity.id) ?? [])],
    wallets: [...walletsOf(entity), ...(around.wallets.get(entity.id) ?? [])],
    links: [
      ...(around.links.get(entity.id) ?? []).map(({ relation, other }) => ({ relation, name: linked.get(other) ?? other, id: other })),
      ...get('parent').map((other) => ({ relation: 'owned by', name: linked.get(other) ?? other, id: other })),
    ],
    remarks: [
      ...get('notes', 'summary', 'description'),
      ...new Set(sanctions.flatMap(({ remarks }) => remarks)),
      ...(topics.length > 0 ? [`Topics: ${topics.join(', ')}`] : []),
    ],
  }
}

/** Names, then aliases, former names and weak aliases, each spelling once; the one that the exporter shows comes first. */
function namesOf(entity: FtmEntity): ListedName[] {
  const names: ListedName[] = []
  const seen = new Set<string>()
  const add = (full: string, quality: ListedName['quality'], type: ListedName['type']) => {
    if (seen.has(full)) return
    seen.add(full)
    names.push({
      full,
      family: null,
      given: null,
      quality,
      type: type === 'aka' && names.length > 0 && isOriginalScript(full) ? 'original-script' : type,
    })
  }
  const own = valuesOfProperty(entity, 'name')
  const first = entity.caption !== null && own.includes(entity.caption) ? [entity.caption] : own.slice(0, 1)
  for (const full of first) add(full, 'primary', 'primary')
  for (const full of [...own, ...valuesOfProperty(entity, 'alias')]) add(full, 'strong', 'aka')
  for (const full of valuesOfProperty(entity, 'previousName')) add(full, 'strong', 'fka')
  for (const full of valuesOfProperty(entity, 'weakAlias', 'abbreviation')) add(full, 'weak', 'aka')
  const family = valuesOfProperty(entity, 'lastName')
  const given = valuesOfProperty(entity, 'firstName', 'givenName')
  if (names.length === 0 && (family.length > 0 || given.length > 0))
    add([...given.slice(0, 1), ...family.slice(0, 1)].join(' '), 'primary', 'primary')
  if (names.length === 0) for (const { address } of walletsOf(entity)) add(address, 'primary', 'primary')
  return names.map((name, index) =>
    index === 0 ? { ...parted(name, family, given), quality: name.quality === 'weak' ? 'weak' : 'primary', type: 'primary' } : name,
  )
}

/** Family and given name where the entity has one of each and the whole name holds both. */
function parted(name: ListedName, family: readonly string[], given: readonly string[]): ListedName {
  const [last] = family
  const [forename] = given
  const holds = (part: string | undefined) => part !== undefined && name.full.toLowerCase().includes(part.toLowerCase())
  return family.length === 1 && given.length === 1 && holds(last) && holds(forename) ? { ...name, family: last!, given: forename! } : name
}

function identifiersOf(entity: FtmEntity): Identifier[] {
  const found: Identifier[] = []
  for (const [property, kind] of Object.entries(IDENTIFIERS)) {
    for (const value of new Set(valuesOfProperty(entity, property))) {
      const ours = kindOf(entity.schema, property, kind)
      found.push({
        kind: ours,
        value,
        country: null,
        issued: null,
        expires: null,
        note: ours === 'other' || ours !== kind ? property : null,
      })
    }
  }
  return found
}

/** An IMO number of a body is that of a company; a registration of an aircraft is its tail number; an id number of a body is no person's. */
function kindOf(schema: string, property: string, kind: IdentifierKind): IdentifierKind {
  if (property === 'imoNumber' && schema !== 'Vessel') return 'imo-company'
  if (property === 'registrationNumber' && schema === 'Airplane') return 'aircraft-tail'
  if (property === 'idNumber' && lookUp(KINDS, schema) === 'organisation') return 'registration'
  return kind
}
