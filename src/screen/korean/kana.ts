import { CODAS, mask, ONSETS, VOWELS } from './jamo.ts'
import type { Syllable } from './syllable.ts'

/**
 * Korean names in Katakana as Japanese notices and newspapers write them (キム・ヨンチョル for 김영철): kana tell neither plain from aspirated sounds, nor ㅗ from ㅓ, nor the nasals at the end of a
 * syllable, so each mora stands for a set.
 */
const ONSET_OF: Readonly<Record<string, string>> = {
  '': 'ㅇ',
  k: 'ㄱㅋㄲ',
  g: 'ㄱ',
  s: 'ㅅㅆ',
  z: 'ㅈ',
  ch: 'ㅈㅊㅉ',
  t: 'ㄷㅌㄸ',
  d: 'ㄷ',
  n: 'ㄴ',
  h: 'ㅎ',
  b: 'ㅂ',
  p: 'ㅂㅍㅃ',
  m: 'ㅁ',
  r: 'ㄹ',
}

/** Morae by row: the kana of a consonant with a, i, u, e, o; `-` where there is none. */
const ROWS: readonly (readonly [string, string])[] = [
  ['', 'ア イ ウ エ オ'],
  ['k', 'カ キ ク ケ コ'],
  ['g', 'ガ ギ グ ゲ ゴ'],
  ['s', 'サ シ ス セ ソ'],
  ['z', 'ザ ジ ズ ゼ ゾ'],
  ['t', 'タ ティ トゥ テ ト'],
  ['d', 'ダ ディ ドゥ デ ド'],
  ['n', 'ナ ニ ヌ ネ ノ'],
  ['h', 'ハ ヒ フ ヘ ホ'],
  ['b', 'バ ビ ブ ベ ボ'],
  ['p', 'パ ピ プ ペ ポ'],
  ['m', 'マ ミ ム メ モ'],
  ['r', 'ラ リ ル レ ロ'],
  ['ch', '- チ チュ チェ -'],
  ['z', 'ジャ - ジュ ジェ -'],
  ['ch', 'チャ - - - -'],
  ['s', 'シャ - シュ シェ -'],
  ['t', '- - ツ - -'],
]
const ROW_VOWELS = ['ㅏ', 'ㅣㅢ', 'ㅜㅡ', 'ㅔㅐ', 'ㅗㅓ'] as const

/** Morae with glides, written out: kana, consonant, vowels. */
const GLIDES =
  'ヤ::ㅑ ユ::ㅠ ヨ::ㅛㅕ イェ::ㅖㅒ ワ::ㅘ ウィ::ㅟㅢ ウェ::ㅞㅙㅚ ウォ::ㅝ ヲ::ㅝ ヂ:z:ㅣ ' +
  'キャ:k:ㅑ キュ:k:ㅠ キョ:k:ㅛㅕ ギャ:g:ㅑ ギュ:g:ㅠ ギョ:g:ㅛㅕ ニャ:n:ㅑ ニュ:n:ㅠ ニョ:n:ㅛㅕ ヒャ:h:ㅑ ヒュ:h:ㅠ ヒョ:h:ㅛㅕ ビャ:b:ㅑ ビュ:b:ㅠ ビョ:b:ㅛㅕ ピャ:p:ㅑ ピュ:p:ㅠ ピョ:p:ㅛㅕ ' +
  'ミャ:m:ㅑ ミュ:m:ㅠ ミョ:m:ㅛㅕ リャ:r:ㅑ リュ:r:ㅠ リョ:r:ㅛㅕ ショ:s:ㅛㅕㅗㅓ ジョ:z:ㅗㅓㅛㅕ チョ:ch:ㅗㅓㅛㅕ チェ:ch:ㅔㅐㅚ ' +
  'クァ:k:ㅘ クィ:k:ㅟㅢ クェ:k:ㅞㅙㅚ クォ:k:ㅝ グァ:g:ㅘ グィ:g:ㅟㅢ グェ:g:ㅞㅙㅚ グォ:g:ㅝ ファ:h:ㅘ フィ:h:ㅢㅟ フェ:h:ㅚㅙㅞ フォ:h:ㅝㅗ ドェ:d:ㅚ テェ:t:ㅐ スォ:s:ㅝ スィ:s:ㅟㅣ ' +
  'クワ:k:ㅘ グワ:g:ㅘ ホワ:h:ㅘ コア:k:ㅘ ハエ:h:ㅐ フュ:h:ㅠ'

const CODA_OF: Readonly<Record<string, string>> = {
  '': ' ',
  ン: 'ㄴㅁㅇ',
  ム: 'ㅁ',
  ク: 'ㄱ',
  グ: 'ㄱㅇ',
  ッ: 'ㄱㄷㅂ',
  ト: 'ㄷ',
  ツ: 'ㄷ',
  プ: 'ㅂ',
  ブ: 'ㅂ',
  ル: 'ㄹ',
}

interface Mora {
  readonly onset: number
  readonly vowel: number
}

const MORAE: ReadonlyMap<string, Mora> = (() => {
  const morae = new Map<string, Mora>()
  const add = (kana: string, consonant: string, vowels: string): void => {
    const before = morae.get(kana)
    morae.set(kana, {
      onset: (before?.onset ?? 0) | mask(ONSETS, ONSET_OF[consonant] as string),
      vowel: (before?.vowel ?? 0) | mask(VOWELS, vowels),
    })
  }
  for (const [consonant, row] of ROWS) {
    for (const [i, kana] of row.split(' ').entries()) if (kana !== '-') add(kana, consonant, ROW_VOWELS[i] as string)
  }
  for (const glide of GLIDES.split(' ')) {
    const [kana = '', consonant = '', vowels = ''] = glide.split(':')
    add(kana, consonant, vowels)
  }
  return morae
})()

const MOST_SYLLABLES = 4
const MOST_PARSES = 24

/**
 * Every way to read a word in Katakana as Korean syllables.
 *
 * @param word full-width Katakana (see `katakana`)
 * @returns at most 24 parses of 1 to 4 syllables; empty where the word cannot be Korean
 */
export function parseKana(word: string): readonly (readonly Syllable[])[] {
  const parses: Syllable[][] = []
  if (word.length <= 20) extend(word, 0, [], parses)
  return parses
}

function extend(word: string, at: number, before: readonly Syllable[], parses: Syllable[][], linked = false): void {
  if (at === word.length) {
    if (before.length > 0) parses.push([...before])
    return
  }
  if (before.length === MOST_SYLLABLES || parses.length >= MOST_PARSES) return
  for (const length of [2, 1]) {
    const mora = MORAE.get(word.slice(at, at + length))
    if (mora === undefined || at + length > word.length) continue
    const onset = linked ? SILENT : mora.onset
    const add = (end: number, coda: number, link: boolean): void => {
      const { vowel } = mora
      const syllable = { onset, looseOnset: onset, vowel, looseVowel: vowel, coda, looseCoda: coda, text: word.slice(at, end) }
      extend(word, end, [...before, syllable], parses, link)
    }
    for (const codaLength of [1, 0]) {
      const letters = CODA_OF[word.slice(at + length, at + length + codaLength)]
      if (letters === undefined || (codaLength === 1 && at + length >= word.length)) continue
      add(at + length + codaLength, mask(CODAS, letters), false)
    }
    const next = MORAE.get(word.slice(at + length, at + length + 2)) ?? MORAE.get(word.slice(at + length, at + length + 1))
    for (const [coda, heard] of LINKS) if (next !== undefined && (next.onset & heard) !== 0) add(at + length, coda, true)
  }
}

/** Liaison (Standard Pronunciation, article 13): a coda before a vowel or a weak h is heard as the next onset, and the press writes it so: ウォノ for 원호, ウォヌク for 원욱. */
const LINKS: readonly (readonly [number, number])[] = [...'ㄴㄹㅁ'].map((letter) => [mask(CODAS, letter), mask(ONSETS, letter)] as const)
const SILENT = mask(ONSETS, 'ㅇㅎ')

/** Hiragana as Katakana, without the mark of long vowels, which Korean names do not have. */
export function katakana(text: string): string {
  let out = ''
  for (const char of text) {
    const code = char.charCodeAt(0)
    if (char === 'ー') continue
    out += code >= 0x3041 && code <= 0x3096 ? String.fromCharCode(code + 0x60) : char
  }
  return out
}
