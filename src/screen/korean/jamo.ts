/**
 * The parts of a Hangul syllable as bits, so that "one of these vowels" is a number. Order as in Unicode's Hangul syllables block (The Unicode Standard, section 3.12):
 * a syllable is U+AC00 + (onset × 21 + vowel) × 28 + coda.
 */
export const ONSETS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'
export const VOWELS = 'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ'
/** What the 27 final consonants sound as at the end of a syllable: none, k, n, t, l, m, p, ng (Standard Pronunciation, articles 8-9). Romanisations write no more than that. */
export const CODAS = ' ㄱㄴㄷㄹㅁㅂㅇ'

const CODA_SOUND = ' ㄱㄱㄱㄴㄴㄴㄷㄹㄱㅁㄹㄹㄹㅂㄹㅁㅂㅂㄷㄷㅇㄷㄷㄱㄷㅂㄷ'

const FIRST = 0xac00
const COUNT = 19 * 21 * 28

/** A syllable as three numbers: indices into ONSETS, VOWELS and CODAS. */
export interface Jamo {
  readonly onset: number
  readonly vowel: number
  readonly coda: number
}

/** True for a code unit of the block of composed Hangul syllables. */
export function isSyllable(code: number): boolean {
  return code >= FIRST && code < FIRST + COUNT
}

/** Takes a composed syllable apart. The final consonant is given as it sounds. */
export function decompose(code: number): Jamo {
  const at = code - FIRST
  const coda = CODAS.indexOf(CODA_SOUND[at % 28] as string)
  return { onset: Math.floor(at / 588), vowel: Math.floor((at % 588) / 28), coda }
}

/** The mask of some letters of ONSETS, VOWELS or CODAS. */
export function mask(alphabet: string, letters: string): number {
  let bits = 0
  for (const letter of letters) {
    const at = alphabet.indexOf(letter)
    if (at < 0) throw new RangeError(`${letter} is not one of ${alphabet}`)
    bits |= 1 << at
  }
  return bits
}
