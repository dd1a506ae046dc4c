import { compareKorean, type KoreanComparison } from '../korean/index.ts'
import { compareNames, type NameComparison, scoreNames, type Weigh } from '../names/index.ts'
import type { PreparedName } from './name-index.ts'

/** What the comparison of two names came to, and by which engine. */
export interface NameMatch {
  /** 0 to 1, calibrated: see CURVES. */
  readonly score: number
  readonly korean: KoreanComparison | null
  readonly ordinary: NameComparison | null
}

type Curve = readonly (readonly [x: number, score: number])[]

/**
 * From what an engine measures to the share of name pairs at that measure that are spellings of one name, where as many pairs are as are not. Points were set by hand with all labelled pairs and the clean customers in sight;
 * `npm run accuracy -- names` prints how well they hold on the other. Both curves are monotone.
 */
export const CURVES = {
  /** Of the cost of the Korean comparison. */
  korean: [
    [0, 0.99],
    [0.12, 0.95],
    [0.24, 0.9],
    [0.35, 0.85],
    [0.5, 0.75],
    [0.6, 0.55],
    [1, 0.1],
  ],
  /** Of the score of the word comparison. */
  ordinary: [
    [0, 0],
    [0.5, 0.15],
    [0.7, 0.45],
    [0.8, 0.62],
    [0.86, 0.72],
    [0.9, 0.8],
    [0.95, 0.9],
    [1, 0.99],
  ],
} as const satisfies Record<string, Curve>

/** The score on a curve, linear between its points. */
export function onCurve(curve: Curve, x: number): number {
  let [beforeX, before] = curve[0] as readonly [number, number]
  if (x <= beforeX) return before
  for (const [pointX, point] of curve) {
    if (x <= pointX) return before + ((point - before) * (x - beforeX)) / (pointX - beforeX || 1)
    beforeX = pointX
    before = point
  }
  return before
}

/**
 * The score of two names alone, without the argument for it. Where both read naturally as Korean, syllables decide and not letters: Jong Man and Jong Nam are one letter apart and two
 * people. Elsewhere the better of both engines counts.
 */
export function scoreNamePair(query: PreparedName, listed: PreparedName, weigh: Weigh): number {
  const korean = koreanScore(query, listed)
  if (korean !== null && decides(query, listed)) return korean
  const ordinary = onCurve(CURVES.ordinary, scoreNames(query.folded, listed.folded, weigh))
  return Math.max(korean ?? 0, ordinary)
}

/** The same with the argument. */
export function matchNames(query: PreparedName, listed: PreparedName, weigh: Weigh): NameMatch {
  const korean = query.korean.length > 0 && listed.korean.length > 0 ? compareKorean(query.korean, listed.korean) : null
  const koreanly = korean === null ? null : onCurve(CURVES.korean, korean.cost)
  if (koreanly !== null && decides(query, listed)) return { score: koreanly, korean, ordinary: null }
  const ordinary = compareNames(query.folded, listed.folded, weigh)
  const ordinarily = onCurve(CURVES.ordinary, ordinary.score)
  if (koreanly === null && decides(query, listed)) return { score: 0, korean: null, ordinary }
  return (koreanly ?? 0) >= ordinarily ? { score: koreanly ?? 0, korean, ordinary: null } : { score: ordinarily, korean: null, ordinary }
}

/** Null where one of them cannot be Korean; 0 where both can and their syllables differ. */
function koreanScore(query: PreparedName, listed: PreparedName): number | null {
  if (query.korean.length === 0 || listed.korean.length === 0) return null
  const found = compareKorean(query.korean, listed.korean)
  return found === null ? 0 : onCurve(CURVES.korean, found.cost)
}

/** Whether syllables decide: both look like names of Koreans (korean/parse.ts, `natural`). */
function decides(query: PreparedName, listed: PreparedName): boolean {
  // 李家东 and Li Jiadong are one Chinese name: what its characters are read as in Korean decides nothing. One character is too little to tell.
  if ((isHan(query) && isPinyin(listed)) || (isHan(listed) && isPinyin(query))) return false
  return query.korean.some(({ natural }) => natural) && listed.korean.some(({ natural }) => natural)
}

function isHan({ korean }: PreparedName): boolean {
  return korean.length > 0 && korean.every(({ script, given }) => script === 'han' && given.length >= 2)
}

function isPinyin({ korean }: PreparedName): boolean {
  return korean.some(({ script }) => script === 'pinyin')
}
