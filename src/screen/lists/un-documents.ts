import { listedCountry } from './countries.ts'
import { parseListedDate } from './dates.ts'
import type { Identifier, IdentifierKind, ListedDate } from './entry.ts'
import { childText, oneLine, type XmlElement } from './xml-element.ts'

/** Papers that the list calls `National Identification Number` and says in words to be something else, by what those words hold. */
const WORDS: readonly [RegExp, IdentifierKind][] = [
  [/passport|pasaporte|passeport/i, 'passport'],
  [/fiscal code|\btax\b|\bNIF\b/i, 'tax-id'],
  [/\bration\b|driver|driving|voter|student|birth|residen|militar|service|FARDC|nationality/i, 'other'],
  [/national|identi|social security|\bSSN\b|tazkira|\bID\b/i, 'national-id'],
]
const DAY = /(\d{4}-\d{2}-\d{2}|\d{1,2} [A-Z][a-z]{2,8}\.? ?\d{4})/
const EXPIRES = new RegExp(
  `(?:date of expir(?:ation|y)|expir(?:ation|y)(?: date)?|expire[sd]?|exp\\.|valid until)\\s*:?\\s*(?:on )?${DAY.source}`,
  'i',
)
const ISSUED = new RegExp(`(?:date of issue|issued)\\s*:?\\s*(?:on )?${DAY.source}`, 'i')
/** A number with words before it: `Libyan passport no. 96/184442`. */
const LABELLED = /^(.*(?:\bno\.?|\bnumber|\bpassport|\bcard|\bcode|\bSSN)\s*[.:]*\s*)([A-Z]{0,6}[ -]{0,2}\d[\dA-Z/ -]*)$/i
const TAIL = /^(.*\d[^\s(,]*)(?:\s*\([^()]*\)|,\s*\p{Lu}\p{L}+(?: \p{L}+)*)$/u
const COUNTRY_FIRST = /^(\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)*) ([A-Z]{0,3}\/?\d[\dA-Z/-]*)$/u
/** The same within a sentence. */
const WITHIN = /^(?:.*?(?:\bno\.?|\bnumber|\bSSN)\s*[.:]*\s*)?([A-Z]{0,5}[ -]?\d[\dA-Z/-]{3,})\b/i

/** Longer texts are kept and not searched. The longest of the real list has 170 signs. */
const LONGEST = 1_000

/** A paper of a person; null where the element is empty, as it is in most entries. A paper without a number of its own keeps its words as the value, so that it is not lost. */
export function documentOf(element: XmlElement): Identifier | null {
  const type = words(element, 'TYPE_OF_DOCUMENT')
  const type2 = words(element, 'TYPE_OF_DOCUMENT2')
  const number = words(element, 'NUMBER')
  const note = words(element, 'NOTE')
  const written = [number, type2, note].find((text) => /\d/.test(text)) ?? number
  if (written === '' && type2 === '' && note === '') return null
  const { value, tail } = numberIn(written, written === number, [type2, note])
  const country = words(element, 'ISSUING_COUNTRY') || words(element, 'COUNTRY_OF_ISSUE')
  const where = [words(element, 'CITY_OF_ISSUE'), words(element, 'COUNTRY_OF_ISSUE')]
    .filter((text) => text !== '' && text !== country)
    .join(', ')
  const issued = childText(element, 'DATE_OF_ISSUE')
  const notes = [
    /^(?:passport|n[uú]mero de pasaporte|numéro de passeport|national identification number)$/i.test(type) ? '' : type,
    type2 === type ? '' : type2,
    number === value ? '' : number,
    where === '' ? '' : `issued in ${where}`,
    note,
  ]
  return {
    kind: kindOf(type, `${type2} ${written}`),
    value,
    country: country === '' ? null : listedCountry(country),
    issued: issued === null ? dateIn(`${tail} ${note}`, ISSUED) : parseListedDate(issued),
    expires: dateIn(`${tail} ${note}`, EXPIRES),
    note: notes.filter((text) => text !== '').join('; ') || null,
  }
}

/** The number within what is written: `Libyan passport no. 96/184442`, `381110042 (Expired 25 Jan. 2016)`, `R00012098, South Sudan`, `Libya B014995`. */
function numberIn(written: string, own: boolean, others: readonly string[]): { readonly value: string; readonly tail: string } {
  if (written.length > LONGEST) return { value: written, tail: '' }
  const ended = TAIL.exec(written)
  const head = ended?.[1] ?? written
  const tail = written.slice(head.length).trim()
  const labelled = LABELLED.exec(head)?.[2]
  const placed = COUNTRY_FIRST.exec(head)
  if (labelled !== undefined) return { value: labelled.trim(), tail }
  if (placed !== null && listedCountry(placed[1] ?? '').code !== null) return { value: placed[2] ?? head, tail }
  if (own && written !== '') return { value: head, tail }
  return { value: WITHIN.exec(written)?.[1] ?? others.filter((text) => text !== '').join(', '), tail: '' }
}

function kindOf(type: string, more: string): IdentifierKind {
  for (const text of [more, type]) for (const [pattern, kind] of WORDS) if (pattern.test(text)) return kind
  return 'other'
}

function dateIn(note: string, pattern: RegExp): ListedDate | null {
  if (note.length > LONGEST) return null
  const text = pattern.exec(note)?.[1]
  return text === undefined ? null : parseListedDate(text.replace('.', ''))
}

function words(element: XmlElement, name: string): string {
  return oneLine(childText(element, name) ?? '')
}
