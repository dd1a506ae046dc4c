import { beforeAll, describe, expect, it } from 'vitest'
import { sourceFiles } from '../../../src/screen/lists/archive.ts'
import { ofacEnhanced } from '../../../src/screen/lists/ofac-enhanced.ts'
import { DATA, haveData } from '../shared.ts'
import { enhanced, entity, feature, name } from './ofac-enhanced-sample.ts'
import { counted, fileOf, gather, type Heard, readAll } from './xml-helpers.ts'

const LIST = 'lists/ofac_cons_enhanced_2025-01-10.zip'

async function only(xml: string) {
  const { entries } = await readAll(ofacEnhanced, [fileOf(enhanced(xml))])
  expect(entries).toHaveLength(1)
  return entries[0]!
}

describe.skipIf(!haveData(LIST))("the Treasury's Consolidated list of 10 January 2025 (skipped where ../shared/data is missing)", () => {
  let heard: Heard
  beforeAll(async () => {
    heard = await readAll(ofacEnhanced, await sourceFiles([DATA + LIST]))
  })
  const entry = (id: string) => heard.entries.find((one) => one.id === id)!

  it('is recognised, and has 80 persons and 363 bodies, each understood without a note', async () => {
    expect(ofacEnhanced.recognises(await sourceFiles([DATA + LIST]))).toBe(true)
    expect(counted(heard.entries.map(({ kind, list }) => `${kind} ${list}`))).toEqual({
      'person us-ofac-cons': 80,
      'organisation us-ofac-cons': 363,
    })
    expect(heard.notes).toEqual([])
    expect(heard.published).toEqual(['2025-01-10T00:00:00'])
    expect(
      heard.entries.every(
        ({ names, listedOn, programmes }) => names[0]?.type === 'primary' && listedOn?.from != null && programmes.length > 0,
      ),
    ).toBe(true)
  })

  it('has all 1,624 names', () => {
    expect(counted(heard.entries.flatMap(({ names }) => names.map(({ type, quality }) => `${type} ${quality}`)))).toEqual({
      'primary primary': 443,
      'aka strong': 925,
      'aka weak': 67,
      'fka strong': 141,
      'fka weak': 3,
      'original-script strong': 44,
      'original-script weak': 1,
    })
  })

  it('has the 692 documents and the features that are identifiers', () => {
    expect(counted(heard.entries.flatMap(({ identifiers }) => identifiers.map(({ kind }) => kind)))).toEqual({
      'tax-id': 214,
      registration: 308,
      other: 394,
      lei: 14,
      passport: 1,
      'national-id': 1,
      swift: 33,
      website: 176,
      email: 125,
    })
  })

  it('reads a person: names in parts, a year of birth, lists and the dates on which they began', () => {
    expect(entry('9640')).toMatchObject({
      kind: 'person',
      names: [
        { full: 'ABU TEIR, Mohammed', family: 'ABU TEIR', given: 'Mohammed', quality: 'primary', type: 'primary' },
        { full: 'ABU TAIR, Mohammed Mahmud', family: 'ABU TAIR', given: 'Mohammed Mahmud', quality: 'strong', type: 'aka' },
        { full: 'ABOU TAYR, Mohammad Mahmoud', family: 'ABOU TAYR', given: 'Mohammad Mahmoud', quality: 'strong', type: 'aka' },
      ],
      programmes: ['NS-PLC'],
      legalBasis: ['General License 4 Under EO 13224 (Terrorism)'],
      listedOn: { from: '2006-04-12', to: '2006-04-12' },
      births: [{ from: '1951-01-01', to: '1951-12-31', circa: false, text: '1951' }],
      birthPlaces: ['Umm Tuba'],
      addresses: [],
      place: { file: 'CONS_ENHANCED.XML', line: 3_761 },
    })
  })

  it('reads a person with a paper, a sex, a country', () => {
    expect(entry('26182')).toMatchObject({
      names: [{ full: 'KAYAKIRAN, Evren' }],
      births: [{ from: '1980-02-08', to: '1980-02-08', text: '08 Feb 1980' }],
      countries: [{ code: 'TR', text: 'Turkey' }],
      sex: 'male',
      identifiers: [{ kind: 'passport', value: 'U00242309', country: { code: 'TR', text: 'Turkey' }, note: null }],
    })
  })

  it('reads weak aliases, a nickname without a family name, a link with the number of the other', () => {
    expect(
      entry('9647')
        .names.map(({ full, quality }) => [full, quality])
        .slice(2),
    ).toEqual([
      ['ZAHAR, Mahmoud', 'weak'],
      ['AL-ZAHAR, Mahmoud', 'weak'],
    ])
    expect(entry('9647').links).toEqual([{ relation: 'Acting for or on behalf of', name: 'HAMAS', id: '4695' }])
    expect(entry('50476').names.at(-1)).toEqual({ full: 'Sweet Micky', family: null, given: null, quality: 'weak', type: 'aka' })
  })

  it('reads a bank: its name in Cyrillic, former names, five addresses, numbers of registers', () => {
    const bank = entry('17016')
    expect(bank.names.slice(0, 3)).toEqual([
      { full: 'GAZPROMBANK JOINT STOCK COMPANY', family: null, given: null, quality: 'primary', type: 'primary' },
      { full: 'ГАЗПРОМБАНК АКЦИОНЕРНОЕ ОБЩЕСТВО', family: null, given: null, quality: 'strong', type: 'original-script' },
      { full: 'GAZPROMBANK OPEN JOINT STOCK COMPANY', family: null, given: null, quality: 'strong', type: 'fka' },
    ])
    expect(bank.programmes).toEqual(['UKRAINE-EO13662', 'RUSSIA-EO14024'])
    expect(bank.legalBasis).toContain('Executive Order 13662 Directive Determination - Subject to Directive 1')
    expect(bank.addresses).toHaveLength(5)
    expect(bank.addresses[0]).toEqual({
      text: '16 Nametkina Street, Bldg. 1, Moscow, 117420, Russia',
      country: { code: 'RU', text: 'Russia' },
    })
    expect(bank.identifiers.map(({ kind, value }) => [kind, value])).toEqual([
      ['swift', 'GAZPRUMM'],
      ['website', 'www.gazprombank.ru'],
      ['registration', '1027700167110'],
      ['tax-id', '7744001497'],
      ['lei', '253400WSS48YWMBUA688'],
    ])
    expect(bank.remarks).toContain('On the list: SDN List, since 2024-11-21')
    expect(bank.remarks).toContain('Listing Date (EO 14024 Directive 3): 24 Feb 2022')
  })

  it('reads Chinese names', () => {
    expect(entry('33091').names[1]).toMatchObject({ full: '旷视科技有限公司', type: 'original-script' })
    expect(entry('33114').names[1]).toMatchObject({ full: '商湯集團有限公司', type: 'original-script' })
    expect(entry('33114').identifiers).toEqual([
      { kind: 'registration', value: '2162198', country: { code: 'HK', text: 'Hong Kong' }, issued: null, expires: null, note: 'C.R. No.' },
    ])
  })

  it('has the source of every entry', async () => {
    const text = Buffer.concat(await gather((await sourceFiles([DATA + LIST]))[0]!.open())).toString()
    let at = 0
    for (const { raw, id } of heard.entries) {
      expect(raw.startsWith(`<entity id="${id}">`)).toBe(true)
      at = text.indexOf(raw, at)
      expect(at).toBeGreaterThan(0)
    }
  })
})

describe('an ENHANCED file', () => {
  it('reads a ship: IMO number, MMSI, call sign, flag; a company has a company number', async () => {
    const inner = `<names>${name('CHON MYONG 1', { primary: true })}</names><features>${feature('Vessel Call Sign', 'HMAB')}${feature('Vessel Flag', 'Korea, North', '<valueRefId>11122</valueRefId>')}${feature('Vessel Type', 'Crude Oil Tanker')}${feature('Vessel Owner', 'Chonmyong Shipping Co')}</features>
      <identityDocuments><identityDocument id="1"><type refId="1">Vessel Registration Identification</type><documentNumber>IMO 8712362</documentNumber><isValid>true</isValid></identityDocument>
      <identityDocument id="2"><type refId="2">MMSI</type><documentNumber>445463000</documentNumber><isValid>true</isValid></identityDocument></identityDocuments>`
    const ship = await only(entity('24000', 'Vessel', inner))
    expect(ship.kind).toBe('vessel')
    expect(ship.identifiers.map(({ kind, value, note }) => [kind, value, note])).toEqual([
      ['call-sign', 'HMAB', expect.anything()],
      ['imo-ship', '8712362', null],
      ['mmsi', '445463000', null],
    ])
    expect(ship.countries).toEqual([{ code: 'KP', text: 'Korea, North' }])
    expect(ship.links).toEqual([{ relation: 'Vessel Owner', name: 'Chonmyong Shipping Co', id: null }])
    expect(ship.remarks).toContain('Vessel Type: Crude Oil Tanker')
    const owner = await only(entity('24001', 'Entity', inner.replace('IMO 8712362', 'IMO 5571322')))
    expect(owner.identifiers[1]).toMatchObject({ kind: 'imo-company', value: '5571322' })
  })

  it('reads wallets of any asset, a title, an uncertain birth date, a document that is not valid', async () => {
    const inner = `<names>${name('PARK, Jin Hyok', { primary: true, last: 'PARK', first: 'Jin Hyok' })}${name('朴진혁', { type: 'A.K.A.', script: 'Hangul' })}</names><features>
      ${feature('Digital Currency Address - XBT', '12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h')}${feature('Digital Currency Address - USDT', 'TNVaKWQzau4xL4LtgTTdFBLXAJjbGFcRwM')}
      ${feature('Birthdate', 'circa 1980 to 1981', '<valueDate id="1"><fromDateBegin>1980-01-01</fromDateBegin><fromDateEnd>1980-12-31</fromDateEnd><toDateBegin>1981-01-01</toDateBegin><toDateEnd>1981-12-31</toDateEnd><isApproximate>true</isApproximate><isDateRange>true</isDateRange></valueDate>')}
      ${feature('Gender', '', '<valueRefId>91526</valueRefId>')}${feature('Email Address', 'a@b.test', '<reliability refId="1">Reported</reliability><comments>old</comments>')}${feature('Shoe Size', '44')}</features>
      <identityDocuments><identityDocument id="1"><type refId="1">Passport</type><documentNumber>PS836410192</documentNumber><isValid>false</isValid><issuingCountry refId="11122"/><issuingAuthority>Pyongyang</issuingAuthority></identityDocument></identityDocuments>`
    const { entries, notes } = await readAll(ofacEnhanced, [
      fileOf(
        enhanced(
          entity('25000', 'Individual', inner).replace(
            '</entityType>',
            '</entityType><title>Programmer</title><remarks>Linked To: CHOSUN EXPO.</remarks>',
          ),
        ),
      ),
    ])
    expect(entries[0]).toMatchObject({
      names: [
        { full: 'PARK, Jin Hyok', family: 'PARK', given: 'Jin Hyok' },
        { full: '朴진혁', type: 'original-script', quality: 'strong' },
      ],
      wallets: [
        { asset: 'XBT', address: '12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h' },
        { asset: 'USDT', address: 'TNVaKWQzau4xL4LtgTTdFBLXAJjbGFcRwM' },
      ],
      births: [{ from: '1980-01-01', to: '1981-12-31', circa: true, text: 'circa 1980 to 1981' }],
      sex: 'male',
      titles: ['Programmer'],
      identifiers: [
        { kind: 'email', value: 'a@b.test', note: 'old; Reported' },
        {
          kind: 'passport',
          value: 'PS836410192',
          country: { code: 'KP', text: 'Korea, North' },
          note: 'issued by Pyongyang; marked as not valid',
        },
      ],
    })
    expect(entries[0]?.remarks).toEqual(['Linked To: CHOSUN EXPO.', 'Shoe Size: 44', 'On the list: SDN List, since 2018-09-06'])
    expect(notes.map(({ reason, field, text }) => [reason, field, text])).toEqual([['feature not known', 'Shoe Size', '44']])
  })

  it('of one list is that list; of none or several, entities are entries of each list that they are on', async () => {
    const both =
      '<sanctionsList datePublished="2020-02-02">SDN List</sanctionsList><sanctionsList datePublished="2014-07-16">Sectoral Sanctions Identifications List</sanctionsList>'
    const xml = entity('1', 'Entity', `<names>${name('A', { primary: true })}</names>`, both)
    const lists = async (filters: string[]) =>
      (await readAll(ofacEnhanced, [fileOf(enhanced(xml, filters))])).entries.map(({ list, listedOn }) => [list, listedOn?.from])
    expect(await lists(['SDN List'])).toEqual([['us-ofac-sdn', '2020-02-02']])
    expect(await lists(['Consolidated List'])).toEqual([['us-ofac-cons', '2014-07-16']])
    expect(await lists([])).toEqual([
      ['us-ofac-sdn', '2020-02-02'],
      ['us-ofac-cons', '2014-07-16'],
    ])
    expect(await lists(['SDN List', 'Consolidated List'])).toHaveLength(2)
  })

  it('notes what it does not know and refuses entities without a name or a number, one by one', async () => {
    const good = entity('3', 'Spaceship', `<names>${name('ORDINARY', { type: 'K.A.' })}</names><aura>blue</aura>`)
    const xml = entity('', 'Entity', `<names>${name('A', { primary: true })}</names>`) + entity('2', 'Entity', '<names/>') + good
    const { entries, notes } = await readAll(ofacEnhanced, [fileOf(enhanced(xml))])
    expect(entries.map(({ id, kind, names }) => [id, kind, names[0]?.quality])).toEqual([['3', 'unknown', 'primary']])
    expect(notes.map(({ severity, reason, entry }) => [severity, reason, entry])).toEqual([
      ['refused', 'entity without an id', null],
      ['refused', 'entity without a name', '2'],
      ['note', 'entity type not known', '3'],
      ['note', 'alias type not known', '3'],
      ['note', 'no primary name', '3'],
      ['note', 'element not known', '3'],
    ])
  })

  it('is refused where its root, its date or its entities are missing', async () => {
    const whole = enhanced(entity('1', 'Entity', `<names>${name('A', { primary: true })}</names>`))
    expect((await readAll(ofacEnhanced, [fileOf(whole)])).entries).toHaveLength(1)
    for (const text of [
      whole.replace('ENHANCED_XML"', 'ENHANCED_XML_2"'),
      whole.replaceAll('sanctionsData', 'data'),
      whole.replace(/<dataAsOf>.*<\/dataAsOf>/, ''),
      whole.replace(/<publicationInfo>[\s\S]*<\/publicationInfo>/, ''),
      whole.replace(/<entity [\s\S]*<\/entity>/, ''),
      whole.replaceAll('entities>', 'persons>'),
    ]) {
      expect(text).not.toBe(whole)
      await expect(readAll(ofacEnhanced, [fileOf(text)])).rejects.toMatchObject({ code: 'list/schema' })
    }
  })
})
