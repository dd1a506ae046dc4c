import { listedCountry } from './countries.ts'
import { parseListedDate } from './dates.ts'
import { emptyEntry, type Identifier, type ListEntry, type ListedAddress, type ListedDate, type ListedName } from './entry.ts'
import { lookUp } from './look-up.ts'
import type { ListReader, ReadContext, SourceFile } from './reader.ts'
import { distinct, idWithin, noterFor, onlyFile, schemaError } from './reading.ts'
import { aliasNames, pieces, unquoted } from './un-aliases.ts'
import { birthsOf } from './un-births.ts'
import { documentOf } from './un-documents.ts'
import { uniqueIds } from './unique-ids.ts'
import { readXml, rootOf, type XmlRecord } from './xml.ts'
import { at, childrenNamed, childText, oneLine, unknownChildren, type XmlElement } from './xml-element.ts'

const LIST = 'un-sc'
const INDIVIDUAL = 'CONSOLIDATED_LIST/INDIVIDUALS/INDIVIDUAL'
const ENTITY = 'CONSOLIDATED_LIST/ENTITIES/ENTITY'

/** The resolutions that set up the sanctions of each committee, by the list's own name of the regime (main.un.org/securitycouncil/en/sanctions/information). */
const RESOLUTIONS: Readonly<Record<string, readonly string[]>> = {
  'Al-Qaida': ['UNSCR 1267 (1999)', 'UNSCR 1989 (2011)', 'UNSCR 2253 (2015)'],
  CAR: ['UNSCR 2127 (2013)', 'UNSCR 2745 (2024)'],
  DPRK: ['UNSCR 1718 (2006)'],
  DRC: ['UNSCR 1533 (2004)'],
  GB: ['UNSCR 2048 (2012)'],
  Haiti: ['UNSCR 2653 (2022)'],
  Iran: ['UNSCR 1737 (2006)'],
  Iraq: ['UNSCR 1518 (2003)'],
  Libya: ['UNSCR 1970 (2011)'],
  Somalia: ['UNSCR 751 (1992)', 'UNSCR 2713 (2023)'],
  SouthSudan: ['UNSCR 2206 (2015)'],
  Sudan: ['UNSCR 1591 (2005)'],
  Taliban: ['UNSCR 1988 (2011)'],
  Yemen: ['UNSCR 2140 (2014)'],
}

/** Elements of an entry that are read, or that say nothing about who is listed (DATAID … SORT_KEY_LAST_MOD). */
const KNOWN = new Set(
  (
    'DATAID VERSIONNUM LIST_TYPE SORT_KEY SORT_KEY_LAST_MOD FIRST_NAME SECOND_NAME THIRD_NAME FOURTH_NAME NAME_ORIGINAL_SCRIPT UN_LIST_TYPE REFERENCE_NUMBER LISTED_ON LAST_DAY_UPDATED GENDER COMMENTS1 ' +
    'TITLE DESIGNATION NATIONALITY INDIVIDUAL_ALIAS INDIVIDUAL_ADDRESS INDIVIDUAL_DATE_OF_BIRTH INDIVIDUAL_PLACE_OF_BIRTH INDIVIDUAL_DOCUMENT ENTITY_ALIAS ENTITY_ADDRESS'
  ).split(' '),
)

/**
 * The consolidated list of the UN Security Council (XML, sc-sanctions.xsd): persons, and bodies of all kinds as `organisation`. The list never tells family from given names, so names have neither.
 * Its shipping companies have IMO numbers in their comments; they are companies' numbers, as the list of designated ships is another one.
 */
export const unConsolidated: ListReader = {
  format: 'un-consolidated',
  title: 'UN Security Council consolidated list, XML',
  lists: [LIST],
  recognises: (files) => files.length === 1 && rootOf(files[0]!.head)?.name === 'CONSOLIDATED_LIST',
  read,
}

async function* read(files: readonly SourceFile[], context: ReadContext): AsyncIterable<ListEntry> {
  const file = onlyFile(files, unConsolidated.format)
  const ids = uniqueIds()
  let entries = 0
  const root = (found: { readonly name: string; readonly attributes: Readonly<Record<string, string>> }) => {
    if (found.name !== 'CONSOLIDATED_LIST') throw schemaError(file, `expected the root <CONSOLIDATED_LIST>, found <${found.name}>`)
    const published = found.attributes.dateGenerated?.trim()
    if (published === undefined || published === '')
      throw schemaError(file, 'expected the attribute dateGenerated of <CONSOLIDATED_LIST>, found none')
    context.published(published)
  }
  for await (const record of readXml(file, { records: [INDIVIDUAL, ENTITY], root, signal: context.signal })) {
    entries++
    const entry = entryOf(file, context, record, ids)
    if (entry !== null) yield entry
  }
  if (entries === 0) throw schemaError(file, 'expected <INDIVIDUAL> and <ENTITY> elements, found none')
}

function entryOf(file: SourceFile, context: ReadContext, record: XmlRecord, ids: ReturnType<typeof uniqueIds>): ListEntry | null {
  const place = { file: file.name, line: record.line }
  const reference = line(record, 'REFERENCE_NUMBER')
  const noter = noterFor(context, place, reference === '' ? null : reference)
  const person = record.path === INDIVIDUAL
  const own = ['FIRST_NAME', 'SECOND_NAME', 'THIRD_NAME', 'FOURTH_NAME'].map((part) => line(record, part)).filter((part) => part !== '')
  const [primary, ...further] = pieces(own.join(' ')).map(unquoted)
  if (reference === '' || primary === undefined) {
    noter.note(
      'refused',
      reference === '' ? 'entry without a reference number' : 'entry without a name',
      reference === '' ? 'REFERENCE_NUMBER' : 'FIRST_NAME',
      record.raw,
    )
    return null
  }
  const id = idWithin(ids, reference, record.raw, noter)
  if (id === null) return null
  for (const one of unknownChildren(record, KNOWN)) noter.note('note', 'element not known', one.name, one.text, one)

  const programme = line(record, 'UN_LIST_TYPE')
  const resolutions = lookUp(RESOLUTIONS, programme)
  if (resolutions === undefined) noter.note('note', 'list type not known', 'UN_LIST_TYPE', programme)
  const comments = line(record, 'COMMENTS1')
  const aliases = [...childrenNamed(record, 'INDIVIDUAL_ALIAS'), ...childrenNamed(record, 'ENTITY_ALIAS')]
  const others = aliases.map((alias) =>
    aliasNames({ ...qualityOf(alias), text: childText(alias, 'ALIAS_NAME') ?? '', note: childText(alias, 'NOTE') }),
  )
  for (const alias of aliases) {
    const quality = line(alias, 'QUALITY')
    if (!['', 'Good', 'Low', 'a.k.a.', 'f.k.a.'].includes(quality)) noter.note('note', 'alias quality not known', 'QUALITY', quality, alias)
  }
  const names: ListedName[] = [
    { full: primary, family: null, given: null, quality: 'primary', type: 'primary' },
    ...further.map((full): ListedName => ({ full, family: null, given: null, quality: 'strong', type: 'aka' })),
    ...at(record, 'NAME_ORIGINAL_SCRIPT').flatMap(
      (one) => aliasNames({ text: one.text, note: null, quality: 'strong', type: 'aka' }).names,
    ),
    ...others.flatMap((one) => one.names),
  ]
  const births = birthsOf(record)
  return {
    ...emptyEntry(LIST, id, person ? 'person' : 'organisation', names, record.raw, place),
    programmes: programme === '' ? [] : [programme],
    legalBasis: resolutions ?? [],
    listedOn: dateOf(childText(record, 'LISTED_ON')),
    amendedOn: dateOf(values(record, 'LAST_DAY_UPDATED').toSorted().at(-1) ?? null),
    births: births.dates,
    birthPlaces: births.places,
    countries: distinct(values(record, 'NATIONALITY').map(listedCountry)),
    sex: sexOf(line(record, 'GENDER') || (/\bGender:\s*((?:fe)?male)\b/i.exec(comments)?.[1] ?? '')),
    titles: distinct([...values(record, 'TITLE'), ...values(record, 'DESIGNATION')]),
    addresses: [...childrenNamed(record, 'INDIVIDUAL_ADDRESS'), ...childrenNamed(record, 'ENTITY_ADDRESS')].flatMap(addressOf),
    identifiers: [...childrenNamed(record, 'INDIVIDUAL_DOCUMENT').flatMap((one) => documentOf(one) ?? []), ...imoNumbers(comments)],
    remarks: [...(comments === '' ? [] : [comments]), ...births.remarks, ...others.flatMap((one) => one.remarks)],
  }
}

function qualityOf(alias: XmlElement): { readonly quality: 'strong' | 'weak'; readonly type: 'aka' | 'fka' } {
  const quality = line(alias, 'QUALITY')
  return { quality: quality === 'Low' ? 'weak' : 'strong', type: quality === 'f.k.a.' ? 'fka' : 'aka' }
}

function addressOf(element: XmlElement): ListedAddress[] {
  const country = line(element, 'COUNTRY')
  const note = line(element, 'NOTE')
  const parts = [...['STREET', 'CITY', 'STATE_PROVINCE', 'ZIP_CODE'].map((part) => line(element, part)), country]
    .filter((part) => part !== '')
    .join(', ')
  const text = parts === '' ? note : note === '' ? parts : `${parts} (${note})`
  return text === '' ? [] : [{ text, country: country === '' ? null : listedCountry(country) }]
}

/** `IMO number: 5571322`, `(IMO) Number: 1790183`, `Company Number IMO 5434358`. */
function imoNumbers(comments: string): Identifier[] {
  return [...comments.matchAll(/\bIMO\)?(?:\s+number)?\s*:?\s*(\d{7})\b/gi)].map((found) => ({
    kind: 'imo-company',
    value: found[1] ?? '',
    country: null,
    issued: null,
    expires: null,
    note: null,
  }))
}

function sexOf(gender: string): 'female' | 'male' | null {
  const word = gender.toLowerCase()
  return word === 'male' || word === 'female' ? word : null
}

function values(record: XmlElement, name: string): string[] {
  return at(record, name, 'VALUE')
    .map((value) => oneLine(value.text))
    .filter((text) => text !== '')
}

function dateOf(text: string | null): ListedDate | null {
  return text === null ? null : parseListedDate(text)
}

function line(element: XmlElement, name: string): string {
  return oneLine(childText(element, name) ?? '')
}
