/**
 * One entry of a list, as the reader of that list understood it: a person, body, ship or aircraft with everything that the list says of it. Versions on disk keep
 * entries in this form, one JSON object a line, so a field may be added but none may change its meaning.
 */
export interface ListEntry {
  /** Which list, e.g. `us-ofac-sdn`; see registry.ts. */
  readonly list: string
  /** The list's own number of the entry, e.g. `22995` or `KPi.001`; unique within a version. */
  readonly id: string
  readonly kind: EntryKind
  /** At least one; the primary name comes first. */
  readonly names: readonly ListedName[]
  /** The list's own programme codes, e.g. `DPRK3`. */
  readonly programmes: readonly string[]
  /** Acts, orders and resolutions as the list names them. */
  readonly legalBasis: readonly string[]
  readonly listedOn: ListedDate | null
  readonly amendedOn: ListedDate | null
  /** Every birth date that the list gives; a list that is unsure gives several. */
  readonly births: readonly ListedDate[]
  readonly birthPlaces: readonly string[]
  /** Nationalities and citizenships of persons, flags of ships, countries of bodies. */
  readonly countries: readonly ListedCountry[]
  readonly sex: 'female' | 'male' | null
  /** Posts, ranks, functions. */
  readonly titles: readonly string[]
  readonly addresses: readonly ListedAddress[]
  readonly identifiers: readonly Identifier[]
  readonly wallets: readonly ListedWallet[]
  readonly links: readonly Link[]
  /** What the list says besides, in its own words. */
  readonly remarks: readonly string[]
  /** The record as it stood in the file: rows joined by line feeds, or the XML element. */
  readonly raw: string
  readonly place: EntryPlace
}

export type EntryKind = 'person' | 'organisation' | 'vessel' | 'aircraft' | 'unknown'

/** Where the entry stands in what was read. */
export interface EntryPlace {
  readonly file: string
  /** 1-based line of the record's start; null where the format has no lines (a spreadsheet's row is its line). */
  readonly line: number | null
}

export interface ListedName {
  /** The whole name as the list writes it, in the list's order, trimmed; never empty. */
  readonly full: string
  /** Family name and given names, only where the list itself tells them apart (`RI, Yong Gil`; columns of their own). */
  readonly family: string | null
  readonly given: string | null
  /** `weak` as the list marks it (OFAC weak aliases, UN `Low`): too common or too vague to alert on alone. */
  readonly quality: 'primary' | 'strong' | 'weak'
  readonly type: NameType
}

/** Also known as, formerly, now; `original-script` is a name that the list gives in the script of its bearer beside the primary one. */
export type NameType = 'primary' | 'aka' | 'fka' | 'nka' | 'original-script'

/**
 * A date with its uncertainty: every day from `from` to `to` (both ISO `YYYY-MM-DD`, inclusive, UTC calendar). `1964` is 1964-01-01 to 1964-12-31. A date that does not exist
 * (31 February) has both null and keeps its text.
 */
export interface ListedDate {
  readonly from: string | null
  readonly to: string | null
  readonly circa: boolean
  /** As the list writes it. */
  readonly text: string
}

export interface ListedCountry {
  /** ISO 3166-1 alpha-2, null where the text names no country that we know. */
  readonly code: string | null
  readonly text: string
}

export interface ListedAddress {
  /** The parts that the list gives, joined by commas. */
  readonly text: string
  readonly country: ListedCountry | null
}

export interface Identifier {
  readonly kind: IdentifierKind
  /** As written, trimmed. */
  readonly value: string
  readonly country: ListedCountry | null
  readonly issued: ListedDate | null
  readonly expires: ListedDate | null
  /** What the list adds, and the list's own name of the kind where ours is `other`. */
  readonly note: string | null
}

/** `imo-ship` numbers a hull, `imo-company` its owner or manager: they share the form of seven digits and nothing else. */
export type IdentifierKind =
  | 'passport'
  | 'national-id'
  | 'tax-id'
  | 'registration'
  | 'imo-ship'
  | 'imo-company'
  | 'mmsi'
  | 'call-sign'
  | 'aircraft-tail'
  | 'aircraft-serial'
  | 'swift'
  | 'lei'
  | 'email'
  | 'phone'
  | 'website'
  | 'other'

export interface ListedWallet {
  /** The list's own code of the asset, e.g. `XBT`, `USDT`. */
  readonly asset: string
  /** As written, trimmed; normalised per asset when it is indexed. */
  readonly address: string
}

/** A link to another entry as the list states it (`Linked To: KOREA DAESONG BANK`). */
export interface Link {
  readonly relation: string
  readonly name: string
  /** The other entry's number, where the list gives it. */
  readonly id: string | null
}

/** An entry with nothing but what every list has; a reader fills in the rest: `{...emptyEntry(…), births}`. */
export function emptyEntry(
  list: string,
  id: string,
  kind: EntryKind,
  names: readonly ListedName[],
  raw: string,
  place: EntryPlace,
): ListEntry {
  return {
    list,
    id,
    kind,
    names,
    programmes: [],
    legalBasis: [],
    listedOn: null,
    amendedOn: null,
    births: [],
    birthPlaces: [],
    countries: [],
    sex: null,
    titles: [],
    addresses: [],
    identifiers: [],
    wallets: [],
    links: [],
    remarks: [],
    raw,
    place,
  }
}
