import { CordonError } from '../../chain/index.ts'
import { canonicalLabel, type Label, labelHash, tlpRank } from './label.ts'
import { widens } from './widen.ts'

/**
 * What guards a container: its own label and those of everything in it. A reader must pass every one (`mayReadAll`). "USA or the Tokyo police" and "Korea or the FBI" have no common label, but they have a conjunction.
 */
export type Clauses = readonly Label[]

/**
 * The clauses of several records together: canonical, each once, in the order of their hashes, without those that another one implies. For every reader and instant
 *
 *     mayReadAll(r, strictest(a, b), t)  ⇔  mayReadAll(r, a, t)  ∧  mayReadAll(r, b, t)
 *
 * and it is associative, commutative and idempotent.
 *
 * @throws CordonError `release/no-label` where a record has no clause, `release/garbled-label`
 */
export function strictest(...records: readonly Clauses[]): Clauses {
  if (records.length === 0 || records.some((clauses) => clauses.length === 0)) {
    throw new CordonError('release/no-label', 'a record has no label', {
      remedy: 'Every record has a label from its birth; one without stays closed. Restore it from a backup.',
    })
  }
  const byHash = new Map(records.flat().map((label) => [labelHash(label), canonicalLabel(label)]))
  const clauses = [...byHash].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, label]) => label)
  // Of two that say the same, the first by its hash stays.
  return clauses.filter(
    (clause, at) => !clauses.some((other, where) => where !== at && implies(other, clause) && (where < at || !implies(clause, other))),
  )
}

/**
 * Whether a clause can go because another one stands: nobody passes `strict` who does not pass `loose`, it asks no less of those who read (TLP), and it is the same originator whose say it is.
 */
function implies(strict: Label, loose: Label): boolean {
  return strict.originator === loose.originator && tlpRank(strict.tlp) >= tlpRank(loose.tlp) && !widens(loose, strict)
}
