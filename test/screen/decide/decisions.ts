import { join } from 'node:path'
import { type DecisionLog, type MadeDecision, recordDecision } from '../../../src/screen/decide/index.ts'
import { nameQuery } from '../../../src/screen/match/query.ts'
import { person, plainScreener } from './plain-screener.ts'

/** A day in the future of nobody. */
export const START = Date.parse('2026-01-05T10:00:00.000Z')

/** A log in a folder, with a clock that goes on a second with each look. */
export function logIn(folder: string): DecisionLog {
  let now = START
  return {
    file: join(folder, 'decisions.jsonl'),
    clock: () => {
      now += 1000
      return now
    },
  }
}

const listed = person('7', 'KIM Yong Chol')
const screener = plainScreener([listed])

/** A decision of one of several kinds, on the same hit. */
export function decisionNumber(n: number, reason = `looked at it, ${n}`): MadeDecision {
  const query = nameQuery('Kim Yong Chol')
  const answer = screener.screen(query)
  const clean = screener.screen(nameQuery(`Nobody ${n}`))
  const base = {
    customer: `C-${n % 3}`,
    ask: { about: 'name', query },
    answer,
    reason,
    by: 'Kim Minji',
    second: null,
    expires: null,
  } as const
  const entry = { list: 'test-list', id: '7', version: 'v1', hash: screener.entryHash('test-list', '7') }
  if (n % 4 === 0) return { ...base, ask: { about: 'name', query: clean.query }, answer: clean, entry: null, decision: 'no-hit' }
  if (n % 4 === 1) return { ...base, entry, decision: 'false-positive' }
  if (n % 4 === 2) return { ...base, entry, decision: 'escalated' }
  return { ...base, entry, decision: 'true-match', second: 'Sato Ken' }
}

export async function recordMany(log: DecisionLog, count: number): Promise<void> {
  for (let n = 0; n < count; n++) await recordDecision(log, decisionNumber(n))
}
