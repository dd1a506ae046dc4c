import { CordonError } from '../../chain/index.ts'
import { type Ask, type EntryKind, listedCountry, nameQuery, type Paper, parseListedDate, type Setting } from '../../screen/index.ts'

/** A person, body, ship or aircraft as a caller asks of it. What is left out, or empty, is not known. */
export type NameAsked = {
  readonly name?: string | undefined
  readonly family?: string | undefined
  readonly given?: string | undefined
  readonly otherNames?: readonly string[] | undefined
  readonly kind?: EntryKind | undefined
  /** A date, a year, `circa 1946`. */
  readonly birth?: string | undefined
  /** ISO 3166-1 codes, or names of countries. */
  readonly countries?: readonly string[] | undefined
  readonly sex?: 'female' | 'male' | undefined
  readonly papers?: readonly { readonly kind: Paper['kind']; readonly value: string; readonly country?: string | undefined }[] | undefined
}

export type WalletAsked = { readonly address: string; readonly asset?: string | undefined }

export type VesselAsked = {
  readonly imo?: string | undefined
  readonly mmsi?: string | undefined
  readonly callSign?: string | undefined
  readonly name?: string | undefined
  readonly flag?: string | undefined
}

/** The setting as a caller gives it. */
export type SettingAsked = { readonly [Name in keyof Setting]?: Setting[Name] | undefined }

/** The question after somebody's name and papers. Throws `screen/bad-query`. */
export function nameAsk(asked: NameAsked): Ask {
  const { name, family, given, otherNames = [], kind, birth, countries = [], sex, papers = [] } = said(asked)
  if ((family === undefined) !== (given === undefined))
    throw bad(family === undefined ? 'family' : 'given', 'family and given name belong together', 'Give both, or the whole name.')
  const query = {
    ...nameQuery(name ?? ''),
    family: family ?? null,
    given: given ?? null,
    otherNames,
    kind: kind ?? null,
    birth: birth === undefined ? null : dateOf(birth),
    countries: countries.map((text) => countryOf(text, 'countries')),
    sex: sex ?? null,
    papers: papers.map(({ kind: of, value, country }) => ({
      kind: of,
      value,
      country: country === undefined ? null : countryOf(country, 'papers'),
    })),
  }
  return { about: 'name', query }
}

/** The question after an address. Throws `screen/bad-query`. */
export function walletAsk({ address, asset }: WalletAsked): Ask {
  if (address === '') throw bad('address', 'nothing was asked for: there is no address', 'Give the address.')
  return { about: 'wallet', address, asset: asset === undefined || asset === '' ? null : asset }
}

/** The question after a ship. Throws `screen/bad-query`. */
export function vesselAsk(asked: VesselAsked): Ask {
  const { imo, mmsi, callSign, name, flag } = said(asked)
  if ([imo, mmsi, callSign, name].every((part) => part === undefined))
    throw bad('imo', 'nothing tells which ship is meant', 'Give imo, mmsi, callSign or name.')
  const query = { imo: imo ?? null, mmsi: mmsi ?? null, callSign: callSign ?? null, name: name ?? null }
  return { about: 'vessel', query: { ...query, flag: flag === undefined ? null : countryOf(flag, 'flag') } }
}

/** The parts of a setting that were given. */
export function settingOf(asked: SettingAsked = {}): Partial<Setting> {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
}

/** What is not empty. */
function said<T extends object>(asked: T): T {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== '')) as T
}

function dateOf(text: string): ReturnType<typeof parseListedDate> {
  const date = parseListedDate(text)
  if (date.from === null)
    throw bad('birth', `${JSON.stringify(text)} is no date that exists`, 'Write 1946-05-30, 1946-05, 1946, or circa 1946.')
  return date
}

function countryOf(text: string, field: string): string {
  const { code } = listedCountry(text)
  if (code === null) throw bad(field, `${JSON.stringify(text)} is no country that we know`, 'Write its ISO 3166-1 code, e.g. KP.')
  return code
}

function bad(field: string, message: string, remedy: string): CordonError {
  return new CordonError('screen/bad-query', message, { place: { field }, remedy })
}
