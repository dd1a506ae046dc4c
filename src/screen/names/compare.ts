import { type Alignment, align } from './align.ts'
import type { RuleCode, UnmatchedCode, WholeCode } from './rules.ts'
import { leftoversOf, scoreOf } from './score.ts'
import type { FoldedName, FoldedToken } from './token.ts'

/** How rare a word is among the names that are searched: 1 for an ordinary one, less for common ones; must be pure and above 0. */
export type Weigh = (token: FoldedToken) => number

export interface NameComparison {
  /** 0 to 1; 1 for the same name, 0 where either name has no letter or digit. */
  readonly score: number
  /** Words that were found in each other, in the order of the query. */
  readonly parts: readonly NamePart[]
  /** Words that stand alone, the query's first. */
  readonly unmatched: readonly UnmatchedPart[]
  /** What holds for the pair of names as wholes. */
  readonly whole: readonly { readonly rule: WholeCode; readonly cost: number }[]
}

export interface NamePart {
  /** As written; several words with spaces between where they were joined. */
  readonly query: string
  readonly listed: string
  readonly rule: RuleCode
  /** What it takes off an agreement of these words, 0 to 1. */
  readonly cost: number
}

export interface UnmatchedPart {
  readonly side: 'query' | 'listed'
  readonly text: string
  readonly rule: UnmatchedCode
  /** The weight with which it counts. */
  readonly cost: number
}

const byWeight: Weigh = () => 1

/**
 * Compares two folded names word by word: the best one-to-one alignment under priced rules, then what is left over on either side. Words missing on one side cost little, words
 * that stand against each other much: a person lists fewer names than he has, but not other ones. Symmetric but for the roles of `query` and `listed` in the answer.
 */
export function compareNames(query: FoldedName, listed: FoldedName, weigh: Weigh = byWeight): NameComparison {
  const turned = isAfter(query, listed)
  const alignment = turned ? align(listed, query, weigh) : align(query, listed, weigh)
  return explain(query, listed, alignment, turned)
}

/** The score of compareNames without the explanation, for rejecting candidates. */
export function scoreNames(query: FoldedName, listed: FoldedName, weigh: Weigh = byWeight): number {
  return scoreOf(isAfter(query, listed) ? align(listed, query, weigh) : align(query, listed, weigh)).score
}

/** Both orders of a pair are worked out in one of them, so that no tie can make them differ. */
function isAfter(a: FoldedName, b: FoldedName): boolean {
  if (a.tokens.length !== b.tokens.length) return a.tokens.length > b.tokens.length
  if (a.joined !== b.joined) return a.joined > b.joined
  if (a.text !== b.text) return a.text > b.text
  return a.kind > b.kind
}

function explain(query: FoldedName, listed: FoldedName, alignment: Alignment, turned: boolean): NameComparison {
  const result = scoreOf(alignment)
  if (query.characters !== null && listed.characters !== null) {
    const rule: RuleCode = result.score === 1 ? 'exact' : 'han-variant'
    const same = query.characters === listed.characters || result.whole[0]?.rule === 'other-order'
    const parts = same ? [{ query: query.text, listed: listed.text, rule, cost: round(1 - result.score) }] : []
    return { score: result.score, parts, unmatched: [], whole: result.whole }
  }
  const parts: (NamePart & { at: number })[] = []
  for (const pair of alignment.pairs) {
    const [left, right] = turned ? [pair.b, pair.a] : [pair.a, pair.b]
    const text = (name: FoldedName, places: readonly number[]): string => places.map((i) => name.tokens[i]!.original).join(' ')
    parts.push({ query: text(query, left), listed: text(listed, right), rule: pair.rule, cost: round(1 - pair.alike), at: left[0]! })
  }
  parts.sort((a, b) => a.at - b.at)
  const unmatched = leftoversOf(alignment).map(({ side, token, rule, cost }) => ({
    side: ((side === 'a') !== turned ? 'query' : 'listed') as 'query' | 'listed',
    text: token.original,
    rule,
    cost: round(cost),
  }))
  unmatched.sort((a, b) => (a.side === b.side ? 0 : a.side === 'query' ? -1 : 1))
  return {
    score: result.score,
    parts: parts.map(({ query: left, listed: right, rule, cost }) => ({ query: left, listed: right, rule, cost })),
    unmatched,
    whole: result.whole.map(({ rule, cost }) => ({ rule, cost: round(cost) })),
  }
}

function round(n: number): number {
  return Math.round(n * 1000) / 1000
}
