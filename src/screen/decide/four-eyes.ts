import { CordonError } from '../../chain/index.ts'
import type { Hit } from '../match/answer.ts'
import { samePerson } from '../same-person.ts'
import { DECISIONS, type MadeDecision } from './record.ts'

/** When one person is not enough. */
export interface FourEyes {
  /** A false positive of this score (0 to 1) or above needs a second person. */
  readonly secondFrom: number
}

export const FOUR_EYES: FourEyes = { secondFrom: 0.9 }

/** Longest reason and name of a person, in UTF-16 units. */
const LONGEST = 10_000

/** Whether a paper, a wallet or a ship's number is the entry's own: then it is no matter of similar names. */
export function isDocumentExact(hit: Hit): boolean {
  return (
    hit.matched === null ||
    hit.reasons.some(({ about, effect }) => (about === 'paper' || about === 'wallet' || about === 'vessel') && effect === 'agrees')
  )
}

/** Why a decision needs a second person; null where it needs none. */
export function needsSecond(decision: MadeDecision['decision'], hit: Hit | null, { secondFrom }: FourEyes): string | null {
  if (decision === 'true-match') return 'a true match'
  if (decision !== 'false-positive' || hit === null) return null
  if (isDocumentExact(hit)) return 'a false positive against a paper, wallet or ship number that agrees'
  return hit.score >= secondFrom ? `a false positive with a score of ${hit.score} (${secondFrom} or above)` : null
}

/**
 * Checks a decision against the rules.
 *
 * @throws CordonError `screen/bad-decision` where it does not fit its answer; `screen/four-eyes` where a second person is missing or is the first again
 */
export function checkDecision(made: MadeDecision, rules: FourEyes): void {
  const { decision, answer, entry } = made
  if (!DECISIONS.includes(decision))
    throw bad(`${JSON.stringify(decision)} is no decision`, `It is one of ${DECISIONS.join(', ')}.`, 'decision')
  text(made.reason, 'reason', 'Say in a sentence why.')
  text(made.by, 'by', 'Name who decides.')
  if (made.second !== null) text(made.second, 'second', 'Name the second person, or leave it off.')
  if (made.customer !== null) text(made.customer, 'customer', "Give the customer's number, or leave it off.")
  if (made.expires !== null) {
    if (decision !== 'false-positive') throw bad(`only a false positive expires, not ${decision}`, 'Leave the day off.', 'expires')
    endOf(made.expires)
  }
  const hit = entry === null ? null : (answer.hits.find((each) => each.list === entry.list && each.entry === entry.id) ?? null)
  if (entry !== null && hit === null) throw bad(`the answer has no hit on ${entry.list}:${entry.id}`, hitsOf(made), 'entry')
  if (entry !== null && hit !== null && hit.version !== entry.version) {
    throw bad(
      `the answer found ${entry.list}:${entry.id} in version ${hit.version}, not ${entry.version}`,
      'Take the version from the answer.',
      'entry',
    )
  }
  if (decision === 'no-hit' && (entry !== null || answer.hits.length > 0)) {
    throw bad('no-hit is for an answer without hits', 'Decide each of its hits.', 'decision')
  }
  if ((decision === 'true-match' || decision === 'false-positive') && entry === null) {
    throw bad(`${decision} needs the entry that it is about`, hitsOf(made), 'entry')
  }
  const why = needsSecond(decision, hit, rules)
  if (why !== null && made.second === null) {
    throw new CordonError('screen/four-eyes', `${why} needs a second person`, { remedy: 'Have somebody else look at it, and name both.' })
  }
  if (made.second !== null && samePerson(made.by, made.second)) {
    throw new CordonError('screen/four-eyes', `${made.second} cannot be the second person to ${made.by}`, { remedy: 'Name somebody else.' })
  }
}

/** The last moment of a day or time, ISO 8601 UTC with milliseconds. Throws `screen/bad-decision`. */
export function endOf(expires: string): string {
  const whole = /^\d{4}-\d\d-\d\d$/.test(expires) ? `${expires}T23:59:59.999Z` : expires
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/.test(whole) ? new Date(whole) : new Date(Number.NaN)
  // Date takes 31 February for 3 March.
  if (!Number.isNaN(time.getTime()) && time.toISOString().startsWith(whole.slice(0, 10))) return time.toISOString()
  throw bad(`${JSON.stringify(expires.slice(0, 40))} is no day and no time`, 'Write 2027-01-31, or 2027-01-31T10:00:00Z.', 'expires')
}

function text(value: string, field: string, remedy: string): void {
  if (typeof value !== 'string' || !/[\p{L}\p{N}]/u.test(value)) throw bad(`${field} is empty`, remedy, field)
  if (value.length > LONGEST)
    throw bad(`${field} is longer than ${LONGEST} characters`, 'Write less, and refer to the file that holds the rest.', field)
}

function hitsOf({ answer }: MadeDecision): string {
  if (answer.hits.length === 0) return 'The answer has no hits: record no-hit.'
  return `Its hits are ${answer.hits
    .slice(0, 10)
    .map((hit) => `${hit.list}:${hit.entry}`)
    .join(', ')}.`
}

function bad(message: string, remedy: string, field: string): CordonError {
  return new CordonError('screen/bad-decision', message, { place: { field }, remedy })
}
