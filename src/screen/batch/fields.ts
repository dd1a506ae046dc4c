import { CordonError } from '../../chain/index.ts'
import { listedAsset } from '../identifiers/assets.ts'

/** What a column or property can stand for. */
export type Field = keyof typeof SYNONYMS

/** Spellings of columns; case, blanks and signs do not matter (`Full Name`, `full_name`, `fullName`). */
const SYNONYMS = {
  id: 'id|customer id|customer no|customer number|customer|client id|client number|client|account id|uid|user id|reference|ref|顧客番号|고객번호',
  name: 'name|full name|customer name|client name|legal name|company name|company|entity name|organisation name|organization name|vessel name|ship name|nom complet|raison sociale|氏名|姓名|お名前|이름|성명',
  first: 'first name|first names|given name|given names|forename|forenames|prenom|prénom',
  middle: 'middle name|middle names|second name',
  last: 'last name|surname|family name|nom de famille',
  other:
    'other name|other names|alias|aliases|aka|also known as|former name|former names|fka|native name|original name|local name|name in native script|name native|maiden name|kana|name kana|hangul|name hangul|kanji|name kanji|hanja|name hanja|フリガナ|カナ|한자|영문성명',
  kind: 'kind|type|entity type|customer type|party type',
  birth: 'birth|date of birth|dob|birth date|birthday|born|year of birth|birth year|date de naissance|生年月日|생년월일',
  country:
    'nationality|nationalities|citizenship|citizenships|country|countries|country code|nationality code|flag|flag state|country of registration|country of incorporation|nationalité|国籍|국적',
  sex: 'sex|gender|sexe|性別|성별',
  passport: 'passport|passports|passport number|passport no|旅券番号|여권번호',
  passportCountry: 'passport country|passport issuer|passport country of issue|passport nationality',
  nationalId:
    'national id|national id number|national identification number|identity number|identity card|id number|id card|resident registration number|national number',
  nationalIdCountry: 'national id country|id country',
  taxId: 'tax id|tax number|tin|vat|vat number|inn',
  registration:
    'registration|registration number|registration no|reg no|company number|company registration number|business registration number',
  lei: 'lei|lei code',
  swift: 'swift|swift code|bic|bic code|swift bic',
  email: 'email|email address|mail',
  phone: 'phone|phone number|telephone|mobile',
  imo: 'imo|imo number|imo no|vessel imo|ship imo',
  mmsi: 'mmsi|mmsi number',
  callSign: 'call sign|callsign',
  wallet:
    'wallet|wallets|wallet address|wallet addresses|crypto address|crypto wallet|crypto addresses|blockchain address|deposit address|withdrawal address|address hash|account address',
  asset: 'asset|currency|coin|token|wallet asset|wallet currency|crypto asset',
} as const

export const FIELDS = Object.keys(SYNONYMS) as readonly Field[]

/** Fields of which any one is enough to look for somebody. */
export const ASKED: readonly Field[] = [
  'name',
  'first',
  'last',
  'other',
  'passport',
  'nationalId',
  'taxId',
  'registration',
  'lei',
  'swift',
  'imo',
  'mmsi',
  'callSign',
  'wallet',
]

const BY_NAME: ReadonlyMap<string, Field> = new Map(
  FIELDS.flatMap((field) => SYNONYMS[field].split('|').map((name) => [folded(name), field] as const)),
)

/** What a column stands for; `asset` where the column's name tells it (`wallet_xbt`, `ETH address`). */
export interface FieldUse {
  readonly field: Field
  readonly asset: string | null
}

/** Which columns stand for a field, where the caller says so himself: `{name: ['Kundenname'], wallet: ['addr1', 'addr2']}`. */
export type FieldMap = Readonly<Partial<Record<Field, readonly string[]>>>

/** Finds what a column stands for; null for one that is not looked at. */
export type FieldFinder = (column: string) => FieldUse | null

/** More names than any file has; JSON objects can make up new ones without end. */
const MOST_REMEMBERED = 10_000

/**
 * Columns by their names, or by the caller's word where he gives it: a field that he maps is taken from his columns alone, and a column that he maps stands for nothing else.
 *
 * @throws CordonError `screen/bad-mapping` for a field that there is not, or one column mapped twice
 */
export function fieldFinder(map: FieldMap = {}): FieldFinder {
  const own = new Map<string, Field>()
  for (const [field, columns] of Object.entries(map)) {
    if (!FIELDS.includes(field as Field)) {
      throw new CordonError('screen/bad-mapping', `there is no field ${JSON.stringify(field.slice(0, 60))}`, {
        remedy: `Map one of ${FIELDS.join(', ')}.`,
      })
    }
    for (const column of columns ?? []) {
      if (own.has(column))
        throw new CordonError('screen/bad-mapping', `the column ${column} is mapped twice`, { remedy: 'Map each column once.' })
      own.set(column, field as Field)
    }
  }
  const known = new Map<string, FieldUse | null>()
  return (column) => {
    const remembered = known.get(column)
    if (remembered !== undefined) return remembered
    const field = own.get(column)
    const found = field === undefined ? byName(column) : { field, asset: null }
    const use = field === undefined && found !== null && map[found.field] !== undefined ? null : found
    if (known.size < MOST_REMEMBERED) known.set(column, use)
    return use
  }
}

/** Throws `screen/bad-mapping` where a mapped column is not among those of a file. */
export function checkMapped(map: FieldMap, columns: readonly string[], file: string): void {
  for (const [field, mapped] of Object.entries(map)) {
    for (const column of mapped ?? []) {
      if (columns.includes(column)) continue
      throw new CordonError('screen/bad-mapping', `${file} has no column ${JSON.stringify(column)}, which is mapped to ${field}`, {
        place: { file, field: column },
        remedy: `Its columns are ${columns.slice(0, 50).join(', ')}.`,
      })
    }
  }
}

/** Throws `screen/no-columns` where none of a file's columns names anybody. */
export function checkColumns(find: FieldFinder, columns: readonly string[], file: string): void {
  if (columns.some((column) => ASKED.includes(find(column)?.field as Field))) return
  throw new CordonError('screen/no-columns', `no column of ${file} holds a name, a paper, a ship's number or a wallet`, {
    place: { file, line: 1 },
    remedy: `Its columns are ${columns
      .slice(0, 50)
      .map((column) => column.slice(0, 60))
      .join(', ')}; say which stands for what, e.g. --map name=COLUMN.`,
  })
}

function byName(column: string): FieldUse | null {
  const name = folded(column)
  const field = BY_NAME.get(name) ?? BY_NAME.get(name.replace(/\d{1,3}$/, ''))
  if (field !== undefined) return { field, asset: null }
  const parts = column
    .normalize('NFKC')
    .trim()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '' && !/^\d+$/.test(part))
  for (const [word, asset] of [
    [parts.slice(1).join(' '), parts[0]],
    [parts.slice(0, -1).join(' '), parts.at(-1)],
  ] as const) {
    const isWallet = folded(word) === 'address' || BY_NAME.get(folded(word)) === 'wallet'
    if (isWallet && asset !== undefined && listedAsset(asset) !== null) return { field: 'wallet', asset }
  }
  return null
}

function folded(name: string): string {
  return name
    .slice(0, 100)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}
