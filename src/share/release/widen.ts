import { instantOf, isSound, type Label, tlpRank } from './label.ts'

/**
 * Whether `to` lets anybody in, at any instant, whom `from` keeps out. Exact over all readers that there could be: any person of any organisation, any organisation of any nation. So a directory that puts
 * the FBI in the USA makes `organisations: [FBI]` no part of `nations: [USA]`: directories change, and labels stay.
 *
 * Why the rules below decide it: what a label asks of caveats, of persons, and of organisation, nation and time are independent conjuncts, and a sound label lets somebody in on each of them. So one label
 * is within another exactly where each conjunct is.
 */
export function widens(from: Label, to: Label): boolean {
  if (!isSound(to)) return false
  if (!isSound(from)) return true
  return !(isWithin(from.caveats, to.caveats) && isWithinPersons(to, from) && isOriginatorWithin(to, from) && isReleaseWithin(to, from))
}

/**
 * Whether a change lets anybody read more, or lets those who read do more with it: TLP says how far a recipient may pass it on, so a lower TLP is a release even where the node shows it to the same people.
 */
export function loosens(from: Label, to: Label): boolean {
  return widens(from, to) || (isSound(from) && isSound(to) && tlpRank(to.tlp) < tlpRank(from.tlp))
}

function isWithin(inner: readonly string[], outer: readonly string[]): boolean {
  return inner.every((value) => outer.includes(value))
}

function isWithinPersons(to: Label, from: Label): boolean {
  return from.persons.length === 0 || (to.persons.length > 0 && isWithin(to.persons, from.persons))
}

/** The originator of `to` reads for ever, of whatever nation it is. */
function isOriginatorWithin(to: Label, from: Label): boolean {
  if (to.originator === from.originator) return true
  return from.expires === null && (from.tlp === 'RED' || from.organisations.includes(to.originator))
}

/** Those to whom `to` was released, apart from the originator of `from`, who reads anyway. */
function isReleaseWithin(to: Label, from: Label): boolean {
  const organisations = to.organisations.filter((code) => code !== from.originator)
  const nations = to.tlp === 'RED' || to.tlp === 'AMBER+STRICT' ? [] : to.nations
  const releases = to.tlp === 'RED' || organisations.length > 0 || nations.length > 0
  if (!releases) return true
  if (!endsBy(to, from)) return false
  if (from.tlp === 'RED') return true
  if (to.tlp === 'RED') return false
  return (
    isWithin(organisations, from.organisations) && (nations.length === 0 || (opensNations(to, from) && isWithin(nations, from.nations)))
  )
}

function endsBy(to: Label, from: Label): boolean {
  return from.expires === null || (to.expires !== null && instantOf(to.expires) <= instantOf(from.expires))
}

/** AMBER opens a nation's members; GREEN and CLEAR its subscribers too. */
function opensNations(to: Label, from: Label): boolean {
  return from.tlp === 'GREEN' || from.tlp === 'CLEAR' || (from.tlp === 'AMBER' && to.tlp === 'AMBER')
}
