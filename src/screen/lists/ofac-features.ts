import type { EntryKind, IdentifierKind } from './entry.ts'

/** What a labelled fact of an OFAC list is for us. The Treasury calls these facts features; the same labels stand in its remarks, its XML and the Consolidated Screening List. */
export type FeatureUse =
  | { readonly field: 'identifier'; readonly kind: IdentifierKind }
  | { readonly field: 'wallet'; readonly asset: string }
  | { readonly field: 'birth' | 'birthplace' | 'country' | 'sex' | 'title' | 'basis' | 'listed' | 'remark' }
  | { readonly field: 'link'; readonly relation: string }

const IDENTIFIERS: Readonly<Record<Exclude<IdentifierKind, 'imo-ship' | 'imo-company'>, readonly string[]>> = {
  passport: [
    'Passport',
    'Diplomatic Passport',
    'British National Overseas Passport',
    'Stateless Person Passport',
    'Official Passport',
    'Travel Document Number',
  ],
  'national-id': [
    'National ID No.',
    'National ID Number',
    'Cedula No.',
    'Cedula de Ciudadania',
    'Cedula de Residencia',
    'C.U.R.P.',
    'C.U.R.P. #',
    'C.U.I.',
    'C.U.I.P.',
    'D.N.I.',
    'N.I.E.',
    'I.F.E.',
    'LE Number',
    'SSN',
    'CNP (Personal Numerical Code)',
    'Personal ID Card',
    "Citizen's Card Number",
    'National Foreign ID Number',
    'Turkish Identification Number',
    'Kenyan ID No.',
    'Bosnian Personal ID No.',
    'Numero de Identidad',
    'Tazkira National ID Card',
    'Credencial electoral',
    'Electoral Registry No.',
    'Residency Number',
    'Refugee ID Card',
    'Stateless Person ID Card',
    'Cartilla de Servicio Militar Nacional',
    'Identity Card',
    'Numero Unico de Identificacion',
  ],
  'tax-id': [
    'Tax ID No.',
    'Tax ID Number',
    'NIT #',
    'RUC #',
    'RIF #',
    'R.F.C.',
    'R.F.C. #',
    'RFC',
    'RTN',
    'C.U.I.T.',
    'C.I.F.',
    'V.A.T. Number',
    'Italian Fiscal Code',
    'Italian Fiscal Code:',
    'Fiscal Code',
    'US FEIN',
    'Romanian Tax Registration',
    'I.C.E.',
    'N.I.T. #',
    'N.I.F.',
    'Numero Unico de Identificacao Tributaria (NUIT)',
  ],
  registration: [
    'Registration Number',
    'Registration ID',
    'Registration No.',
    'Business Registration Number',
    'Business Registration Document #',
    'Business Number',
    'Commercial Registry Number',
    'Company Number',
    'Company ID: No.',
    'UK Company Number',
    'C.R. No.',
    'Romanian C.R.',
    'Chamber of Commerce Number',
    'Istanbul Chamber of Comm. No.',
    'Dubai Chamber of Commerce Membership No.',
    'Trade License No.',
    'Matricula Mercantil No',
    'Folio Mercantil No.',
    'Public Registration Number',
    'Enterprise Number',
    'Branch Unit Number',
    'Central Registration System Number',
    'Economic Register Number (CBLS)',
    'Unified Social Credit Code (USCC)',
    'United Social Credit Code Certificate (USCCC)',
    'Certificate of Incorporation Number',
    'Registered Charity No.',
    'Organization Code',
    'File Number',
    'License',
    'Permit Number',
    'Registration Certificate Number (Dubai)',
    'Russian State Individual Business Registration Number Pattern (OGRNIP)',
    'C.I.N.',
  ],
  mmsi: ['MMSI'],
  'call-sign': ['Vessel Call Sign', 'Other Vessel Call Sign', 'Call Sign'],
  'aircraft-tail': ['Aircraft Tail Number', 'Previous Aircraft Tail Number'],
  'aircraft-serial': [
    "Aircraft Manufacturer's Serial Number (MSN)",
    "Aircraft Manufacturer's Serial Number",
    'Aircraft Construction Number (also called L/N or S/N or F/N)',
    'Aircraft Serial Identification',
  ],
  swift: ['SWIFT/BIC'],
  lei: ['Legal Entity Number', 'Legal Entity Identifier'],
  email: ['Email Address', 'Email Address:', 'Email', 'Email:', 'E-mail', 'EMAIL'],
  phone: [
    'Phone Number',
    'Phone No.',
    'PHONE',
    'Phone:',
    'Telephone',
    'Telephone:',
    'Telephone No.',
    'Telephone Number',
    'Telephone Number:',
    'Fax',
    'Fax:',
    'Fax No.',
    'Fax Number',
    'FAX',
  ],
  website: ['Website', 'Website:', 'WEBSITE'],
  other: [
    'Government Gazette Number',
    'Identification Number',
    'Birth Certificate Number',
    "Driver's License No.",
    'D-U-N-S Number',
    'BIK (RU)',
    'BIK',
    'ISIN',
    'Equity Ticker',
    'Chinese Commercial Code',
    'VisaNumberID',
    'SRE Permit No.',
    'UN/LOCODE',
    'TELEX',
    'Aircraft Mode S Transponder Code',
    'Romanian Permanent Resident CAN',
    'Pilot License Number',
    'MICEX Code',
    'Paraguayan tax identification number',
    'Afghan Money Service Provider License Number',
    "Seafarer's Identification Document",
    'Trademark number',
    'UAE Identification',
    'Interpol: Red Notice. File No.',
  ],
}

/** What a label of this kind says no more than the kind does; every other label is kept as the identifier's note. */
const PLAIN = new Set([
  'Passport',
  'National ID No.',
  'Tax ID No.',
  'Registration Number',
  'MMSI',
  'SWIFT/BIC',
  'Legal Entity Number',
  'Phone Number',
  'Email Address',
  'Website',
])

/** Labels of facts that are no identifiers. */
const OTHERS: Readonly<Record<string, FeatureUse>> = {
  DOB: { field: 'birth' },
  'DOB:': { field: 'birth' },
  POB: { field: 'birthplace' },
  'POB:': { field: 'birthplace' },
  nationality: { field: 'country' },
  'Nationality of Registration': { field: 'country' },
  'Registration Country': { field: 'country' },
  citizen: { field: 'country' },
  'Vessel Flag': { field: 'country' },
  Gender: { field: 'sex' },
  Title: { field: 'title' },
  Rank: { field: 'title' },
  'Position:': { field: 'title' },
  'Occupation:': { field: 'title' },
  'Alternate Title,': { field: 'title' },
  'Alternate Title:': { field: 'title' },
  'Linked To:': { field: 'link', relation: 'Linked To' },
  'Aircraft Operator': { field: 'link', relation: 'Aircraft Operator' },
  'Vessel Owner': { field: 'link', relation: 'Vessel Owner' },
  'Issuer Name': { field: 'link', relation: 'Issuer Name' },
  'Listing Date': { field: 'listed' },
  'Secondary sanctions risk:': { field: 'basis' },
  'Additional Sanctions Information -': { field: 'basis' },
  'Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions:': { field: 'basis' },
  'Executive Order': { field: 'basis' },
  'CAATSA Section': { field: 'basis' },
  'IFCA Determination -': { field: 'basis' },
  'Effective Date': { field: 'basis' },
  'Purchase/Sales For Divestment Date': { field: 'basis' },
  'PEESA Information:': { field: 'basis' },
  'Organization Established Date': { field: 'remark' },
  'Organization Type:': { field: 'remark' },
  'Target Type': { field: 'remark' },
  'Former Vessel Flag': { field: 'remark' },
  'Vessel Year of Build': { field: 'remark' },
  'Vessel Type': { field: 'remark' },
  'Other Vessel Type': { field: 'remark' },
  'Other Vessel Flag': { field: 'remark' },
  'Vessel Gross Tonnage': { field: 'remark' },
  'Vessel Gross Registered Tonnage': { field: 'remark' },
  'Vessel Tonnage': { field: 'remark' },
  'Aircraft Model': { field: 'remark' },
  'Aircraft Manufacture Date': { field: 'remark' },
  'For more information on directives, please visit the following link:': { field: 'remark' },
  'for more information on directives, please visit the following link:': { field: 'remark' },
}

const WALLET = /^Digital Currency Address - (\S+)$/
/** Under these labels stand IMO numbers as well as others; the former begin with `IMO`. */
const MAY_BE_IMO = new Set([
  'Vessel Registration Identification',
  'Identification Number',
  'Company Number',
  'Registration Number',
  'Company Identification Number',
])

const USES: ReadonlyMap<string, FeatureUse> = new Map<string, FeatureUse>([
  ...Object.entries(OTHERS),
  ...Object.entries(IDENTIFIERS).flatMap(([kind, labels]) =>
    labels.map((label): [string, FeatureUse] => [label, { field: 'identifier', kind: kind as IdentifierKind }]),
  ),
])

/** By their first word, the longest first: `Identification Number IMO` before `Identification Number`. */
const BY_FIRST_WORD: ReadonlyMap<string, readonly string[]> = byFirstWord([...USES.keys(), ...MAY_BE_IMO])

/** What a label is for; null where it is not known. The kind of an identifier may still hang on its value: see identifierKind. */
export function featureUse(label: string): FeatureUse | null {
  const asset = WALLET.exec(label)?.[1]
  if (asset !== undefined) return { field: 'wallet', asset }
  if (label === 'Vessel Registration Identification' || label === 'Company Identification Number')
    return { field: 'identifier', kind: 'registration' }
  const use = USES.get(label)
  if (use !== undefined) return use
  if (/^(?:Listing|Effective|Purchase\/Sales For Divestment) Date \([^)]*\):?$/.test(label))
    return { field: label.startsWith('Listing') ? 'listed' : 'basis' }
  return /^(?:Executive Order \d|CAATSA Section )/.test(label) ? { field: 'basis' } : null
}

/** The label that a remark begins with, the longest that fits; null where it begins with none that we know. */
export function labelOf(remark: string): string | null {
  const wallet = /^Digital Currency Address - \S+(?= )/.exec(remark)?.[0]
  if (wallet !== undefined) return wallet
  const first = /^[^\s]+/.exec(remark)?.[0] ?? ''
  return BY_FIRST_WORD.get(first)?.find((label) => remark.startsWith(label) && /^(?:\s|\(|$)/.test(remark.slice(label.length))) ?? null
}

/** Whether a label that we do not know is one of a number all the same, by its last word: `Lebanese Permit No.`. */
export function isLabelLike(label: string): boolean {
  return (
    label.length <= 60 &&
    /(?:^|[\s.])(?:No\.?|Number|#|ID|I\.D\.|Code|Card|Certificate|Licen[cs]e|Document|Permit|Passport|Registry):?$/.test(label)
  )
}

/**
 * The kind of an identifier, with the value as it is kept. An IMO number under any label is a ship's on a vessel and its owner's or manager's on everything else: OFAC has shipping companies with
 * `Vessel Registration Identification IMO 5878589`, which is the company's number (it fails the check digit that every ship's has).
 */
export function identifierKind(
  label: string,
  kind: IdentifierKind,
  value: string,
  entry: EntryKind,
): { readonly kind: IdentifierKind; readonly value: string } {
  const number = MAY_BE_IMO.has(label) ? /^IMO\s*:?\s*(\d.*)$/.exec(value)?.[1] : undefined
  if (number === undefined) return { kind, value }
  return { kind: entry === 'vessel' && !label.startsWith('Company') ? 'imo-ship' : 'imo-company', value: number }
}

/** The label as the note of an identifier; null where it says no more than the identifier's kind. */
export function labelNote(label: string, kind: IdentifierKind): string | null {
  return PLAIN.has(label) || (kind === 'imo-ship' && label === 'Vessel Registration Identification') ? null : label
}

function byFirstWord(labels: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const label of [...labels].sort((left, right) => right.length - left.length)) {
    const first = /^[^\s]+/.exec(label)?.[0] ?? ''
    found.set(first, [...(found.get(first) ?? []), label])
  }
  return found
}
