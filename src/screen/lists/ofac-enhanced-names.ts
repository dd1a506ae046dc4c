import type { EntryKind, ListedAddress, ListedName, NameType } from './entry.ts'
import { lookUp } from './look-up.ts'
import { countryOf, type OfacReferences, said } from './ofac-enhanced-values.ts'
import { type Noter, primaryFirst } from './reading.ts'
import { at, child, childText, oneLine, type XmlElement } from './xml-element.ts'

const TYPES: Readonly<Record<string, NameType>> = { 'A.K.A.': 'aka', 'F.K.A.': 'fka', 'N.K.A.': 'nka' }
/** The order in which OFAC itself prints an address. */
const PARTS = ['ADDRESS1', 'ADDRESS2', 'ADDRESS3', 'CITY', 'STATE/PROVINCE', 'POSTAL CODE', 'REGION']

/** The names of an entity, the primary one first; a name in other letters than Latin is one of its bearer's script. */
export function namesOf(entity: XmlElement, kind: EntryKind, references: OfacReferences, noter: Noter): ListedName[] {
  const names: ListedName[] = []
  for (const name of at(entity, 'names', 'name')) {
    const primary = childText(name, 'isPrimary') === 'true'
    const weak = childText(name, 'isLowQuality') === 'true'
    const aliasType = child(name, 'aliasType')
    const words = aliasType === null ? '' : said(aliasType, references)
    if (!primary && lookUp(TYPES, words) === undefined) noter.note('note', 'alias type not known', 'aliasType', words, name)
    for (const translation of at(name, 'translations', 'translation')) {
      const full = oneLine(childText(translation, 'formattedFullName') ?? partsOf(translation))
      if (full === '') {
        noter.note('note', 'name without letters', 'translation', translation.attributes.id ?? '', translation)
        continue
      }
      const script = child(translation, 'script')
      const original = script !== null && said(script, references) !== 'Latin'
      const first = primary && !original && childText(translation, 'isPrimary') !== 'false'
      // The last name of a nickname is the nickname; only a part of that type is a family name.
      const split = kind === 'person' && partTypes(translation, references).includes('Last Name')
      names.push({
        full,
        family: split ? childText(translation, 'formattedLastName') : null,
        given: split ? childText(translation, 'formattedFirstName') : null,
        quality: weak ? 'weak' : first ? 'primary' : 'strong',
        type: original ? 'original-script' : first ? 'primary' : (lookUp(TYPES, words) ?? 'aka'),
      })
    }
  }
  return primaryFirst(names, noter)
}

export function addressesOf(entity: XmlElement, references: OfacReferences): ListedAddress[] {
  return at(entity, 'addresses', 'address').flatMap((address) => {
    const country = countryOf(child(address, 'country'), references)
    const texts = at(address, 'translations', 'translation').map((translation) => {
      const parts = at(translation, 'addressParts', 'addressPart').map((part) => {
        const type = child(part, 'type')
        return { order: PARTS.indexOf(type === null ? '' : said(type, references)), value: oneLine(childText(part, 'value') ?? '') }
      })
      return parts
        .filter(({ value }) => value !== '')
        .toSorted(
          (one, other) => ((one.order + PARTS.length + 1) % (PARTS.length + 1)) - ((other.order + PARTS.length + 1) % (PARTS.length + 1)),
        )
        .map(({ value }) => value)
    })
    const written = texts.filter((parts) => parts.length > 0)
    if (written.length === 0) return country === null ? [] : [{ text: country.text, country }]
    return written.map((parts) => ({ text: [...parts, ...(country === null ? [] : [country.text])].join(', '), country }))
  })
}

function partTypes(translation: XmlElement, references: OfacReferences): string[] {
  return at(translation, 'nameParts', 'namePart', 'type').map((type) => said(type, references))
}

/** A name that the list has in parts only. */
function partsOf(translation: XmlElement): string {
  return at(translation, 'nameParts', 'namePart')
    .flatMap((part) => childText(part, 'value') ?? [])
    .join(' ')
}
