import { describe, expect, test } from 'vitest'
import { euConsolidated } from '../../../src/screen/lists/eu-consolidated.ts'
import { fileOf, readAll } from './given-files.ts'

/** Shape, attributes and the entry of Robert Mugabe as in the Commission's export of 2018-12-21; the DPRK entries are put together from annexes XIII and XV in that shape. */
const EXPORT = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2018-12-21T14:39:54.511+01:00" globalFileId="118887">
    <sanctionEntity designationDetails="" unitedNationId="" euReferenceNumber="EU.36.64" logicalId="1">
        <regulation regulationType="amendment" organisationType="commission" publicationDate="2018-02-16" entryIntoForceDate="2018-02-16" numberTitle="2018/223 (OJ L43)" programme="ZWE" logicalId="110201">
            <publicationUrl>http://eur-lex.europa.eu/legal-content/EN/TXT/PDF/?uri=CELEX:32018R0223&amp;from=EN</publicationUrl>
        </regulation>
        <subjectType code="person" classificationCode="P"/>
        <nameAlias firstName="Robert" middleName="Gabriel" lastName="Mugabe" wholeName="Robert Gabriel Mugabe" function="Former President" gender="M" title="" nameLanguage="" strong="true" regulationLanguage="en" logicalId="1">
            <regulationSummary regulationType="amendment" publicationDate="2018-02-16" numberTitle="2018/223 (OJ L43)" publicationUrl="http://eur-lex.europa.eu/"/>
        </nameAlias>
        <birthdate circa="false" calendarType="GREGORIAN" city="" zipCode="" birthdate="1924-02-21" dayOfMonth="21" monthOfYear="2" year="1924" region="" place="" countryIso2Code="00" countryDescription="UNKNOWN" regulationLanguage="en" logicalId="1"/>
        <identification diplomatic="false" knownExpired="false" knownFalse="false" reportedLost="false" revokedByIssuer="false" issuedBy="" latinNumber="" nameOnDocument="" number="AD001095" region="" countryIso2Code="00" countryDescription="UNKNOWN" identificationTypeCode="passport" identificationTypeDescription="National passport" regulationLanguage="en" logicalId="315">
            <remark>(passport)</remark>
        </identification>
    </sanctionEntity>
    <sanctionEntity designationDate="2009-07-16" designationDetails="" unitedNationId="KPi.001" euReferenceNumber="EU.2310.1" logicalId="2310">
        <remark>(Date of UN designation: 2009-07-16)</remark>
        <regulation regulationType="repealing" organisationType="council" publicationDate="2017-08-31" numberTitle="2017/1509 (OJ L224)" programme="PRK" logicalId="104200"/>
        <subjectType code="person" classificationCode="P"/>
        <nameAlias firstName="" middleName="" lastName="" wholeName="윤호진" strong="true" nameLanguage="KO" logicalId="90"/>
        <nameAlias firstName="Ho-jin" middleName="" lastName="YUN" wholeName="YUN Ho-jin" function="(a) Director of Namchongang Trading Corporation (b) Oversees the import of items" gender="M" title="" strong="true" logicalId="91"/>
        <nameAlias firstName="" middleName="" lastName="" wholeName="Yun Ho 'ng-chin" strong="true" logicalId="92"/>
        <nameAlias firstName="" middleName="" lastName="" wholeName="Director Yun" strong="false" logicalId="93"/>
        <nameAlias firstName="" middleName="" lastName="" wholeName="Yun H" strong="true" logicalId="94"><remark>Low quality alias</remark></nameAlias>
        <citizenship region="" countryIso2Code="KP" countryDescription="KOREA, DEMOCRATIC PEOPLE'S REPUBLIC OF" logicalId="5"/>
        <birthdate circa="true" calendarType="GREGORIAN" city="Tirin Kot District" yearRangeFrom="1953" yearRangeTo="1958" countryIso2Code="AF" countryDescription="AFGHANISTAN" logicalId="1865"/>
        <birthdate circa="false" calendarType="GREGORIAN" yearRangeTo="1980" countryIso2Code="00" countryDescription="UNKNOWN" logicalId="117055"/>
        <birthdate circa="false" calendarType="ISLAMIC" city="Farsan" year="1343" countryIso2Code="IR" countryDescription="IRAN" logicalId="7"/>
        <birthdate circa="false" calendarType="GREGORIAN" year="1961" monthOfYear="2" dayOfMonth="31" logicalId="8"/>
        <birthdate circa="false" calendarType="GREGORIAN" year="1961" monthOfYear="8" logicalId="9"/>
    </sanctionEntity>
    <sanctionEntity euReferenceNumber="EU.5554.3" logicalId="900">
        <regulation regulationType="amendment" publicationDate="2022-02-28" numberTitle="2017/1509 (OJ L224)" programme="PRK"/>
        <subjectType code="enterprise" classificationCode="E"/>
        <nameAlias wholeName="OCEAN MARITIME MANAGEMENT COMPANY LIMITED (OMM)" strong="true" function="Ship manager"/>
        <address city="Pyongyang" street="Donghung Dong" poBox="120" zipCode="" region="" place="Central District" asAtListingTime="false" countryIso2Code="KP" countryDescription="KOREA, DEMOCRATIC PEOPLE'S REPUBLIC OF" logicalId="4">
            <remark>also in Dalian</remark>
            <contactInfo key="PHONE" value="+850 2 18111"/>
            <contactInfo key="EMAIL" value="ryonha@ silibank.com"/>
        </address>
        <identification number="1790183" identificationTypeCode="imo" identificationTypeDescription="International Maritime Organization number" knownFalse="true" countryIso2Code="00"/>
        <identification number="9999" identificationTypeCode="tradelic" identificationTypeDescription="Trade licence" countryIso2Code="KP" countryDescription="KOREA, DEMOCRATIC PEOPLE'S REPUBLIC OF"/>
        <formerElement x="1"/>
    </sanctionEntity>
</export>`

const xml = (text: string, piece?: number) => readAll(euConsolidated, [fileOf('eu.xml', text, piece)], 'eu-fsf')

describe('the EU consolidated file as XML', () => {
  test('is recognised by its root and namespace, whatever its name', () => {
    expect(euConsolidated.recognises([fileOf('list.dat', EXPORT)])).toBe(true)
    expect(euConsolidated.recognises([fileOf('eu.xml', '<export xmlns="http://example.org/other"/>')])).toBe(false)
    expect(euConsolidated.recognises([fileOf('eu.xml', 'id,name\n1,A')])).toBe(false)
  })

  test('gives names, birth, paper, programme and the act of an entry of the real export', async () => {
    const { entries, published } = await xml(EXPORT)
    expect(published).toEqual(['2018-12-21T14:39:54.511+01:00'])
    const mugabe = entries[0]!
    expect(mugabe).toMatchObject({
      list: 'eu-fsf',
      id: 'EU.36.64',
      kind: 'person',
      programmes: ['ZWE'],
      legalBasis: ['2018/223 (OJ L43)'],
      sex: 'male',
      titles: ['Former President'],
      countries: [],
    })
    expect(mugabe.names).toEqual([
      { full: 'Robert Gabriel Mugabe', family: 'Mugabe', given: 'Robert Gabriel', quality: 'primary', type: 'primary' },
    ])
    expect(mugabe.births).toEqual([{ from: '1924-02-21', to: '1924-02-21', circa: false, text: '1924-02-21' }])
    expect(mugabe.identifiers).toEqual([
      { kind: 'passport', value: 'AD001095', country: null, issued: null, expires: null, note: '(passport)' },
    ])
    expect(mugabe.raw.startsWith('<sanctionEntity ')).toBe(true)
    expect(mugabe.place).toEqual({ file: 'eu.xml', line: 3 })
  })

  test('takes the first strong name in Latin letters as primary and keeps weak names weak', async () => {
    const yun = (await xml(EXPORT)).entries[1]!
    expect(yun.names.map(({ full, quality, type }) => [full, quality, type])).toEqual([
      ['YUN Ho-jin', 'primary', 'primary'],
      ['윤호진', 'strong', 'original-script'],
      ["Yun Ho'ng-chin", 'strong', 'aka'],
      ['Director Yun', 'weak', 'aka'],
      ['Yun H', 'weak', 'aka'],
    ])
    expect(yun.names[0]).toMatchObject({ family: 'YUN', given: 'Ho-jin' })
    expect(yun.titles).toEqual(['Director of Namchongang Trading Corporation', 'Oversees the import of items'])
    expect(yun.listedOn?.from).toBe('2009-07-16')
    expect(yun.countries[0]?.code).toBe('KP')
    expect(yun.identifiers).toContainEqual({
      kind: 'other',
      value: 'KPi.001',
      country: null,
      issued: null,
      expires: null,
      note: 'United Nations reference',
    })
  })

  test('reads birth years as a range and never reads another calendar, half a range or 31 February as days', async () => {
    const { entries, notes } = await xml(EXPORT)
    expect(entries[1]!.births).toEqual([
      { from: '1953-01-01', to: '1958-12-31', circa: true, text: '1953 to 1958' },
      { from: null, to: null, circa: false, text: 'to 1980' },
      { from: null, to: null, circa: false, text: '1343 (ISLAMIC)' },
      { from: null, to: null, circa: false, text: '1961-2-31' },
      { from: '1961-08-01', to: '1961-08-31', circa: false, text: '1961-8' },
    ])
    expect(notes.filter(({ field }) => field === 'birthdate').map(({ reason, entry }) => [reason, entry])).toEqual([
      ['years open at one end', 'EU.2310.1'],
      ['date of another calendar', 'EU.2310.1'],
      ['date not understood', 'EU.2310.1'],
    ])
    expect(entries[1]!.birthPlaces).toEqual(['Tirin Kot District, AFGHANISTAN', 'Farsan, IRAN'])
  })

  test('keeps addresses, ways of contact and what the list says of a paper', async () => {
    const omm = (await xml(EXPORT)).entries[2]!
    expect(omm.addresses).toEqual([
      {
        text: "Donghung Dong, P.O. Box 120, Central District, Pyongyang, KOREA, DEMOCRATIC PEOPLE'S REPUBLIC OF",
        country: expect.objectContaining({ code: 'KP' }),
      },
    ])
    expect(omm.identifiers.map(({ kind, value }) => [kind, value])).toEqual([
      // Valid by both check digits, and the list does not say whose it is.
      ['imo-ship', '1790183'],
      ['imo-company', '1790183'],
      ['registration', '9999'],
      ['phone', '+850 2 18111'],
      ['email', 'ryonha@ silibank.com'],
    ])
    expect(omm.identifiers[0]?.note).toContain('known to be false')
    expect(omm.remarks).toContain('also in Dalian')
    expect(omm.titles).toEqual([])
  })

  test('notes an element that the format does not have', async () => {
    const { notes } = await xml(EXPORT)
    expect(notes).toContainEqual(expect.objectContaining({ reason: 'element not understood', text: 'formerElement', entry: 'EU.5554.3' }))
  })

  test('gives the same entries however the bytes are cut', async () => {
    const whole = await xml(EXPORT)
    for (const piece of [1, 7, 1021]) expect(await xml(EXPORT, piece)).toEqual(whole)
  })

  test('keeps both entries of a number used twice and one of an entry given twice', async () => {
    const first = EXPORT.indexOf('<sanctionEntity'),
      end = EXPORT.indexOf('</sanctionEntity>') + '</sanctionEntity>'.length
    const entity = EXPORT.slice(first, end)
    const twice = EXPORT.replace('</export>', `${entity}${entity.replace('Robert Gabriel Mugabe', 'Another')}</export>`)
    const { entries, reasons } = await xml(twice)
    expect(entries.map(({ id }) => id)).toEqual(['EU.36.64', 'EU.2310.1', 'EU.5554.3', 'EU.36.64#2'])
    expect(reasons).toEqual(expect.arrayContaining(['entity given twice', 'id used twice']))
  })

  test('refuses another root, an export without entries, entity declarations and a cut file', async () => {
    await expect(xml('<export xmlns="urn:x"/>')).rejects.toMatchObject({
      code: 'list/schema',
      message: expect.stringContaining('expected the root export'),
    })
    await expect(xml('<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-01-01"></export>')).rejects.toMatchObject({
      code: 'list/schema',
    })
    const bomb = EXPORT.replace('<export ', '<!DOCTYPE export [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><export ').replace(
      'Robert Gabriel',
      '&b;',
    )
    await expect(xml(bomb)).rejects.toMatchObject({ code: 'list/xml' })
    await expect(xml(EXPORT.slice(0, EXPORT.lastIndexOf('</export>')))).rejects.toMatchObject({ code: 'list/xml' })
  })

  test('refuses an entity without a name and goes on', async () => {
    const { entries, notes } = await xml(
      EXPORT.replace('wholeName="Robert Gabriel Mugabe"', 'wholeName=" "').replace(
        /firstName="Robert" middleName="Gabriel" lastName="Mugabe"/,
        '',
      ),
    )
    expect(entries).toHaveLength(2)
    expect(notes).toContainEqual(expect.objectContaining({ severity: 'refused', reason: 'entity without a name' }))
  })
})

/** Columns verbatim from the Commission's CSV of 2026-08-05 (118 of them; those used here). */
const HEADER =
  'fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_UnitedNationId;Entity_DesignationDate;Entity_DesignationDetails;Entity_Remark;Entity_SubjectType;Entity_SubjectType_ClassificationCode;Entity_Regulation_Type;Entity_Regulation_PublicationDate;Entity_Regulation_NumberTitle;Entity_Regulation_Programme;NameAlias_LastName;NameAlias_FirstName;NameAlias_MiddleName;NameAlias_WholeName;NameAlias_Gender;NameAlias_Function;NameAlias_LogicalId;NameAlias_Regulation_NumberTitle;Address_City;Address_ContactInfo;Address_CountryIso2Code;Address_CountryDescription;BirthDate_BirthDate;BirthDate_Day;BirthDate_Month;BirthDate_Year;BirthDate_Circa;BirthDate_CalendarType;BirthDate_City;Identification_Number;Identification_TypeCode;Identification_TypeDescription;Identification_CountryIso2Code;Citizenship_CountryIso2Code;Citizenship_CountryDescription'

function csvRow(cells: Readonly<Record<string, string>>): string {
  return HEADER.split(';')
    .map((name) => {
      const cell = cells[name] ?? ''
      return /[;"\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell
    })
    .join(';')
}

const ENTITY = {
  fileGenerationDate: '05/08/2026',
  Entity_LogicalId: '13',
  Entity_EU_ReferenceNumber: 'EU.27.28',
  Entity_Remark: '(UNSC RESOLUTION 1483)',
  Entity_SubjectType: 'P',
  Entity_SubjectType_ClassificationCode: 'person',
  Entity_Regulation_Type: 'regulation',
  Entity_Regulation_PublicationDate: '2003-07-08',
  Entity_Regulation_NumberTitle: '1210/2003 (OJ L169)',
  Entity_Regulation_Programme: 'IRQ',
}
const CSV = `\uFEFF${[
  HEADER,
  csvRow({
    ...ENTITY,
    NameAlias_LastName: 'Hussein Al-Tikriti',
    NameAlias_FirstName: 'Saddam',
    NameAlias_WholeName: 'Saddam Hussein Al-Tikriti',
    NameAlias_Gender: 'M',
    NameAlias_LogicalId: '17',
  }),
  csvRow({ ...ENTITY, NameAlias_WholeName: 'Abu Ali', NameAlias_LogicalId: '19' }),
  csvRow({
    ...ENTITY,
    BirthDate_BirthDate: '1937-04-28',
    BirthDate_Day: '28',
    BirthDate_Month: '4',
    BirthDate_Year: '1937',
    BirthDate_Circa: 'false',
    BirthDate_CalendarType: 'GREGORIAN',
    BirthDate_City: 'al-Awja, near Tikrit',
  }),
  csvRow({ ...ENTITY, Citizenship_CountryIso2Code: 'IQ', Citizenship_CountryDescription: 'IRAQ' }),
  csvRow({
    ...ENTITY,
    Entity_LogicalId: '99',
    Entity_EU_ReferenceNumber: 'EU.9.1',
    Entity_SubjectType: 'E',
    Entity_SubjectType_ClassificationCode: 'enterprise',
    NameAlias_WholeName: 'JSC "Example"; Bank',
  }),
  csvRow({
    ...ENTITY,
    Entity_LogicalId: '99',
    Entity_EU_ReferenceNumber: 'EU.9.1',
    Entity_SubjectType: 'E',
    Entity_SubjectType_ClassificationCode: 'enterprise',
    Address_City: 'Miass',
    Address_ContactInfo: 'EMAILjur@example.comPHONE+7 (351) 7751037WEBhttps://www.example.com/',
    Address_CountryIso2Code: 'RU',
    Address_CountryDescription: 'RUSSIAN FEDERATION',
  }),
].join('\r\n')}\r\n`

describe('the EU consolidated file as CSV', () => {
  const read = (text: string) => readAll(euConsolidated, [fileOf('eu.csv', text)], 'eu-fsf')

  test('joins the rows of a logical id into the entry that the XML gives', async () => {
    expect(euConsolidated.recognises([fileOf('x', CSV)])).toBe(true)
    const { entries, published, notes } = await read(CSV)
    expect(published).toEqual(['2026-08-05'])
    expect(notes).toEqual([])
    expect(entries).toHaveLength(2)
    expect(entries[0]).toMatchObject({
      id: 'EU.27.28',
      kind: 'person',
      programmes: ['IRQ'],
      legalBasis: ['1210/2003 (OJ L169)'],
      sex: 'male',
      birthPlaces: ['al-Awja, near Tikrit'],
      remarks: ['(UNSC RESOLUTION 1483)'],
    })
    expect(entries[0]!.names.map(({ full, family }) => [full, family])).toEqual([
      ['Saddam Hussein Al-Tikriti', 'Hussein Al-Tikriti'],
      ['Abu Ali', null],
    ])
    expect(entries[0]!.births.map(({ from }) => from)).toEqual(['1937-04-28'])
    expect(entries[0]!.countries).toEqual([{ code: 'IQ', text: 'IRAQ' }])
    expect(entries[0]!.listedOn?.from).toBe('2003-07-08')
    expect(entries[0]!.raw.split('\n')).toHaveLength(4)
    expect(entries[1]).toMatchObject({ id: 'EU.9.1', kind: 'organisation' })
    expect(entries[1]!.names[0]!.full).toBe('JSC "Example"; Bank')
    expect(entries[1]!.identifiers.map(({ kind, value }) => [kind, value])).toEqual([
      ['email', 'jur@example.com'],
      ['phone', '+7 (351) 7751037'],
      ['website', 'https://www.example.com/'],
    ])
  })

  test('names the columns that it expected and found when the header has changed', async () => {
    await expect(read('fileGenerationDate;Entity_LogicalId;NameAlias_Whole\n1;2;3')).rejects.toMatchObject({
      code: 'list/schema',
      message: expect.stringMatching(
        /expected the columns Entity_LogicalId, Entity_SubjectType, NameAlias_WholeName; found: fileGenerationDate, Entity_LogicalId, NameAlias_Whole/,
      ),
    })
  })

  test('refuses single rows that are broken, with their line, and reads the others', async () => {
    const { entries, notes } = await read(
      CSV.replace(
        '05/08/2026;13;EU.27.28;;;;(UNSC RESOLUTION 1483);P;person;regulation;2003-07-08;1210/2003 (OJ L169);IRQ;;;;Abu Ali',
        '05/08/2026;;EU.27.28;;;;x;P;person;;;;;;;;Abu Ali',
      ),
    )
    expect(entries).toHaveLength(2)
    expect(notes).toContainEqual(expect.objectContaining({ severity: 'refused', line: 3, reason: 'row without a logical id' }))
  })
})
