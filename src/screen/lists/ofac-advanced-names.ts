import { isOriginalScript } from './cells.ts'
import type { ListedName, NameType } from './entry.ts'
import { lookUp } from './look-up.ts'
import type { AdvancedReferences } from './ofac-advanced-references.ts'
import { at, childrenNamed, oneLine, type XmlElement } from './xml-element.ts'

const TYPES: Readonly<Record<string, NameType>> = { 'A.K.A.': 'aka', 'F.K.A.': 'fka', 'N.K.A.': 'nka', Name: 'aka' }
const FAMILY = new Set(['Last Name', 'Maiden Name'])
const WHOLE = new Set(['Entity Name', 'Vessel Name', 'Aircraft Name'])

/**
 * The names of a profile, in the order of the file. Which part of a name is the family name stands in the identity's NamePartGroups. A person's name in Latin letters is written as OFAC prints it, `MADURO MOROS, Nicolas`;
 * in other scripts the parts follow each other as they are in the file. An empty list where the profile has no name.
 */
export function fullNamesOf(profile: XmlElement, references: AdvancedReferences): ListedName[] {
  const names: ListedName[] = []
  for (const identity of childrenNamed(profile, 'Identity')) {
    const groups = new Map(
      at(identity, 'NamePartGroups', 'MasterNamePartGroup', 'NamePartGroup').map((group) => [
        group.attributes.ID,
        references.text('NamePartType', group.attributes.NamePartTypeID) ?? '',
      ]),
    )
    for (const alias of childrenNamed(identity, 'Alias')) {
      for (const documented of childrenNamed(alias, 'DocumentedName')) {
        const name = nameOf(alias, documented, groups, references)
        if (name !== null) names.push(name)
      }
    }
  }
  return names
}

function nameOf(
  alias: XmlElement,
  documented: XmlElement,
  groups: ReadonlyMap<string | undefined, string>,
  references: AdvancedReferences,
): ListedName | null {
  const parts = at(documented, 'DocumentedNamePart', 'NamePartValue')
    .map((value) => ({
      type: groups.get(value.attributes.NamePartGroupID) ?? '',
      text: oneLine(value.text),
      script: value.attributes.ScriptID,
    }))
    .filter(({ text }) => text !== '')
  if (parts.length === 0) return null
  const joined = (wanted: (type: string) => boolean) =>
    parts
      .filter(({ type }) => wanted(type))
      .map(({ text }) => text)
      .join(' ')
  const person = parts.every(({ type }) => type !== '' && !WHOLE.has(type))
  const family = person ? joined((type) => FAMILY.has(type)) : ''
  const given = person ? joined((type) => !FAMILY.has(type) && type !== 'Nickname') : ''
  const others = person ? joined((type) => !FAMILY.has(type)) : ''
  const plain = joined(() => true)
  const script = references.text('Script', parts[0]?.script)
  const original = script === null ? isOriginalScript(plain) : script !== 'Latin'
  const primary = alias.attributes.Primary === 'true' && !original
  return {
    full: !original && family !== '' && others !== '' ? `${family}, ${others}` : plain,
    family: family || null,
    given: given || null,
    quality: alias.attributes.LowQuality === 'true' ? 'weak' : primary ? 'primary' : 'strong',
    type: original
      ? 'original-script'
      : primary
        ? 'primary'
        : (lookUp(TYPES, references.text('AliasType', alias.attributes.AliasTypeID) ?? '') ?? 'aka'),
  }
}
