import { CODAS, decompose, mask, ONSETS, VOWELS } from './jamo.ts'

/**
 * What a spelling says of one syllable: which onsets, vowels and codas it may stand for. `strict` sets hold what a romanisation that is in use prescribes; `loose` sets what is
 * also met, at a price. Both are masks over ONSETS, VOWELS and CODAS; a loose set contains its strict one.
 */
export interface Syllable {
  readonly onset: number
  readonly looseOnset: number
  readonly vowel: number
  readonly looseVowel: number
  readonly coda: number
  readonly looseCoda: number
  /** As it was written: `Ch'o'l`, `철`, `哲`, `チョル`. */
  readonly text: string
}

/** One place in a name: the readings that it may have (a Han character has several), never empty. */
export type Position = readonly Syllable[]

/** Why a family name or given name may begin otherwise than it is read: ㄹ and ㄴ fall away before i and y, and ㄹ turns into ㄴ before other vowels (South Korean orthography, articles 10-12; the North writes them). */
export const BEFORE_I = mask(VOWELS, 'ㅑㅕㅖㅛㅠㅣㅒ')
const RIEUL = mask(ONSETS, 'ㄹ')
const NIEUN = mask(ONSETS, 'ㄴ')
const IEUNG = mask(ONSETS, 'ㅇ')

/** The onsets that the initial-sound rule lets stand for each other, given the vowels that may follow. */
export function bySoundRule(onset: number, vowel: number): number {
  let more = onset
  const beforeI = (vowel & BEFORE_I) !== 0
  const beforeOther = (vowel & ~BEFORE_I) !== 0
  if ((onset & RIEUL) !== 0) more |= (beforeI ? IEUNG : 0) | (beforeOther ? NIEUN : 0)
  if ((onset & NIEUN) !== 0) more |= (beforeI ? IEUNG : 0) | (beforeOther ? RIEUL : 0)
  if ((onset & IEUNG) !== 0 && beforeI) more |= RIEUL | NIEUN
  return more
}

/** A Hangul syllable: exact in all three parts. */
export function ofHangul(char: string, text: string = char): Syllable {
  const { onset, vowel, coda } = decompose(char.charCodeAt(0))
  return exact(1 << onset, 1 << vowel, 1 << coda, text)
}

/** A syllable whose loose sets are its strict ones. */
export function exact(onset: number, vowel: number, coda: number, text: string): Syllable {
  return { onset, looseOnset: onset, vowel, looseVowel: vowel, coda, looseCoda: coda, text }
}

/** No coda, as a mask. */
export const OPEN = mask(CODAS, ' ')
