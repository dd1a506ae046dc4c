import { beforeAll, describe, expect, it } from 'vitest'
import { sourceFiles } from '../../../src/screen/lists/archive.ts'
import { unConsolidated } from '../../../src/screen/lists/un-consolidated.ts'
import { DATA, haveData } from '../shared.ts'
import { counted, fileOf, gather, type Heard, readAll } from './xml-helpers.ts'

const LIST = 'lists/un_consolidated_2026-02-27.xml'

function document(entries: string, root = '<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z">'): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n<INDIVIDUALS>\n${entries}</INDIVIDUALS><ENTITIES/></CONSOLIDATED_LIST>`
}

function individual(inner: string, reference = 'KPi.099'): string {
  return `<INDIVIDUAL><FIRST_NAME>KIM</FIRST_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>${reference}</REFERENCE_NUMBER>${inner}</INDIVIDUAL>\n`
}

async function only(inner: string) {
  const { entries } = await readAll(unConsolidated, [fileOf(document(individual(inner)))])
  expect(entries).toHaveLength(1)
  return entries[0]!
}

describe.skipIf(!haveData(LIST))('the UN list of 27 February 2026 (skipped where ../shared/data is missing)', () => {
  let heard: Heard
  beforeAll(async () => {
    heard = await readAll(unConsolidated, await sourceFiles([DATA + LIST]))
  })
  const entry = (id: string) => heard.entries.find((one) => one.id === id)!

  it('has 730 persons and 273 bodies, each understood without a note', () => {
    expect(counted(heard.entries.map(({ kind }) => kind))).toEqual({ person: 730, organisation: 273 })
    expect(heard.notes).toEqual([])
    expect(heard.published).toEqual(['2026-02-27T00:00:09.554Z'])
    expect(new Set(heard.entries.map(({ id }) => id)).size).toBe(1_003)
    expect(heard.entries.filter(({ programmes }) => programmes[0] === 'DPRK')).toHaveLength(155)
    expect(
      heard.entries.every(
        ({ names, legalBasis, listedOn }) => names[0]?.quality === 'primary' && legalBasis.length > 0 && listedOn?.from !== null,
      ),
    ).toBe(true)
  })

  it('has names by type and quality', () => {
    expect(counted(heard.entries.flatMap(({ names }) => names.map(({ type, quality }) => `${type} ${quality}`)))).toEqual({
      'primary primary': 1_003,
      'aka strong': 2_160,
      'aka weak': 618,
      'fka strong': 56,
      'fka weak': 2,
      'original-script strong': 418,
      'original-script weak': 28,
    })
  })

  it('has the identifiers, and the three birth dates that are written as no calendar can read', () => {
    expect(counted(heard.entries.flatMap(({ identifiers }) => identifiers.map(({ kind }) => kind)))).toEqual({
      passport: 319,
      'national-id': 127,
      'tax-id': 2,
      other: 20,
      'imo-company': 16,
    })
    expect(heard.entries.flatMap(({ births }) => births.filter(({ from }) => from === null).map(({ text }) => text))).toEqual([
      'APPROXIMATELY 30-35 years old',
      '24/06/1402 (Hijri Calendar)',
      'Between Aug. and Sep. 1977',
    ])
  })

  it('has the source of every entry, at the line that it names', async () => {
    const text = Buffer.concat(await gather((await sourceFiles([DATA + LIST]))[0]!.open())).toString()
    const lines = text.split('\n')
    for (const { raw, place } of heard.entries) {
      expect(lines[place.line! - 1]).toMatch(/<(?:INDIVIDUAL|ENTITY)>/)
      expect(raw).toMatch(/^<(INDIVIDUAL|ENTITY)>[\s\S]*<\/\1>$/)
    }
    expect(text).toContain(entry('KPi.035').raw)
  })

  it('reads KPi.001', () => {
    expect(entry('KPi.001')).toMatchObject({
      list: 'un-sc',
      kind: 'person',
      names: [
        { full: 'YUN HO-JIN', family: null, given: null, quality: 'primary', type: 'primary' },
        { full: 'Yun Ho-chin', family: null, given: null, quality: 'strong', type: 'aka' },
      ],
      programmes: ['DPRK'],
      legalBasis: ['UNSCR 1718 (2006)'],
      listedOn: { from: '2009-07-16', to: '2009-07-16', circa: false },
      amendedOn: { from: '2022-07-26' },
      births: [{ from: '1944-10-13', to: '1944-10-13', circa: false, text: '1944-10-13' }],
      countries: [{ code: 'KP', text: "Democratic People's Republic of Korea" }],
      titles: ['Director of Namchongang Trading Corporation'],
      addresses: [{ text: "Pyongyang, Democratic People's Republic of Korea", country: { code: 'KP' } }],
      place: { file: 'un_consolidated_2026-02-27.xml', line: 8_862 },
    })
  })

  it('reads papers: numbers with words around them, dates that stand in notes', () => {
    expect(entry('KPi.021').identifiers.map(({ kind, value, expires }) => [kind, value, expires?.from])).toEqual([
      ['passport', '199421147', '2014-12-29'],
      ['passport', '381110042', '2016-01-25'],
      ['passport', '563210184', '2018-06-18'],
    ])
    expect(entry('KPi.035').identifiers).toEqual([
      {
        kind: 'passport',
        value: '645120378',
        country: { code: 'KP', text: "Democratic People's Republic of Korea" },
        issued: null,
        expires: null,
        note: null,
      },
    ])
    expect(entry('CFi.006').identifiers[0]).toMatchObject({
      value: 'D00000898',
      issued: { from: '2013-04-11' },
      expires: { from: '2018-04-10' },
    })
    expect(entry('QDi.057').identifiers.map(({ value }) => value)).toContain('347834')
    expect(entry('QDi.060').identifiers).toContainEqual(expect.objectContaining({ kind: 'tax-id', value: 'DAOMMD74T11Z352Z' }))
    expect(entry('TAi.034').identifiers[1]).toMatchObject({
      value: 'TR024417',
      country: { code: 'AF' },
      issued: { from: '2003-12-20' },
      expires: { from: '2006-12-29' },
    })
  })

  it("reads a shipping company's IMO number as a company's", () => {
    for (const [id, number] of [
      ['KPe.020', '1790183'],
      ['KPe.022', '5342883'],
      ['KPe.056', '5571322'],
      ['KPe.066', '5434358'],
    ] as const) {
      expect(entry(id).identifiers).toEqual([
        { kind: 'imo-company', value: number, country: null, issued: null, expires: null, note: null },
      ])
    }
  })

  it('reads birth dates with their doubts, and places', () => {
    expect(entry('KPi.066').births).toEqual([{ from: '1967-01-01', to: '1969-12-31', circa: false, text: 'BETWEEN 1967 and 1969' }])
    expect(entry('TAi.034').births).toEqual([{ from: '1963-01-01', to: '1963-12-31', circa: true, text: 'APPROXIMATELY 1963' }])
    expect(entry('KPi.066').sex).toBe('male')
    expect(entry('CDi.003').birthPlaces).toEqual(['Musanze District, Northern Province, Rwanda', 'Ruhengeri, Rwanda'])
  })

  it('reads names of four parts, other scripts, quoted and packed aliases', () => {
    const full = (id: string) => entry(id).names.map(({ full, type, quality }) => `${full} | ${type} ${quality}`)
    expect(full('KPi.035')).toEqual(['KIM CHOL SAM | primary primary', 'Jin Tiesan | aka strong', '金铁三 | original-script strong'])
    expect(full('IQi.001')).toEqual([
      'SADDAM HUSSEIN AL-TIKRITI | primary primary',
      'صدام حسين التكريتي | original-script strong',
      'Abu Ali | aka weak',
    ])
    expect(full('KPe.001')).toContain('KOMID | aka strong')
    expect(full('KPe.054')).toContain('MINISTRY OF THE PEOPLE’S ARMED FORCES (MPAF) | fka strong')
    expect(full('KPe.055')).toEqual([
      'CHANG AN SHIPPING & TECHNOLOGY | primary primary',
      '長安海連技術有限公司 | original-script strong',
      'CHANG AN SHIPPING AND TECHNOLOGY | aka strong',
    ])
    expect(full('CDe.003').slice(0, 2)).toEqual([
      'COMPAGNIE AERIENNE DES GRANDS LACS (CAGL) | primary primary',
      'GREAT LAKES BUSINESS COMPANY (GLBC) | aka strong',
    ])
    expect(full('KPi.066')).toContain('Kim Cho’ng-sik | aka strong')
  })
})

describe('entries of the UN list', () => {
  it('take the last of several amendments and the zone that some dates have', async () => {
    const entry = await only(
      '<LISTED_ON>2015-04-07-04:00</LISTED_ON><LAST_DAY_UPDATED><VALUE>2017-06-01</VALUE><VALUE>2022-07-26</VALUE><VALUE>2009-01-01</VALUE></LAST_DAY_UPDATED>',
    )
    expect(entry.listedOn).toMatchObject({ from: '2015-04-07', to: '2015-04-07' })
    expect(entry.amendedOn).toMatchObject({ from: '2022-07-26' })
  })

  it('keep a birth date that does not exist as text', async () => {
    const birth = (inner: string) => `<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE>${inner}</INDIVIDUAL_DATE_OF_BIRTH>`
    const entry = await only(
      birth('<DATE>1964-02-31</DATE>') +
        birth('<YEAR>1958</YEAR><NOTE>Sep.</NOTE>') +
        birth('<NOTE>Nov. 1973 </NOTE>') +
        birth('<FROM_YEAR>1990</FROM_YEAR><TO_YEAR>1980</TO_YEAR>'),
    )
    expect(entry.births.map(({ from, to, text }) => [from, to, text])).toEqual([
      [null, null, '1964-02-31'],
      ['1958-09-01', '1958-09-30', 'Sep. 1958'],
      ['1973-11-01', '1973-11-30', 'Nov. 1973'],
      [null, null, 'BETWEEN 1990 and 1980'],
    ])
  })

  it('keep both of two that have one reference number, and say so; a third that is the same word for word is left out', async () => {
    const again = individual('<COMMENTS1>again</COMMENTS1>')
    const { entries, notes } = await readAll(unConsolidated, [
      fileOf(document(individual('') + again + again + individual('', 'KPi.100 '))),
    ])
    expect(entries.map(({ id }) => id)).toEqual(['KPi.099', 'KPi.099#2', 'KPi.100'])
    expect(notes.map(({ severity, reason, entry, line }) => [severity, reason, entry, line])).toEqual([
      ['note', 'id used twice', 'KPi.099', 5],
      ['refused', 'entry repeated word for word', 'KPi.099', 6],
    ])
  })

  it('without a number or a name are refused with a note that names their line', async () => {
    const nameless = individual('').replace('<FIRST_NAME>KIM</FIRST_NAME>', '<FIRST_NAME> </FIRST_NAME>')
    const { entries, notes } = await readAll(unConsolidated, [fileOf(document(individual('', ' ') + nameless + individual('', 'KPi.001')))])
    expect(entries.map(({ id }) => id)).toEqual(['KPi.001'])
    expect(notes.map(({ severity, reason, line }) => [severity, reason, line])).toEqual([
      ['refused', 'entry without a reference number', 4],
      ['refused', 'entry without a name', 5],
    ])
    expect(notes.every(({ text }) => text.length <= 200)).toBe(true)
  })

  it('say what in them is not known', async () => {
    const inner =
      '<DELISTED_ON>2026-01-01</DELISTED_ON><INDIVIDUAL_ALIAS><QUALITY>Fair</QUALITY><ALIAS_NAME>X</ALIAS_NAME></INDIVIDUAL_ALIAS>'
    const { entries, notes } = await readAll(unConsolidated, [fileOf(document(individual(inner).replace('DPRK', 'Atlantis')))])
    expect(entries).toHaveLength(1)
    expect(notes.map(({ reason, field, text }) => [reason, field, text])).toEqual([
      ['element not known', 'DELISTED_ON', '2026-01-01'],
      ['list type not known', 'UN_LIST_TYPE', 'Atlantis'],
      ['alias quality not known', 'QUALITY', 'Fair'],
    ])
  })
})

describe('a file that is no UN list', () => {
  it('is neither recognised nor read', async () => {
    for (const [text, code] of [
      ['<CONSOLIDATED_LIST dateGenerated="2026-01-01"><INDIVIDUALS/></CONSOLIDATED_LIST>', 'list/schema'],
      [document(individual(''), '<CONSOLIDATED_LIST>'), 'list/schema'],
      ['<sdnList/>', 'list/schema'],
      ['', 'list/xml'],
      [document(individual('&nbsp;')), 'list/xml'],
    ] as const) {
      await expect(readAll(unConsolidated, [fileOf(text)])).rejects.toMatchObject({ code })
    }
    await expect(readAll(unConsolidated, [])).rejects.toMatchObject({ code: 'list/schema' })
    expect(unConsolidated.recognises([fileOf('<sdnList/>')])).toBe(false)
    expect(unConsolidated.recognises([])).toBe(false)
    expect(unConsolidated.recognises([fileOf(document(''))])).toBe(true)
    expect(unConsolidated.recognises([fileOf(document('')), fileOf(document(''))])).toBe(false)
  })
})
