import { describe, expect, test } from 'vitest'
import { ofacAdvanced } from '../../../src/screen/lists/ofac-advanced.ts'
import { ofacCsv } from '../../../src/screen/lists/ofac-csv.ts'
import { ofacEnhanced } from '../../../src/screen/lists/ofac-enhanced.ts'
import { unConsolidated } from '../../../src/screen/lists/un-consolidated.ts'
import { usCsl } from '../../../src/screen/lists/us-csl.ts'
import { fileOf, readAll } from './given-files.ts'
import { advanced } from './ofac-advanced-sample.ts'
import { enhanced, entity, feature, name } from './ofac-enhanced-sample.ts'

const CSL_COLUMNS =
  '_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,vessel_flag,vessel_owner,remarks,source_list_url,alt_names,citizenships,dates_of_birth,nationalities,places_of_birth,source_information_url,ids'

/** Words that every object of JavaScript knows, in lists' words for kinds and programmes. */
describe.each(['constructor', '__proto__', 'toString'])('the word "%s" means nothing to a reader', (word) => {
  test('as a type in the CSV of OFAC', async () => {
    const row = `1,"A","${word}",${'-0- ,'.repeat(8)}-0- \r\n`
    const { entries, reasons } = await readAll(ofacCsv, [fileOf('sdn.csv', row)], 'us-ofac-sdn')
    expect(entries.map(({ kind }) => kind)).toEqual(['unknown'])
    expect(reasons).toContain('a type of entry that is not known')
  })

  test('as a type in the Consolidated Screening List', async () => {
    const cells: Readonly<Record<string, string>> = { _id: 'x', source: 'Entity List (EL)', type: word, name: 'A' }
    const row = CSL_COLUMNS.split(',').map((column) => (Object.hasOwn(cells, column) ? cells[column] : ''))
    const { entries, reasons } = await readAll(usCsl, [fileOf('csl.csv', `${CSL_COLUMNS}\n${row.join(',')}\n`)], 'us-csl')
    expect(entries.map(({ kind }) => kind)).toEqual(['unknown'])
    expect(reasons).toContain('a type of entry that is not known')
  })

  test('as a type, an alias type or a label in the enhanced XML of OFAC', async () => {
    const names = `<names>${name('A', { primary: true })}${name('B', { type: word })}</names>`
    const file = enhanced(entity('1', word, `${names}<features>${feature(word, 'x')}</features>`))
    const { entries, reasons } = await readAll(ofacEnhanced, [fileOf('e.xml', file)], 'us-ofac-sdn')
    expect(entries.map(({ kind, names, remarks }) => [kind, names[1]?.type, remarks.includes(`${word}: x`)])).toEqual([
      ['unknown', 'aka', true],
    ])
    expect(reasons).toEqual(expect.arrayContaining(['entity type not known', 'alias type not known', 'feature not known']))
  })

  test('as a type or an alias type in the advanced XML of OFAC', async () => {
    const file = advanced().replace('PartyTypeID="2">Unknown<', `PartyTypeID="2">${word}<`).replace('"1402">N.K.A.<', `"1402">${word}<`)
    const { entries } = await readAll(ofacAdvanced, [fileOf('a.xml', file)], 'us-ofac-sdn')
    const group = entries.find(({ id }) => id === '27307')
    expect(group?.kind).toBe('organisation')
    expect(group?.names.find(({ full }) => full === 'HIDDEN COBRA')?.type).toBe('aka')
  })

  test('as a list type of the Security Council', async () => {
    const file = `<CONSOLIDATED_LIST dateGenerated="2026-02-27"><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>KIM</FIRST_NAME><UN_LIST_TYPE>${word}</UN_LIST_TYPE><REFERENCE_NUMBER>KPi.099</REFERENCE_NUMBER></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>`
    const { entries, reasons } = await readAll(unConsolidated, [fileOf('u.xml', file)], 'un-sc')
    expect(entries.map(({ legalBasis, programmes }) => [legalBasis, programmes])).toEqual([[[], [word]]])
    expect(reasons).toContain('list type not known')
  })
})
