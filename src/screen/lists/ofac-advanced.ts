import { listedCountry } from './countries.ts'
import { type EntryKind, emptyEntry, type ListEntry, type ListedAddress, type ListedDate } from './entry.ts'
import { lookUp } from './look-up.ts'
import { dateOf, periodOf } from './ofac-advanced-dates.ts'
import { fullNamesOf } from './ofac-advanced-names.ts'
import type { AdvancedReferences } from './ofac-advanced-references.ts'
import { type AdvancedStore, emptyStore, type StoredEntry, store } from './ofac-advanced-store.ts'
import { addDocument, addFeature, noFacts, type OfacFacts, type OfacFeature } from './ofac-xml-facts.ts'
import type { ListReader, ReadContext, SourceFile } from './reader.ts'
import { distinct, idWithin, type Noter, noterFor, onlyFile, primaryFirst, schemaError } from './reading.ts'
import { uniqueIds } from './unique-ids.ts'
import { readXml, rootOf, type XmlRecord } from './xml.ts'
import { at, child, childrenNamed, childText, oneLine, unknownChildren, type XmlElement } from './xml-element.ts'

/** The Treasury's own namespace, and the UN's, which its files had until 2024. */
const NAMESPACE = /\/ADVANCED_XML$|un\.org\/sanctions\/1\.0$/
const PARTIES = 'Sanctions/DistinctParties/DistinctParty'
const OTHERS = [
  'Sanctions/DateOfIssue',
  'Sanctions/ReferenceValueSets/*/*',
  'Sanctions/Locations/Location',
  'Sanctions/IDRegDocuments/IDRegDocument',
  'Sanctions/ProfileRelationships/ProfileRelationship',
  'Sanctions/SanctionsEntries/SanctionsEntry',
]
const KINDS: Readonly<Record<string, EntryKind>> = { Individual: 'person', Entity: 'organisation', Vessel: 'vessel', Aircraft: 'aircraft' }

/** Elements that the schema has, by the element of a party that they stand in. */
const KNOWN: readonly [readonly string[], ReadonlySet<string>][] = [
  [[], new Set(['Comment', 'Profile'])],
  [['Profile'], new Set(['Identity', 'Feature', 'SanctionsEntryReference', 'ExternalReference'])],
  [['Profile', 'Identity'], new Set(['Alias', 'NamePartGroups', 'IDRegDocumentReference'])],
  [['Profile', 'Feature'], new Set(['FeatureVersion', 'IdentityReference'])],
  [['Profile', 'Feature', 'FeatureVersion'], new Set(['Comment', 'DatePeriod', 'VersionDetail', 'VersionLocation'])],
]

/**
 * OFAC's SDN_ADVANCED.XML and CONS_ADVANCED.XML, in the UN's Advanced Sanctions Data Model (OFAC's sdn_advanced_notes). Parties refer by number to values, places and papers that come before
 * them and to entries and relationships that come after, so the file is read twice: first for all that is referred to, kept in compact form, then for the parties, which are most of the file and
 * are held one at a time. (Holding the parties instead would take one pass and several times the memory.) The second pass ends with the parties; the first has seen the whole document.
 *
 * Nothing in the file says which list it is of. It is of the SDN list where each party is on that, of the non-SDN lists where each is on one of those, else of both; what parties are on besides
 * stands in the remarks.
 */
export const ofacAdvanced: ListReader = {
  format: 'ofac-advanced',
  title: 'OFAC SDN or Consolidated list, ADVANCED XML (sdn_advanced.xml, cons_advanced.xml)',
  lists: ['us-ofac-sdn', 'us-ofac-cons'],
  recognises: (files) => files.length === 1 && isAdvanced(rootOf(files[0]!.head)),
  read,
}

async function* read(files: readonly SourceFile[], context: ReadContext): AsyncIterable<ListEntry> {
  const file = onlyFile(files, ofacAdvanced.format)
  const root = (found: { readonly name: string; readonly attributes: Readonly<Record<string, string>> }) => {
    if (!isAdvanced(found))
      throw schemaError(
        file,
        `expected the root <Sanctions> of the ADVANCED_XML schema, found <${found.name}> of ${found.attributes.xmlns ?? 'no namespace'}`,
      )
  }
  const into = emptyStore()
  let parties = 0
  let issued: ListedDate | null = null
  for await (const record of readXml(file, { records: [...OTHERS, PARTIES], root, signal: context.signal })) {
    if (record.path === OTHERS[0]) {
      issued = dateOf(record)
      continue
    }
    if (record.name === 'DistinctParty') parties++
    if (into.references.size === 0 && !record.path.startsWith('Sanctions/ReferenceValueSets/')) {
      throw schemaError(file, `expected <ReferenceValueSets> before the first <${record.name}>, found none`, record.line)
    }
    if (!store(into, record)) {
      noterFor(context, { file: file.name, line: record.line }, null).note('note', 'reference to nothing', record.name, record.raw, record)
    }
  }
  if (issued?.from == null) throw schemaError(file, 'expected a date in <DateOfIssue>, found none')
  if (parties === 0 || into.entries.size === 0)
    throw schemaError(file, `expected <DistinctParty> and <SanctionsEntry> elements, found ${parties} and ${into.entries.size}`)
  context.published(issued.from)
  const lists = listsOf(into)
  const ids = new Map(ofacAdvanced.lists.map((list) => [list, uniqueIds()]))
  let left = parties
  for await (const record of readXml(file, { records: [PARTIES], root, signal: context.signal })) {
    for (const profile of childrenNamed(record, 'Profile')) yield* entriesOf(file, context, record, profile, into, lists, ids)
    if (--left === 0) return
  }
  throw schemaError(file, 'changed while it was read: it has fewer parties than at first')
}

function isAdvanced(root: ReturnType<typeof rootOf>): boolean {
  return root?.name === 'Sanctions' && NAMESPACE.test(root.attributes.xmlns ?? '')
}

function ourList(name: string): string {
  return name === 'SDN List' ? 'us-ofac-sdn' : 'us-ofac-cons'
}

/** See ofacAdvanced. */
function listsOf({ entries }: AdvancedStore): readonly string[] {
  const of = [...entries.values()].map((own) => new Set(own.map(({ list }) => ourList(list))))
  const whole = ofacAdvanced.lists.find((list) => of.every((own) => own.has(list)))
  return whole === undefined ? ofacAdvanced.lists : [whole]
}

function* entriesOf(
  file: SourceFile,
  context: ReadContext,
  party: XmlRecord,
  profile: XmlElement,
  into: AdvancedStore,
  lists: readonly string[],
  ids: ReadonlyMap<string, ReturnType<typeof uniqueIds>>,
): Generator<ListEntry> {
  const number = profile.attributes.ID ?? party.attributes.FixedRef ?? ''
  const place = { file: file.name, line: party.line }
  const noter = noterFor(context, place, number === '' ? null : number)
  if (number === '') return noter.note('refused', 'profile without an id', 'ID', party.raw)
  const names = primaryFirst(fullNamesOf(profile, into.references), noter)
  if (names.length === 0) return noter.note('refused', 'profile without a name', 'Alias', party.raw)
  for (const [path, known] of KNOWN) {
    for (const element of at(party, ...path)) {
      for (const one of unknownChildren(element, known))
        noter.note('note', 'element not known', [...path, one.name].join('/'), one.text, one)
    }
  }
  const kind = kindOf(profile, into.references, noter)
  const { facts, addresses, raws } = factsOf(profile, kind, into, noter)
  const comment = oneLine(childText(party, 'Comment') ?? '')
  const all = into.entries.get(number) ?? []
  if (all.length === 0) noter.note('note', 'party without a sanctions entry', 'SanctionsEntry', names[0]?.full ?? '')
  for (const list of lists) {
    const own = all.filter((entry) => ourList(entry.list) === list)
    // A party without an entry is kept on the list that the file is of: to leave out is the worse error.
    if (own.length === 0 && !(all.length === 0 && list === lists[0])) continue
    const raw = [party.raw, ...raws, ...all.map((entry) => entry.raw)].join('\n')
    const id = idWithin(ids.get(list)!, number, raw, noter)
    if (id === null) continue
    yield {
      ...emptyEntry(list, id, kind, names, raw, place),
      ...facts,
      programmes: distinct(own.flatMap(({ programmes }) => programmes)),
      legalBasis: distinct([...own.flatMap(({ legalBasis }) => legalBasis), ...facts.legalBasis]),
      listedOn: first(own.flatMap(({ dates }) => dates)),
      addresses,
      remarks: distinct([
        ...(comment === '' ? [] : [comment]),
        ...facts.remarks,
        ...own.flatMap(({ remarks }) => remarks),
        ...all.map(membership),
      ]),
    }
  }
}

function kindOf(profile: XmlElement, references: AdvancedReferences, noter: Noter): EntryKind {
  const sub = profile.attributes.PartySubTypeID
  const subType = references.text('PartySubType', sub) ?? ''
  const type =
    lookUp(KINDS, subType) === undefined
      ? (references.text('PartyType', references.attribute('PartySubType', sub, 'PartyTypeID')) ?? subType)
      : subType
  const kind = lookUp(KINDS, type)
  if (kind === undefined) noter.note('note', 'entity type not known', 'PartySubTypeID', type === '' ? (sub ?? '') : type)
  return kind ?? 'unknown'
}

function factsOf(
  profile: XmlElement,
  kind: EntryKind,
  into: AdvancedStore,
  noter: Noter,
): { readonly facts: OfacFacts; readonly addresses: ListedAddress[]; readonly raws: string[] } {
  const facts = noFacts()
  const addresses: ListedAddress[] = []
  const raws: string[] = []
  for (const element of childrenNamed(profile, 'Feature')) {
    const label = into.references.text('FeatureType', element.attributes.FeatureTypeID)?.trim() ?? ''
    for (const version of childrenNamed(element, 'FeatureVersion')) {
      const locations = childrenNamed(version, 'VersionLocation').map(({ attributes }) => into.locations.get(attributes.LocationID ?? ''))
      for (const location of locations) {
        if (location === undefined) noter.note('note', 'place not in the file', label, '', version)
        else raws.push(location.raw)
      }
      const [location] = locations
      if (label === 'Location') {
        for (const text of location?.texts ?? []) addresses.push({ text, country: location?.country ?? null })
        continue
      }
      for (const feature of featuresOf(version, label, location, into.references)) {
        if (!addFeature(facts, kind, feature)) noter.note('note', 'feature not known', label, feature.value, version)
      }
    }
  }
  for (const { attributes } of childrenNamed(profile, 'Identity')) {
    for (const document of into.documents.get(attributes.ID ?? '') ?? []) {
      addDocument(facts, kind, document)
      raws.push(document.raw)
    }
  }
  for (const { relation, to, raw } of into.relations.get(profile.attributes.ID ?? '') ?? []) {
    const name = into.names.get(to)
    if (name === undefined) noter.note('note', 'link to nobody in the file', relation, to)
    facts.links.push({ relation, name: name ?? to, id: to })
    raws.push(raw)
  }
  return { facts, addresses, raws: distinct(raws) }
}

/** One per detail; a version without details is its date or place. */
function featuresOf(
  version: XmlElement,
  label: string,
  location: { readonly texts: readonly string[]; readonly country: OfacFeature['country'] } | undefined,
  references: AdvancedReferences,
): OfacFeature[] {
  const date = periodOf(child(version, 'DatePeriod'), references)
  const details = childrenNamed(version, 'VersionDetail').map((detail) =>
    detail.text === '' ? (references.text('DetailReference', detail.attributes.DetailReferenceID) ?? '') : detail.text,
  )
  const reliability = references.text('Reliability', version.attributes.ReliabilityID)
  const notes = [
    oneLine(childText(version, 'Comment') ?? ''),
    reliability === null || /^(?:confirmed|unknown)$/i.test(reliability) ? '' : reliability,
  ].filter((note) => note !== '')
  const values = details.filter((detail) => detail !== '')
  const country = location?.country ?? null
  return (values.length > 0 ? values : [date?.text ?? location?.texts[0] ?? '']).map((value) => ({
    label,
    value,
    date,
    country: country ?? (value === '' ? null : listedCountry(value)),
    note: notes.length === 0 ? null : notes.join('; '),
  }))
}

function membership({ list, dates }: StoredEntry): string {
  return `On the list: ${list}${dates[0] === undefined ? '' : `, since ${dates[0].text}`}`
}

function first(dates: readonly ListedDate[]): ListedDate | null {
  return dates.toSorted((one, other) => ((one.from ?? '9999') < (other.from ?? '9999') ? -1 : 1))[0] ?? null
}
