import type { Pair } from './align.ts'
import { koreanSpelling } from './similar.ts'
import { type FoldedName, LEAST_KOREAN } from './token.ts'

/** In place of a partner: the word is of a run that is paired as a whole. */
const IN_RUN = -2

/** Words that are compared as one: places from `start` to before `end`. */
interface Run {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Longest run of words, in syllables: words of more are not read as Korean. */
const LONGEST = 4

/**
 * Words of bodies and ships that are written syllable by syllable: AM NOK GANG and AP ROK GANG, Dae-Dong and Taedong. Where two runs of such words, or a run and a word, agree better together than
 * word by word, their words are taken out of what has been paired and are one pair.
 */
export function pairKoreanRuns(
  a: FoldedName,
  b: FoldedName,
  pairOfA: Int16Array,
  pairOfB: Int16Array,
  weightsA: readonly number[],
  weightsB: readonly number[],
  pairs: Pair[],
): void {
  for (;;) {
    const runsA = runs(a, pairOfA)
    const runsB = runs(b, pairOfB)
    let best = 0
    let found: readonly [Run, Run] | null = null
    for (const x of runsA) {
      for (const y of runsB) {
        if (x.end - x.start === 1 && y.end - y.start === 1) continue
        if (!holds(x, y, pairOfA) || !holds(y, x, pairOfB)) continue
        const alike = x.text === y.text ? 0 : koreanSpelling(x.text, y.text)
        if (alike <= best) continue
        best = alike
        found = [x, y]
      }
    }
    if (found === null) return
    const [x, y] = found
    pairOfA.fill(IN_RUN, x.start, x.end)
    pairOfB.fill(IN_RUN, y.start, y.end)
    const weight = Math.max(sum(weightsA, x), sum(weightsB, y))
    pairs.push({ a: places(x), b: places(y), rule: 'korean-spelling', alike: best, weight })
  }
}

/** Runs of syllables of which something has no partner yet, whole and without the words that have one; and Korean words without a partner. */
function runs(name: FoldedName, pairOf: Int16Array): readonly Run[] {
  const { tokens } = name
  const out: Run[] = []
  const add = (start: number, end: number): void => {
    if (end - start > LONGEST) return
    const text = tokens
      .slice(start, end)
      .map((token) => token.text)
      .join('')
    if (text.length >= LEAST_KOREAN) out.push({ start, end, text })
  }
  for (let i = 0; i < tokens.length; i++) {
    if (pairOf[i] === -1 && tokens[i]!.korean.length > 0) add(i, i + 1)
    if (!tokens[i]!.koreanSyllable || pairOf[i] === IN_RUN || (i > 0 && tokens[i - 1]!.koreanSyllable && pairOf[i - 1] !== IN_RUN)) continue
    let end = i
    while (end < tokens.length && tokens[end]!.koreanSyllable && pairOf[end] !== IN_RUN) end++
    let open = 0
    for (let start = i; start < end; ) {
      let next = start
      while (next < end && pairOf[next] === -1) next++
      if (next - start >= 2 && next - start < end - i) add(start, next)
      open += next - start
      start = next + 1
    }
    if (open > 0 && end - i >= 2) add(i, end)
  }
  return out
}

/** Whether all words of a run that have a partner have it in the other run. */
function holds(run: Run, other: Run, pairOf: Int16Array): boolean {
  for (let i = run.start; i < run.end; i++) {
    const partner = pairOf[i]!
    if (partner !== -1 && (partner < other.start || partner >= other.end)) return false
  }
  return true
}

function sum(weights: readonly number[], { start, end }: Run): number {
  let total = 0
  for (let i = start; i < end; i++) total += weights[i]!
  return total
}

function places({ start, end }: Run): readonly number[] {
  return Array.from({ length: end - start }, (_, k) => start + k)
}
