import type { Clauses } from './clauses.ts'
import { type Label, type Tlp, tlpRank } from './label.ts'
import { nationsInOrder } from './parse.ts'

/** TLP 2.0's colours (FIRST, "TLP in colours"): of the letters, on black. */
export const TLP_COLOURS: Readonly<Record<Tlp, string>> = {
  CLEAR: '#FFFFFF',
  GREEN: '#33FF00',
  AMBER: '#FFC000',
  'AMBER+STRICT': '#FFC000',
  RED: '#FF2B2B',
}

/**
 * The banner of a record: `TLP:AMBER · REL TO USA, JPN, KOR · NPA`. For people who may read it; nothing is ever decided by it.
 */
export function showLabel(label: Label): string {
  const { tlp, persons, caveats, expires } = label
  return joined([`TLP:${tlp}`, relTo(label), caveats.join(', '), namedOnly(persons), expires === null ? '' : `UNTIL ${expires}`])
}

/** The marking of one paragraph within a document: `(TLP:AMBER//REL TO USA, JPN, KOR)`. */
export function portionMark(label: Label): string {
  return `(${[`TLP:${label.tlp}`, relTo(label), ...label.caveats, namedOnly(label.persons)].filter((part) => part !== '').join('//')})`
}

/**
 * The banner of a container: the highest TLP, those nations and other organisations whom every clause lets in, all caveats, the first end. Exact as long as nothing has expired; persons and caveats narrow it further.
 *
 * @param directory organisations and their nations, as far as the banner's reader may know of them
 */
export function showClauses(clauses: Clauses, directory: ReadonlyMap<string, string | null>): string {
  const [first] = clauses
  if (first === undefined) return 'CLOSED'
  if (clauses.length === 1) return showLabel(first)
  const highest = clauses.reduce((high, { tlp }) => (tlpRank(tlp) > tlpRank(high) ? tlp : high), first.tlp)
  const nations = first.nations.filter((nation) => clauses.every((clause) => opensNation(clause, nation)))
  const organisations = [...directory]
    .filter(([code, nation]) => !nations.includes(nation ?? '') && clauses.every((clause) => opensOrganisation(clause, code, nation)))
    .map(([code]) => code)
    .sort()
  const caveats = [...new Set(clauses.flatMap((clause) => clause.caveats))].sort()
  const ends = clauses.flatMap(({ expires }) => (expires === null ? [] : [expires])).sort()
  return joined([
    `TLP:${highest}`,
    nations.length + organisations.length === 0 ? 'NO COMMON RELEASE' : released(nations, organisations),
    caveats.join(', '),
    namedOnly(clauses.flatMap((clause) => clause.persons)),
    ends[0] === undefined ? '' : `UNTIL ${ends[0]}`,
  ])
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ')
}

function relTo({ tlp, nations, organisations, originator }: Label): string {
  if (tlp === 'RED') return ''
  return nations.length + organisations.length === 0 ? `${originator} ONLY` : released(nations, organisations)
}

function released(nations: readonly string[], organisations: readonly string[]): string {
  return `REL TO ${[nationsInOrder(nations).join(', '), organisations.join(', ')].filter((part) => part !== '').join(' · ')}`
}

/** Who they are is not shown: that these work together can be a secret. */
function namedOnly(persons: readonly string[]): string {
  return persons.length === 0 ? '' : 'NAMED PERSONS ONLY'
}

function opensNation({ tlp, nations }: Label, nation: string): boolean {
  return tlp !== 'RED' && tlp !== 'AMBER+STRICT' && nations.includes(nation)
}

/** RED opens to those whom it names, of whatever organisation. */
function opensOrganisation(label: Label, code: string, nation: string | null): boolean {
  return (
    label.tlp === 'RED' ||
    code === label.originator ||
    label.organisations.includes(code) ||
    (nation !== null && opensNation(label, nation))
  )
}
