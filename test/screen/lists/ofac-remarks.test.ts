import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitRow } from '../../../src/screen/lists/delimited.ts'
import type { EntryKind } from '../../../src/screen/lists/entry.ts'
import { parseRemarks, splitRemarks } from '../../../src/screen/lists/ofac-remarks.ts'
import { DATA, haveData } from '../shared.ts'

const facts = (text: string, kind: EntryKind = 'person', titles: string[] = []) => parseRemarks(text, kind, titles).facts
const identifier = (text: string, kind: EntryKind = 'organisation') => facts(text, kind).identifiers[0]
const day = (iso: string, text: string) => ({ from: iso, to: iso, circa: false, text })

describe("remarks of OFAC's files", () => {
  test('birth dates and places, nationalities and citizenships, sex', () => {
    const read = facts(
      'DOB 15 Jan 1955; alt. DOB circa 1956; alt. DOB 1957 to 1959; POB Hamhung, Korea, North; alt. POB Pyongyang; nationality Korea, North; citizen China; Gender Male.',
    )
    expect(read.births.map((birth) => [birth.from, birth.to, birth.circa])).toEqual([
      ['1955-01-15', '1955-01-15', false],
      ['1956-01-01', '1956-12-31', true],
      ['1957-01-01', '1959-12-31', false],
    ])
    expect(read.birthPlaces).toEqual(['Hamhung, Korea, North', 'Pyongyang'])
    expect(read.countries.map((country) => country.code)).toEqual(['KP', 'CN'])
    expect(read.sex).toBe('male')
    expect(read.remarks).toEqual([])
  })

  test('papers have a number, a country, a day of issue and one of expiry', () => {
    expect(identifier('alt. Passport 472235761 (Korea, North) issued 06 Jun 2012 expires 06 Jun 2017.', 'person')).toEqual({
      kind: 'passport',
      value: '472235761',
      country: { code: 'KP', text: 'Korea, North' },
      issued: day('2012-06-06', '06 Jun 2012'),
      expires: day('2017-06-06', '06 Jun 2017'),
      note: null,
    })
    expect(identifier('Diplomatic Passport 008827 (Iran) issued 1999.', 'person')).toMatchObject({
      kind: 'passport',
      value: '008827',
      note: 'Diplomatic Passport',
      issued: { from: '1999-01-01' },
    })
  })

  test('numbers of registers and tax offices keep the name of their register', () => {
    expect(identifier('Registration Number HRA 738077 (Stuttgart) (Germany).')).toMatchObject({
      kind: 'registration',
      value: 'HRA 738077 (Stuttgart)',
      country: { code: 'DE' },
      note: null,
    })
    expect(identifier('Unified Social Credit Code (USCC) 9113100033607322XK (China)')).toMatchObject({
      kind: 'registration',
      value: '9113100033607322XK',
      country: { code: 'CN' },
      note: 'Unified Social Credit Code (USCC)',
    })
    expect(identifier('RUC # 1476422-1-642962 (Panama)')).toMatchObject({
      kind: 'tax-id',
      value: '1476422-1-642962',
      country: { code: 'PA' },
      note: 'RUC #',
    })
    expect(identifier('SRE Permit No. 1909004 (Mexico)')).toMatchObject({ kind: 'other', value: '1909004', note: 'SRE Permit No.' })
    expect(identifier('Moroccan Personal ID No. E 427689 (Morocco) issued 20 Mar 2001.', 'person')).toMatchObject({
      kind: 'other',
      value: 'E 427689',
      note: 'Moroccan Personal ID No.',
    })
    expect(identifier('Legal Entity Number 253400V1H6ART1UQ0N98 (Russia)')).toMatchObject({ kind: 'lei', value: '253400V1H6ART1UQ0N98' })
    expect(identifier('SWIFT/BIC FTBDKPPY')).toMatchObject({ kind: 'swift', value: 'FTBDKPPY' })
  })

  test("a company's IMO number is not a ship's, whatever label it stands under", () => {
    expect(identifier('Vessel Registration Identification IMO 9187629', 'vessel')).toMatchObject({
      kind: 'imo-ship',
      value: '9187629',
      note: null,
    })
    expect(identifier('Identification Number IMO 9187629', 'vessel')).toMatchObject({ kind: 'imo-ship' })
    expect(identifier('Company Number IMO 5055293.')).toMatchObject({ kind: 'imo-company', value: '5055293', note: 'Company Number' })
    expect(identifier('Identification Number IMO 5342883.')).toMatchObject({ kind: 'imo-company', value: '5342883' })
    expect(identifier('Vessel Registration Identification IMO 5878589.')).toMatchObject({
      kind: 'imo-company',
      note: 'Vessel Registration Identification',
    })
    expect(identifier('Identification Number 2.194.575 (Paraguay)')).toMatchObject({ kind: 'other', value: '2.194.575' })
  })

  test('ships and aircraft', () => {
    const read = facts(
      "MMSI 572469210; Vessel Year of Build 1999; Former Vessel Flag Malta; Aircraft Tail Number P-532; Aircraft Manufacturer's Serial Number (MSN) 449; Aircraft Construction Number (also called L/N or S/N or F/N) 8401; Aircraft Operator Air Koryo; Aircraft Model AN24-B.",
      'aircraft',
    )
    expect(read.identifiers.map((one) => [one.kind, one.value])).toEqual([
      ['mmsi', '572469210'],
      ['aircraft-tail', 'P-532'],
      ['aircraft-serial', '449'],
      ['aircraft-serial', '8401'],
    ])
    expect(read.links).toEqual([{ relation: 'Aircraft Operator', name: 'Air Koryo', id: null }])
    expect(read.remarks).toEqual(['Vessel Year of Build 1999', 'Former Vessel Flag Malta', 'Aircraft Model AN24-B'])
  })

  test('wallets of every asset, with and without "alt."', () => {
    const read = facts(
      'Digital Currency Address - XBT 12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h; alt. Digital Currency Address - USDT 0xd882cfc20f52f2599d84b8e8d58c7fb62cfe344b.',
    )
    expect(read.wallets).toEqual([
      { asset: 'XBT', address: '12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h' },
      { asset: 'USDT', address: '0xd882cfc20f52f2599d84b8e8d58c7fb62cfe344b' },
    ])
  })

  test('names in single quotes are weak aliases, apostrophes and semicolons within them included', () => {
    expect(facts("a.k.a. 'THE CHESS PLAYER'; f.k.a. 'ANA I'; a.k.a. 'AL-QA'IDA'; a.k.a. 'X; Y'; a.k.a. 'TEMP.HERMIT'.").names).toEqual(
      [
        ['THE CHESS PLAYER', 'aka'],
        ['ANA I', 'fka'],
        ["AL-QA'IDA", 'aka'],
        ['X; Y', 'aka'],
        ['TEMP.HERMIT', 'aka'],
      ].map(([full, type]) => ({ full, family: null, given: null, quality: 'weak', type })),
    )
  })

  test('links keep the names that they point to, with the dots of abbreviations', () => {
    const names = (text: string) => facts(text, 'organisation').links.map((link) => link.name)
    expect(names('Linked To: KOREA DAESONG BANK; Linked To: FUJIAN PINGTAN CO., LTD.')).toEqual([
      'KOREA DAESONG BANK',
      'FUJIAN PINGTAN CO., LTD.',
    ])
    expect(names('Linked To: CHONGBONG SHIPPING CO LTD.')).toEqual(['CHONGBONG SHIPPING CO LTD'])
    expect(names('(Linked To: ISLAMIC REVOLUTIONARY GUARD CORPS (IRGC)-QODS FORCE; Linked To: MINISTRY OF PETROLEUM)')).toEqual([
      'ISLAMIC REVOLUTIONARY GUARD CORPS (IRGC)-QODS FORCE',
      'MINISTRY OF PETROLEUM',
    ])
  })

  test('sanctions that hang on the entry are legal bases; the first day of listing is kept as a day too', () => {
    const read = facts(
      'Secondary sanctions risk: North Korea Sanctions Regulations, sections 510.201 and 510.210; Listing Date (EO 14024 Directive 3): 24 Feb 2022; Effective Date (EO 14024 Directive 3): 26 Mar 2022; Listing Date (EO 14024 Directive 2): 23 Feb 2022.',
      'organisation',
    )
    expect(read.legalBasis).toEqual([
      'Secondary sanctions risk: North Korea Sanctions Regulations, sections 510.201 and 510.210',
      'Listing Date (EO 14024 Directive 3): 24 Feb 2022',
      'Effective Date (EO 14024 Directive 3): 26 Mar 2022',
      'Listing Date (EO 14024 Directive 2): 23 Feb 2022',
    ])
    expect(read.listedOn?.from).toBe('2022-02-23')
  })

  test('posts are titles; one that the title column has already is not doubled', () => {
    expect(facts('Former Minister of Education; Brigadier General.', 'person', ['Brigadier General'])).toMatchObject({
      titles: ['Former Minister of Education'],
      remarks: [],
    })
    expect(facts('Director of the harbour.', 'organisation').titles).toEqual([])
  })

  test('a date that does not exist is a birth without days, and its words stay', () => {
    expect(facts('DOB 31 Feb 1960.').births).toEqual([{ from: null, to: null, circa: false, text: '31 Feb 1960' }])
  })

  test('what is not understood is a remark word for word', () => {
    const odd = [
      'Gender Unknown',
      'Passport and National ID were issued in Ulm, Germany',
      'ICTY indictee in custody',
      "a.k.a. ''",
      'Digital Currency Address - XBT two words',
      'DOB',
    ]
    const read = parseRemarks(`${odd.join('; ')}; DOB 1960`, 'person')
    expect(read.unread).toEqual(odd)
    expect(read.facts.remarks).toEqual(odd)
    expect(read.facts.wallets).toEqual([])
  })

  test('a second sex that contradicts the first is a remark and changes nothing', () => {
    expect(facts('Gender Male; Gender Female.')).toMatchObject({ sex: 'male', remarks: ['Gender Female.'] })
  })

  test('half a wallet address at the end of a text that was cut off is no wallet', () => {
    const read = parseRemarks('Website tornado.cash; alt. Digital Currency Address - ETH 0x12D66f87A04A9E22', 'organisation', [], true)
    expect(read.facts.wallets).toEqual([])
    expect(read.facts.remarks).toEqual(['alt. Digital Currency Address - ETH 0x12D66f87A04A9E22'])
  })

  test('brackets hold semicolons, and a bracket that is never closed does not', () => {
    expect(splitRemarks('a (b; c) d; e')).toEqual(['a (b; c) d', 'e'])
    expect(splitRemarks('a (b; c; d')).toEqual(['a (b', 'c', 'd'])
    expect(splitRemarks('; ;a;; ')).toEqual(['a'])
  })

  const labels = [
    'DOB',
    'alt. Passport',
    'Linked To:',
    'nationality',
    'Digital Currency Address - XBT',
    "a.k.a. 'X",
    'Tax ID No.',
    'Gender',
    'Website',
    '(Linked To:',
    'Identification Number IMO',
    'Minister of',
    'Telephone',
  ]
  const remark = fc
    .tuple(fc.constantFrom('', ...labels), fc.stringMatching(/^[A-Za-z0-9 ()'.,:@/-]{0,24}$/))
    .map(([label, rest]) => `${label} ${rest}`)

  test('nothing is lost: every remark is understood or kept, and every word of an understood one is in what it became or in its label', () => {
    const words = (text: string) => text.toLowerCase().match(/[a-z0-9]+/g) ?? []
    const grammar = new Set(
      words(
        'dob alt pob nationality citizen gender linked to digital currency address a k f n d b passport tax id no issued expires expired number imo email mail telephone website identification',
      ),
    )
    fc.assert(
      fc.property(
        fc.array(remark, { maxLength: 6 }),
        fc.constantFrom<EntryKind>('person', 'organisation', 'vessel'),
        fc.boolean(),
        (remarks, kind, cut) => {
          const text = remarks.join('; ')
          const read = parseRemarks(text, kind, [], cut)
          expect(read.understood.length + read.unread.length).toBe(splitRemarks(text).length)
          for (const unread of read.unread) expect(read.facts.remarks).toContain(unread)
          const became = new Set(words(JSON.stringify(read.facts)))
          for (const word of words(text)) if (!grammar.has(word)) expect(became).toContain(word)
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('hostile texts of a megabyte are read in less than two seconds', () => {
    for (const piece of [' ', '(', '(Linked To: ', "a.k.a. '", ';', 'issued ', '; DOB 1', "a.k.a. 'x;", 'Passport 1 issued   ', 'a.']) {
      const text = piece.repeat(1_000_000 / piece.length)
      const started = performance.now()
      parseRemarks(text, 'person')
      expect(performance.now() - started, piece).toBeLessThan(2000)
    }
  })

  test.skipIf(!haveData('lists/ofac_sdn_2024-05-03.csv'))(
    'of the 61,374 remarks on the SDN list of 3 May 2024 more than 99.5 % are understood, and no birth date is left unread (skipped where ../shared/data is missing)',
    () => {
      const kinds: Record<string, EntryKind> = { individual: 'person', vessel: 'vessel', aircraft: 'aircraft' }
      let understood = 0
      let unread = 0
      for (const line of readFileSync(`${DATA}lists/ofac_sdn_2024-05-03.csv`, 'utf8').split('\r\n')) {
        const { fields } = splitRow(line)
        const remarks = fields[11] ?? '-0-'
        if (remarks.trim() === '-0-') continue
        const read = parseRemarks(
          remarks,
          kinds[fields[2] ?? ''] ?? 'organisation',
          (fields[4] ?? '').split(';').map((title) => title.trim()),
          remarks.length >= 1000,
        )
        understood += read.understood.length
        unread += read.unread.length
        expect(read.facts.births.filter((birth) => birth.from === null)).toEqual([])
      }
      expect(understood / (understood + unread)).toBeGreaterThan(0.995)
    },
  )
})
