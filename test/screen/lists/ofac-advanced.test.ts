import { beforeAll, describe, expect, it } from 'vitest'
import { ofacAdvanced } from '../../../src/screen/lists/ofac-advanced.ts'
import { advanced, feature, party, period, primary, sanctionsEntry } from './ofac-advanced-sample.ts'
import { fileOf, type Heard, readAll } from './xml-helpers.ts'

describe('an advanced file of the SDN list', () => {
  let heard: Heard
  beforeAll(async () => {
    heard = await readAll(ofacAdvanced, [fileOf(advanced())])
  })
  const entry = (id: string) => heard.entries.find((one) => one.id === id)!

  it('is recognised by its root and read without a note', () => {
    expect(ofacAdvanced.recognises([fileOf(advanced())])).toBe(true)
    expect(heard.notes).toEqual([])
    expect(heard.published).toEqual(['2025-01-10'])
    expect(heard.entries.map(({ id, kind, list }) => [id, kind, list])).toEqual([
      ['2674', 'person', 'us-ofac-sdn'],
      ['4238', 'vessel', 'us-ofac-sdn'],
      ['27307', 'organisation', 'us-ofac-sdn'],
    ])
  })

  it('puts names together by the groups of their parts, and knows scripts and weak aliases', () => {
    expect(entry('2674').names).toEqual([
      { full: 'ABBAS, Abu', family: 'ABBAS', given: 'Abu', quality: 'primary', type: 'primary' },
      { full: 'عباس', family: 'عباس', given: null, quality: 'strong', type: 'original-script' },
      { full: 'ZAYDAN, Muhammad', family: 'ZAYDAN', given: 'Muhammad', quality: 'strong', type: 'aka' },
      { full: 'ABU KHALID', family: null, given: null, quality: 'weak', type: 'fka' },
    ])
    expect(entry('27307').names.map(({ full, type }) => [full, type])).toEqual([
      ['LAZARUS GROUP', 'primary'],
      ['라자루스', 'original-script'],
      ['HIDDEN COBRA', 'nka'],
    ])
  })

  it('follows the numbers to places, papers, entries and relationships, before and after the parties', () => {
    expect(entry('2674')).toMatchObject({
      programmes: ['SDGT'],
      legalBasis: ['Executive Order 13224 (Terrorism)', 'Secondary sanctions risk: section 1(b) of Executive Order 13224'],
      listedOn: { from: '2001-12-04', to: '2001-12-04' },
      birthPlaces: ['Tirat Haifa, Palestine'],
      countries: [{ code: 'IQ', text: 'Iraq' }],
      sex: 'male',
      titles: ['Director of PLF'],
      addresses: [],
      identifiers: [
        {
          kind: 'passport',
          value: '040070827',
          country: { code: 'IQ', text: 'Iraq' },
          issued: { from: '2001-05-20' },
          expires: { from: '2006-05-19' },
          note: null,
        },
        { kind: 'passport', value: '000001', note: 'validity: Fraudulent; seen in 2002' },
      ],
      links: [{ relation: 'Leader or official of (former)', name: 'LAZARUS GROUP', id: '27307' }],
      remarks: ['Sanctions type: Block', 'On the list: SDN List, since 2001-12-04'],
    })
    expect(entry('4238')).toMatchObject({
      programmes: ['CUBA'],
      legalBasis: [],
      countries: [{ code: 'CU', text: 'Cuba' }],
      addresses: [{ text: 'Calle 5 No. 10, Havana, Cuba', country: { code: 'CU', text: 'Cuba' } }],
      links: [{ relation: 'Vessel Owner', name: 'Samir de Navegacion S.A.', id: null }],
    })
    expect(entry('4238').identifiers.map(({ kind, value }) => [kind, value])).toEqual([
      ['call-sign', 'CL2192'],
      ['imo-ship', '8132835'],
      ['mmsi', '323456789'],
    ])
    expect(entry('4238').remarks).toContain('VESSEL TYPE: Tug')
  })

  it('reads wallets as they are written, trimmed', () => {
    expect(entry('27307').wallets).toEqual([
      { asset: 'ETH', address: '0x098B716B8Aaf21512996dC57EB0615e2383E2f96' },
      { asset: 'XBT', address: '12aNKp2iDKuhEde2YfPdd4DFGenRUTKupL' },
    ])
    expect(entry('27307')).toMatchObject({ programmes: ['DPRK3', 'CYBER2'], countries: [{ code: 'KP', text: 'Korea, North' }] })
  })

  it('reads a day, a year and a range with the doubt that the list has', () => {
    expect(entry('2674').births).toEqual([
      { from: '1948-12-10', to: '1948-12-10', circa: false, text: '1948-12-10' },
      { from: '1961-01-01', to: '1961-12-31', circa: true, text: 'circa 1961' },
      { from: '1984-01-01', to: '1986-12-31', circa: false, text: '1984-01-01 to 1986-12-31' },
    ])
  })

  it('keeps with each party the source of all that belongs to it', () => {
    const { raw, place } = entry('4238')
    expect(raw).toMatch(
      /^<DistinctParty FixedRef="4238">[\s\S]*<\/DistinctParty>\n<Location ID="26">[\s\S]*\n<IDRegDocument ID="9"[\s\S]*\n<IDRegDocument ID="10"[\s\S]*\n<SanctionsEntry ID="4238"[\s\S]*<\/SanctionsEntry>$/,
    )
    expect(advanced()).toContain(raw.split('\n')[0])
    expect(advanced().split('\n')[place.line! - 1]).toMatch(/^<DistinctParty FixedRef="4238">/)
    expect(entry('2674').raw).toContain('<ProfileRelationship ID="1"')
  })
})

describe('what an advanced file may be besides', () => {
  const one = (id: number) => party(id, 3, id, primary([[3, `BODY ${id}`]]))
  const lists = async (entries: string) =>
    (await readAll(ofacAdvanced, [fileOf(advanced(one(1) + one(2), entries))])).entries.map(({ id, list }) => `${id} ${list}`)

  it('is of the list that every party is on; memberships beside it make no entries of a list that is not whole', async () => {
    const sdn = (id: number) => sanctionsEntry(id, ['A'])
    const other = (id: number) => sanctionsEntry(id, ['B'], '2014-07-16', 1, 91512)
    expect(await lists(sdn(1) + sdn(2) + other(2))).toEqual(['1 us-ofac-sdn', '2 us-ofac-sdn'])
    expect(await lists(other(1) + sdn(2) + other(2))).toEqual(['1 us-ofac-cons', '2 us-ofac-cons'])
    expect(await lists(sdn(1) + other(2))).toEqual(['1 us-ofac-sdn', '2 us-ofac-cons'])
  })

  it('keeps a party that no entry names, with a note', async () => {
    const { entries, notes } = await readAll(ofacAdvanced, [fileOf(advanced(one(1) + one(2), sanctionsEntry(1, ['A'])))])
    expect(entries.map(({ id, list, listedOn }) => [id, list, listedOn?.from])).toEqual([
      ['1', 'us-ofac-sdn', '2019-09-13'],
      ['2', 'us-ofac-sdn', undefined],
    ])
    expect(notes.map(({ reason, entry }) => [reason, entry])).toEqual([['party without a sanctions entry', '2']])
  })

  it('notes places that are not in the file, features without a type, links to nobody, parties of no known type', async () => {
    const odd = party(
      2674,
      9,
      1,
      primary([[3, 'ODD']]),
      feature(25, '<VersionLocation LocationID="999" />') + feature(999, '<VersionDetail DetailTypeID="1432">x</VersionDetail>'),
    )
    const { entries, notes } = await readAll(ofacAdvanced, [fileOf(advanced(odd, sanctionsEntry(2674, ['A'])))])
    expect(entries[0]).toMatchObject({ kind: 'unknown', links: [{ name: '27307', id: '27307' }] })
    expect(entries[0]?.remarks).toContain(': x')
    expect(notes.map(({ severity, reason }) => `${severity}: ${reason}`)).toEqual([
      'note: entity type not known',
      'note: place not in the file',
      'note: feature not known',
      'note: link to nobody in the file',
    ])
  })

  it('keeps the text of dates that do not exist or are of another calendar', async () => {
    const births =
      feature(8, period('1964-02-31', '1964-02-31')) +
      feature(8, period('1400-01-01', '1400-01-01').replace('CalendarTypeID="1"', 'CalendarTypeID="2"'))
    const calendar = advanced(
      party(
        1,
        4,
        1,
        primary([
          [1, 'KIM'],
          [2, 'Chol'],
        ]),
        births,
      ),
      sanctionsEntry(1, ['A']),
    ).replace('<CalendarTypeValues>', '<CalendarTypeValues><CalendarType ID="2">Hijri</CalendarType>')
    const { entries } = await readAll(ofacAdvanced, [fileOf(calendar)])
    expect(entries[0]?.births.map(({ from, to, text }) => [from, to, text])).toEqual([
      [null, null, '1964-2-31'],
      [null, null, '1400-1-1'],
    ])
  })

  it('is refused without its root, its date, its reference values, its parties or its entries', async () => {
    const whole = advanced()
    for (const text of [
      whole.replace('ADVANCED_XML"', 'ADVANCED"'),
      whole.replaceAll('Sanctions>', 'List>').replace('<Sanctions ', '<List '),
      whole.replace(/<DateOfIssue.*<\/DateOfIssue>/, ''),
      whole.replace('<Year>2025</Year><Month>1</Month>', '<Year>2025</Year><Month>13</Month>'),
      whole.replace(/<ReferenceValueSets>[\s\S]*<\/ReferenceValueSets>/, ''),
      whole.replace(/<DistinctParties>[\s\S]*<\/DistinctParties>/, ''),
      whole.replace(/<SanctionsEntries>[\s\S]*<\/SanctionsEntries>/, ''),
    ]) {
      expect(text).not.toBe(whole)
      await expect(readAll(ofacAdvanced, [fileOf(text)])).rejects.toMatchObject({ code: 'list/schema' })
    }
  })

  it('gives no entry at all of a document that is malformed behind its parties', async () => {
    const text = advanced().replace('</Sanctions>', '')
    const heard: string[] = []
    const reading = async () => {
      for await (const { id } of ofacAdvanced.read([fileOf(text)], { list: '', note: () => undefined, published: () => undefined }))
        heard.push(id)
    }
    await expect(reading()).rejects.toMatchObject({ code: 'list/xml' })
    expect(heard).toEqual([])
  })
})
