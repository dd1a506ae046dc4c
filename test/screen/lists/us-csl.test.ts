import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addCslIds } from '../../../src/screen/lists/csl-ids.ts'
import { ofacCsv } from '../../../src/screen/lists/ofac-csv.ts'
import { noRemarkFacts } from '../../../src/screen/lists/ofac-remark-facts.ts'
import { usCsl } from '../../../src/screen/lists/us-csl.ts'
import { haveData } from '../shared.ts'
import { dataFile, madeFile, readList } from './us-files.ts'

const CSL = 'lists/us_csl_2022-04.csv'
const SDN = 'lists/ofac_sdn_2024-05-03.csv'
const COLUMNS =
  '_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,vessel_flag,vessel_owner,remarks,source_list_url,alt_names,citizenships,dates_of_birth,nationalities,places_of_birth,source_information_url,ids'.split(
    ',',
  )
const TREASURY = 'Specially Designated Nationals (SDN) - Treasury Department'

const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`
const row = (values: Readonly<Record<string, string>>, columns = COLUMNS) =>
  `${columns.map((column) => quoted(values[column] ?? '')).join(',')}\n`
const csl = (rows: readonly Readonly<Record<string, string>>[], columns = COLUMNS) =>
  madeFile('csl.csv', `${columns.join(',')}\n${rows.map((values) => row(values, columns)).join('')}`)
const idsOf = (text: string, kind: 'person' | 'vessel' | 'organisation' = 'person') => {
  const facts = noRemarkFacts()
  addCslIds(facts, text, kind)
  return facts
}

describe('the Consolidated Screening List', () => {
  test('is recognised by its header, in any order and with a byte order mark', () => {
    expect(usCsl.recognises([csl([])])).toBe(true)
    expect(usCsl.recognises([csl([], [...COLUMNS].reverse())])).toBe(true)
    expect(usCsl.recognises([madeFile('csl.csv', `\ufeff${COLUMNS.join(',')}\n`)])).toBe(true)
    expect(usCsl.recognises([madeFile('x.csv', 'name,id\n')])).toBe(false)
    expect(usCsl.recognises([csl([]), csl([])])).toBe(false)
    expect(ofacCsv.recognises([csl([])])).toBe(false)
  })

  test('a row has all its facts whatever the order of the columns', async () => {
    const values = {
      _id: 'x',
      source: TREASURY,
      entity_number: '7',
      type: 'Individual',
      programs: 'DPRK3; CYBER2',
      name: 'RI, Yong Gil',
      title: 'Minister; General',
      addresses: 'Pyongyang, KP; CN',
      start_date: '2020-03-02',
      remarks: '(Linked To: LAZARUS GROUP; Linked To: OFFICE 91)',
      alt_names: 'LEE, Yong Gil; YI, Yong-gil',
      citizenships: 'CN',
      nationalities: 'KP',
      dates_of_birth: '1960-05-17; circa 1961',
      places_of_birth: 'Hamhung, Korea, North',
      ids: 'KP, 2021-10-28, 2016-10-28, 836420186, Passport; Male, Gender; 0x098B716B8Aaf21512996dC57EB0615e2383E2f96, Digital Currency Address - ETH',
    }
    for (const columns of [COLUMNS, [...COLUMNS].reverse()]) {
      const read = await readList(usCsl, [csl([values], columns)], 'us-csl')
      expect(read.notes).toEqual([])
      expect(read.entries).toMatchObject([
        {
          list: 'us-csl',
          id: 'SDN-7',
          kind: 'person',
          names: [{ full: 'RI, Yong Gil', family: 'RI' }, { full: 'LEE, Yong Gil' }, { full: 'YI, Yong-gil' }],
          programmes: ['DPRK3', 'CYBER2'],
          legalBasis: [TREASURY],
          listedOn: { from: '2020-03-02' },
          births: [{ from: '1960-05-17' }, { from: '1961-01-01', circa: true }],
          countries: [{ code: 'KP' }, { code: 'CN' }],
          sex: 'male',
          titles: ['Minister', 'General'],
          addresses: [
            { text: 'Pyongyang, KP', country: { code: 'KP' } },
            { text: 'CN', country: { code: 'CN' } },
          ],
          identifiers: [
            {
              kind: 'passport',
              value: '836420186',
              country: { code: 'KP' },
              issued: { from: '2016-10-28' },
              expires: { from: '2021-10-28' },
            },
          ],
          wallets: [{ asset: 'ETH', address: '0x098B716B8Aaf21512996dC57EB0615e2383E2f96' }],
          links: [{ name: 'LAZARUS GROUP' }, { name: 'OFFICE 91' }],
          remarks: [],
        },
      ])
    }
  })

  test('one date of a paper may be its issue or its expiry, and is kept as a note', () => {
    expect(idsOf('MD, 2005-12-16, A88000043, Refugee ID Card').identifiers).toMatchObject([
      { value: 'A88000043', country: { code: 'MD' }, issued: null, expires: null, note: 'Refugee ID Card dated 2005-12-16' },
    ])
  })

  test("IMO numbers are the ship's on a ship and the company's on a company", () => {
    expect(idsOf('IMO 8898831, Vessel Registration Identification', 'vessel').identifiers).toMatchObject([
      { kind: 'imo-ship', value: '8898831' },
    ])
    expect(idsOf('IMO 6013334, Identification Number', 'organisation').identifiers).toMatchObject([
      { kind: 'imo-company', value: '6013334' },
    ])
  })

  test('texts with commas and semicolons stay whole, and what has no label that is known is a remark', () => {
    expect(
      idsOf(
        'Subject to Directive 3 - All transactions in, debt; and equity, Executive Order 14024 Directive Information; no label; Male, Gender',
      ).legalBasis,
    ).toEqual(['Executive Order 14024 Directive Information Subject to Directive 3 - All transactions in, debt; and equity'])
    expect(idsOf('something, Unheard Of').remarks).toEqual(['something, Unheard Of'])
  })

  test('no word of the ids column is lost', () => {
    const words = (text: string) => text.toLowerCase().match(/[a-z0-9]+/g) ?? []
    const grammar = new Set(words('passport gender tax id no website linked to digital currency address imo'))
    const piece = fc
      .tuple(
        fc.stringMatching(/^[A-Za-z0-9 ;,.()-]{0,20}$/),
        fc.constantFrom(
          '',
          ', Passport',
          ', Gender',
          ', Tax ID No.',
          ', Website',
          ', Digital Currency Address - XBT',
          ', Vessel Registration Identification',
        ),
      )
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), (pieces) => {
        const text = pieces.join('; ')
        const became = new Set(words(JSON.stringify(idsOf(text))))
        for (const word of words(text)) if (!grammar.has(word)) expect(became).toContain(word)
      }),
      { numRuns: 2000 },
    )
  })

  test('a first of a month stands for the month, a first of January for the year, as the file writes both so', async () => {
    const read = await readList(usCsl, [csl([{ _id: '1', name: 'A', dates_of_birth: '1961-09-01; 1984-01-01; 1984-01-02' }])])
    expect(read.entry('1').births.map((birth) => [birth.from, birth.to, birth.text])).toEqual([
      ['1961-09-01', '1961-09-30', '1961-09-01'],
      ['1984-01-01', '1984-12-31', '1984-01-01'],
      ['1984-01-02', '1984-01-02', '1984-01-02'],
    ])
  })

  test('an id used twice hides neither row; the same row twice is one; a row without an id is known by its content', async () => {
    const read = await readList(usCsl, [csl([{ _id: '1', name: 'A' }, { _id: '1', name: 'B' }, { _id: '1', name: 'A' }, { name: 'C' }])])
    expect(read.entries.map((entry) => entry.names[0]?.full)).toEqual(['A', 'B', 'C'])
    expect(read.entries.map((entry) => entry.id)).toEqual(['1', '1#2', expect.stringMatching(/^[0-9a-f]{40}$/)])
    expect(read.reasons).toEqual({
      'an id used before by another row': 1,
      'the same row again': 1,
      'a row without an id; known by its content': 1,
    })
  })

  test('rows with a wrong number of fields, broken quotes or no name are refused; the rows around them are read', async () => {
    const good = row({ _id: '1', name: 'A' })
    const content = `${COLUMNS.join(',')}\n${good}only,three,fields\n"a"b${','.repeat(28)}\n${row({ _id: '2' })}${row({ _id: '3', name: 'B', type: 'Submarine', dates_of_birth: '1960-02-31' })}`
    const read = await readList(usCsl, [madeFile('csl.csv', content)])
    expect(read.entries.map((entry) => [entry.id, entry.kind])).toEqual([
      ['1', 'unknown'],
      ['3', 'unknown'],
    ])
    expect(read.notes.map((note) => [note.line, note.severity, note.reason])).toEqual([
      [3, 'refused', 'not as many columns as the first line'],
      [4, 'refused', 'text behind a closing quote'],
      [5, 'refused', 'a row without a name'],
      [6, 'note', 'a type of entry that is not known'],
    ])
    expect(read.entry('3').births).toEqual([{ from: null, to: null, circa: false, text: '1960-02-31' }])
  })

  test('a column that is not known is noted', async () => {
    const read = await readList(usCsl, [csl([{ _id: '1', name: 'A', risk: 'high' }], [...COLUMNS, 'risk'])])
    expect(read.notes).toMatchObject([{ line: 1, field: 'risk', severity: 'note' }])
    expect(read.entry('1').raw).toContain('high')
  })

  test.each([
    ['an empty file', '', 'list/schema', 1],
    ['a header that lacks columns', 'source,programs,alt_names,ids\n', 'list/schema', 1],
    ['a column twice', `${COLUMNS.join(',')},name\n`, 'list/schema', 1],
    ['a quote that is never closed', `${COLUMNS.join(',')}\n"1,A\n2,B\n`, 'list/schema', 2],
    ['a field of 10 MB', `${COLUMNS.join(',')}\n"${'x'.repeat(10_000_000)}"\n`, 'list/row-size', 2],
  ])('%s ends the reading, with file and line', async (_, content, code, line) => {
    await expect(readList(usCsl, [madeFile('csl.csv', content)])).rejects.toMatchObject({ code, place: { file: 'csl.csv', line } })
  })

  test('text that is no UTF-8 ends the reading', async () => {
    const bytes = Uint8Array.from([...new TextEncoder().encode(`${COLUMNS.join(',')}\n"M`), 0xfc, 0x22, 0x0a])
    await expect(readList(usCsl, [madeFile('csl.csv', bytes)])).rejects.toMatchObject({ code: 'list/encoding', place: { line: 2 } })
  })
})

describe.skipIf(!haveData(CSL))('the Consolidated Screening List of April 2022 (skipped where ../shared/data is missing)', () => {
  const list = haveData(CSL) ? readList(usCsl, [dataFile(CSL)], 'us-csl') : null
  const read = async () => (await list) as Awaited<NonNullable<typeof list>>

  test('14,160 entries are read and none refused; one bank stands there twice with another link', async () => {
    const { entries, notes } = await read()
    const kinds = Object.groupBy(entries, (entry) => entry.kind)
    expect(entries).toHaveLength(14_160)
    expect(new Set(entries.map((entry) => entry.id)).size).toBe(14_160)
    expect([kinds.person?.length, kinds.organisation?.length, kinds.vessel?.length, kinds.aircraft?.length, kinds.unknown?.length]).toEqual(
      [5286, 4533, 433, 283, 3625],
    )
    expect(notes).toMatchObject([{ entry: 'CAP-15268#2', severity: 'note' }])
    expect(entries.reduce((sum, entry) => sum + entry.wallets.length, 0)).toBe(345)
  })

  test('the list that an entry is from is its first legal basis', async () => {
    const sources = Object.groupBy((await read()).entries, (entry) => entry.legalBasis[0] ?? '')
    expect(sources[TREASURY]).toHaveLength(10_026)
    expect(sources['Denied Persons List (DPL) - Bureau of Industry and Security']).toHaveLength(462)
    expect(Object.keys(sources)).toHaveLength(13)
  })

  test('every country and every birth date is understood, save for two texts that name no country for certain', async () => {
    const { entries } = await read()
    expect(entries.flatMap((entry) => entry.births).filter((birth) => birth.from === null)).toEqual([])
    const unknown = entries.flatMap((entry) => entry.countries).filter((country) => country.code === null)
    expect(new Set(unknown.map((country) => country.text))).toEqual(new Set(['None Identified', 'possibly Palestinian']))
  })

  test('LI Jiadong (SDN-28264): a launderer of the Lazarus Group', async () => {
    const entry = (await read()).entry('SDN-28264')
    expect(entry).toMatchObject({
      kind: 'person',
      names: [{ full: 'LI, Jiadong', family: 'LI', given: 'Jiadong' }, { full: 'blackjack1987' }, { full: 'khaleesi' }],
      programmes: ['CYBER2', 'DPRK3'],
      births: [{ from: '1987-01-10' }],
      countries: [{ code: 'CN' }],
      sex: 'male',
      links: [{ relation: 'Linked To', name: 'LAZARUS GROUP' }],
    })
    expect(entry.wallets).toHaveLength(12)
  })

  test("'ABD AL-NASIR (SDN-26095): a person with three possible years of birth", async () => {
    expect((await read()).entry('SDN-26095')).toMatchObject({
      births: [{ text: '1967' }, { text: '1966' }, { text: '1968' }],
      birthPlaces: ["Tall 'Afar, Iraq"],
      countries: [{ code: 'IQ' }],
    })
  })

  test('ARTAVIL (SDN-15036): a tanker', async () => {
    expect((await read()).entry('SDN-15036')).toMatchObject({
      kind: 'vessel',
      identifiers: [{ kind: 'call-sign', value: 'T2EU4' }, { kind: 'mmsi' }, { kind: 'imo-ship', value: '9187629' }],
      links: [{ name: 'NATIONAL IRANIAN TANKER COMPANY' }],
    })
  })

  test('I. ASH: an entry of Commerce has no kind, a time and a notice', async () => {
    expect((await read()).entry('deb7a1d5743a85c354ca1a2c7f2664e2104b32d7')).toMatchObject({
      kind: 'unknown',
      names: [{ full: 'I. ASH', family: null }],
      listedOn: { from: '2003-06-19' },
      legalBasis: [{}, '68 F.R. 38290 6/27/03 71 F.R. 38843 7/10/06 72 F.R. 4236 1/30/07'],
      remarks: ['FEDERAL REGISTER NOTICE UPDATED', 'End date: 2056-06-29', 'Standard order: Y'],
    })
  })

  test.skipIf(!haveData(SDN))(
    "two readings of one list agree: what stands in this file's columns is what the remarks of OFAC's own file say (skipped where ../shared/data is missing)",
    async () => {
      const ofac = new Map((await readList(ofacCsv, [dataFile(SDN)])).entries.map((entry) => [entry.id, entry]))
      const agreement = { identifiers: [0, 0], sexes: [0, 0], birthPlaces: [0, 0], papers: [0, 0] } as Record<string, [number, number]>
      const count = (what: string, agrees: boolean) => {
        const [all, same] = agreement[what] as [number, number]
        agreement[what] = [all + 1, same + (agrees ? 1 : 0)]
      }
      for (const entry of (await read()).entries) {
        const other = entry.id.startsWith('SDN-') ? ofac.get(entry.id.slice(4)) : undefined
        if (other === undefined) continue
        count('sexes', entry.sex === other.sex)
        for (const place of entry.birthPlaces) count('birthPlaces', other.birthPlaces.includes(place))
        for (const one of entry.identifiers) {
          const squeezed = one.value.replace(/\s+/g, ' ')
          const same = other.identifiers.filter(
            (two) => two.kind === one.kind && two.value.replace(/\s+/g, ' ') === squeezed && two.country?.code === one.country?.code,
          )
          count('identifiers', same.length > 0)
          if (one.expires !== null && one.issued !== null)
            count(
              'papers',
              same.some((two) => two.expires?.from === one.expires?.from && two.issued?.from === one.issued?.from),
            )
        }
      }
      // Two years lie between the files, so a few entries have changed.
      for (const [what, [all, same]] of Object.entries(agreement)) expect(same / all, `${what}: ${same} of ${all}`).toBeGreaterThan(0.99)
      expect(agreement.identifiers?.[0]).toBeGreaterThan(8000)
    },
  )
})
