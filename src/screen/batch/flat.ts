import type { Ask } from '../decide/index.ts'
import { listedCountry } from '../lists/countries.ts'
import { parseListedDate } from '../lists/dates.ts'
import type { EntryKind, IdentifierKind, ListedDate } from '../lists/entry.ts'
import type { Paper } from '../match/query.ts'
import type { Field, FieldFinder } from './fields.ts'
import { type FieldFault, fault, type Subject } from './subject.ts'

/** A cell of a row, or a property of an object; several values where the format can hold a list. */
export interface Cell {
  readonly column: string
  readonly values: readonly string[]
}

interface Value {
  readonly column: string
  readonly text: string
  readonly asset: string | null
}

const KINDS: Readonly<Record<string, EntryKind>> = {
  person: 'person',
  individual: 'person',
  'natural person': 'person',
  natural: 'person',
  human: 'person',
  個人: 'person',
  개인: 'person',
  organisation: 'organisation',
  organization: 'organisation',
  company: 'organisation',
  entity: 'organisation',
  'legal entity': 'organisation',
  'legal person': 'organisation',
  corporate: 'organisation',
  business: 'organisation',
  法人: 'organisation',
  법인: 'organisation',
  vessel: 'vessel',
  ship: 'vessel',
  aircraft: 'aircraft',
  airplane: 'aircraft',
  unknown: 'unknown',
}

const SEXES: Readonly<Record<string, 'female' | 'male' | null>> = {
  ...Object.fromEntries('m|male|man|mr|masculin|masculine|homme|男|男性|남|남성|남자'.split('|').map((word) => [word, 'male'])),
  ...Object.fromEntries(
    'f|w|female|woman|mrs|ms|féminin|feminin|feminine|femme|女|女性|여|여성|여자'.split('|').map((word) => [word, 'female']),
  ),
  ...Object.fromEntries('x|u|o|other|unknown|diverse|nonbinary|non-binary|not specified|n/a|-'.split('|').map((word) => [word, null])),
}

const PAPERS: readonly (readonly [Field, IdentifierKind, Field | null])[] = [
  ['passport', 'passport', 'passportCountry'],
  ['nationalId', 'national-id', 'nationalIdCountry'],
  ['taxId', 'tax-id', null],
  ['registration', 'registration', null],
  ['lei', 'lei', null],
  ['swift', 'swift', null],
  ['email', 'email', null],
  ['phone', 'phone', null],
]

/** Fields of which a cell may hold several, separated by `;` or `|`. A comma separates nothing: `Korea, North`, `KIM, Yong Chol`. */
const SPLIT: ReadonlySet<Field> = new Set([
  'other',
  'country',
  'passport',
  'nationalId',
  'taxId',
  'registration',
  'email',
  'phone',
  'wallet',
  'lei',
  'swift',
])

/**
 * A row of columns as what is to be asked: the name with all that is known of its bearer, each wallet, and the ship where there is a ship's number. What cannot be understood of birth, country, sex or kind is
 * told and left out of the comparison, where what is missing never lowers a score: the customer is looked for all the same.
 *
 * @returns `refused` where the row names nobody
 */
export function flatSubject(
  cells: readonly Cell[],
  find: FieldFinder,
): { readonly subject: Subject; readonly refused: FieldFault | null; readonly unused: readonly string[] } {
  const faults: FieldFault[] = []
  const unused: string[] = []
  const values = new Map<Field, Value[]>()
  for (const { column, values: texts } of cells) {
    const use = find(column)
    if (use === null) {
      unused.push(column)
      continue
    }
    const parts = texts.flatMap((text) => (SPLIT.has(use.field) ? text.split(/[;；|\n]/) : [text]))
    for (const part of parts) {
      const text = part.trim()
      if (text === '') continue
      const list = values.get(use.field)
      const value = { column, text, asset: use.asset }
      if (list === undefined) values.set(use.field, [value])
      else list.push(value)
    }
  }
  const all = (field: Field): readonly Value[] => values.get(field) ?? []
  const one = (field: Field): string | null => {
    const [first, ...rest] = all(field)
    for (const more of rest)
      if (more.text !== first?.text) faults.push(fault(more.column, `a second ${field}; the first is taken`, more.text))
    return first?.text ?? null
  }

  const customer = one('id')
  const told = kindOf(all('kind'), faults)
  const birth = birthOf(all('birth'), faults)
  const sex = sexOf(all('sex'), faults)
  const countries = countriesOf(all('country'), faults)
  const family = joined(all('last'))
  const given = joined([...all('first'), ...all('middle')])
  // Only people are born, have a sex and a given name: a row that says so need not say that it is a person.
  const kind = told ?? (birth !== null || sex !== null || given !== null ? 'person' : null)
  const [name, ...otherNames] = unique([
    ...all('name').map((value) => value.text),
    joined([...all('first'), ...all('middle'), ...all('last')]) ?? '',
  ])
  const others = unique([...sameWords(name, otherNames), ...all('other').map((value) => value.text)]).filter((other) => other !== name)
  const papers = papersOf(all, faults)

  const asks: Ask[] = []
  if (name !== undefined || others.length > 0 || papers.length > 0) {
    const [first = '', ...rest] = name === undefined ? others : [name, ...others]
    asks.push({ about: 'name', query: { name: first, family, given, otherNames: rest, kind, birth, countries, sex, papers } })
  }
  const ship = { imo: one('imo'), mmsi: one('mmsi'), callSign: one('callSign') }
  if (ship.imo !== null || ship.mmsi !== null || ship.callSign !== null) {
    const isShip = kind === null || kind === 'vessel' || kind === 'unknown'
    asks.push({ about: 'vessel', query: { ...ship, name: isShip ? (name ?? null) : null, flag: isShip ? (countries[0] ?? null) : null } })
  }
  const asset = one('asset')
  for (const wallet of all('wallet')) asks.push({ about: 'wallet', address: wallet.text, asset: wallet.asset ?? asset })

  const refused =
    asks.length > 0
      ? null
      : fault(
          '',
          "names nobody: no name, paper, ship's number or wallet",
          cells
            .map((cell) => cell.values.join(' '))
            .join(' ')
            .trim(),
        )
  return { subject: { customer, role: null, asks, faults }, refused, unused }
}

function kindOf(values: readonly Value[], faults: FieldFault[]): EntryKind | null {
  for (const { column, text } of values) {
    const word = text.normalize('NFKC').toLowerCase().replace(/[_-]+/g, ' ')
    const kind = Object.hasOwn(KINDS, word) ? KINDS[word] : undefined
    if (kind !== undefined) return kind
    // A column called `type` holds anything: a risk class, a tariff.
    faults.push(fault(column, 'is no kind of customer (person, organisation, vessel, aircraft)', text))
  }
  return null
}

function birthOf(values: readonly Value[], faults: FieldFault[]): ListedDate | null {
  for (const { column, text } of values) {
    const date = parseListedDate(text)
    if (date.from !== null) return date
    faults.push(fault(column, 'is no date that exists, or could be read in two ways', text))
  }
  return null
}

function sexOf(values: readonly Value[], faults: FieldFault[]): 'female' | 'male' | null {
  for (const { column, text } of values) {
    const word = text.normalize('NFKC').toLowerCase().replace(/\.$/, '')
    if (Object.hasOwn(SEXES, word)) return SEXES[word] ?? null
    faults.push(fault(column, 'is no sex', text))
  }
  return null
}

function countriesOf(values: readonly Value[], faults: FieldFault[]): readonly string[] {
  const codes: string[] = []
  for (const { column, text } of values) {
    const { code } = listedCountry(text)
    if (code === null) faults.push(fault(column, 'names no country that is known', text))
    else codes.push(code)
  }
  return unique(codes)
}

function papersOf(all: (field: Field) => readonly Value[], faults: FieldFault[]): readonly Paper[] {
  return PAPERS.flatMap(([field, kind, issuer]) => {
    const values = all(field)
    const [country] = issuer === null || values.length === 0 ? [] : countriesOf(all(issuer), faults)
    return values.map(({ text }): Paper => ({ kind, value: text, country: country ?? null }))
  })
}

function joined(values: readonly Value[]): string | null {
  return values.length === 0 ? null : values.map((value) => value.text).join(' ')
}

/** Given and family names joined are no further name where they are the words of the whole name in another order. */
function sameWords(name: string | undefined, others: readonly string[]): readonly string[] {
  const words = (text: string) =>
    text
      .split(/[\s,]+/)
      .sort()
      .join(' ')
  return others.filter((other) => name === undefined || words(other) !== words(name))
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== ''))]
}
