import type { ListedCountry } from './entry.ts'

/**
 * Codes that Intl names and that are no country of ISO 3166-1: withdrawn ones (their people and papers went to several successors, so a text that names one keeps a null code unless ALIASES says
 * otherwise), groups of countries, and reservations for parts of countries. `XK` stays: lists name Kosovo, and the code is the one in use.
 */
const NO_COUNTRY = new Set('AC AN BU CP CQ CS DD DG DY EA EU EZ FX HV IC NH QO RH SU TA TP UK UN VD XA XB YD YU ZR ZZ'.split(' '))

/** What the lists write beside the names that Intl knows: official long forms, former names, and places that lists treat as countries. Folded like every text. */
const ALIASES: Readonly<Record<string, string>> = {
  AE: 'UAE|U.A.E.',
  AG: 'Antigua',
  BA: 'Bosnia|Bosnia-Herzegovina',
  BF: 'Burkina-Faso',
  BN: 'Brunei Darussalam|ブルネイ・ダルサラーム国',
  BO: 'Plurinational State of Bolivia',
  BS: 'Commonwealth of the Bahamas',
  BY: 'Byelorussia|Bélarus|ベラルーシ共和国',
  CD: 'Democratic Republic of the Congo|Democratic Republic of Congo|DR Congo|DRC|Congo (Kinshasa)|Zaire|République démocratique du Congo|コンゴ民主共和国|콩고 민주 공화국|콩고민주공화국',
  CF: 'CAR|중앙아프리카공화국',
  CG: 'Republic of the Congo|Republic of Congo|Congo (Brazzaville)|République du Congo|コンゴ共和国|콩고 공화국|콩고공화국',
  CI: 'Ivory Coast|Cote d Ivoire',
  CN: "People's Republic of China|PRC|P.R. China|Mainland China|République populaire de Chine|中華人民共和国|中华人民共和国|중화인민공화국",
  CV: 'Cabo Verde',
  CZ: 'Czech Republic|チェコ共和国|체코 공화국',
  DO: 'Dominican Rep.',
  FM: 'Federated States of Micronesia|Micronesia, Federated States of',
  GB: "UK|U.K.|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|United Kingdom of Great Britain and Northern Ireland|Royaume-Uni de Grande-Bretagne et d'Irlande du Nord|英国",
  GE: 'グルジア',
  GM: 'The Gambia|Republic of The Gambia',
  HK: 'Hong Kong|Hong Kong SAR|Hongkong|Hong Kong, China|China, Hong Kong Special Administrative Region|Hong Kong Special Administrative Region|香港|홍콩',
  IR: "Islamic Republic of Iran|République islamique d'Iran|イラン・イスラム共和国|이란이슬람공화국",
  KG: 'Kyrgyz Republic|キルギス共和国',
  KN: 'St. Christopher and Nevis|Saint Kitts-Nevis|St Kitts',
  KP: "North Korea|Korea, North|Korea (North)|N. Korea|DPRK|D.P.R.K.|PRK|DPR Korea|Democratic People's Republic of Korea|Korea (Democratic People's Republic of)|Democratic Peoples Republic of Korea|Democratic Republic of Korea|Korea, DPR|République populaire démocratique de Corée|RPDC|朝鮮民主主義人民共和国|朝鮮|朝鲜|조선|조선민주주의인민공화국|북조선",
  KR: 'Republic of Korea|South Korea|Korea, South|Korea (South)|S. Korea|ROK|R.O.K.|République de Corée|大韓民国|大韓民國|韩国|韓國|한국|남한',
  LA: "Lao People's Democratic Republic|Lao PDR|Lao|ラオス人民民主共和国",
  LY: 'Libyan Arab Jamahiriya|State of Libya',
  MD: 'Republic of Moldova|モルドバ共和国',
  MK: 'Macedonia|Republic of Macedonia|The former Yugoslav Republic of Macedonia|FYROM|Republic of North Macedonia',
  MM: 'Burma|Myanmar|Birmanie|Burma (Myanmar)|ミャンマー|ビルマ|미얀마|버마',
  MO: 'Macau|Macao|Macau SAR|Macao SAR|China, Macao Special Administrative Region|マカオ|澳門|澳门|마카오',
  NL: 'Holland|The Netherlands',
  PS: 'Palestinian|Palestine|State of Palestine|Palestinian Territory|Occupied Palestinian Territory|Palestinian Authority|West Bank|Gaza|Gaza Strip|North Gaza|Northern Gaza|West Bank and Gaza|パレスチナ|팔레스타인',
  RU: 'Russian Federation|Fédération de Russie|ロシア連邦|러시아 연방',
  SA: 'Kingdom of Saudi Arabia|KSA',
  ST: 'Sao Tome',
  SY: 'Syrian Arab Republic|République arabe syrienne|シリア・アラブ共和国|시리아아랍공화국',
  SZ: 'Swaziland',
  TL: 'East Timor',
  TR: 'Turkey|Republic of Türkiye|터키',
  TW: 'Republic of China|Taiwan, Province of China|Taiwan, China|Chinese Taipei|臺灣|台灣',
  TZ: 'United Republic of Tanzania|Tanzania, United Republic of',
  US: 'USA|U.S.A.|U.S.|United States of America|米国|美国|미합중국',
  VA: 'Holy See|Vatican',
  VC: 'Saint Vincent|St. Vincent and the Grenadines',
  VE: 'Bolivarian Republic of Venezuela|ベネズエラ・ボリバル共和国',
  VG: 'British Virgin Islands|BVI|Virgin Islands (British)',
  VI: 'US Virgin Islands|Virgin Islands, U.S.|United States Virgin Islands',
  VN: 'Viet Nam|Socialist Republic of Vietnam|ベトナム社会主義共和国',
  WS: 'Western Samoa',
  XK: 'Republic of Kosovo',
}

/** Forms of state that lists put before or behind the short name. `State of` is not among them: the State of Georgia is no country. */
const FORM_OF_STATE =
  /^(?:islamic |bolivarian |federal |arab |socialist |people's )?(?:republic|kingdom|sultanate|principality|commonwealth) of /

const CODES: ReadonlySet<string> = new Set(codes())
const BY_NAME: ReadonlyMap<string, string> = byName()

/**
 * The country that a list's text names: names in English, French, Japanese and Korean, what lists write besides (`Korea, North`, `Burma`, `Bahamas, The`, `Region: Gaza`), and codes of two letters (`KP`, `kp`, `UK`).
 * Case, accents, dots, `’` for `'`, `&` for `and`, `St.` for `Saint` do not matter.
 *
 * A text that names no country, several (`Korea`, `Congo`, `Yugoslavia`) or a part of a disputed one (`Region: Crimea`) has a null code and keeps its words. West Bank and Gaza are PS, as in ISO 3166-1.
 */
export function listedCountry(text: string): ListedCountry {
  const written = text.trim()
  return { code: written.length > 200 ? null : codeOf(written), text: written }
}

function codeOf(text: string): string | null {
  const upper = text.toUpperCase()
  if (CODES.has(upper)) return upper
  const plain = text.replace(/^region:\s*/i, '')
  const comma = plain.indexOf(',')
  const forms = [plain]
  if (comma > 0) forms.push(`${plain.slice(comma + 1)} ${plain.slice(0, comma)}`)
  const bracketed = /^(.*\S)\s*\(([^()]*)\)$/.exec(plain)
  if (bracketed !== null) forms.push(`${bracketed[2]} ${bracketed[1]}`)
  for (const form of forms) {
    const folded = fold(form)
    const code = BY_NAME.get(folded) ?? BY_NAME.get(folded.replace(FORM_OF_STATE, ''))
    if (code !== undefined) return code
  }
  return null
}

/** Latin accents only: taking the marks off kana would make other words of them. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/&/g, ' and ')
    .replace(/\b([a-z])\.(?=[a-z]\b)/g, '$1')
    .replace(/[.,()·・_-]/g, ' ')
    .replace(/\bst\b/g, 'saint')
    .replace(/\bthe\b/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

function codes(): string[] {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => !NO_COUNTRY.has(code) && names.of(code) !== undefined)
}

/** Aliases first: they are ours and do not change with the version of Intl's data. */
function byName(): Map<string, string> {
  const found = new Map<string, string>()
  for (const [code, names] of Object.entries(ALIASES)) for (const name of names.split('|')) found.set(fold(name), code)
  for (const language of ['en', 'fr', 'ja', 'ko']) {
    const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
    for (const code of CODES) {
      const key = fold(names.of(code) ?? code)
      if (!found.has(key)) found.set(key, code)
    }
  }
  return found
}
