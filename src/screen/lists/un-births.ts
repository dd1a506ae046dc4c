import { listedDate, parseListedDate } from './dates.ts'
import type { ListedDate } from './entry.ts'
import { distinct } from './reading.ts'
import { at, childText, oneLine, type XmlElement } from './xml-element.ts'

/** Birth dates and places of a person, those of aliases with papers of their own included; the list does not say which of several is right. */
export function birthsOf(record: XmlElement): { readonly dates: ListedDate[]; readonly places: string[]; readonly remarks: string[] } {
  const remarks: string[] = []
  const dates = at(record, 'INDIVIDUAL_DATE_OF_BIRTH').flatMap((birth) => dateOf(birth, remarks))
  const places = at(record, 'INDIVIDUAL_PLACE_OF_BIRTH').map((place) =>
    placeText(place, ['STREET', 'CITY', 'STATE_PROVINCE', 'COUNTRY', 'NOTE']),
  )
  for (const alias of at(record, 'INDIVIDUAL_ALIAS')) {
    const date = childText(alias, 'DATE_OF_BIRTH')
    if (date !== null) dates.push(parseListedDate(date))
    places.push(placeText(alias, ['CITY_OF_BIRTH', 'COUNTRY_OF_BIRTH']))
  }
  return { dates: distinct(dates), places: distinct(places.filter((place) => place !== '')), remarks }
}

/** EXACT, APPROXIMATELY or BETWEEN, with DATE, YEAR or two years; some dates stand in the note alone (`Nov. 1973`). */
function dateOf(birth: XmlElement, remarks: string[]): ListedDate[] {
  const type = childText(birth, 'TYPE_OF_DATE')
  const note = oneLine(childText(birth, 'NOTE') ?? '')
  const circa = type === 'APPROXIMATELY' || /^approximately$/i.test(note)
  const from = childText(birth, 'FROM_YEAR')
  const to = childText(birth, 'TO_YEAR')
  const date = childText(birth, 'DATE')
  const year = childText(birth, 'YEAR')
  const marked = (text: string) => (circa ? `APPROXIMATELY ${text}` : text)
  if (note !== '' && !/^approximately$/i.test(note) && (date !== null || from !== null)) remarks.push(`Date of birth: ${note}`)
  if (from !== null || to !== null) {
    const first = listedDate(Number(from ?? to), null, null, '').from
    const last = listedDate(Number(to ?? from), null, null, '').to
    const ordered = first !== null && last !== null && first <= last
    return [{ from: ordered ? first : null, to: ordered ? last : null, circa, text: marked(`BETWEEN ${from ?? '?'} and ${to ?? '?'}`) }]
  }
  const text = date ?? (year === null ? note : oneLine(`${note} ${year}`))
  if (text === '') return []
  const read = parseListedDate(text)
  if (read.from === null && year !== null) {
    remarks.push(`Date of birth: ${note}`)
    return [{ ...parseListedDate(year), circa, text: marked(year) }]
  }
  return [{ ...read, circa: circa || read.circa, text: marked(text) }]
}

function placeText(element: XmlElement, parts: readonly string[]): string {
  return parts
    .map((part) => oneLine(childText(element, part) ?? ''))
    .filter((text) => text !== '')
    .join(', ')
}
