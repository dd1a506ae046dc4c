import { compareWords, couldBe } from '../korean/words.ts'
import { editDistance, isSwap } from './distance.ts'
import { type RuleCode, SIMILARITY } from './rules.ts'
import { fitSkeletons } from './skeleton.ts'
import type { FoldedToken } from './token.ts'

/** The rule behind the last answer of `similarity` that was above 0. Module state instead of a result object: this runs for every pair of words. */
export let lastRule: RuleCode = 'exact'

/** Below this two words are two words. */
export const LEAST = 0.6

/**
 * How well two words agree: 0 for not at all, else LEAST to 1; symmetric. The rule is in `lastRule`. Typos are limited by the length of the shorter word: none up to 3 letters, one
 * up to 7, two from 8 on; one more where only vowels differ.
 */
export function similarity(a: FoldedToken, b: FoldedToken): number {
  if (a === b) return exactly(a, b)
  if (a.role === 'number' || b.role === 'number') {
    if (a.role !== b.role || a.text !== b.text) return 0
    lastRule = 'number'
    return SIMILARITY.number
  }
  if (a.role === 'legal-form' && b.role === 'legal-form') {
    if (a.form !== b.form) return 0
    lastRule = a.text === b.text ? 'exact' : 'legal-form'
    return SIMILARITY.legalForm
  }
  if (a.text === b.text) return exactly(a, b)
  if (isSmall(a) || isSmall(b)) return 0
  if (a.text.length === 1 || b.text.length === 1) return initial(a, b)
  for (const x of a.sounds) {
    for (const y of b.sounds) {
      if (x !== y) continue
      lastRule = 'transliteration'
      return SIMILARITY.transliteration
    }
  }
  if (a.givenNames.length > 0 && b.givenNames.length > 0) {
    for (const x of a.givenNames) {
      if (!b.givenNames.includes(x)) continue
      lastRule = 'given-name'
      return SIMILARITY.givenName
    }
  }
  if (a.script !== b.script && (a.script !== 'latin' || b.script !== 'latin')) {
    const fit = acrossScripts(a, b)
    if (fit >= LEAST) {
      lastRule = 'consonants'
      return fit
    }
  }
  // Hangul spells a Korean word, which Latin letters spell in many ways.
  if (a.script !== b.script && a.korean.length > 0 && b.korean.length > 0 && (a.script === 'hangul' || b.script === 'hangul')) {
    const korean = koreanAlike(a, b)
    if (korean > 0) lastRule = 'korean-spelling'
    return korean
  }
  // A syllable of Mandarin or Korean read from its character is spelled right.
  if (isReading(a) || isReading(b) || a.script === 'hangul' || b.script === 'hangul') return 0
  const spelled = spelledAlike(a, b)
  if (a.korean.length === 0 || b.korean.length === 0) return spelled
  const korean = koreanAlike(a, b)
  if (korean < spelled || korean === 0) return spelled
  lastRule = 'korean-spelling'
  return korean
}

/** Of what a departure costs in a person's name, which has two or three syllables and nothing else to go by. Set on half 0 of bench/accuracy/names/body-pairs.ts. */
const KOREAN_SHARE = 0.5

/** Two words of bodies or ships as Korean syllables. */
function koreanAlike(a: FoldedToken, b: FoldedToken): number {
  for (const x of a.korean) for (const y of b.korean) if (couldBe(x, y)) return koreanSpelling(a.text, b.text)
  return 0
}

/** How well two stretches of letters agree as Korean words, as similarity does. */
export function koreanSpelling(a: string, b: string): number {
  const found = compareWords(a, b)
  return found === null ? 0 : SIMILARITY.koreanSpelling - KOREAN_SHARE * found.cost
}

function exactly(a: FoldedToken, b: FoldedToken): number {
  if (a.script === b.script) {
    // Two Han words may sound the same and be two names; whole names in Han are compared by their characters.
    if (a.script === 'han' && a.original !== b.original) {
      lastRule = 'other-script'
      return 0.9
    }
    lastRule = 'exact'
    return SIMILARITY.exact
  }
  lastRule = 'other-script'
  return SIMILARITY.otherScript
}

function isSmall(token: FoldedToken): boolean {
  const { role } = token
  return role === 'stop' || role === 'particle' || role === 'title' || role === 'prefix' || role === 'legal-form'
}

function initial(a: FoldedToken, b: FoldedToken): number {
  if ((a.role !== 'initial' && b.role !== 'initial') || a.role === b.role) return 0
  const [letter, word] = a.role === 'initial' ? [a, b] : [b, a]
  if (word.role === 'number' || word.text.length === 1) return 0
  if (word.text[0] !== letter.text && !word.sounds.some((sound) => sound[0] === letter.text)) return 0
  lastRule = 'initial'
  return SIMILARITY.initial
}

/** Scripts that do not write short vowels. */
const UNVOWELLED: ReadonlySet<string> = new Set(['arabic', 'hebrew'])

export function isUnvowelled({ script }: FoldedToken): boolean {
  return UNVOWELLED.has(script)
}

function acrossScripts(a: FoldedToken, b: FoldedToken): number {
  const written = UNVOWELLED.has(a.script)
  if (written && UNVOWELLED.has(b.script)) return 0
  if (written) return fitSkeletons(a.skeleton, b.skeleton, true)
  if (UNVOWELLED.has(b.script)) return fitSkeletons(b.skeleton, a.skeleton, true)
  if (a.script === 'cyrillic' || b.script === 'cyrillic' || a.script === 'greek' || b.script === 'greek') return 0
  // Hangul and the Mandarin reading of a name are spelled with their vowels; only foreign names in Han (贝拉克) are approximate.
  if (a.script === 'hangul' || b.script === 'hangul' || isReading(a) || isReading(b)) return 0
  return fitSkeletons(a.skeleton, b.skeleton, false)
}

function isReading(token: FoldedToken): boolean {
  return token.script === 'han' && token.original.length < 3
}

/** Bits set in a 32-bit integer. */
function bits(n: number): number {
  n -= (n >> 1) & 0x55555555
  n = (n & 0x33333333) + ((n >> 2) & 0x33333333)
  return (((n + (n >> 4)) & 0x0f0f0f0f) * 0x01010101) >> 24
}

function spelledAlike(a: FoldedToken, b: FoldedToken): number {
  const shorter = Math.min(a.text.length, b.text.length)
  if (shorter <= 3 || Math.abs(a.text.length - b.text.length) > 3) return 0
  // A digit that differs is a different thing (AHL1, AHL2), never a typo.
  if ((a.letters | b.letters) & DIGIT) return 0
  const vowels = sameConsonants(a, b)
  const most = (shorter >= 8 ? 2 : 1) + (vowels && shorter >= 5 ? 1 : 0)
  // Each edit adds or removes at most two letters of the sets.
  if (bits(a.letters ^ b.letters) <= 2 * most + 1) {
    const x = a.sounds[0]!
    const y = b.sounds[0]!
    let edits = editDistance(x, y, most)
    // Where a sound swallows the letters around a slip, the spelling shows it better.
    if (edits > most) edits = editDistance(a.text, b.text, most)
    if (edits <= most) {
      const length = Math.max(x.length, y.length)
      const swap = edits === 1 && isSwap(x, y)
      const price = ((swap ? 0.7 : vowels ? 0.7 : 1.15) * edits) / length
      lastRule = swap ? 'swapped-letters' : vowels ? 'vowels' : 'typo'
      const alike = 1 - price
      if (alike >= LEAST) return alike
    }
  }
  if (shorter >= 5 && a.phonetic.length >= 4 && a.phonetic === b.phonetic && editDistance(a.text, b.text, 3) <= 3) {
    lastRule = 'phonetic'
    return SIMILARITY.phonetic
  }
  return 0
}

/** What a Korean writes w is half a vowel (Ryonha, Ryonhwa); its sound is v. */
function sameConsonants(a: FoldedToken, b: FoldedToken): boolean {
  if (a.consonants === b.consonants) return true
  return a.korean.length > 0 && b.korean.length > 0 && a.consonants.replaceAll('v', '') === b.consonants.replaceAll('v', '')
}

const DIGIT = 1 << 26
