import type { Alignment } from './align.ts'
import { editDistance } from './distance.ts'
import { formsConflict } from './legal-forms.ts'
import type { UnmatchedCode, WholeCode } from './rules.ts'
import type { FoldedName, FoldedToken } from './token.ts'
import { isFiller } from './words.ts'

/** Prices of what is left over, by what a name is. */
const PRICE = {
  /** Of words missing on one side, for each weight of them per weight found. */
  missing: { person: 0.22, body: 0.8 },
  /** Of words that stand against each other, likewise. */
  conflict: 2.6,
  /** Of fillers (words.ts), where the words that tell bodies apart agree. */
  fillerMissing: 0.12,
  fillerConflict: 0.2,
  patronymicMissing: 0.03,
  numberMissing: 0.17,
  /** Of a number one: the first fund, ship or works often goes without. */
  firstMissing: 0.05,
  legalFormConflict: 0.1,
  smallWordMissing: 0.005,
  sonForFather: 0.3,
  order: { person: 0.02, body: 0.05 },
  /** What is left where only one word was found and either name has more. */
  singleWord: 0.75,
  noDistinctiveWord: 0.5,
  joinedWhole: 0.97,
} as const

export interface ScoredLeftover {
  readonly side: 'a' | 'b'
  readonly token: FoldedToken
  readonly rule: UnmatchedCode
  readonly cost: number
}

export interface Scored {
  readonly score: number
  readonly whole: { readonly rule: WholeCode; readonly cost: number }[]
}

interface Sums {
  /** Weight of words that tell names apart. */
  core: number
  /** Weight of words that stand twice in their own name and were found once. */
  repeated: number
  /** Weight of words that bodies put in and leave out. */
  fillers: number
  numbers: number
  patronymics: number
  small: number
}

/** The score of an alignment, and what of it is due to what. */
export function scoreOf(alignment: Alignment): Scored {
  const { a, b, pairs, leftA, leftB } = alignment
  const whole: { rule: WholeCode; cost: number }[] = []
  if (a.tokens.length === 0 || b.tokens.length === 0) return { score: 0, whole }
  if (a.characters !== null && b.characters !== null) return charactersScore(alignment)
  const body = a.kind !== 'person' || b.kind !== 'person'

  let found = 0
  let agreed = 0
  let distinctive = 0
  let words = 0
  for (const pair of pairs) {
    found += pair.weight
    agreed += pair.weight * pair.alike
    const token = a.tokens[pair.a[0]!]!
    const other = b.tokens[pair.b[0]!]!
    if (isDistinctive(token) && isDistinctive(other)) {
      distinctive += pair.weight
      words += Math.max(pair.a.length, pair.b.length)
    } else if (token.role === 'generic') words += 1
  }
  if (found === 0) return { score: 0, whole }
  const sumsA = sum(a, leftA, alignment.weightsA, pairs, true)
  const sumsB = sum(b, leftB, alignment.weightsB, pairs, false)

  let score = agreed / found
  // A repeated name is nothing, unless the other name has another one in its place.
  let coreA = sumsA.core + Math.min(sumsA.repeated, sumsB.core)
  let coreB = sumsB.core + Math.min(sumsB.repeated, sumsA.core)
  // A filler that another word stands against (Center, Trading) is a word like others, as is one in a name of which nothing else is found.
  const fillersA = distinctive > 0 && coreB === 0 ? sumsA.fillers : 0
  const fillersB = distinctive > 0 && coreA === 0 ? sumsB.fillers : 0
  coreA += sumsA.fillers - fillersA
  coreB += sumsB.fillers - fillersB
  let conflict = Math.min(coreA, coreB)
  const missing = Math.abs(coreA - coreB)
  if (sumsA.numbers > 0 && sumsB.numbers > 0) conflict += 1
  else if (sumsA.numbers + sumsB.numbers > 0) score *= 1 - (isFirst(alignment) ? PRICE.firstMissing : PRICE.numberMissing)
  if (sumsA.patronymics > 0 && sumsB.patronymics > 0) conflict += 1
  else if (sumsA.patronymics + sumsB.patronymics > 0) score *= 1 - PRICE.patronymicMissing

  score /= 1 + ((body ? PRICE.missing.body : PRICE.missing.person) * missing) / found
  score /= 1 + (PRICE.conflict * conflict) / found
  score /= 1 + (PRICE.fillerMissing * Math.abs(fillersA - fillersB) + PRICE.fillerConflict * Math.min(fillersA, fillersB)) / found
  score *= 1 - PRICE.smallWordMissing * Math.min(10, sumsA.small + sumsB.small)
  if (formsAgainst(alignment)) score *= 1 - PRICE.legalFormConflict
  if (words <= 1 && missing + conflict > 0) {
    score *= PRICE.singleWord
    whole.push({ rule: 'single-word', cost: 1 - PRICE.singleWord })
  }
  if (distinctive === 0 && !(areForms(a, leftA) && areForms(b, leftB))) {
    score *= PRICE.noDistinctiveWord
    whole.push({ rule: 'no-distinctive-word', cost: 1 - PRICE.noDistinctiveWord })
  }
  if (isSonForFather(alignment)) {
    score *= 1 - PRICE.sonForFather
    whole.push({ rule: 'son-for-father', cost: PRICE.sonForFather })
  } else if (isOtherOrder(alignment)) {
    const price = body ? PRICE.order.body : PRICE.order.person
    score *= 1 - price
    whole.push({ rule: 'other-order', cost: price })
  }
  if (
    score < PRICE.joinedWhole &&
    (distinctive > 0 || words > 1) &&
    a.joined === b.joined &&
    a.joined !== '' &&
    a.joined.length >= 4 &&
    !formsAgainst(alignment)
  ) {
    whole.push({ rule: 'joined-whole', cost: 1 - PRICE.joinedWhole })
    score = PRICE.joinedWhole
  }
  return { score, whole }
}

function areForms(name: FoldedName, left: readonly number[]): boolean {
  return left.every((i) => name.tokens[i]!.role === 'legal-form')
}

function isFirst({ a, b, leftA, leftB }: Alignment): boolean {
  return (
    leftA.every((i) => a.tokens[i]!.role !== 'number' || a.tokens[i]!.text === '1') &&
    leftB.every((i) => b.tokens[i]!.role !== 'number' || b.tokens[i]!.text === '1')
  )
}

function isDistinctive(token: FoldedToken): boolean {
  return token.role === 'word' || token.role === 'patronymic'
}

function sum(
  name: FoldedName,
  left: readonly number[],
  weights: Float64Array | readonly number[],
  pairs: Alignment['pairs'],
  isA: boolean,
): Sums {
  const sums: Sums = { core: 0, repeated: 0, fillers: 0, numbers: 0, patronymics: 0, small: 0 }
  for (const i of left) {
    const token = name.tokens[i]!
    switch (token.role) {
      case 'number':
        sums.numbers += weights[i]!
        break
      case 'patronymic':
        sums.patronymics += weights[i]!
        break
      case 'word':
      case 'generic':
      case 'initial':
      case 'prefix':
        if (isRepeated(name, token, pairs, isA)) sums.repeated += weights[i]!
        else if (token.role === 'generic' && isFiller(token.text)) sums.fillers += weights[i]!
        else sums.core += weights[i]!
        break
      default:
        sums.small += 1
    }
  }
  return sums
}

/** A word that its own name has twice, once found in the other: `Sergey Sergey Shoigu`. */
function isRepeated(name: FoldedName, token: FoldedToken, pairs: Alignment['pairs'], isA: boolean): boolean {
  for (const pair of pairs) for (const i of isA ? pair.a : pair.b) if (name.tokens[i]!.sounds[0] === token.sounds[0]) return true
  return false
}

function formsAgainst({ a, b }: Alignment): boolean {
  let seen = false
  for (const x of a.tokens) {
    if (x.form === null) continue
    for (const y of b.tokens) {
      if (y.form === null) continue
      seen = true
      if (!formsConflict(x.form, y.form)) return false
    }
  }
  return seen
}

function isOtherOrder({ a, b, pairs }: Alignment): boolean {
  for (const first of pairs) {
    if (!counts(a.tokens[first.a[0]!]!, b.tokens[first.b[0]!]!)) continue
    for (const second of pairs) {
      if (second.a[0]! > first.a[0]! && second.b[0]! < first.b[0]! && counts(a.tokens[second.a[0]!]!, b.tokens[second.b[0]!]!)) return true
    }
  }
  return false
}

/** `Salman bin Muhammad` and `Muhammad bin Salman` are father and son. */
function isSonForFather({ a, b, pairs }: Alignment): boolean {
  const inA = sonAndFather(a)
  if (inA === null) return false
  const inB = sonAndFather(b)
  if (inB === null) return false
  const crossed = (i: number, j: number): boolean => pairs.some((pair) => pair.a.includes(i) && pair.b.includes(j))
  return crossed(inA[0], inB[1]) && crossed(inA[1], inB[0])
}

/** Places of the last word before the first `bin` and of the first word after it. */
function sonAndFather(name: FoldedName): readonly [number, number] | null {
  const { tokens } = name
  for (let i = 1; i + 1 < tokens.length; i++) {
    if (tokens[i]!.role !== 'particle' || tokens[i]!.text !== 'bin') continue
    let father = i + 1
    while (father < tokens.length && tokens[father]!.role === 'particle') father++
    return father < tokens.length && tokens[i - 1]!.role === 'word' ? [i - 1, father] : null
  }
  return null
}

function counts(token: FoldedToken, other: FoldedToken): boolean {
  return isDistinctive(token) && isDistinctive(other)
}

const MISSING: Readonly<Record<FoldedToken['role'], UnmatchedCode>> = {
  word: 'name-missing',
  prefix: 'name-missing',
  initial: 'initial-missing',
  number: 'number-missing',
  'legal-form': 'legal-form-missing',
  generic: 'generic-word-missing',
  particle: 'particle-missing',
  patronymic: 'patronymic-missing',
  title: 'title-missing',
  stop: 'stop-word',
}

/** The words that no pair holds, those of `a` first, and why they stand alone. */
export function leftoversOf(alignment: Alignment): ScoredLeftover[] {
  const out: ScoredLeftover[] = []
  const sumsA = sum(alignment.a, alignment.leftA, alignment.weightsA, alignment.pairs, true)
  const sumsB = sum(alignment.b, alignment.leftB, alignment.weightsB, alignment.pairs, false)
  const against = formsAgainst(alignment)
  const both = sumsA.core + sumsA.fillers > 0 && sumsB.core + sumsB.fillers > 0
  const inConflict = both && sumsA.core + sumsB.core > 0
  const collect = (side: 'a' | 'b', name: FoldedName, left: readonly number[], weights: Float64Array | readonly number[]): void => {
    for (const i of left) {
      const token = name.tokens[i]!
      let rule = MISSING[token.role]
      let cost = weights[i]!
      const core = token.role === 'word' || token.role === 'generic' || token.role === 'prefix' || token.role === 'initial'
      if (core && isRepeated(name, token, alignment.pairs, side === 'a')) {
        rule = 'repeated'
        cost = PRICE.smallWordMissing
      } else if (core && inConflict) rule = 'name-conflict'
      else if (core && token.role === 'generic' && isFiller(token.text)) cost *= PRICE.fillerMissing / PRICE.missing.body
      else if (token.role === 'number' && sumsA.numbers > 0 && sumsB.numbers > 0) rule = 'number-conflict'
      else if (token.role === 'patronymic' && sumsA.patronymics > 0 && sumsB.patronymics > 0) rule = 'patronymic-conflict'
      else if (token.role === 'legal-form' && against) rule = 'legal-form-conflict'
      out.push({ side, token, rule, cost })
    }
  }
  collect('a', alignment.a, alignment.leftA, alignment.weightsA)
  collect('b', alignment.b, alignment.leftB, alignment.weightsB)
  return out
}

/** Two names in Han, or two in Hangul, are compared by their characters: each is a syllable with a meaning, and no typo of another. */
function charactersScore(alignment: Alignment): Scored {
  const { a, b } = alignment
  const x = a.characters!
  const y = b.characters!
  if (x === y) {
    const same = a.text.replaceAll(' ', '') === b.text.replaceAll(' ', '')
    return { score: same ? 1 : 0.99, whole: [] }
  }
  if (x.length === y.length && x.length >= 2 && x.length <= 4) {
    for (let cut = 1; cut < x.length; cut++) {
      if (x.slice(cut) + x.slice(0, cut) === y) return { score: 0.95, whole: [{ rule: 'other-order', cost: 0.05 }] }
    }
  }
  const length = Math.max(x.length, y.length)
  const edits = editDistance(x, y, length)
  const rate = edits / length
  return { score: Math.max(0, 1 - rate * (length <= 4 ? 1.8 : 1.5)), whole: [{ rule: 'other-characters', cost: rate }] }
}
