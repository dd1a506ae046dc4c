import { CordonError } from '../../chain/index.ts'
import { parseListedDate } from './dates.ts'
import { delimitedRows } from './delimited.ts'
import type { ListEntry } from './entry.ts'
import { type EuNote, euEntry } from './eu-entry.ts'
import { type EuRecord, euColumns, euRecordOfRows, euRecordOfXml } from './eu-record.ts'
import type { ListReader, ReadContext, SourceFile } from './reader.ts'
import { delimiterOf, wrongColumns } from './table-columns.ts'
import { uniqueIds } from './unique-ids.ts'
import { readXml, rootOf } from './xml.ts'
import { unknownChildren } from './xml-element.ts'

const LIST = 'eu-fsf'
const NEEDED = ['Entity_LogicalId', 'Entity_SubjectType', 'NameAlias_WholeName']
const ELEMENTS = new Set(['regulation', 'subjectType', 'nameAlias', 'citizenship', 'birthdate', 'identification', 'address', 'remark'])
const REMEDY =
  'Give the consolidated Financial Sanctions File 1.1 of the Commission, XML or CSV. If its form has changed, this reader must be changed before the file is used.'

/**
 * The EU's consolidated Financial Sanctions File 1.1 (European Commission, FSD): the XML (`export` of namespace http://eu.europa.ec/fpi/fsd/export, entries `sanctionEntity`), or the CSV of the same,
 * separated by semicolons, a row per name, birth, paper, address and citizenship. The CSV leaves out which names are weak, so prefer the XML.
 */
export const euConsolidated: ListReader = {
  format: 'eu-fsf',
  title: 'EU consolidated Financial Sanctions File 1.1, XML or CSV',
  lists: [LIST],

  recognises(files) {
    return files.length === 1 && files.every((file) => isExport(rootOf(file.head)) || isCsv(file.head))
  },

  async *read(files, context) {
    const distinct = uniqueIds()
    for (const file of files) {
      let entries = 0
      for await (const record of isCsv(file.head) ? csvRecords(file, context) : xmlRecords(file, context)) {
        const note: EuNote = (severity, reason, text, field, part) =>
          context.note({
            file: file.name,
            line: part?.line ?? record.place.line,
            field,
            entry: record.entity.attributes.euReferenceNumber ?? null,
            severity,
            reason,
            text: text.slice(0, 200),
          })
        const entry: ListEntry | null = euEntry(LIST, record, note)
        if (entry === null) {
          note('refused', 'entity without a name', record.raw, 'nameAlias')
          continue
        }
        const unique = distinct(entry.id, record.raw)
        if (unique.id === null) {
          note('refused', 'entity given twice', record.raw, 'euReferenceNumber')
          continue
        }
        if (unique.again) note('note', 'id used twice', `kept as ${unique.id}`, 'euReferenceNumber')
        entries++
        yield { ...entry, id: unique.id }
      }
      if (entries === 0) throw schema(file, 'holds no entry')
    }
  },
}

async function* xmlRecords(file: SourceFile, context: ReadContext): AsyncGenerator<EuRecord> {
  const root = (found: { readonly name: string; readonly attributes: Readonly<Record<string, string>> }) => {
    if (!isExport(found))
      throw schema(
        file,
        `expected the root export of http://eu.europa.ec/fpi/fsd/export; found: ${found.name.slice(0, 60)} of ${found.attributes.xmlns?.slice(0, 80) ?? 'no namespace'}`,
      )
    if (found.attributes.generationDate !== undefined) context.published(found.attributes.generationDate)
  }
  const strange = new Set<string>()
  for await (const element of readXml(file, { records: ['export/*'], root, signal: context.signal })) {
    const note = (reason: string, text: string, line: number) => {
      if (strange.has(text)) return
      strange.add(text)
      context.note({
        file: file.name,
        line,
        field: text.slice(0, 80),
        entry: element.attributes.euReferenceNumber ?? null,
        severity: 'note',
        reason,
        text: text.slice(0, 200),
      })
    }
    if (element.name !== 'sanctionEntity') {
      note('element not understood', element.name, element.line)
      continue
    }
    for (const { name, line } of unknownChildren(element, ELEMENTS)) note('element not understood', name, line)
    yield euRecordOfXml(element, file.name)
  }
}

async function* csvRecords(file: SourceFile, context: ReadContext): AsyncGenerator<EuRecord> {
  let header: ReturnType<typeof euColumns> | null = null
  let key = -1
  let width = 0
  let group: { fields: readonly string[]; line: number; raw: string }[] = []
  let generated = -1
  for await (const row of delimitedRows(file, { delimiter: ';', ...(context.signal === undefined ? {} : { signal: context.signal }) })) {
    const note = (severity: 'refused' | 'note', reason: string, text: string, field: string | null = null) =>
      context.note({ file: file.name, line: row.line, field, entry: null, severity, reason, text: text.slice(0, 200) })
    if (header === null) {
      const names = row.fields.map((name) => name.trim())
      if (NEEDED.some((name) => !names.includes(name))) throw wrongColumns(file.name, row.line, NEEDED, row.fields, REMEDY)
      header = euColumns(row.fields)
      key = names.indexOf('Entity_LogicalId')
      width = names.length
      generated = names.indexOf('fileGenerationDate')
      for (const name of header.unknown) note('note', 'column not understood', name, name.slice(0, 80))
      continue
    }
    const id = row.fields[key]?.trim() ?? ''
    if (row.fault !== null || row.fields.length > width || id === '') {
      note('refused', row.fault ?? (id === '' ? 'row without a logical id' : 'more fields than columns'), row.raw)
      continue
    }
    // Every row carries the same day.
    const published = generated < 0 ? null : parseListedDate(row.fields[generated] ?? '').from
    if (published !== null) context.published(published)
    generated = -1
    if (group.length > 0 && group[0]!.fields[key]!.trim() !== id) {
      yield euRecordOfRows(group, header.columns, file.name)
      group = []
    }
    group.push({ fields: row.fields, line: row.line, raw: row.raw })
  }
  if (header === null) throw wrongColumns(file.name, null, NEEDED, [], REMEDY)
  if (group.length > 0) yield euRecordOfRows(group, header.columns, file.name)
}

function isExport(root: { readonly name: string; readonly attributes: Readonly<Record<string, string>> } | null): boolean {
  return root?.name === 'export' && /\/fsd\/export$/.test(root.attributes.xmlns ?? '')
}

function isCsv(head: Uint8Array): boolean {
  const header = (fields: readonly string[]) =>
    fields.some((name) => name.trim() === 'Entity_LogicalId') && fields.some((name) => name.startsWith('NameAlias_'))
  return delimiterOf(head, 1, header) === ';'
}

function schema(file: SourceFile, message: string): CordonError {
  return new CordonError('list/schema', `${file.name}: ${message}`, { place: { file: file.name }, remedy: REMEDY })
}
