import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mendRomanisation, valuesOf } from '../../../src/screen/lists/cells.ts'
import { euAnnex } from '../../../src/screen/lists/eu-annex.ts'
import { annexNames } from '../../../src/screen/lists/eu-annex-names.ts'
import { fileOf, readAll } from './given-files.ts'

/** Headers of the tables of Council Regulation (EU) 2017/1509 as the Official Journal prints them (OJ L 224, 31.8.2017); rows in their wording. */
const PERSONS = `ANNEX XIII\t\t\t\t
(a) Natural persons\t\t\t\t
\tName\tAlias\tIdentifying information\tDate of UN designation\tStatement of reasons
1.\tYun Ho-jin\ta.k.a. Yun Ho-chin\tDate of birth: 13.10.1944\t16.7.2009\tDirector of Namchongang Trading Corporation; oversees the import of items needed for the uranium enrichment programme.
2.\tRi Je-Son\tKorean name: 리제선; Chinese name: 李济善, Ri Che Son\tYear of birth: 1938\t16.7.2009\tMinister of Atomic Energy Industry.
3.\tCho 'n Myo 'ng-kuk\tCho'n Myo'ng-kuk; Jon Myong Guk, Cho 'n Myo 'ng-guk\tNationality: North Korean; Passport No: 4721202031 (expires 21.2.2017); Date of birth: 18.10.1976\t2.3.2016\tTanchon Commercial Bank representative in Syria.
4.\tKim Chol Sam\tJin Tiesan (金铁三)\tDate of birth: 31.2.1971. Nationality: North Korean. Gender: male\t30.11.2016\tRepresentative for Daedong Credit Bank.
5.\tRi Su Yong\tn/a\tDate of birth: 25.6.1968 or 1969; Place of birth: Pyongyang\t2.6.2017\tOfficial for Korea Ryonbong General Corporation.
(b) Legal persons, entities and bodies\t\t\t\t
\tName\tAlias\tLocation\tDate of UN designation\tOther information
1.\tKorea Mining Development Trading Corporation\tCHANGGWANG SINYONG CORPORATION; EXTERNAL TECHNOLOGY GENERAL CORPORATION, DPRKN MINING DEVELOPMENT TRADING COOPERATION; “KOMID”\tCentral District, Pyongyang\t24.4.2009\tPrimary arms dealer.
2.\tOcean Maritime Management Company, Limited (OMM)\tn/a\tDongheung Dong, Pyongyang\t28.7.2014\tIMO number: 1790183; operates the vessel Chong Chon Gang (IMO Number: 7937317).
`

const read = (text: string, name = 'annex.tsv') => readAll(euAnnex, [fileOf(name, text)], 'eu-annex')
const named = async (start: string) => (await read(PERSONS)).entries.find(({ names }) => names[0]!.full.startsWith(start))!

describe('tables of the annexes', () => {
  test('are recognised by their headers; an own list is not taken for one', () => {
    expect(euAnnex.recognises([fileOf('x', PERSONS)])).toBe(true)
    expect(euAnnex.recognises([fileOf('annex-xv.csv', 'id,name,aliases\n1,A,B')])).toBe(false)
  })

  test('give persons and bodies by the headings between them, with annex and act', async () => {
    const { entries } = await read(PERSONS)
    expect(entries.map(({ kind }) => kind)).toEqual(['person', 'person', 'person', 'person', 'person', 'organisation', 'organisation'])
    expect(new Set(entries.flatMap(({ legalBasis }) => legalBasis))).toEqual(new Set(['Council Regulation (EU) 2017/1509, Annex XIII']))
    expect(entries[0]).toMatchObject({
      list: 'eu-annex',
      programmes: ['PRK'],
      listedOn: { from: '2009-07-16', text: '16.7.2009' },
      births: [{ from: '1944-10-13', text: '13.10.1944' }],
      place: { file: 'annex.tsv', line: 4 },
    })
  })

  test('takes "a.k.a." and "n/a" for what they are', async () => {
    expect((await named('Yun')).names.map(({ full }) => full)).toEqual(['Yun Ho-jin', 'Yun Ho-chin'])
    expect((await named('Ri Su')).names.map(({ full }) => full)).toEqual(['Ri Su Yong'])
  })

  test('closes blanks within romanisations, notes it, and keeps the row as it stood', async () => {
    const chon = await named("Cho'n")
    expect(chon.names.map(({ full }) => full)).toEqual(["Cho'n Myo'ng-kuk", 'Jon Myong Guk', "Cho'n Myo'ng-guk"])
    expect(chon.raw).toContain("Cho 'n Myo 'ng-kuk")
    expect((await read(PERSONS)).notes).toContainEqual(
      expect.objectContaining({ reason: 'stray blank in a romanisation closed', text: "Cho 'n Myo 'ng-kuk", line: 6 }),
    )
  })

  test('gives the Chinese alias as a name in original script beside its reading', async () => {
    expect((await named('Kim Chol Sam')).names.map(({ full, type }) => [full, type])).toEqual([
      ['Kim Chol Sam', 'primary'],
      ['Jin Tiesan', 'aka'],
      ['金铁三', 'original-script'],
    ])
  })

  test('parts aliases at semicolons and commas, and leaves a legal form with its name', async () => {
    expect((await named('Korea Mining')).names.map(({ full }) => full)).toEqual([
      'Korea Mining Development Trading Corporation',
      'CHANGGWANG SINYONG CORPORATION',
      'EXTERNAL TECHNOLOGY GENERAL CORPORATION',
      'DPRKN MINING DEVELOPMENT TRADING COOPERATION',
      'KOMID',
    ])
    expect((await named('Ocean')).names.map(({ full }) => full)).toEqual(['Ocean Maritime Management Company, Limited', 'OMM'])
  })

  test('takes births, passports, nationality and sex out of the identifying information; a day that does not exist stays text', async () => {
    const chon = await named("Cho'n")
    expect(chon.births).toEqual([{ from: '1976-10-18', to: '1976-10-18', circa: false, text: '18.10.1976' }])
    expect(chon.identifiers).toEqual([
      {
        kind: 'passport',
        value: '4721202031',
        country: null,
        issued: null,
        expires: { from: '2017-02-21', to: '2017-02-21', circa: false, text: '21.2.2017' },
        note: '4721202031 (expires 21.2.2017)',
      },
    ])
    expect(chon.countries).toEqual([{ code: 'KP', text: 'North Korean' }])
    const kim = await named('Kim Chol Sam')
    expect(kim).toMatchObject({ sex: 'male', countries: [{ code: 'KP' }], births: [{ from: null, to: null, text: '31.2.1971' }] })
    expect((await named('Ri Su')).births.map(({ from, to }) => [from, to])).toEqual([
      ['1968-06-25', '1968-06-25'],
      ['1969-01-01', '1969-12-31'],
    ])
    expect((await named('Ri Su')).birthPlaces).toEqual(['Pyongyang'])
    expect((await named('Ri Je')).births.map(({ from, to }) => [from, to])).toEqual([['1938-01-01', '1938-12-31']])
    expect((await read(PERSONS)).reasons).toContain('date not understood')
  })

  test('takes IMO numbers out of the other information', async () => {
    expect((await named('Ocean')).identifiers.map(({ kind, value }) => [kind, value])).toEqual([
      ['imo-ship', '1790183'],
      ['imo-company', '1790183'],
      ['imo-ship', '7937317'],
    ])
  })

  test('reads Annex XV, where the name cell holds the aliases, as semicolon CSV', async () => {
    const text =
      'Annex;Name (and possible aliases);Identifying information;Date of designation;Statement of reasons\nXV;"CHU Kyu-Chang (a.k.a. JU Kyu-Chang; CHU Kyu Chang)";"Date of birth: 25.11.1928; Place of birth: South Hamgyo\'ng Province, DPRK";22.12.2009;"Former member of the National Defence Commission"\nXV;"O Kuk-Ryol (O Kuk Ryol)";"DOB: 1931";22.12.2009;"Former vice-chairman"\n'
    const { entries } = await read(text, 'x.csv')
    expect(entries.map(({ kind }) => kind)).toEqual(['person', 'person'])
    expect(entries[0]!.names.map(({ full, family, given }) => [full, family, given])).toEqual([
      ['CHU Kyu-Chang', 'CHU', 'Kyu-Chang'],
      ['JU Kyu-Chang', 'JU', 'Kyu-Chang'],
      ['CHU Kyu Chang', 'CHU', 'Kyu Chang'],
    ])
    expect(entries[0]!.legalBasis).toEqual(['Council Regulation (EU) 2017/1509, Annex XV'])
    expect(entries[1]!.names.map(({ full }) => full)).toEqual(['O Kuk-Ryol', 'O Kuk Ryol'])
    expect(entries[1]!.births[0]).toMatchObject({ from: '1931-01-01', to: '1931-12-31' })
  })

  test('keeps ids when rows are renumbered or moved', async () => {
    const ids = async (text: string) => new Map((await read(text)).entries.map(({ id, names }) => [names[0]!.full, id]))
    const lines = PERSONS.split('\n')
    const moved = [...lines.slice(0, 3), ...lines.slice(3, 8).reverse(), ...lines.slice(8)].join('\n').replace(/^\d\./gm, '77.')
    expect(await ids(moved)).toEqual(await ids(PERSONS))
  })

  test('names what it expected where no table has a header', async () => {
    await expect(read('Nom\tAlias\nA\tB\n')).rejects.toMatchObject({
      code: 'list/schema',
      message: expect.stringMatching(/expected the columns Name, .*found: Nom, Alias/),
    })
  })

  test('refuses rows above the header and rows without a name, with their lines', async () => {
    const { notes } = await read(`Name\tsomething\nA\tB\n${PERSONS}6.\t—\t—\ty\t1.1.2020\tz\n`)
    expect(notes.filter(({ severity }) => severity === 'refused').map(({ line, reason }) => [line, reason])).toEqual([
      [1, 'row before the header'],
      [2, 'row before the header'],
      [15, 'row without a name'],
    ])
  })
})

describe('names in cells', () => {
  test('say so where commas may part names or a family name from a given one', () => {
    expect(annexNames('A B', ['Ri, Yong Gil'], 'person')).toMatchObject({ unclear: [] })
    expect(annexNames('A B', ['Ri, Yong Gil'], 'person').names[1]).toMatchObject({ full: 'Ri, Yong Gil', family: 'Ri', given: 'Yong Gil' })
    expect(annexNames('A B', ['Ri, Pak, Yong Gil'], 'person').unclear).toEqual(['Ri, Pak, Yong Gil'])
    expect(annexNames('A B', ['f.k.a. C D; a.k.a. E F a.k.a. G H'], 'person').names.map(({ full, type }) => [full, type])).toEqual([
      ['A B', 'primary'],
      ['C D', 'fka'],
      ['E F', 'aka'],
      ['G H', 'aka'],
    ])
  })

  test('keep brackets that belong to a name', () => {
    expect(annexNames('Bank (Cyprus) Ltd', [], 'organisation').names.map(({ full }) => full)).toEqual(['Bank (Cyprus) Ltd'])
    expect(annexNames('"Tanchon Commercial Bank"', ['Korea (a) Co., Ltd.'], 'organisation').names.map(({ full }) => full)).toEqual([
      'Tanchon Commercial Bank',
      'Korea (a) Co., Ltd.',
    ])
  })

  test('lose no letter when a romanisation is mended', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z' -]{0,40}$/), (name) => mendRomanisation(name).replace(/ /g, '') === name.replace(/ /g, '')),
    )
    expect(mendRomanisation("the 'quoted' word")).toBe("the 'quoted' word")
  })

  test('come out of numbered cells in order, in both widths, and never as nothing', () => {
    expect(valuesOf('(a) A (b) B（ｃ）C\n; D')).toEqual(['A', 'B', 'C', 'D'])
    expect(valuesOf('(i) one (ii) two (iii) three')).toEqual(['one', 'two', 'three'])
    fc.assert(fc.property(fc.string({ maxLength: 60 }), (cell) => valuesOf(cell).every((value) => value.trim() === value && value !== '')))
  })

  test('are split in time that grows with their length alone', () => {
    const hostile = [
      'a.k.a. ',
      '(',
      'Ri,',
      "x 'n",
      ' ',
      ',',
      '金 a',
      '( ',
      'IMO ',
      'a.k.a.(',
      '. A',
      'DOB: ',
      '"',
      'Date of birth: 1.1. or ',
      'Passport , ',
    ]
    for (const piece of hostile) {
      const cell = `A${piece.repeat(Math.ceil(20_000 / piece.length))}b`
      const started = performance.now()
      annexNames(cell, [cell], 'person')
      expect([piece, performance.now() - started < 1_000]).toEqual([piece, true])
    }
  })

  test('and the other cells of a row are, too', async () => {
    const header = [
      'Name',
      'Alias',
      'Identifying information',
      'Date of birth',
      'Passport',
      'Address',
      'Date of UN designation',
      'Statement of reasons',
    ]
    for (const piece of [
      '(',
      ' ',
      'IMO ',
      'DOB: ',
      '. A',
      '.',
      ',',
      'Date of birth: 1.1. or ',
      'Passport , ',
      '\u3000',
      '(a)',
      'I.M.O. number ',
    ]) {
      const cell = `A${piece.repeat(Math.ceil(20_000 / piece.length))}b`
      const started = performance.now()
      await read(`${header.join('\t')}\n${header.map(() => cell).join('\t')}\n`)
      expect([piece, performance.now() - started < 2_000]).toEqual([piece, true])
    }
  })
})
