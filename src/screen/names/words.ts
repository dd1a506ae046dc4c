/** Words that many bodies have in their name, so that sharing one says little: English and the languages of the lists. */
const GENERIC = new Set(
  `agency agencies agricultural agriculture air airline airlines airways association aviation banco bank banka banque banking bureau business capital center central centre centr tsentr chemical chemicals
  committee commercial commission company construction consulting council department development division economic electronic electronics energy engineering enterprise enterprises equipment establishment
  exchange export exports factory finance financial foundation foreign fund gas general global government group groupe grupo grupa gruppa gruppe holding holdings import imports industrial industries industry
  information institute insurance international internatsionalnyi international invest investment investments joint lines logistics machinery management manufacturing marine maritime materials metal metals military mining
  ministry motor national navigation office oil organization organisation petroleum petrochemical pharmaceutical pharmaceuticals plant power private products production project property public real
  estate refinery research resources sciences science scientific securities services service shipmanagement shipping society solutions state steel stock supply system systems technical technologies technology
  telecom telecommunications trade trading traders transport transportation transit travel trust union university venture ventures works world zavod kompaniya predpriyatie obedinenie institut fond`
    .split(/\s+/)
    .filter((word) => word !== ''),
)

/**
 * Generic words that a body puts into its name and leaves out again: what every company does, the state that all of a list's bodies are of, and the town of registration that begins the names of
 * Chinese companies. Words that say what a body is (bank, centre, bureau) or does (shipping, insurance) are none, nor are countries other than Korea: banks of two of them are two banks.
 */
const FILLERS = new Set(
  `trading traders general group agency import imports export exports importexport korea
  bangkok beijing dalian dandong guangzhou hunchun pyongyang qingdao shanghai shenyang shenzhen tianjin tumen vladivostok yantai`.split(
    /\s+/,
  ),
)

/** Forms of address, ranks and honorifics of persons; types of ship before a ship's name. */
const TITLES = new Set(
  `mr mrs ms miss dr prof professor president prasident presidente sheikh shaikh sheik shaykh sheykh cheikh haji hajji haj hajj alhaj alhaji mullah mulla maulvi mawlawi maulawi molvi maulana mawlana qari 
  ayatollah sir lord monsieur madame herr frau senor senora general gen colonel col lt lieutenant capt captain maj brig brigadier admiral adm commander cmdr marshal
  ing dipl mag esq jr sr reverend rev minister comrade gospodin
  chairman chairwoman supreme leader vice premier secretary sayyed sayyid seyyed seyed`.split(/\s+/),
)
const SHIP_TYPES = new Set(['mv', 'mt', 'ms', 'ss', 'mts', 'msv', 'fv', 'sv', 'my', 'lpg', 'lng', 'motor', 'vessel'])

/** Small words of personal names: articles, `son of`, `from`. */
const PARTICLES: Readonly<Record<string, string>> = {
  al: 'al',
  el: 'al',
  ul: 'al',
  ur: 'al',
  il: 'al',
  as: 'al',
  ash: 'al',
  ad: 'al',
  ar: 'al',
  az: 'al',
  an: 'al',
  at: 'al',
  bin: 'bin',
  ibn: 'bin',
  ben: 'bin',
  bint: 'bin',
  binti: 'bin',
  binte: 'bin',
  de: 'de',
  da: 'de',
  do: 'de',
  dos: 'de',
  das: 'de',
  del: 'de',
  della: 'de',
  di: 'de',
  du: 'de',
  des: 'de',
  la: 'la',
  le: 'la',
  las: 'la',
  los: 'la',
  y: 'y',
  e: 'y',
  i: 'y',
  von: 'von',
  van: 'von',
  zu: 'von',
  der: 'von',
  den: 'von',
  ter: 'von',
  ten: 'von',
  of: 'de',
}

/** Words that carry nothing in the name of a body. */
const STOPS = new Set(
  'the and of for in on at by und et y e i de des du del della la le les los las el al der die das den das a an dla s z na do da po'.split(
    ' ',
  ),
)

/** Shortened words, and words that two spellings of English write differently, as the full American word. */
const LONG_FORMS: Readonly<Record<string, string>> = {
  intl: 'international',
  int: 'international',
  internat: 'international',
  shpg: 'shipping',
  mfg: 'manufacturing',
  mfr: 'manufacturer',
  tech: 'technology',
  technol: 'technology',
  dept: 'department',
  dep: 'department',
  govt: 'government',
  gov: 'government',
  natl: 'national',
  assn: 'association',
  assoc: 'association',
  univ: 'university',
  inst: 'institute',
  bros: 'brothers',
  mgmt: 'management',
  svcs: 'services',
  svc: 'service',
  grp: 'group',
  hldg: 'holding',
  hldgs: 'holdings',
  ind: 'industries',
  inds: 'industries',
  eng: 'engineering',
  engg: 'engineering',
  elec: 'electric',
  dev: 'development',
  devt: 'development',
  comm: 'commercial',
  corpn: 'corporation',
  gen: 'general',
  min: 'ministry',
  petro: 'petroleum',
  pharma: 'pharmaceutical',
  telecoms: 'telecommunications',
  trdg: 'trading',
  tdg: 'trading',
  impex: 'importexport',
  imp: 'import',
  exp: 'export',
  invt: 'investment',
  invest: 'investment',
  fdn: 'foundation',
  ctr: 'center',
  centre: 'center',
  labour: 'labor',
  korean: 'korea',
  trade: 'trading',
  banking: 'bank',
  farming: 'farm',
  defence: 'defense',
  organisation: 'organization',
  saint: 'st',
}

/** Short names of states that bodies write out or not. */
const STATES: Readonly<Record<string, readonly string[]>> = {
  us: ['united', 'states'],
  usa: ['united', 'states'],
  uk: ['united', 'kingdom'],
  uae: ['united', 'arab', 'emirates'],
  dprk: ['korea'],
}

export const isGeneric = (word: string): boolean => GENERIC.has(word) || FILLERS.has(word)
export const isFiller = (word: string): boolean => FILLERS.has(word)
export const isTitle = (word: string): boolean => TITLES.has(word)
export const isShipType = (word: string): boolean => SHIP_TYPES.has(word)
export const isStop = (word: string): boolean => STOPS.has(word)

/** The one form of a particle (`ibn`, `ben`, `bint` are `bin`); null where the word is none. */
export const particleOf = (word: string): string | null => (Object.hasOwn(PARTICLES, word) ? PARTICLES[word]! : null)

/** What a shortened word stands for in the name of a body, else the word. */
export const longForm = (word: string): string => (Object.hasOwn(LONG_FORMS, word) ? LONG_FORMS[word]! : word)

export const stateOf = (word: string): readonly string[] | null => (Object.hasOwn(STATES, word) ? STATES[word]! : null)

/** Russian, Ukrainian and Bulgarian names by the father, as all romanisations write them: -ovich, -evich, -ovych, -ovna, -evna, -ivna, -ovitch, Latvian -ovics. */
const PATRONYMIC =
  /^[a-z]{2,}(?:ov|ev|iev|yev|iy)(?:i[ct]?ch|ych|itch|ic|ics|na)$|^[a-z]{2,}(?:ivna|yivna|ichna|inichna|ievna|yevna)$|^(?:il|kuzm|luk|fom|nikit)[iy]?i?ch$/

export const isPatronymic = (word: string): boolean => word.length >= 6 && PATRONYMIC.test(word)
