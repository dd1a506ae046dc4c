import { editDistance } from './distance.ts'
import { pairKoreanRuns } from './korean-runs.ts'
import { type RuleCode, SIMILARITY } from './rules.ts'
import { isUnvowelled, LEAST, lastRule, similarity } from './similar.ts'
import { fitSkeletons, skeletonOf } from './skeleton.ts'
import type { FoldedName, FoldedToken } from './token.ts'

export interface Pair {
  /** Places of the words in either name; more than one where words were joined. */
  readonly a: readonly number[]
  readonly b: readonly number[]
  readonly rule: RuleCode
  /** LEAST to 1. */
  readonly alike: number
  readonly weight: number
}

export interface Alignment {
  readonly a: FoldedName
  readonly b: FoldedName
  readonly pairs: Pair[]
  /** Places of words that no pair holds, ascending. */
  readonly leftA: readonly number[]
  readonly leftB: readonly number[]
  readonly weightsA: Float64Array | readonly number[]
  readonly weightsB: Float64Array | readonly number[]
}

let grid = new Float64Array(256)

/** Pairs up the words of two names: equal ones first, then the best, then words that were joined or split. */
export function align(a: FoldedName, b: FoldedName, weigh: (token: FoldedToken) => number): Alignment {
  const n = a.tokens.length
  const m = b.tokens.length
  const weightsA = weights(a, weigh)
  const weightsB = weights(b, weigh)
  const pairOfA = new Int16Array(n).fill(-1)
  const pairOfB = new Int16Array(m).fill(-1)
  if (grid.length < n * m) grid = new Float64Array(n * m * 2)

  // The k-th time that a word stands in one name goes with the k-th in the other, which keeps the order.
  for (let i = 0; i < n; i++) {
    const word = a.tokens[i]!
    for (let j = 0; j < m; j++) {
      if (pairOfB[j] !== -1 || pairOfA[i] !== -1) continue
      const other = b.tokens[j]!
      if (
        word.text === other.text &&
        word.role === other.role &&
        word.script === other.script &&
        (word.script !== 'han' || word.original === other.original)
      ) {
        pairOfA[i] = j
        pairOfB[j] = i
      }
    }
  }
  let open = 0
  for (let i = 0; i < n; i++) {
    if (pairOfA[i] !== -1) continue
    for (let j = 0; j < m; j++) {
      if (pairOfB[j] !== -1) continue
      const alike = similarity(a.tokens[i]!, b.tokens[j]!)
      grid[i * m + j] = alike
      if (alike > 0) open += 1
    }
  }
  if (open > 0) pairBest(n, m, pairOfA, pairOfB, weightsA, weightsB)

  const pairs: Pair[] = []
  if (a.kind !== 'person' && b.kind !== 'person') pairKoreanRuns(a, b, pairOfA, pairOfB, weightsA, weightsB, pairs)
  for (let i = 0; i < n; i++) {
    const j = pairOfA[i]!
    if (j < 0) continue
    const alike = similarity(a.tokens[i]!, b.tokens[j]!)
    pairs.push({ a: [i], b: [j], rule: lastRule, alike, weight: (weightsA[i]! + weightsB[j]!) / 2 })
  }
  pairJoined(a, b, pairOfA, pairOfB, weightsA, weightsB, pairs, false)
  pairJoined(b, a, pairOfB, pairOfA, weightsB, weightsA, pairs, true)
  pairLetters(a, b, pairOfA, pairOfB, weightsA, weightsB, pairs, false)
  pairLetters(b, a, pairOfB, pairOfA, weightsB, weightsA, pairs, true)
  return { a, b, pairs, leftA: left(pairOfA), leftB: left(pairOfB), weightsA, weightsB }
}

function weights(name: FoldedName, weigh: (token: FoldedToken) => number): number[] {
  return name.tokens.map((token) => token.weight * weigh(token))
}

function left(pairOf: Int16Array): number[] {
  const places: number[] = []
  for (let i = 0; i < pairOf.length; i++) if (pairOf[i] === -1) places.push(i)
  return places
}

/** Takes the best open pair again and again, then gives a word that went away empty the partner of another, where that one has a second choice. */
function pairBest(
  n: number,
  m: number,
  pairOfA: Int16Array,
  pairOfB: Int16Array,
  weightsA: readonly number[],
  weightsB: readonly number[],
): void {
  const free = pairOfA.map((j) => (j === -1 ? 1 : 0))
  const freeB = pairOfB.map((i) => (i === -1 ? 1 : 0))
  for (;;) {
    let best = 0
    let bestI = -1
    let bestJ = -1
    for (let i = 0; i < n; i++) {
      if (pairOfA[i] !== -1) continue
      for (let j = 0; j < m; j++) {
        if (pairOfB[j] !== -1) continue
        const alike = grid[i * m + j]!
        if (alike <= 0) continue
        const worth = alike * (weightsA[i]! + weightsB[j]!)
        if (worth > best) {
          best = worth
          bestI = i
          bestJ = j
        }
      }
    }
    if (bestI === -1) break
    pairOfA[bestI] = bestJ
    pairOfB[bestJ] = bestI
  }
  for (let i = 0; i < n; i++) {
    if (pairOfA[i] !== -1) continue
    for (let j = 0; j < m && pairOfA[i] === -1; j++) {
      const other = pairOfB[j]!
      if (freeB[j] !== 1 || other === -1 || free[other] !== 1 || grid[i * m + j]! <= 0) continue
      for (let k = 0; k < m; k++) {
        if (pairOfB[k] !== -1 || grid[other * m + k]! <= 0) continue
        pairOfA[other] = k
        pairOfB[k] = other
        pairOfA[i] = j
        pairOfB[j] = i
        break
      }
    }
  }
}

const LONGEST_RUN = 4

/** Words of `one` that are several words of `many`: Bankrossiya, Vanderbilt, SiemensAG. One typo is forgiven where the word has eight letters or more. */
function pairJoined(
  one: FoldedName,
  many: FoldedName,
  pairOfOne: Int16Array,
  pairOfMany: Int16Array,
  weightsOne: readonly number[],
  weightsMany: readonly number[],
  pairs: Pair[],
  turned: boolean,
): void {
  const m = many.tokens.length
  if (m < 2) return
  for (let i = 0; i < pairOfOne.length; i++) {
    if (pairOfOne[i] !== -1) continue
    const word = one.tokens[i]!
    const { text } = word
    if (text.length < 4 || word.role === 'number' || word.role === 'legal-form') continue
    for (let start = 0; start < m - 1 && pairOfOne[i] === -1; start++) {
      if (pairOfMany[start] !== -1) continue
      let run = many.tokens[start]!.text
      let weight = weightsMany[start]!
      const across = isUnvowelled(word) !== isUnvowelled(many.tokens[start]!)
      if (!across && run.length >= text.length + 2) continue
      for (let end = start + 1; end < Math.min(m, start + LONGEST_RUN) && pairOfMany[end] === -1; end++) {
        const next = many.tokens[end]!
        if (next.role === 'number') break
        run += next.text
        weight += weightsMany[end]!
        if (!across && run.length > text.length + 2) break
        if (!across && run.length < text.length - 2) continue
        const alike = across
          ? joinedAcross(word, many.tokens.slice(start, end + 1))
          : run === text || spells(text, 0, many, start, end)
            ? SIMILARITY.joined
            : joinedAlike(text, run)
        if (alike === 0) continue
        const places: number[] = []
        for (let k = start; k <= end; k++) {
          places.push(k)
          pairOfMany[k] = i
        }
        pairOfOne[i] = start
        const heavy = Math.max(weight, weightsOne[i]!)
        pairs.push({ a: turned ? places : [i], b: turned ? [i] : places, rule: 'joined', alike, weight: heavy })
        break
      }
    }
  }
}

/** Whether a word is spelled by the words of a run, or by other spellings of them. */
function spells(text: string, from: number, many: FoldedName, k: number, end: number): boolean {
  if (k > end) return from === text.length
  const token = many.tokens[k]!
  if (text.startsWith(token.text, from) && spells(text, from + token.text.length, many, k + 1, end)) return true
  for (const other of token.alternatives)
    if (text.startsWith(other, from) && spells(text, from + other.length, many, k + 1, end)) return true
  return false
}

/** A word by the consonants of a run in a script that does not write vowels: Nasrallah, نصر الله. The l of an article before a sun letter is written and not heard: Noureddine, نور الدين. */
function joinedAcross(word: FoldedToken, run: readonly FoldedToken[]): number {
  let best = 0
  for (const tokens of [run, run.filter(({ role }) => role !== 'particle')]) {
    if (tokens.length < 2 || tokens.some((token) => isUnvowelled(token) === isUnvowelled(word))) continue
    const joined = skeletonOf(tokens.map(({ text }) => text).join(''))
    if (joined.consonants.length < LEAST_CONSONANTS) continue
    const fit = isUnvowelled(word) ? fitSkeletons(word.skeleton, joined, true) : fitSkeletons(joined, word.skeleton, true)
    best = Math.max(best, fit)
  }
  // Where the words are cut is a second thing that is not told.
  const alike = best * SIMILARITY.joined
  return alike >= LEAST ? alike : 0
}

/** Fewer consonants than these are in too many words. */
const LEAST_CONSONANTS = 4

function joinedAlike(text: string, run: string): number {
  if (text.length < 8) return 0
  const edits = editDistance(text, run, text.length >= 12 ? 2 : 1)
  if (edits > (text.length >= 12 ? 2 : 1)) return 0
  const alike = SIMILARITY.joined - (1.25 * edits) / text.length
  return alike >= LEAST ? alike : 0
}

/** A word of two or more letters that is the first letters of as many words running: JC, PLA. */
function pairLetters(
  one: FoldedName,
  many: FoldedName,
  pairOfOne: Int16Array,
  pairOfMany: Int16Array,
  weightsOne: readonly number[],
  weightsMany: readonly number[],
  pairs: Pair[],
  turned: boolean,
): void {
  for (let i = 0; i < pairOfOne.length; i++) {
    if (pairOfOne[i] !== -1) continue
    const word = one.tokens[i]!
    const { length } = word.text
    if (length < 2 || length > 8 || (word.role !== 'word' && word.role !== 'generic') || !isCapitals(word.original)) continue
    // A body is called by its letters alone; a person's given names are written so.
    const person = one.kind === 'person' && many.kind === 'person'
    if (person ? length > 3 : length < 3) continue
    const places: number[] = []
    let weight = 0
    for (let k = 0; k < pairOfMany.length && places.length < length; k++) {
      const token = many.tokens[k]!
      if (token.role === 'stop' || token.role === 'legal-form' || token.role === 'particle') continue
      // Nobody abbreviates the English of a Korean name.
      if (pairOfMany[k] !== -1 || token.text.length < 2 || !LATIN.test(token.original) || token.text[0] !== word.text[places.length]) {
        if (places.length > 0) break
        continue
      }
      places.push(k)
      weight += weightsMany[k]!
    }
    if (places.length !== length) continue
    for (const k of places) pairOfMany[k] = i
    pairOfOne[i] = places[0]!
    const heavy = Math.max(weight, weightsOne[i]!)
    pairs.push({
      a: turned ? places : [i],
      b: turned ? [i] : places,
      rule: 'acronym',
      alike: person ? SIMILARITY.initials : SIMILARITY.acronym,
      weight: heavy,
    })
  }
}

const LATIN = /^\p{Script=Latin}/u

function isCapitals(original: string): boolean {
  return original === original.toUpperCase() && original !== original.toLowerCase()
}
