import { CODAS, mask, ONSETS, VOWELS } from './jamo.ts'
import type { KoreanName } from './parse.ts'
import { BEFORE_I, bySoundRule, type Position, type Syllable } from './syllable.ts'

/** Why two spellings of a syllable are taken as one. The order is that of the prices. */
export type KoreanRule =
  | 'same-syllable'
  | 'initial-sound'
  | 'loose-spelling'
  | 'assimilated'
  | 'initial-sound-inside'
  | 'near-vowel'
  | 'coda-slip'
  | 'aspirated'
  | 'order'
  | 'chinese-reading'
  | 'run-together'
  | 'no-family-name'

/** One rule that had to be called on, and what it cost. */
export interface KoreanStep {
  readonly rule: KoreanRule
  readonly query: string
  readonly listed: string
  readonly price: number
}

/** How far two names are apart, 0 for spellings of the same syllables. */
export interface KoreanComparison {
  readonly cost: number
  readonly steps: readonly KoreanStep[]
  readonly query: KoreanName
  readonly listed: KoreanName
}

/**
 * What each departure costs. Set by hand with all official alias pairs and pairs of listed persons in sight; decision 57 says what follows from that.
 * A whole name may cost at most 1.
 */
export const PRICE = {
  'same-syllable': 0,
  'initial-sound': 0,
  'loose-spelling': 0.12,
  assimilated: 0.1,
  'initial-sound-inside': 0.1,
  aspirated: 0.2,
  'near-vowel': 0.35,
  'coda-slip': 0.35,
  order: 0.05,
  'chinese-reading': 0.15,
  'run-together': 0.2,
  'no-family-name': 0.3,
} as const satisfies Record<KoreanRule, number>

const FAR = 1

/** What a slip leaves in common of a name of two syllables is one syllable and a half: it costs more there. */
export const DEAR_SLIP = 1.8
const SLIPS: ReadonlySet<KoreanRule> = new Set(['aspirated', 'near-vowel', 'coda-slip'])

/** Vowels that typists and romanisers mistake for each other: written alike but for one letter, or heard alike. */
const NEAR_VOWELS: readonly number[] = (() => {
  const near = new Array<number>(21).fill(0)
  for (const pair of 'ㅏㅐ ㅗㅜ ㅓㅡ ㅝㅓ ㅝㅗ ㅕㅔ ㅕㅓ ㅛㅗ ㅠㅜ ㅑㅏ ㅗㅡ ㅕㅖ ㅐㅔ ㅚㅗ ㅚㅐ ㅟㅣ ㅢㅡ ㅢㅣ ㅘㅏ ㅛㅠ ㅕㅠ ㅞㅔ'.split(
    ' ',
  )) {
    const [a, b] = [...pair].map((letter) => VOWELS.indexOf(letter)) as [number, number]
    near[a] = (near[a] as number) | (1 << b)
    near[b] = (near[b] as number) | (1 << a)
  }
  return near
})()

function nearVowels(vowels: number): number {
  let near = 0
  for (let i = 0; i < 21; i++) if ((vowels & (1 << i)) !== 0) near |= NEAR_VOWELS[i] as number
  return near
}

const NONE = mask(CODAS, ' ')
const N = mask(CODAS, 'ㄴ')
const L = mask(CODAS, 'ㄹ')
const K = mask(CODAS, 'ㄱ')
const NG = mask(CODAS, 'ㅇ')
const P = mask(CODAS, 'ㅂ')
const M = mask(CODAS, 'ㅁ')
const T = mask(CODAS, 'ㄷ')
const NASAL_ONSETS = mask(ONSETS, 'ㄴㅁㄹ')
const LIQUID_ONSETS = mask(ONSETS, 'ㄴㄹ')

/** Codas that a slip turns into each other: one left out, or n for ng. */
function codaSlip(a: number, b: number): boolean {
  const left = (x: number, y: number): boolean => ((x & NONE) !== 0 && (y & (N | L)) !== 0) || ((x & N) !== 0 && (y & NG) !== 0)
  return left(a, b) || left(b, a)
}

/** Codas that sound alike before the onset that follows (Standard Pronunciation, articles 18-20): 박명 as pang-myong, 진룡 as jil-lyong. */
function assimilated(a: number, b: number, next: number): boolean {
  const either = (x: number, y: number): boolean => ((a & x) !== 0 && (b & y) !== 0) || ((a & y) !== 0 && (b & x) !== 0)
  if ((next & NASAL_ONSETS) !== 0 && (either(K, NG) || either(P, M) || either(T, N))) return true
  return (next & LIQUID_ONSETS) !== 0 && either(N, L)
}

const PLAIN_AND_ASPIRATED: readonly number[] = ['ㄱㅋㄲ', 'ㄷㅌㄸ', 'ㅂㅍㅃ', 'ㅈㅊㅉ', 'ㅅㅆ'].map((series) => mask(ONSETS, series))

/** What a stretch of syllables comes to. */
export interface Found {
  cost: number
  steps: KoreanStep[]
}

/** Two spellings of one syllable; `first` where the initial-sound rule is at work, `next` what onsets follow. */
function compareSyllables(a: Syllable, b: Syllable, first: boolean, next: number, found: Found, dear: number): void {
  const say = (rule: KoreanRule): void => {
    const price = SLIPS.has(rule) ? PRICE[rule] * dear : PRICE[rule]
    found.cost += price
    found.steps.push({ rule, query: a.text, listed: b.text, price })
  }
  if ((a.vowel & b.vowel) === 0) {
    if ((a.looseVowel & b.looseVowel) !== 0 && ((a.vowel & b.looseVowel) !== 0 || (a.looseVowel & b.vowel) !== 0)) say('loose-spelling')
    else if ((nearVowels(a.vowel) & b.vowel) !== 0) say('near-vowel')
    else {
      found.cost = FAR + 1
      return
    }
  }
  if ((a.onset & b.onset) === 0) {
    const vowel = (a.looseVowel & b.looseVowel) | (a.vowel & BEFORE_I) | (b.vowel & BEFORE_I)
    if ((bySoundRule(a.onset, vowel) & b.onset) !== 0 || (a.onset & bySoundRule(b.onset, vowel)) !== 0) {
      say(first ? 'initial-sound' : 'initial-sound-inside')
    } else if ((a.onset & b.looseOnset) !== 0 || (a.looseOnset & b.onset) !== 0) say('loose-spelling')
    else if (PLAIN_AND_ASPIRATED.some((series) => (a.onset & series) !== 0 && (b.onset & series) !== 0)) say('aspirated')
    else {
      found.cost = FAR + 1
      return
    }
  }
  if ((a.coda & b.coda) === 0) {
    if (assimilated(a.coda, b.coda, next)) say('assimilated')
    else if (codaSlip(a.coda, b.coda)) say('coda-slip')
    else found.cost = FAR + 1
  }
}

/** The cheapest pair of readings of one place. */
function comparePositions(a: Position, b: Position, first: boolean, next: number, dear: number): Found {
  let best: Found = { cost: FAR + 1, steps: [] }
  for (const x of a) {
    for (const y of b) {
      const found: Found = { cost: 0, steps: [] }
      compareSyllables(x, y, first, next, found, dear)
      if (found.cost < best.cost) best = found
      if (best.cost === 0) return best
    }
  }
  return best
}

function onsets(position: Position | undefined): number {
  let bits = 0
  for (const syllable of position ?? []) bits |= syllable.onset
  return bits
}

/**
 * Compares two names syllable by syllable over all their readings and returns the cheapest, or null where none costs less than 1.
 *
 * @param queries readings of one name (`parseKorean`)
 * @param listeds readings of the other
 */
export function compareKorean(queries: readonly KoreanName[], listeds: readonly KoreanName[]): KoreanComparison | null {
  let best: KoreanComparison | null = null
  for (const query of queries) {
    for (const listed of listeds) {
      const limit = best === null ? FAR : best.cost
      const found = compareReadings(query, listed, limit)
      if (found !== null && found.cost < limit) best = { cost: found.cost, steps: found.steps, query, listed }
      if (best !== null && best.cost === 0) return best
    }
  }
  return best
}

/** Han characters and pinyin are both Chinese and are compared as such: their Korean readings would only blur them. */
function bothChinese(a: KoreanName, b: KoreanName): boolean {
  return (a.script === 'pinyin' && b.script === 'han') || (a.script === 'han' && b.script === 'pinyin')
}

function compareReadings(query: KoreanName, listed: KoreanName, limit: number): Found | null {
  if (query.given.length !== listed.given.length) return null
  if (bothChinese(query, listed)) return null
  const total: Found = { cost: 0, steps: [] }
  const spend = (rule: KoreanRule): void => {
    total.cost += PRICE[rule]
    total.steps.push({ rule, query: '', listed: '', price: PRICE[rule] })
  }
  if (query.family.length !== listed.family.length) {
    if (query.order !== 'given-only' && listed.order !== 'given-only') return null
    if (query.given.length < 2) return null
    spend('no-family-name')
  }
  if (query.order === 'family-last') spend('order')
  if (listed.order === 'family-last') spend('order')
  if ((query.order === 'run-together') !== (listed.order === 'run-together')) spend('run-together')
  if ((query.script === 'pinyin') !== (listed.script === 'pinyin')) spend('chinese-reading')
  // A Han character has several readings: to allow each of them a slip as well would let it be nearly anything.
  const dear = query.family.length + query.given.length <= 2 || query.script === 'han' || listed.script === 'han' ? DEAR_SLIP : 1
  const places: (readonly [readonly Position[], readonly Position[]])[] = [[query.given, listed.given]]
  if (query.family.length === listed.family.length) places.unshift([query.family, listed.family])
  for (const [a, b] of places) if (!compareStretch(a, b, dear, limit, total)) return null
  return total
}

/**
 * Adds to `total` what two stretches of as many syllables differ by.
 *
 * @param dear by what the price of a slip is multiplied
 * @returns false, with `total` worth nothing, as soon as it costs `limit` or more
 */
export function compareStretch(a: readonly Position[], b: readonly Position[], dear: number, limit: number, total: Found): boolean {
  for (let i = 0; i < a.length; i++) {
    const next = onsets(a[i + 1]) | onsets(b[i + 1])
    const found = comparePositions(a[i] as Position, b[i] as Position, i === 0, next, dear)
    total.cost += found.cost
    if (total.cost >= limit) return false
    total.steps.push(...found.steps)
  }
  return true
}
