/**
 * A small file in the ENHANCED schema, written by hand after CONS_ENHANCED.XML of 10 January 2025: the same elements, attributes and reference numbers. Its entities are made up but for names and
 * numbers that are public on the SDN list; vessels, wallets and approximate dates are there because the real file has none.
 */
const REFERENCES = `<referenceValues>
    <referenceValue refId="1400"><type>ALIAS TYPE</type><value>A.K.A.</value></referenceValue>
    <referenceValue refId="600"><type>SDN TYPE</type><value>Individual</value></referenceValue>
    <referenceValue refId="11122"><type>COUNTRY</type><value>Korea, North</value><isoCode>KP</isoCode></referenceValue>
    <referenceValue refId="91526"><type>Gender</type><value>Male</value></referenceValue>
  </referenceValues>`

export function enhanced(entities: string, lists = ['SDN List']): string {
  const filters = lists.map((list) => `<sanctionsList refId="1550">${list}</sanctionsList>`).join('')
  return `<?xml version="1.0" encoding="utf-8"?>
<sanctionsData xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML">
  <publicationInfo>
    <dataAsOf>2025-01-10T00:00:00</dataAsOf>
    <filters><sanctionsLists>${filters}</sanctionsLists></filters>
  </publicationInfo>
  ${REFERENCES}
  <featureTypes><featureType featureTypeId="8"><type>Birthdate</type><detailType refId="1430">DATE</detailType><publishExclude>false</publishExclude></featureType></featureTypes>
  <entities>
${entities}
  </entities>
</sanctionsData>
`
}

export function name(
  full: string,
  more: {
    readonly primary?: boolean
    readonly weak?: boolean
    readonly type?: string
    readonly script?: string
    readonly last?: string
    readonly first?: string
  } = {},
): string {
  const alias = more.type === undefined ? '' : `<aliasType refId="1400">${more.type}</aliasType>`
  const parts =
    more.last === undefined
      ? ''
      : `<nameParts><namePart id="1"><type refId="1520">Last Name</type><value>${more.last}</value></namePart></nameParts>`
  return `<name id="1"><isPrimary>${more.primary ?? false}</isPrimary>${alias}<isLowQuality>${more.weak ?? false}</isLowQuality><translations>
    <translation id="1"><isPrimary>true</isPrimary><script refId="20122">${more.script ?? 'Latin'}</script>${more.first === undefined ? '' : `<formattedFirstName>${more.first}</formattedFirstName>`}<formattedLastName>${more.last ?? full}</formattedLastName><formattedFullName>${full}</formattedFullName>${parts}</translation></translations></name>`
}

export function feature(type: string, value: string, more = ''): string {
  return `<feature id="1"><type featureTypeId="8">${type}</type><versionId>1</versionId><value>${value}</value>${more}<isPrimary>true</isPrimary></feature>`
}

export function entity(
  id: string,
  type: string,
  inner: string,
  lists = '<sanctionsList refId="1550" id="1" datePublished="2018-09-06">SDN List</sanctionsList>',
): string {
  return `<entity id="${id}"><generalInfo><identityId>1</identityId><entityType refId="600">${type}</entityType></generalInfo><sanctionsLists>${lists}</sanctionsLists>${inner}</entity>`
}
