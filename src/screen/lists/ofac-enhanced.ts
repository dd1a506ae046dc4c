import { parseListedDate } from './dates.ts'
import { type EntryKind, emptyEntry, type ListEntry } from './entry.ts'
import { lookUp } from './look-up.ts'
import { addressesOf, namesOf } from './ofac-enhanced-names.ts'
import { documentOf, featureOf, type OfacReferences, referencesOf, said } from './ofac-enhanced-values.ts'
import { addDocument, addFeature, noFacts } from './ofac-xml-facts.ts'
import type { ListReader, ReadContext, SourceFile } from './reader.ts'
import { distinct, idWithin, type Noter, noterFor, onlyFile, schemaError } from './reading.ts'
import { uniqueIds } from './unique-ids.ts'
import { readXml, rootOf, type XmlRecord } from './xml.ts'
import { at, childText, unknownChildren, type XmlElement } from './xml-element.ts'

const NAMESPACE = /\/ENHANCED_XML$/
const KINDS: Readonly<Record<string, EntryKind>> = { Individual: 'person', Entity: 'organisation', Vessel: 'vessel', Aircraft: 'aircraft' }
const SDN = 'SDN List'

/** Elements that the format has, by the element that they stand in (ENHANCED_XML.xsd). */
const KNOWN: readonly [readonly string[], ReadonlySet<string>][] = [
  [
    [],
    new Set(
      'generalInfo sanctionsLists sanctionsPrograms sanctionsTypes legalAuthorities names addresses features identityDocuments relationships'.split(
        ' ',
      ),
    ),
  ],
  [['generalInfo'], new Set('identityId entityType remarks title'.split(' '))],
  [['names', 'name'], new Set('isPrimary aliasType isLowQuality translations comments'.split(' '))],
  [['addresses', 'address'], new Set('country translations'.split(' '))],
  [['features', 'feature'], new Set('type versionId value valueRefId valueDate isPrimary reliability comments'.split(' '))],
  [
    ['identityDocuments', 'identityDocument'],
    new Set(
      'type name documentNumber isValid issuingLocation issuingCountry issuingAuthority issueDate expirationDate comments'.split(' '),
    ),
  ],
  [['relationships', 'relationship'], new Set('type relatedEntity quality comments'.split(' '))],
]

/**
 * OFAC's ENHANCED XML (SDN_ENHANCED.XML, CONS_ENHANCED.XML; schema exports/ENHANCED_XML.xsd of the Sanctions List Service). A file of one list holds for each entity
 * which other lists it is on as well; those go to the remarks. Of a file of several lists an entity is an entry of each list that it is on. `us-ofac-cons` stands for
 * all non-SDN lists: the Treasury's Consolidated List is their union.
 */
export const ofacEnhanced: ListReader = {
  format: 'ofac-enhanced',
  title: "OFAC SDN or Consolidated list, ENHANCED XML (also within the Treasury's ZIP)",
  lists: ['us-ofac-sdn', 'us-ofac-cons'],
  recognises: (files) => files.length === 1 && isEnhanced(rootOf(files[0]!.head)),
  read,
}

async function* read(files: readonly SourceFile[], context: ReadContext): AsyncIterable<ListEntry> {
  const file = onlyFile(files, ofacEnhanced.format)
  const references: OfacReferences = new Map()
  const ids = new Map(ofacEnhanced.lists.map((list) => [list, uniqueIds()]))
  let info: { readonly lists: readonly string[] } | null = null
  let entities = 0
  const records = ['sanctionsData/publicationInfo', 'sanctionsData/referenceValues/referenceValue', 'sanctionsData/entities/entity']
  const root = (found: { readonly name: string; readonly attributes: Readonly<Record<string, string>> }) => {
    if (!isEnhanced(found))
      throw schemaError(
        file,
        `expected the root <sanctionsData> of the ENHANCED_XML schema, found <${found.name}> of ${found.attributes.xmlns ?? 'no namespace'}`,
      )
  }
  for await (const record of readXml(file, { records, root, signal: context.signal })) {
    if (record.path === records[0]) info = publication(file, context, record)
    else if (record.path === records[1]) referencesOf(references, record)
    else {
      if (info === null) throw schemaError(file, 'expected <publicationInfo> before the first <entity>, found none', record.line)
      entities++
      yield* entriesOf(file, context, record, references, info.lists, ids)
    }
  }
  if (entities === 0) throw schemaError(file, 'expected <entity> elements, found none')
}

function isEnhanced(root: ReturnType<typeof rootOf>): boolean {
  return root?.name === 'sanctionsData' && NAMESPACE.test(root.attributes.xmlns ?? '')
}

/** Tells when the file was made, and which of our lists it is of. */
function publication(file: SourceFile, context: ReadContext, record: XmlRecord): { readonly lists: readonly string[] } {
  const published = childText(record, 'dataAsOf')
  if (published === null) throw schemaError(file, 'expected a date in <publicationInfo><dataAsOf>, found none', record.line)
  context.published(published)
  return { lists: distinct(at(record, 'filters', 'sanctionsLists', 'sanctionsList').map((list) => ourList(list.text))) }
}

function ourList(name: string): string {
  return name === SDN ? 'us-ofac-sdn' : 'us-ofac-cons'
}

function* entriesOf(
  file: SourceFile,
  context: ReadContext,
  record: XmlRecord,
  references: OfacReferences,
  fileLists: readonly string[],
  ids: ReadonlyMap<string, ReturnType<typeof uniqueIds>>,
): Generator<ListEntry> {
  const number = record.attributes.id?.trim() ?? ''
  const place = { file: file.name, line: record.line }
  const noter = noterFor(context, place, number === '' ? null : number)
  const memberships = at(record, 'sanctionsLists', 'sanctionsList').map((one) => ({
    name: said(one, references),
    since: one.attributes.datePublished ?? null,
  }))
  const own = distinct(memberships.map(({ name }) => ourList(name)))
  // A file made for one list is that list, whatever else its entities are on.
  const lists = fileLists.length === 1 ? fileLists : own
  if (number === '') return noter.note('refused', 'entity without an id', 'id', record.raw)
  const kind = kindOf(record, references, noter)
  const names = namesOf(record, kind, references, noter)
  if (names.length === 0) return noter.note('refused', 'entity without a name', 'names', record.raw)
  if (lists.length === 0) return noter.note('refused', 'entity on no list', 'sanctionsLists', record.raw)
  for (const [path, known] of KNOWN) {
    for (const element of at(record, ...path)) {
      for (const one of unknownChildren(element, known))
        noter.note('note', 'element not known', [...path, one.name].join('/'), one.text, one)
    }
  }
  const facts = factsOf(record, kind, references, noter)
  for (const list of lists) {
    const id = idWithin(ids.get(list)!, number, record.raw, noter)
    if (id === null) continue
    const since = memberships.filter(({ name }) => ourList(name) === list).flatMap((one) => (one.since === null ? [] : [one.since]))
    yield {
      ...emptyEntry(list, id, kind, names, record.raw, place),
      ...facts,
      programmes: distinct(at(record, 'sanctionsPrograms', 'sanctionsProgram').map((one) => said(one, references))),
      legalBasis: distinct([...at(record, 'legalAuthorities', 'legalAuthority').map((one) => said(one, references)), ...facts.legalBasis]),
      listedOn: earliest(since),
      addresses: addressesOf(record, references),
      remarks: distinct([
        ...facts.remarks,
        ...at(record, 'sanctionsTypes', 'sanctionsType').map((one) => `Sanctions type: ${said(one, references)}`),
        ...memberships.map(({ name, since }) => `On the list: ${name}${since === null ? '' : `, since ${since}`}`),
      ]),
    }
  }
}

function kindOf(record: XmlElement, references: OfacReferences, noter: Noter): EntryKind {
  const types = at(record, 'generalInfo', 'entityType')
  const type = types[0] === undefined ? '' : said(types[0], references)
  const kind = lookUp(KINDS, type)
  if (kind === undefined) noter.note('note', 'entity type not known', 'generalInfo/entityType', type)
  return kind ?? 'unknown'
}

function factsOf(record: XmlElement, kind: EntryKind, references: OfacReferences, noter: Noter) {
  const facts = noFacts()
  for (const info of at(record, 'generalInfo')) {
    const title = childText(info, 'title')
    const remarks = childText(info, 'remarks')
    if (title !== null) facts.titles.push(title)
    if (remarks !== null) facts.remarks.push(remarks)
  }
  for (const element of at(record, 'features', 'feature')) {
    const feature = featureOf(element, references)
    if (!addFeature(facts, kind, feature)) noter.note('note', 'feature not known', feature.label, feature.value, element)
  }
  for (const element of at(record, 'identityDocuments', 'identityDocument')) {
    const document = documentOf(element, references)
    if (document === null)
      noter.note('note', 'document without a number', 'identityDocument', element.children.map((one) => one.text).join(' '), element)
    else addDocument(facts, kind, document)
  }
  for (const element of at(record, 'relationships', 'relationship')) {
    const [related] = at(element, 'relatedEntity')
    const [type] = at(element, 'type')
    if (related === undefined || related.text === '')
      noter.note('note', 'relationship to nobody', 'relationship', element.attributes.id ?? '', element)
    else
      facts.links.push({
        relation: type === undefined ? 'Linked To' : said(type, references),
        name: related.text,
        id: related.attributes.entityId ?? null,
      })
  }
  return facts
}

function earliest(dates: readonly string[]) {
  const [first] = dates.toSorted()
  return first === undefined ? null : parseListedDate(first)
}
