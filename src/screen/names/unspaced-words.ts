import anyAscii from 'any-ascii'
import { readingsOf } from '../korean/hanja-readings.ts'
import type { EntryKind } from '../lists/entry.ts'
import { simplify } from './han.ts'

/**
 * Common words in the names of Korean bodies, which Korean and Chinese write without spaces: Hangul, Hanja where banks and papers write it (any form of its characters), and what it is in English, in words
 * that words.ts and legal-forms.ts know. `/` parts other translations of one word. What tells bodies apart (what a bank is called) stands here never.
 */
const WORDS = `
조선 朝鮮 korea
고려 高麗 koryo
은행 銀行 bank
무역 貿易 trading
무역은행 貿易銀行 foreign trading bank
총회사 總會社 general corporation
회사 - company
회사그룹 - group companies
개발 開發 development
상업 商業 commercial
신용 - credit
합영 合營 joint venture
합작 - joint venture
기계 機械 machinery
보험 保險 insurance
민족 - national
국가 - state/national
해운 海運 shipping/maritime
항공 航空 air
광업 鑛業/鉱業 mining
정찰 偵察 reconnaissance
총국 總局 general bureau
정찰국 偵察局 reconnaissance bureau
국제 國際 international
대외 - foreign/external
해외 - overseas
정보기술 - information technology
정보 - information
기술 - technology/technical
협력 - cooperation
협조 - cooperation
그룹 - group
연구소 - research institute/center
대학 大學 university
종합대학 綜合大學/総合大学 university
관리 - management
금융 金融 financial
선박 船舶 shipping
해양 - maritime
원양 - ocean
상사 商社 trading
건설 建設 construction
발전 發展 development
엑스포 - expo
보위성 - security ministry
종합 - general
총 總 general
국방 國防 national defense
과학원 科學院 academy science
`

type English = readonly (readonly string[])[]

const HANGUL = new Map<string, English>()
const HAN = new Map<string, English>()
for (const line of WORDS.trim().split('\n')) {
  const [hangul = '', hanja = '', ...words] = line.split(' ')
  const english = words.map((word) => word.split('/'))
  HANGUL.set(hangul, english)
  if (hanja !== '-') for (const form of hanja.split('/')) HAN.set(simplify(form), english)
}
const LONGEST = Math.max(...[...HANGUL.keys(), ...HAN.keys()].map((word) => word.length))
const KOREA = simplify('朝鮮')

/** A stretch of an unspaced name. */
export interface Part {
  readonly original: string
  /** Words in Latin letters, each with other spellings of it; null where the stretch is to be read as any other word. */
  readonly words: English | null
  /** Of a stretch in Han that is read as Korean, the Hangul that it is read as. */
  readonly hangul: string | null
}

/** What a ship's name ends in (`ship`): 호, 號, 号. */
const SHIP = /(?<=[\p{L}]{2}|[0-9])[호號号]$/u

/**
 * Cuts a run of Hangul or Han, with digits in it or not, in the name of a body or ship: common words, the longest first, and digits. A ship is called by proper names alone: only digits and the final `ship` are cut.
 * Han in the name of a body that calls itself Korean (朝鮮光鮮銀行) is read as Korean. Null where there is nothing to cut.
 */
export function cutUnspaced(run: string, script: 'hangul' | 'han', kind: EntryKind): readonly Part[] | null {
  const name = kind === 'vessel' ? run.replace(SHIP, '') : run
  const simple = script === 'han' ? simplify(name) : name
  const known = kind === 'vessel' ? null : script === 'han' ? HAN : HANGUL
  const korean = script === 'han' && kind !== 'vessel' && simple.includes(KOREA)
  const parts: Part[] = []
  let from = 0
  const rest = (to: number): void => {
    // 110호, 제1: a counter with its number says nothing.
    for (const original of name.slice(from, to).match(/[0-9]+|[^0-9]+/gu) ?? [])
      if (parts.length === 0 || !/[0-9]$/.test(parts.at(-1)!.original) || !/^[호號号]$/u.test(original))
        parts.push({ original, words: null, hangul: korean && !/^[0-9]/.test(original) ? hangulOf(original) : null })
  }
  for (let at = 0; at < name.length; ) {
    const word = known === null ? null : wordAt(simple, at, known)
    if (word === null) {
      at++
      continue
    }
    rest(at)
    parts.push({ original: name.slice(at, at + word.length), words: known!.get(word)!, hangul: null })
    at += word.length
    from = at
  }
  rest(name.length)
  return parts.length === 1 && parts[0]!.original === run && parts[0]!.words === null ? null : parts
}

function wordAt(text: string, at: number, known: ReadonlyMap<string, English>): string | null {
  for (let length = Math.min(LONGEST, text.length - at); length > 0; length--) {
    const word = text.slice(at, at + length)
    if (known.has(word)) return word
  }
  return null
}

/** The first Korean reading of each character; null where one has none. */
function hangulOf(han: string): string | null {
  let out = ''
  for (const char of han) {
    const reading = readingsOf(char)[0]
    if (reading === undefined) return null
    out += reading
  }
  return out
}

/** Hangul in the letters that korean/words.ts reads. */
export function latinOfHangul(hangul: string): string {
  return anyAscii(hangul)
    .toLowerCase()
    .replace(/[^a-z]+/g, '')
}
