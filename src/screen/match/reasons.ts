import type { Position } from '../korean/index.ts'
import type { Reason } from './answer.ts'
import type { PreparedName } from './name-index.ts'
import type { NameMatch } from './name-score.ts'

/** The argument of a name comparison, step by step. */
export function nameReasons(match: NameMatch, query: PreparedName, listed: PreparedName): readonly Reason[] {
  const reasons: Reason[] = []
  const say = (rule: string, q: string, l: string, price: number, effect?: Reason['effect']): void => {
    reasons.push({ about: 'name', rule, query: q, listed: l, effect: effect ?? (price > 0 ? 'costs' : 'agrees'), weight: price })
  }
  if (match.korean !== null) {
    const { query: asked, listed: found, steps } = match.korean
    say('korean-name', written([...asked.family, ...asked.given]), written([...found.family, ...found.given]), 0)
    for (const step of steps) say(step.rule, step.query, step.listed, step.price, step.price > 0 ? 'costs' : 'agrees')
  }
  if (match.ordinary !== null) {
    for (const part of match.ordinary.parts) say(part.rule, part.query, part.listed, part.cost)
    for (const { side, text, rule, cost } of match.ordinary.unmatched)
      say(rule, side === 'query' ? text : '', side === 'listed' ? text : '', cost, 'costs')
    for (const { rule, cost } of match.ordinary.whole) say(rule, query.text, listed.text, cost, 'costs')
  }
  return reasons
}

function written(positions: readonly Position[]): string {
  return positions.map((position) => position[0]?.text ?? '').join(' ')
}
