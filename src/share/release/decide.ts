import { instantOf, isSound, type Label } from './label.ts'
import type { Reader } from './reader.ts'

/**
 * The decision that guards every door. For a reader r, a label l and an instant t,
 *
 *     mayRead(r, l, t)  ⇔  l is sound  ∧  r is enabled
 *                        ∧  l.caveats ⊆ r.caveats
 *                        ∧  (l.persons = ∅  ∨  r.person ∈ l.persons)
 *                        ∧  (r.organisation = l.originator  ∨  (t < l.expires  ∧  opened(r, l)))
 *
 *     opened(r, l)      ⇔  RED            true (he was named, see above)
 *                          AMBER+STRICT   r.organisation ∈ l.organisations
 *                          AMBER          r.organisation ∈ l.organisations  ∨  (r.nation ∈ l.nations  ∧  r is a member)
 *                          GREEN, CLEAR   r.organisation ∈ l.organisations  ∨  r.nation ∈ l.nations
 *
 * There is no wildcard: an empty set opens to nobody. No role reads past a label. Whatever is not understood closes: an unsound label, an invalid date, an unknown community. Codes are equal or they are not;
 * nothing is trimmed, folded or normalised here.
 *
 * The database decides the same by itself (`sql.ts`), and a test has both agree with a third.
 */
export function mayRead(reader: Reader, label: Label, now: Date): boolean {
  if (!isSound(label) || reader.disabled !== false || Number.isNaN(now.getTime())) return false
  if (!isReadInto(reader, label) || !isNamed(reader, label)) return false
  return reader.organisation === label.originator || (!hasExpired(label, now) && isOpened(reader, label))
}

/**
 * Whether every clause lets the reader in. Without a clause the answer is no: a record always has one, so something was lost.
 */
export function mayReadAll(reader: Reader, clauses: readonly Label[], now: Date): boolean {
  return clauses.length > 0 && clauses.every((clause) => mayRead(reader, clause, now))
}

/** What keeps somebody out. */
export type Refusal = 'unsound-label' | 'no-time' | 'disabled' | 'caveats' | 'not-named' | 'expired' | 'not-released'

/**
 * What keeps a reader out; empty where he may read. For those who set the label ("why can Tokyo not see this?"). It tells what the label says: whoever was refused must never get it.
 */
export function whyNot(reader: Reader, label: Label, now: Date): readonly Refusal[] {
  if (!isSound(label)) return ['unsound-label']
  if (Number.isNaN(now.getTime())) return ['no-time']
  const refusals: Refusal[] = []
  if (reader.disabled !== false) refusals.push('disabled')
  if (!isReadInto(reader, label)) refusals.push('caveats')
  if (!isNamed(reader, label)) refusals.push('not-named')
  if (reader.organisation !== label.originator) {
    if (hasExpired(label, now)) refusals.push('expired')
    if (!isOpened(reader, label)) refusals.push('not-released')
  }
  return refusals
}

function isReadInto(reader: Reader, label: Label): boolean {
  return label.caveats.every((caveat) => reader.caveats.includes(caveat))
}

function isNamed(reader: Reader, label: Label): boolean {
  return label.persons.length === 0 || label.persons.includes(reader.person)
}

function hasExpired(label: Label, now: Date): boolean {
  return label.expires !== null && now.getTime() >= instantOf(label.expires)
}

function isOpened(reader: Reader, label: Label): boolean {
  const ofOrganisation = label.organisations.includes(reader.organisation)
  const ofNation = reader.nation !== null && label.nations.includes(reader.nation)
  switch (label.tlp) {
    case 'RED':
      return true
    case 'AMBER+STRICT':
      return ofOrganisation
    case 'AMBER':
      return ofOrganisation || (ofNation && reader.community === 'member')
    case 'GREEN':
    case 'CLEAR':
      return ofOrganisation || ofNation
  }
}
