import type { EntryPlace } from './entry.ts'
import { lookUp } from './look-up.ts'
import type { XmlRecord } from './xml.ts'
import { childrenNamed, oneLine, type XmlElement } from './xml-element.ts'

/** A part of an EU entry (a name, a birth, a paper …) with the attributes that the XML gives it and what is said of it. Empty attributes are left out. */
export interface EuPart {
  readonly attributes: Readonly<Record<string, string>>
  readonly remarks: readonly string[]
  /** Ways to reach the entry, only in addresses: PHONE, FAX, EMAIL, WEB and their values. */
  readonly contacts: readonly { readonly key: string; readonly value: string }[]
  readonly line: number | null
}

/** An entry of the EU consolidated list, the same from XML and CSV. */
export interface EuRecord {
  readonly entity: EuPart
  readonly subject: string
  readonly regulations: readonly EuPart[]
  readonly names: readonly EuPart[]
  readonly births: readonly EuPart[]
  readonly citizenships: readonly EuPart[]
  readonly identifications: readonly EuPart[]
  readonly addresses: readonly EuPart[]
  readonly raw: string
  readonly place: EntryPlace
}

export function euRecordOfXml(element: XmlRecord, file: string): EuRecord {
  const parts = (name: string) => childrenNamed(element, name).map(partOf)
  return {
    entity: partOf(element),
    subject: childrenNamed(element, 'subjectType')[0]?.attributes.code ?? '',
    regulations: parts('regulation'),
    names: parts('nameAlias'),
    births: parts('birthdate'),
    citizenships: parts('citizenship'),
    identifications: parts('identification'),
    addresses: parts('address'),
    raw: element.raw,
    place: { file, line: element.line },
  }
}

function partOf(element: XmlElement): EuPart {
  return {
    attributes: filled(element.attributes),
    remarks: childrenNamed(element, 'remark')
      .map(({ text }) => oneLine(text))
      .filter((text) => text !== ''),
    contacts: childrenNamed(element, 'contactInfo').map(({ attributes }) => ({
      key: attributes.key ?? '',
      value: (attributes.value ?? '').trim(),
    })),
    line: element.line,
  }
}

function filled(attributes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).flatMap(([name, value]) => (value.trim() === '' ? [] : [[name, oneLine(value)]])))
}

/** Columns of the CSV whose names differ from the XML's attributes by more than the case of their first letter. */
const RENAMED: Readonly<Record<string, string>> = {
  Entity_EU_ReferenceNumber: 'euReferenceNumber',
  Entity_Regulation_Type: 'regulationType',
  BirthDate_BirthDate: 'birthdate',
  BirthDate_Day: 'dayOfMonth',
  BirthDate_Month: 'monthOfYear',
  Identification_TypeCode: 'identificationTypeCode',
  Identification_TypeDescription: 'identificationTypeDescription',
}

/** A column: which part it belongs to and what the XML calls it. The acts by which single parts were added (`NameAlias_Regulation_…`) are none of ours. */
export interface EuColumn {
  readonly index: number
  readonly part: 'Entity' | 'Entity_Regulation' | 'NameAlias' | 'Address' | 'BirthDate' | 'Identification' | 'Citizenship'
  readonly attribute: string
}

/** Columns of a header of the CSV (`fileGenerationDate;Entity_LogicalId;…`, 118 of them in 2026), and those that we do not know. */
export function euColumns(header: readonly string[]): { readonly columns: readonly EuColumn[]; readonly unknown: readonly string[] } {
  const columns: EuColumn[] = []
  const unknown: string[] = []
  header.forEach((title, index) => {
    const name = title.trim()
    const found = /^(Entity_Regulation|Entity|NameAlias|Address|BirthDate|Identification|Citizenship)_(\w+)$/.exec(name)
    if (found === null) {
      if (name !== '' && name.toLowerCase() !== 'filegenerationdate') unknown.push(name)
      return
    }
    if (found[2]!.startsWith('Regulation_')) return
    columns.push({
      index,
      part: found[1] as EuColumn['part'],
      attribute: lookUp(RENAMED, name) ?? found[2]![0]!.toLowerCase() + found[2]!.slice(1),
    })
  })
  return { columns, unknown }
}

/**
 * The entry that rows of the CSV make together: each row repeats the entity and adds a name, an address, a birth, a paper or a citizenship. Parts that stand there twice are one.
 * The CSV does not say which names are strong.
 */
export function euRecordOfRows(
  rows: readonly { readonly fields: readonly string[]; readonly line: number; readonly raw: string }[],
  columns: readonly EuColumn[],
  file: string,
): EuRecord {
  const parts = (part: EuColumn['part']): EuPart[] => {
    const own = columns.filter((column) => column.part === part)
    const found = new Map<string, EuPart>()
    for (const { fields, line } of rows) {
      const given = filled(Object.fromEntries(own.map(({ index, attribute }) => [attribute, fields[index] ?? ''])))
      const { remark, contactInfo, ...attributes } = given
      if (Object.keys(given).length === 0) continue
      const key = JSON.stringify(given)
      if (!found.has(key))
        found.set(key, {
          attributes,
          remarks: remark === undefined ? [] : remark.split('\\n'),
          contacts: contactInfo === undefined ? [] : contactsOf(contactInfo),
          line,
        })
    }
    return [...found.values()]
  }
  const entity = parts('Entity')[0] ?? { attributes: {}, remarks: [], contacts: [], line: null }
  return {
    entity,
    subject: subjectOf(entity.attributes),
    regulations: parts('Entity_Regulation'),
    names: parts('NameAlias'),
    births: parts('BirthDate'),
    citizenships: parts('Citizenship'),
    identifications: parts('Identification'),
    addresses: parts('Address'),
    raw: rows.map(({ raw }) => raw).join('\n'),
    place: { file, line: rows[0]?.line ?? null },
  }
}

/** The CSV has code and classification in each other's columns (`Entity_SubjectType` P, `…_ClassificationCode` person); either order is read. */
function subjectOf({ subjectType = '', subjectType_ClassificationCode = '' }: Readonly<Record<string, string>>): string {
  const code = [subjectType_ClassificationCode, subjectType].find((text) => text.length > 1) ?? subjectType
  return code === 'P' ? 'person' : code === 'E' ? 'enterprise' : code
}

/** `EMAILa@b.comPHONE+7 351…WEBhttps://…`: keys and values run together in the CSV. */
function contactsOf(text: string): { key: string; value: string }[] {
  return text
    .split(/(?=(?:EMAIL|PHONE|FAX|WEB))/)
    .map((part) => /^(EMAIL|PHONE|FAX|WEB)[\s:=[]*(.*?)\]?$/.exec(part.trim()) ?? [part, '', part.trim()])
    .map(([, key = '', value = '']) => ({ key, value }))
    .filter(({ value }) => value !== '')
}
