import type { ListEntry, ListedDate } from '../lists/entry.ts'
import type { Reason } from './answer.ts'
import type { ScreenQuery } from './query.ts'

/**
 * What speaks for and against beside the name, as factors on the odds (a likelihood ratio each, rounded to what can be defended). Set so that contradiction lowers, agreement raises a
 * little, and what is missing on either side changes nothing. They are deliberately timid: lists are wrong about birth dates and people have several nationalities, so that no single
 * contradiction can make a perfect name vanish from the answer.
 */
export const FACTOR = {
  'birth-same-day': 20,
  'birth-overlaps': 3,
  'birth-near': 0.6,
  'birth-years-apart': 0.08,
  'birth-far-apart': 0.02,
  'country-same': 1.5,
  'country-other': 0.5,
  'sex-same': 1.1,
  'sex-other': 0.1,
  'paper-same': 1000,
  'kind-other': 0.05,
  'kind-unknown': 0.3,
} as const

export type EvidenceRule = keyof typeof FACTOR | 'birth-missing' | 'country-missing' | 'sex-missing' | 'paper-missing'

/** What an entry offers to be compared with; a `ListEntry` has all of it. */
export type Comparable = Pick<ListEntry, 'kind' | 'births' | 'countries' | 'sex' | 'identifiers'>

/** Everything beside the name that can be held against each other, as reasons in a fixed order. */
export function evidence(query: ScreenQuery, entry: Comparable, samePaper: Reason | null): readonly Reason[] {
  const reasons: Reason[] = []
  if (query.kind !== null && entry.kind !== 'unknown' && query.kind !== 'unknown' && query.kind !== entry.kind) {
    reasons.push(against('name', 'kind-other', query.kind, entry.kind))
  }
  if (entry.kind === 'unknown' && query.kind === 'person') reasons.push(against('name', 'kind-unknown', query.kind, entry.kind))
  if (entry.kind === 'person' || query.kind === 'person') {
    reasons.push(birthReason(query.birth, entry.births))
    reasons.push(sexReason(query.sex, entry.sex))
  }
  reasons.push(countryReason(query.countries, entry))
  if (samePaper !== null) reasons.push(samePaper)
  else if (query.papers.length > 0 && entry.identifiers.length === 0) reasons.push(missing('paper', 'paper-missing'))
  return reasons
}

/** The chance of a name and its evidence together: the odds of the name times every factor. */
export function combine(nameScore: number, reasons: readonly Reason[]): number {
  if (nameScore <= 0) return 0
  const held = Math.min(nameScore, 0.995)
  let odds = held / (1 - held)
  for (const reason of reasons) if (reason.effect === 'agrees' || reason.effect === 'contradicts') odds *= reason.weight
  return odds / (1 + odds)
}

function birthReason(asked: ListedDate | null, births: readonly ListedDate[]): Reason {
  const known = births.filter((birth) => birth.from !== null && birth.to !== null)
  if (asked?.from == null || asked.to === null || known.length === 0) return missing('birth', 'birth-missing')
  // A list that gives several dates means any of them: the nearest counts.
  let best: Reason | null = null
  for (const birth of known) {
    const reason = compareBirths(asked, birth)
    if (best === null || reason.weight > best.weight) best = reason
  }
  return best as Reason
}

const DAY_MS = 86_400_000

function compareBirths(asked: ListedDate, listed: ListedDate): Reason {
  const [from, to, listedFrom, listedTo] = [asked.from, asked.to, listed.from, listed.to] as [string, string, string, string]
  const reason = (rule: keyof typeof FACTOR): Reason =>
    FACTOR[rule] >= 1 ? agrees('birth', rule, asked.text, listed.text) : against('birth', rule, asked.text, listed.text)
  const exact = from === to && listedFrom === listedTo
  if (exact && from === listedFrom) return reason('birth-same-day')
  const slack = asked.circa || listed.circa ? 2 * 365 * DAY_MS : 0
  const gap = Math.max(Date.parse(listedFrom) - Date.parse(to), Date.parse(from) - Date.parse(listedTo)) - slack
  // About a day is a range as well.
  if ((!exact || slack > 0) && gap <= 0) return reason('birth-overlaps')
  if (exact && slippedDate(from, listedFrom)) return reason('birth-near')
  if (gap <= 366 * DAY_MS) return reason('birth-near')
  return reason(gap <= 5 * 366 * DAY_MS ? 'birth-years-apart' : 'birth-far-apart')
}

/** Day and month swapped, or one digit mistyped: how the same date comes to be written differently. */
function slippedDate(a: string, b: string): boolean {
  const [year, month, day] = a.split('-')
  if (`${year}-${day}-${month}` === b) return true
  let differing = 0
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) differing++
  return differing === 1
}

function sexReason(asked: ScreenQuery['sex'], listed: ListEntry['sex']): Reason {
  if (asked === null || listed === null) return missing('sex', 'sex-missing')
  return asked === listed ? agrees('sex', 'sex-same', asked, listed) : against('sex', 'sex-other', asked, listed)
}

function countryReason(asked: readonly string[], entry: Comparable): Reason {
  const listed = entry.countries.flatMap(({ code }) => (code === null ? [] : [code]))
  if (asked.length === 0 || listed.length === 0) return missing('country', 'country-missing')
  const same = asked.find((code) => listed.includes(code))
  return same !== undefined
    ? agrees('country', 'country-same', same, same)
    : against('country', 'country-other', asked.join(', '), [...new Set(listed)].join(', '))
}

function agrees(about: Reason['about'], rule: keyof typeof FACTOR, query: string, listed: string): Reason {
  return { about, rule, query, listed, effect: 'agrees', weight: FACTOR[rule] }
}

function against(about: Reason['about'], rule: keyof typeof FACTOR, query: string, listed: string): Reason {
  return { about, rule, query, listed, effect: 'contradicts', weight: FACTOR[rule] }
}

function missing(about: Reason['about'], rule: EvidenceRule): Reason {
  return { about, rule, query: '', listed: '', effect: 'missing', weight: 1 }
}
