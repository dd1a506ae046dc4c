import { compareStretch, DEAR_SLIP, type Found, type KoreanStep } from './compare.ts'
import { latinLetters, parseLatin } from './latin.ts'
import { ONSET_CLASSES } from './onset-classes.ts'
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
  if (a > b) return turned(compareWords(b, a))
  const key = `${a}\t${b}`
  const known = remembered.get(key)
  if (known !== undefined) return known
  const found = cheapest(a, b)
  // Words repeat from name to name; the bound keeps a stream of hostile ones from filling memory.
  if (remembered.size >= MOST_REMEMBERED) remembered.clear()
  remembered.set(key, found)
  return found
}

function turned(found: WordComparison | null): WordComparison | null {
  return found && { cost: found.cost, steps: found.steps.map((step) => ({ ...step, query: step.listed, listed: step.query })) }
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

/** A syllable as all systems write it; the usages that people have for their own names (Rhee, Pak Yeong-oh) would make Korean words of half the world's. */
const USUAL =
  /^(?<onset>[kgntdrlmpbshj]|[ktp]h|ch|sh|kk|gg|tt|dd|pp|bb|ss|jj|tj)?(?:(?<wide>y?ae|y?eo|y[oue]|eu|[uw]i|wa|wae|oe|w[eo])|ya|oo|[aeiou])(?<coda>ng|[kgntlmpb])?$/

/** A word that has fewer closed syllables and vowels of two letters than this looks no more Korean than Arabic or Spanish (Salina, Sarina). */
const LEAST_KOREAN = 2

/** Whether a word in lower-case Latin letters is written as one Korean syllable. */
export function isSyllableWord(word: string): boolean {
  return word.length >= 2 && USUAL.test(word)
}

function isKoreanLike(reading: Reading): boolean {
  let signs = 0
  let open = true
  for (const { text } of reading) {
    const parts = USUAL.exec(text.replaceAll("'", ''))?.groups
    // A consonant between vowels begins the second syllable, unless a mark says otherwise.
    if (parts === undefined || (parts.onset === undefined && !open)) return false
    open = parts.coda === undefined || parts.coda === 'ng' || text.endsWith("'")
    signs += (parts.wide === undefined ? 0 : 1) + (parts.coda === undefined ? 0 : 1)
  }
  return signs >= LEAST_KOREAN
}

function readings(word: string): readonly Reading[] {
  const letters = latinLetters(word)
  if (letters === null) return []
  return parseLatin(letters).filter(
    (reading) => reading.length >= FEWEST_SYLLABLES && reading.length <= MOST_SYLLABLES && isKoreanLike(reading),
  )
}

function positions(reading: Reading): readonly Position[] {
  return reading.map((syllable) => [syllable])
}

/** A byte per syllable, the first lowest: the classes that its onset may be of, each with its bit. */
function packed(reading: Reading): number {
  let bytes = 0
  reading.forEach(({ looseOnset }, place) => {
    ONSET_CLASSES.forEach(([, onsets], bit) => {
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

/** Vowels that romanisations and slips make of each other, by their letters. */
const VOWEL_KINDS: readonly (readonly [kind: string, spelled: RegExp])[] = [
  ['e', /ae|[^o]?e(?![ou])|oe/],
  ['o', /[ou]/],
  ['a', /a/],
  ['i', /i/],
]

/** Keys of a word of one syllable for an index: its class of onsets and its kind of vowel. */
export function keysOfSyllable(word: string): readonly string[] {
  const kind = VOWEL_KINDS.find(([, spelled]) => spelled.test(word))?.[0] ?? ''
  const bytes = new Set(
    parseLatin(word)
      .filter(({ length }) => length === 1)
      .map(packed),
  )
  return keysOfOnsets([...bytes]).map((key) => key + kind)
}

/** Keys of a word for an index, from its onsets: a letter per syllable; words that compareWords finds alike share one. */
export function keysOfOnsets(onsets: readonly number[]): readonly string[] {
  const keys = new Set<string>()
  for (const bytes of onsets) {
    let begun = ['']
    for (let place = 0; place < MOST_SYLLABLES; place++) {
      const byte = (bytes >>> (8 * place)) & 255
      if (byte === 0) break
      begun = begun.flatMap((key) => ONSET_CLASSES.flatMap(([letter], bit) => ((byte & (1 << bit)) === 0 ? [] : [key + letter])))
    }
    for (const key of begun) keys.add(key)
  }
  return [...keys]
}
