import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { CordonError } from '../../../src/chain/index.ts'
import { ofacAdvanced } from '../../../src/screen/lists/ofac-advanced.ts'
import { ofacEnhanced } from '../../../src/screen/lists/ofac-enhanced.ts'
import type { ListReader } from '../../../src/screen/lists/reader.ts'
import { unConsolidated } from '../../../src/screen/lists/un-consolidated.ts'
import { advanced } from './ofac-advanced-sample.ts'
import { enhanced, entity, feature, name } from './ofac-enhanced-sample.ts'
import { fileOf, readAll } from './xml-helpers.ts'

const SAMPLES: readonly [ListReader, string, readonly string[]][] = [
  [
    ofacEnhanced,
    enhanced(
      entity(
        '1',
        'Individual',
        `<names>${name('KIM, Chol', { primary: true, last: 'KIM', first: 'Chol' })}${name('김철', { type: 'A.K.A.', script: 'Hangul' })}</names><features>${feature('Birthdate', '1964')}</features>`,
      ) +
        entity(
          '2',
          'Vessel',
          `<names>${name('MAR AZUL', { primary: true })}</names><features>${feature('Digital Currency Address - XBT', '12aN')}</features>`,
        ),
    ),
    ['sanctionsData/entities/entity'],
  ],
  [ofacAdvanced, advanced(), ['Sanctions/DistinctParties/DistinctParty/Profile']],
  [
    unConsolidated,
    `<?xml version="1.0" encoding="UTF-8"?><CONSOLIDATED_LIST dateGenerated="2026-02-27"><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>RI</FIRST_NAME><SECOND_NAME>WON HO</SECOND_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPi.033</REFERENCE_NUMBER><LISTED_ON>2016-11-30</LISTED_ON><COMMENTS1>A &amp; B</COMMENTS1><INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Jin (金); "X"</ALIAS_NAME></INDIVIDUAL_ALIAS><INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1964-07-17</DATE></INDIVIDUAL_DATE_OF_BIRTH><INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>381310014</NUMBER></INDIVIDUAL_DOCUMENT></INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY><FIRST_NAME>KOMID</FIRST_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPe.001</REFERENCE_NUMBER></ENTITY></ENTITIES></CONSOLIDATED_LIST>`,
    ['CONSOLIDATED_LIST/INDIVIDUALS/INDIVIDUAL', 'CONSOLIDATED_LIST/ENTITIES/ENTITY'],
  ],
]

/** How many of these elements a document has; null where it is not well-formed, or no UTF-8. */
function elementsIn(bytes: Uint8Array, paths: readonly string[]): number | null {
  const path: string[] = []
  let count = 0
  const parser = new SaxesParser({ xmlns: false, position: false })
  parser.on('opentag', (tag) => {
    path.push(tag.name)
    if (paths.includes(path.join('/'))) count++
  })
  parser.on('closetag', () => path.pop())
  try {
    parser.write(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).close()
    return count
  } catch {
    return null
  }
}

interface Change {
  readonly at: number
  apply(text: string, at: number): string
}

const where = fc.noBias(fc.nat(9_999)).map((place) => place / 10_000)

/** Changes of characters, with those that mean something in XML among the new ones: most make the document malformed. */
const rough: fc.Arbitrary<Change> = fc
  .tuple(
    where,
    fc.nat(12),
    fc.constantFrom(
      '',
      '<',
      '>',
      '&',
      '"',
      '/',
      '</',
      '<!--',
      '-->',
      ']]>',
      '<![CDATA[',
      '&#0;',
      '<x>',
      '\u0000',
      '<!DOCTYPE x>',
      '金',
      '<?xml ?>',
      '\ud800',
    ),
  )
  .map(([at, remove, insert]) => ({ at, apply: (text, index) => text.slice(0, index) + insert + text.slice(index + remove) }))

/** Changes of whole elements that hold only text: they leave the document well-formed and make its contents wrong. */
const fine: fc.Arbitrary<Change> = fc
  .tuple(
    where,
    fc.constantFrom('delete', 'double', 'rename', 'empty', 'text', 'comment', 'refer'),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
  )
  .map(([at, how, text]) => ({
    at,
    apply: (whole, index) => {
      const found = /<([A-Za-z]\w*)((?:\s[^<>]*)?)>([^<>]*)<\/\1>/.exec(whole.slice(index))
      if (found === null) return whole
      const [element, tag = '', attributes = '', inside = ''] = found
      const safe = text.replace(/[<>&\p{Cc}\p{Cs}\ufffe\uffff]/gu, '')
      const become = {
        delete: '',
        double: element + element,
        rename: `<y${attributes}>${inside}</y>`,
        empty: `<${tag}/>`,
        text: `<${tag}${attributes}>${safe}</${tag}>`,
        comment: `<!-- < & ]]> ${safe.replaceAll('-', '')} -->${element}<?p ?>`,
        refer: `<${tag}${attributes.replace(/"[^"]*"/, '"0"')}>${inside}</${tag}>`,
      }
      return whole.slice(0, index + found.index) + become[how] + whole.slice(index + found.index + element.length)
    },
  }))

function changed(sample: string, changes: readonly Change[]): Uint8Array {
  return Buffer.from(changes.reduce((text, change) => change.apply(text, Math.floor(change.at * text.length)), sample))
}

describe.each(SAMPLES)('mutated files given to $format', (reader, sample, paths) => {
  const bytes = new TextEncoder().encode(sample)

  it('give every entry that they hold, or an error of ours; a malformed one gives no list', { timeout: 60_000 }, async () => {
    let refused = 0
    let read = 0
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          { weight: 1, arbitrary: fc.array(rough, { minLength: 1, maxLength: 2 }) },
          { weight: 2, arbitrary: fc.array(fine, { minLength: 1, maxLength: 8 }) },
        ),
        fc.integer({ min: 20, max: 4_000 }),
        async (changes, chunk) => {
          const mutated = changed(sample, changes)
          const held = elementsIn(mutated, paths)
          try {
            const { entries, notes } = await readAll(reader, [fileOf(mutated, 'list.xml', chunk)])
            read++
            expect(held).not.toBeNull()
            // An entity that is on two lists is an entry of each.
            const left = notes.flatMap(({ severity, line, text }) => (severity === 'refused' ? [`${line} ${text}`] : []))
            expect(new Set(entries.map(({ id }) => id)).size + new Set(left).size).toBe(held)
            for (const entry of entries) {
              expect(entry.names.length).toBeGreaterThan(0)
              expect(entry.names.every(({ full }) => full !== '' && full === full.trim())).toBe(true)
              expect(entry.raw).not.toBe('')
            }
          } catch (error) {
            if (!(error instanceof CordonError)) throw error
            expect(['list/xml', 'list/schema']).toContain(error.code)
            expect(error.place.file).toBe('list.xml')
            refused++
          }
        },
      ),
      { numRuns: 300 },
    )
    expect(refused).toBeGreaterThan(50)
    expect(read).toBeGreaterThan(100)
  })

  it('cut off anywhere are an error', async () => {
    for (let length = 0; length < bytes.length - 1; length += Math.ceil(bytes.length / 150)) {
      await expect(readAll(reader, [fileOf(bytes.subarray(0, length))])).rejects.toMatchObject({ code: 'list/xml' })
    }
  })
})
