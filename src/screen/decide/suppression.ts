import type { Hit, Reason, ScreenAnswer } from '../match/answer.ts'
import type { EntryHashes } from '../versions/entry-hash.ts'
import { endOf, FOUR_EYES, type FourEyes, needsSecond } from './four-eyes.ts'
import type { DecisionRecord } from './record.ts'

/**
 * That a hit of one customer on one entry was found to be a false positive. It holds as long as both sides are what they were: the customer's data (`data`) and what the list says of the entry (`hash`).
 * A new version of the list that leaves the entry as it was does not end it; a changed birth date on either side does.
 */
export interface Suppression {
  readonly customer: string
  /** `dataHash` of the question that was decided. */
  readonly data: string
  readonly list: string
  readonly entry: string
  /** `entryHash` of the entry as it was decided. */
  readonly hash: string
  /** Number, time, persons and reason of the decision. */
  readonly record: number
  readonly time: string
  readonly by: string
  readonly second: string | null
  readonly reason: string
  /** ISO date or time after which it does not hold any more; null without an end. */
  readonly expires: string | null
  /** By the rules of the house: the score from which the word of one person does not hold. */
  readonly secondFrom: number
}

/** Why a suppression does not hold any more. Several may be true; the first in this order is told. */
export type Lapse =
  /** The customer's data is another. */
  | 'customer-changed'
  /** What the list says of the entry is another. */
  | 'entry-changed'
  /** The entry is not at hand, so nobody can tell whether it changed. */
  | 'entry-unknown'
  | 'expired'
  /** One person alone decided, and such a hit needs two: a paper, wallet or ship's number agrees, or it scores higher than it did then. */
  | 'needs-second'

/** A suppression that met its customer and entry again and did not hold. */
export interface Lapsed {
  readonly suppression: Suppression
  readonly why: Lapse
}

/** Suppressions by customer. */
export type Suppressions = ReadonlyMap<string, readonly Suppression[]>

/** The suppressions of a log, and which log: the hash of its last record, null where there is none. */
export interface Suppressor {
  readonly version: string | null
  readonly suppressions: Suppressions
}

/** Whose answer it is: the customer's number, and `dataHash` of what was asked. */
export interface AskedCustomer {
  readonly id: string | null
  readonly data: string
}

/**
 * The suppressions that decisions leave, in the order of the log. A false positive makes one, where customer and entry are known. Any later decision on the same customer and entry that is no false positive
 * withdraws it: somebody has doubts. A later false positive on the same data takes its place.
 *
 * @param rules those under which decisions are recorded: a hit that would need two persons today is not held back by one
 */
export function suppressionsOf(decisions: Iterable<DecisionRecord>, rules: FourEyes = FOUR_EYES): Suppressions {
  const found = new Map<string, Suppression[]>()
  for (const decision of decisions) applyDecision(found, decision, rules)
  return found
}

/** The same for a log that is read as it streams. */
export async function readSuppressions(decisions: AsyncIterable<DecisionRecord>, rules: FourEyes = FOUR_EYES): Promise<Suppressor> {
  const suppressions = new Map<string, Suppression[]>()
  let version: string | null = null
  for await (const decision of decisions) {
    applyDecision(suppressions, decision, rules)
    version = decision.hash
  }
  return { version, suppressions }
}

function applyDecision(
  found: Map<string, Suppression[]>,
  { customer, entry, decision, ...record }: DecisionRecord,
  { secondFrom }: FourEyes,
): void {
  if (customer === null || entry === null) return
  const about = (each: Suppression) => each.list === entry.list && each.entry === entry.id
  const doubted = decision !== 'false-positive'
  const rest = (found.get(customer) ?? []).filter((each) => !(about(each) && (doubted || each.data === record.data)))
  if (!doubted && entry.hash !== null) {
    const { data, time, by, second, reason, expires } = record
    rest.push({
      customer,
      data,
      list: entry.list,
      entry: entry.id,
      hash: entry.hash,
      record: record.record,
      time,
      by,
      second,
      reason,
      expires,
      secondFrom,
    })
  }
  if (rest.length === 0) found.delete(customer)
  else found.set(customer, rest)
}

/**
 * An answer with the hits that a suppression covers held back: `alert` false, `held` `suppressed`, and a reason that names the decision. No hit is removed, `outcome` stays, and hits that do not alert anyway
 * stay as they are. A suppression of the same customer and entry that has lapsed leaves the hit alerting, with a reason that says why.
 *
 * @param at the moment for which expiry is judged, ISO 8601 UTC
 */
export function applySuppressions(
  answer: ScreenAnswer,
  customer: AskedCustomer,
  suppressions: Suppressions,
  hashes: EntryHashes,
  at: string = answer.at,
): { readonly answer: ScreenAnswer; readonly lapsed: readonly Lapsed[] } {
  const own = customer.id === null ? [] : (suppressions.get(customer.id) ?? [])
  if (own.length === 0) return { answer, lapsed: [] }
  const lapsed: Lapsed[] = []
  const hits = answer.hits.map((hit) => {
    const candidates = own.filter((each) => each.list === hit.list && each.entry === hit.entry)
    const judged = candidates.map((suppression) => ({ suppression, why: lapseOf(suppression, hit, customer, hashes, at) }))
    const holding = judged.find(({ why }) => why === null)
    if (holding !== undefined) return hit.alert ? held(hit, holding.suppression) : hit
    for (const { suppression, why } of judged) if (why !== null) lapsed.push({ suppression, why })
    return judged.reduce((each, { suppression, why }) => withReason(each, lapseReason(suppression, why as Lapse)), hit)
  })
  const alerting = hits.filter((hit) => hit.alert)
  return { answer: { ...answer, hits: [...alerting, ...hits.filter((hit) => !hit.alert)] }, lapsed }
}

function lapseOf(
  { data, list, entry, hash, expires, second, secondFrom }: Suppression,
  hit: Hit,
  customer: AskedCustomer,
  hashes: EntryHashes,
  at: string,
): Lapse | null {
  if (data !== customer.data) return 'customer-changed'
  const now = hashes(list, entry)
  if (now === null) return 'entry-unknown'
  if (now !== hash) return 'entry-changed'
  if (expires !== null && at > endOf(expires)) return 'expired'
  return second === null && needsSecond('false-positive', hit, { secondFrom }) !== null ? 'needs-second' : null
}

function held(hit: Hit, suppression: Suppression): Hit {
  return withReason({ ...hit, alert: false, held: 'suppressed' }, reasonOf('decision-suppresses', suppression))
}

function lapseReason(suppression: Suppression, why: Lapse): Reason {
  return reasonOf(`decision-lapsed-${why}`, suppression)
}

function reasonOf(rule: string, { record, time, by, second, reason }: Suppression): Reason {
  const persons = second === null ? by : `${by}, ${second}`
  return { about: 'decision', rule, query: `#${record} (${time}, ${persons})`, listed: reason, effect: 'says', weight: 0 }
}

function withReason(hit: Hit, reason: Reason): Hit {
  const there = hit.reasons.some(({ rule, query }) => rule === reason.rule && query === reason.query)
  return there ? hit : { ...hit, reasons: [...hit.reasons, reason] }
}
