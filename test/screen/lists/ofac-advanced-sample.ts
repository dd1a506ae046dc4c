/**
 * A small file in the form of SDN_ADVANCED.XML, written by hand: no file of that format is in the shared data. Elements, attributes, reference numbers and the order of the sections are those that
 * OpenSanctions' reader of the real file relies on (opensanctions/opensanctions, datasets/us/ofac/ofac_advanced.py), that OFAC's sdn_advanced_notes describe, and that fragments of the real file in public
 * tests show: parties 2674, 4238, 36 and 27307, the periods of feature versions 41040 (a year), 6684 (circa a year) and 17587 (1984 to 1986), location 186216 with a country as its part of type 1.
 */
const NAMESPACE = 'https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML'

const REFERENCES = `<ReferenceValueSets>
    <AliasTypeValues><AliasType ID="1400">A.K.A.</AliasType><AliasType ID="1401">F.K.A.</AliasType><AliasType ID="1402">N.K.A.</AliasType><AliasType ID="1403">Name</AliasType></AliasTypeValues>
    <AreaCodeValues><AreaCode ID="11216" CountryID="11216" Description="Venezuela" AreaCodeTypeID="1">VE</AreaCode><AreaCode ID="11291" CountryID="11291" Description="undetermined" AreaCodeTypeID="1" /></AreaCodeValues>
    <CalendarTypeValues><CalendarType ID="1">Gregorian</CalendarType></CalendarTypeValues>
    <CountryValues><Country ID="11073" ISO2="CU">Cuba</Country><Country ID="11143" ISO2="IQ">Iraq</Country><Country ID="11122" ISO2="KP">Korea, North</Country><Country ID="11216" ISO2="VE">Venezuela</Country><Country ID="11291">undetermined</Country></CountryValues>
    <DetailReferenceValues><DetailReference ID="705">Tug</DetailReference><DetailReference ID="91526">Male</DetailReference><DetailReference ID="92084">section 1(b) of Executive Order 13224</DetailReference></DetailReferenceValues>
    <DetailTypeValues><DetailType ID="1430">DATE</DetailType><DetailType ID="1431">LOOKUP</DetailType><DetailType ID="1432">TEXT</DetailType><DetailType ID="1433">COUNTRY</DetailType></DetailTypeValues>
    <FeatureTypeValues>
      <FeatureType ID="1" FeatureTypeGroupID="1">Vessel Call Sign</FeatureType><FeatureType ID="2" FeatureTypeGroupID="1">VESSEL TYPE</FeatureType><FeatureType ID="3" FeatureTypeGroupID="1">Vessel Flag</FeatureType>
      <FeatureType ID="4" FeatureTypeGroupID="1">Vessel Owner</FeatureType><FeatureType ID="8" FeatureTypeGroupID="1">Birthdate</FeatureType><FeatureType ID="9" FeatureTypeGroupID="1">Place of Birth</FeatureType>
      <FeatureType ID="10" FeatureTypeGroupID="1">Nationality Country</FeatureType><FeatureType ID="25" FeatureTypeGroupID="1">Location</FeatureType><FeatureType ID="26" FeatureTypeGroupID="1">Title</FeatureType>
      <FeatureType ID="64" FeatureTypeGroupID="1">Aircraft Tail Number</FeatureType><FeatureType ID="224" FeatureTypeGroupID="1">Gender</FeatureType><FeatureType ID="344" FeatureTypeGroupID="1">Digital Currency Address - XBT</FeatureType>
      <FeatureType ID="345" FeatureTypeGroupID="1">Digital Currency Address - ETH</FeatureType><FeatureType ID="504" FeatureTypeGroupID="1">Secondary sanctions risk:</FeatureType>
    </FeatureTypeValues>
    <IDRegDocDateTypeValues><IDRegDocDateType ID="1480">Issue Date</IDRegDocDateType><IDRegDocDateType ID="1481">Expiration Date</IDRegDocDateType></IDRegDocDateTypeValues>
    <IDRegDocTypeValues><IDRegDocType ID="1571">Passport</IDRegDocType><IDRegDocType ID="1626">Vessel Registration Identification</IDRegDocType><IDRegDocType ID="91264">MMSI</IDRegDocType></IDRegDocTypeValues>
    <LegalBasisValues><LegalBasis ID="1">Unknown</LegalBasis><LegalBasis ID="1822">Executive Order 13224 (Terrorism)</LegalBasis><LegalBasis ID="91890">Executive Order 13722 (DPRK)</LegalBasis></LegalBasisValues>
    <ListValues><List ID="1550">SDN List</List><List ID="91512">Consolidated List</List></ListValues>
    <LocPartTypeValues><LocPartType ID="1">Unknown</LocPartType><LocPartType ID="1451">ADDRESS1</LocPartType><LocPartType ID="1454">CITY</LocPartType><LocPartType ID="1456">POSTAL CODE</LocPartType></LocPartTypeValues>
    <NamePartTypeValues><NamePartType ID="1520">Last Name</NamePartType><NamePartType ID="1521">First Name</NamePartType><NamePartType ID="1525">Entity Name</NamePartType><NamePartType ID="1526">Vessel Name</NamePartType><NamePartType ID="1528">Nickname</NamePartType></NamePartTypeValues>
    <PartySubTypeValues><PartySubType ID="1" PartyTypeID="4">Vessel</PartySubType><PartySubType ID="2" PartyTypeID="4">Aircraft</PartySubType><PartySubType ID="3" PartyTypeID="2">Unknown</PartySubType><PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType></PartySubTypeValues>
    <PartyTypeValues><PartyType ID="1">Individual</PartyType><PartyType ID="2">Entity</PartyType><PartyType ID="3">Location</PartyType><PartyType ID="4">Transport</PartyType></PartyTypeValues>
    <RelationTypeValues><RelationType ID="15003">Owned or Controlled By</RelationType><RelationType ID="91725">Leader or official of</RelationType></RelationTypeValues>
    <ReliabilityValues><Reliability ID="1">Unknown</Reliability><Reliability ID="1560">Confirmed</Reliability><Reliability ID="1561">Reported</Reliability></ReliabilityValues>
    <SanctionsTypeValues><SanctionsType ID="1">Program</SanctionsType><SanctionsType ID="1705">Block</SanctionsType></SanctionsTypeValues>
    <ScriptValues><Script ID="215" ScriptCode="Latn">Latin</Script><Script ID="160" ScriptCode="Arab">Arabic</Script><Script ID="286" ScriptCode="Hang">Hangul</Script></ScriptValues>
    <ValidityValues><Validity ID="1">Valid</Validity><Validity ID="2">Fraudulent</Validity></ValidityValues>
  </ReferenceValueSets>`

const LOCATIONS = `<Locations>
    <Location ID="26"><LocationAreaCode AreaCodeID="11291" /><LocationCountry CountryID="11073" CountryRelevanceID="1413" />
      <LocationPart LocPartTypeID="1454"><LocationPartValue Primary="true" LocPartValueTypeID="1" LocPartValueStatusID="1"><Comment /><Value>Havana</Value></LocationPartValue></LocationPart>
      <LocationPart LocPartTypeID="1451"><LocationPartValue Primary="true" LocPartValueTypeID="1" LocPartValueStatusID="1"><Comment /><Value>Calle 5 No. 10</Value></LocationPartValue></LocationPart>
      <FeatureVersionReference FeatureVersionID="202237" />
    </Location>
    <Location ID="80"><LocationAreaCode AreaCodeID="11291" /></Location>
    <Location ID="186216"><LocationPart LocPartTypeID="1"><LocationPartValue Primary="true" LocPartValueTypeID="1" LocPartValueStatusID="1"><Comment /><Value>Iraq</Value></LocationPartValue></LocationPart></Location>
    <Location ID="186217"><LocationPart LocPartTypeID="1"><LocationPartValue Primary="true" LocPartValueTypeID="1" LocPartValueStatusID="1"><Comment /><Value>Korea, North</Value></LocationPartValue></LocationPart></Location>
  </Locations>`

const DOCUMENTS = `<IDRegDocuments>
    <IDRegDocument ID="2" IDRegDocTypeID="1571" IdentityID="6746" IssuedBy-CountryID="11143" ValidityID="1"><Comment /><IDRegistrationNo>040070827</IDRegistrationNo><IssuingAuthority />
      <DocumentDate IDRegDocDateTypeID="1480">${period('2001-05-20', '2001-05-20')}</DocumentDate><DocumentDate IDRegDocDateTypeID="1481">${period('2006-05-19', '2006-05-19')}</DocumentDate>
      <DocumentedNameReference DocumentedNameID="6746" /></IDRegDocument>
    <IDRegDocument ID="3" IDRegDocTypeID="1571" IdentityID="6746" IssuedBy-CountryID="11143" ValidityID="2"><Comment>seen in 2002</Comment><IDRegistrationNo>000001</IDRegistrationNo><IssuingAuthority /></IDRegDocument>
    <IDRegDocument ID="9" IDRegDocTypeID="1626" IdentityID="1663" ValidityID="1"><Comment /><IDRegistrationNo>IMO 8132835</IDRegistrationNo><IssuingAuthority /></IDRegDocument>
    <IDRegDocument ID="10" IDRegDocTypeID="91264" IdentityID="1663" ValidityID="1"><Comment /><IDRegistrationNo>323456789</IDRegistrationNo><IssuingAuthority /></IDRegDocument>
  </IDRegDocuments>`

/** A DatePeriod from the first day to the last, as ranges of two points each. */
export function period(from: string, to: string, approximate = false): string {
  const point = (name: string, day: string) => {
    const [year, month, date] = day.split('-').map(Number)
    return `<${name}><Year>${year}</Year><Month>${month}</Month><Day>${date}</Day></${name}>`
  }
  const fixed = 'YearFixed="false" MonthFixed="false" DayFixed="false"'
  return `<DatePeriod CalendarTypeID="1" ${fixed}><Start Approximate="${approximate}" ${fixed}>${point('From', from)}${point('To', from)}</Start><End Approximate="${approximate}" ${fixed}>${point('From', to)}${point('To', to)}</End></DatePeriod>`
}

export function feature(type: number, inner: string): string {
  return `<Feature ID="1" FeatureTypeID="${type}"><FeatureVersion ID="1" ReliabilityID="1"><Comment />${inner}</FeatureVersion><IdentityReference IdentityID="6746" IdentityFeatureLinkTypeID="1" /></Feature>`
}

function alias(
  type: number,
  parts: readonly (readonly [number, string])[],
  more = 'Primary="false" LowQuality="false"',
  script = 215,
): string {
  const values = parts.map(
    ([group, text]) =>
      `<DocumentedNamePart><NamePartValue NamePartGroupID="${group}" ScriptID="${script}" ScriptStatusID="1" Acronym="false">${text}</NamePartValue></DocumentedNamePart>`,
  )
  return `<Alias FixedRef="1" AliasTypeID="${type}" ${more}><DocumentedName ID="1" FixedRef="1" DocNameStatusID="1">${values.join('')}</DocumentedName></Alias>`
}

export function party(id: number, type: number, identity: number, aliases: string, features = ''): string {
  const groups = (
    [
      [1, 1520],
      [2, 1521],
      [3, 1525],
      [4, 1526],
      [5, 1528],
    ] as const
  ).map(([group, part]) => `<MasterNamePartGroup><NamePartGroup ID="${group}" NamePartTypeID="${part}" /></MasterNamePartGroup>`)
  return `<DistinctParty FixedRef="${id}"><Comment /><Profile ID="${id}" PartySubTypeID="${type}"><Identity ID="${identity}" FixedRef="${id}" Primary="true" False="false">${aliases}<NamePartGroups>${groups.join('')}</NamePartGroups></Identity>${features}</Profile></DistinctParty>`
}

export const primary = (parts: readonly (readonly [number, string])[]) => alias(1403, parts, 'Primary="true" LowQuality="false"')

const PERSON = party(
  2674,
  4,
  6746,
  `<Alias FixedRef="2674" AliasTypeID="1403" Primary="true" LowQuality="false">
      <DocumentedName ID="6746" FixedRef="2674" DocNameStatusID="1"><DocumentedNamePart><NamePartValue NamePartGroupID="1" ScriptID="215" ScriptStatusID="1" Acronym="false">ABBAS</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue NamePartGroupID="2" ScriptID="215" ScriptStatusID="1" Acronym="false">Abu</NamePartValue></DocumentedNamePart></DocumentedName>
      <DocumentedName ID="6747" FixedRef="2674" DocNameStatusID="2"><DocumentedNamePart><NamePartValue NamePartGroupID="1" ScriptID="160" ScriptStatusID="1" Acronym="false">عباس</NamePartValue></DocumentedNamePart></DocumentedName>
    </Alias>${alias(1400, [
      [1, 'ZAYDAN'],
      [2, 'Muhammad'],
    ])}${alias(1401, [[5, 'ABU KHALID']], 'Primary="false" LowQuality="true"')}`,
  feature(8, `${period('1948-12-10', '1948-12-10')}<VersionDetail DetailTypeID="1430" />`) +
    feature(8, `${period('1961-01-01', '1961-12-31', true)}<VersionDetail DetailTypeID="1430" />`) +
    feature(
      8,
      '<DatePeriod CalendarTypeID="1"><Start><From><Year>1984</Year></From></Start><End><To><Year>1986</Year></To></End></DatePeriod><VersionDetail DetailTypeID="1430" />',
    ) +
    feature(9, '<VersionDetail DetailTypeID="1432">Tirat Haifa, Palestine</VersionDetail>') +
    feature(10, '<VersionDetail DetailTypeID="1433" /><VersionLocation LocationID="186216" />') +
    feature(26, '<VersionDetail DetailTypeID="1432">Director of PLF</VersionDetail>') +
    feature(224, '<VersionDetail DetailTypeID="1431" DetailReferenceID="91526" />') +
    feature(504, '<VersionDetail DetailTypeID="1431" DetailReferenceID="92084" />') +
    feature(25, '<VersionLocation LocationID="80" />'),
)

const SHIP = party(
  4238,
  1,
  1663,
  primary([[4, 'MAR AZUL']]),
  feature(1, '<VersionDetail DetailTypeID="1432">CL2192</VersionDetail>') +
    feature(2, '<VersionDetail DetailTypeID="1431" DetailReferenceID="705" />') +
    feature(3, '<VersionDetail DetailTypeID="1432">Cuba</VersionDetail>') +
    feature(4, '<VersionDetail DetailTypeID="1432">Samir de Navegacion S.A.</VersionDetail>') +
    feature(25, '<VersionLocation LocationID="26" />'),
)

const GROUP = party(
  27307,
  3,
  19011,
  primary([[3, 'LAZARUS GROUP']]) +
    alias(1400, [[3, '라자루스']], 'Primary="false" LowQuality="false"', 286) +
    alias(1402, [[3, 'HIDDEN COBRA']]),
  feature(345, '<VersionDetail DetailTypeID="1432">0x098B716B8Aaf21512996dC57EB0615e2383E2f96</VersionDetail>') +
    feature(344, '<VersionDetail DetailTypeID="1432"> 12aNKp2iDKuhEde2YfPdd4DFGenRUTKupL </VersionDetail>') +
    feature(10, '<VersionDetail DetailTypeID="1433" /><VersionLocation LocationID="186217" />'),
)

export function sanctionsEntry(profile: number, programmes: readonly string[], day = '2019-09-13', basis = 91890, list = 1550): string {
  const [year, month, date] = day.split('-').map(Number)
  const measures = programmes.map(
    (programme) =>
      `<SanctionsMeasure ID="2" SanctionsTypeID="1"><Comment>${programme}</Comment><DatePeriod CalendarTypeID="1" /></SanctionsMeasure>`,
  )
  return `<SanctionsEntry ID="${profile}" ProfileID="${profile}" ListID="${list}"><EntryEvent ID="${profile}" EntryEventTypeID="1" LegalBasisID="${basis}"><Comment /><Date CalendarTypeID="1"><Year>${year}</Year><Month>${month}</Month><Day>${date}</Day></Date></EntryEvent><SanctionsMeasure ID="1" SanctionsTypeID="1705"><Comment /><DatePeriod CalendarTypeID="1" /></SanctionsMeasure>${measures.join('')}</SanctionsEntry>`
}

export function advanced(
  parties = [PERSON, SHIP, GROUP].join('\n'),
  entries = sanctionsEntry(2674, ['SDGT'], '2001-12-04', 1822) +
    sanctionsEntry(4238, ['CUBA'], '1986-12-10', 1) +
    sanctionsEntry(27307, ['DPRK3', 'CYBER2']),
): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<Sanctions xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="${NAMESPACE}">
  <DateOfIssue CalendarTypeID="1"><Year>2025</Year><Month>1</Month><Day>10</Day></DateOfIssue>
  ${REFERENCES}
  ${LOCATIONS}
  ${DOCUMENTS}
  <DistinctParties>
${parties}
  </DistinctParties>
  <ProfileRelationships><ProfileRelationship ID="1" From-ProfileID="2674" To-ProfileID="27307" RelationTypeID="91725" RelationQualityID="1" Former="true" SanctionsEntryID="2674"><Comment /></ProfileRelationship></ProfileRelationships>
  <SanctionsEntries>
${entries}
  </SanctionsEntries>
</Sanctions>
`
}
