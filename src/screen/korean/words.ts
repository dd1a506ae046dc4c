import { compareStretch, DEAR_SLIP, type Found, type KoreanStep } from './compare.ts'
import { mask, ONSETS } from './jamo.ts'
import { latinLetters, parseLatin } from './latin.ts'
import type { Position, Syllable } from './syllable.ts'

/**
 * Words in Korean romanisation that are no personal names: `Tongbang` and `Dongbang`, `Amnok` and `Aprok`. They are compared by the syllables and at the prices of personal names, but
 * nothing says that a word is Korean at all, so that only what costs little is taken for the same word.
 */
export interface WordComparison {
  /** 0 for spellings of the same syllables, at most MOST_COST. */
  readonly cost: number
  readonly steps: readonly KoreanStep[]
}

/** What two spellings of one word may cost together: one slip of the typist, or two or three usages. */
export const MOST_COST = 0.35

/** A word of one syllable is like too many others. */
const FEWEST_SYLLABLES = 2
const MOST_SYLLABLES = 4
const SHORT_WORD = 2
/** Letters that fit anything read in many ways; the readings that two real words share are among the first. */
const MOST_COMPARED = 64
const MOST_REMEMBERED = 20_000

const remembered = new Map<string, WordComparison | null>()

/**
 * How far two words in Latin letters are apart as Korean: the cheapest pair of readings with as many syllables. Null where they cost more than MOST_COST, or where either cannot be
 * read as two to four Korean syllables. Cost and answer are the same both ways.
 *
 * @param a lower-case a-z and apostrophes, as is `b`
 */
export function compareWords(a: string, b: string): WordComparison | null {
  const key = `${a}\t${b}`
  const known = remembered.get(key)
  if (known !== undefined) return known
  const found = cheapest(a, b)
  // Words repeat from name to name; the bound keeps a stream of hostile ones from filling memory.
  if (remembered.size >= MOST_REMEMBERED) remembered.clear()
  remembered.set(key, found)
  return found
}

function cheapest(a: string, b: string): WordComparison | null {
  const ones = readings(a)
  const others = readings(b)
  let best: WordComparison | null = null
  let limit = MOST_COST + 1e-9
  let compared = 0
  for (const one of ones) {
    for (const other of others) {
      if (!couldBe(packed(one), packed(other))) continue
      if (++compared > MOST_COMPARED) return best
      const found: Found = { cost: 0, steps: [] }
      if (!compareStretch(positions(one), positions(other), one.length === SHORT_WORD ? DEAR_SLIP : 1, limit, found)) continue
      const { cost, steps } = assimilatedOnce(found)
      best = { cost, steps }
      if (cost === 0) return best
      limit = found.cost
    }
  }
  return best
}

/** 압록 is heard as am-nok: the coda and the onset after it change together (Standard Pronunciation, article 19), which is one departure and not two. */
function assimilatedOnce({ cost, steps }: Found): WordComparison {
  const kept: KoreanStep[] = []
  let spent = cost
  for (const step of steps) {
    if (step.rule === 'initial-sound-inside' && kept.at(-1)?.rule === 'assimilated') spent -= step.price
    else kept.push(step)
  }
  return { cost: Math.max(0, spent), steps: kept }
}

type Reading = readonly Syllable[]

function readings(word: string): readonly Reading[] {
  const letters = latinLetters(word)
  if (letters === null) return []
  return parseLatin(letters).filter(({ length }) => length >= FEWEST_SYLLABLES && length <= MOST_SYLLABLES)
}

function positions(reading: Reading): readonly Position[] {
  return reading.map((syllable) => [syllable])
}

/** The classes of onsets that no rule of compare.ts crosses (see keys.ts), each with its bit in a byte. */
const CLASSES: readonly (readonly [letter: string, onsets: number])[] = [
  ['k', mask(ONSETS, 'ㄱㄲㅋ')],
  ['t', mask(ONSETS, 'ㄷㄸㅌ')],
  ['p', mask(ONSETS, 'ㅂㅃㅍ')],
  ['c', mask(ONSETS, 'ㅈㅉㅊ')],
  ['s', mask(ONSETS, 'ㅅㅆ')],
  ['n', mask(ONSETS, 'ㄴㄹㅇ')],
  ['m', mask(ONSETS, 'ㅁ')],
  ['h', mask(ONSETS, 'ㅎ')],
]

/** A byte per syllable, the first lowest: the classes that its onset may be of. */
function packed(reading: Reading): number {
  let bytes = 0
  reading.forEach(({ looseOnset }, place) => {
    CLASSES.forEach(([, onsets], bit) => {
      if ((looseOnset & onsets) !== 0) bytes |= 1 << (8 * place + bit)
    })
  })
  return bytes
}

/** Onset classes of the readings of a word, one number for readings that have the same; empty where it cannot be Korean. Two words that compareWords finds alike have readings that `couldBe` one. */
export function onsetsOfWord(word: string): readonly number[] {
  return [...new Set(readings(word).map(packed))]
}

/** Whether readings with these onsets have as many syllables and share a class at each place. */
export function couldBe(a: number, b: number): boolean {
  for (let shift = 0; shift < 32; shift += 8) {
    const x = (a >>> shift) & 255
    const y = (b >>> shift) & 255
    if ((x & y) === 0) return x === 0 && y === 0 && shift > 0
  }
  return true
}

/** Keys of a word for an index, from its onsets: a letter per syllable; words that compareWords finds alike share one. */
export function keysOfOnsets(onsets: readonly number[]): readonly string[] {
  const keys = new Set<string>()
  for (const bytes of onsets) {
    let begun = ['']
    for (let place = 0; place < MOST_SYLLABLES; place++) {
      const byte = (bytes >>> (8 * place)) & 255
      if (byte === 0) break
      begun = begun.flatMap((key) => CLASSES.flatMap(([letter], bit) => ((byte & (1 << bit)) === 0 ? [] : [key + letter])))
    }
    for (const key of begun) keys.add(key)
  }
  return [...keys]
}
