import { CODAS, decompose, ONSETS, VOWELS } from './jamo.ts'
import type { Syllable } from './syllable.ts'
import { ofHangul } from './syllable.ts'

/**
 * Korean family names of one syllable: those of the 2015 census of South Korea with more than about 1,000 bearers, and the forms that the North writes (리, 림, 류, 로, 라, 려, 렴, 량, 룡, 륙, 례).
 */
const SINGLE =
  '김이리박최정강조윤장임림한오서신권황안송류유전홍고문양손배백허남심로노하곽성차주우구민나라진지엄채원천방공현함변염렴여려추도소석선설마길연위표명기반왕금옥육륙인맹제모탁국어은편용룡예례봉경사부가복태목형두감호음빈동온시범좌팽승간상계갈피량묵견당화창화국필근후순판단초궁뇌돈만매문미봉' as const

/** Family names of two syllables. */
const DOUBLE = ['남궁', '황보', '제갈', '선우', '독고', '사공', '서문', '동방', '어금', '망절', '강전'] as const

/** What bearers write besides the systems: common spellings in passports and the press, lower case. Lee is filed under 리, as it is written; that it is also 이 is the initial-sound rule's business. */
const AD_HOC: Readonly<Record<string, string>> = {
  박: 'park parc pak bark bahk',
  이: 'yi yee i',
  리: 'lee rhee ri li lie leigh rhie',
  최: 'choi choy choe tchoi che chey chae',
  정: 'chung jung jeung jeong chong jong cheong tjong',
  성: 'sung seong song',
  허: 'hur huh heo her hu hurh',
  서: 'suh sur seo so suhr',
  어: 'uh eo auh',
  엄: 'um eom om uhm',
  전: 'chun jun jeon chon jon jhun jean',
  천: 'chun cheon chon',
  변: 'byun pyun byeon pyon byon',
  편: 'pyun pyeon pyon',
  현: 'hyun hyeon hyon',
  경: 'kyung gyeong kyong kyoung',
  노: 'noh no',
  로: 'roh ro rho',
  신: 'shin sin shinn',
  심: 'shim sim',
  백: 'paik baik back pack paek baek beck',
  배: 'bae pae bai pai bay',
  안: 'ahn an',
  오: 'oh o',
  고: 'ko koh go goh ',
  조: 'cho jo joe chough joh',
  추: 'choo chu',
  주: 'joo chu ju choo',
  구: 'koo ku goo gu',
  우: 'woo wu u ou',
  유: 'yoo yu you',
  류: 'ryu ryoo lyu ryou lyou',
  윤: 'yoon yun youn yune',
  문: 'moon mun',
  임: 'im yim',
  림: 'lim rim leem rhim',
  황: 'hwang whang',
  강: 'kang gang khang',
  장: 'jang chang jhang zhang',
  길: 'kil gil',
  석: 'suk seok sok',
  설: 'sul seol sol',
  염: 'yum yeom yom youm',
  렴: 'ryum ryeom ryom',
  여: 'yeo yo yuh',
  려: 'ryeo ryo',
  연: 'yeon yon yun youn',
  손: 'son sohn',
  선: 'sun seon son',
  국: 'kook kuk guk',
  민: 'min minn',
  남: 'nam nahm',
  도: 'do to doh toh',
  소: 'so soh',
  하: 'ha hah',
  나: 'na nah',
  라: 'ra rah',
  기: 'ki kee gi key',
  지: 'ji chi jee gee',
  채: 'chae chai',
  차: 'cha char',
  곽: 'kwak gwak kwack',
  권: 'kwon gwon kweon kwun',
  김: 'kim gim khim',
  원: 'won weon',
  형: 'hyung hyeong hyong',
  은: 'eun un',
  음: 'eum um',
  근: 'keun geun',
  승: 'seung sung',
}

const SINGLES: ReadonlySet<string> = new Set(SINGLE)
const DOUBLES: ReadonlySet<string> = new Set(DOUBLE)

const BY_SPELLING: ReadonlyMap<string, readonly Syllable[]> = (() => {
  const map = new Map<string, Syllable[]>()
  for (const [hangul, written] of Object.entries(AD_HOC)) {
    for (const latin of written.split(' ')) {
      if (latin === '' || hangul.length !== 1) continue
      map.set(latin, [...(map.get(latin) ?? []), ofHangul(hangul, latin)])
    }
  }
  return map
})()

/** The surnames that a usual spelling outside the systems stands for; empty where it is none. */
export function usualSurnames(latin: string): readonly Syllable[] {
  return BY_SPELLING.get(latin.replaceAll("'", '')) ?? []
}

/** Whether a Hangul text is a family name. */
export function isSurname(hangul: string): boolean {
  return hangul.length === 1 ? SINGLES.has(hangul) : DOUBLES.has(hangul)
}

/** Every family name of one syllable, in Hangul. */
export const SINGLE_SURNAMES: readonly string[] = [...SINGLES]

/** Every family name of two syllables, in Hangul. */
export const DOUBLE_SURNAMES: readonly string[] = DOUBLE

/** How the systems write the parts of a surname, without breves and apostrophes: McCune-Reischauer and DPRK first, Revised second. */
const LATIN_ONSETS: Readonly<Record<string, string>> = {
  ㄱ: 'k g',
  ㄲ: 'kk',
  ㄴ: 'n',
  ㄷ: 't d',
  ㄹ: 'r l',
  ㅁ: 'm',
  ㅂ: 'p b',
  ㅅ: 's sh',
  ㅇ: '',
  ㅈ: 'ch j',
  ㅊ: 'ch',
  ㅋ: 'k kh',
  ㅌ: 't th',
  ㅍ: 'p ph',
  ㅎ: 'h',
}
const LATIN_VOWELS: Readonly<Record<string, string>> = {
  ㅏ: 'a',
  ㅐ: 'ae',
  ㅑ: 'ya',
  ㅓ: 'o eo',
  ㅔ: 'e',
  ㅕ: 'yo yeo',
  ㅖ: 'ye',
  ㅗ: 'o',
  ㅘ: 'wa',
  ㅙ: 'wae',
  ㅚ: 'oe',
  ㅛ: 'yo',
  ㅜ: 'u',
  ㅝ: 'wo',
  ㅟ: 'wi',
  ㅠ: 'yu',
  ㅡ: 'u eu',
  ㅢ: 'ui',
  ㅣ: 'i',
}
const LATIN_CODAS: Readonly<Record<string, string>> = { ' ': '', ㄱ: 'k g', ㄴ: 'n', ㄹ: 'l', ㅁ: 'm', ㅂ: 'p b', ㅇ: 'ng' }

const WRITTEN: ReadonlySet<string> = (() => {
  const written = new Set(BY_SPELLING.keys())
  for (const hangul of SINGLES) {
    const { onset, vowel, coda } = decompose(hangul.charCodeAt(0))
    const parts = [LATIN_ONSETS[ONSETS[onset] as string], LATIN_VOWELS[VOWELS[vowel] as string], LATIN_CODAS[CODAS[coda] as string]]
    let spellings = ['']
    for (const part of parts) spellings = spellings.flatMap((before) => (part ?? '-').split(' ').map((letters) => before + letters))
    for (const spelling of spellings) written.add(spelling)
  }
  return written
})()

/** Whether Koreans write a surname so, in a system or by custom. Tsang and Zhou could be read as Korean; nobody of that name is. */
export function isWrittenSurname(latin: string): boolean {
  return WRITTEN.has(latin.replaceAll("'", ''))
}
