import { accountOf } from './account.ts'
import type { PublishedTotal, Register } from './heist.ts'
import { compareWhen } from './when.ts'

/** What one source holds for the year of the most money stolen. */
export type RecordYear = {
  /** The publisher, or `the register, lowest claims` and `the register, highest claims`. */
  readonly by: string
  readonly year: string
  readonly cents: bigint
  /** Whether the publisher itself calls that year a record. */
  readonly saysSo: boolean
  /** Years that the source has a figure for: a record among two is worth less than among ten. */
  readonly years: number
}

/**
 * The record year by each source: by every publisher with totals of single years, in the latest form that it gave them, and by this register's own two accounts.
 * Sources that disagree stand beside each other. Sorted by name, the register's own last.
 */
export function recordYears(register: Register): RecordYear[] {
  const publishers = [...new Set(register.totals.map(({ by }) => by))].sort()
  const published = publishers.flatMap((by): RecordYear[] => {
    const latest = latestTotals(register.totals.filter((total) => total.by === by))
    const [best] = [...latest].sort((a, b) => (a.cents > b.cents ? -1 : a.cents < b.cents ? 1 : a.period < b.period ? -1 : 1))
    if (best === undefined) return []
    return [{ by, year: best.period, cents: best.cents, saysSo: best.saysRecord, years: new Set(latest.map(({ period }) => period)).size }]
  })
  const own = (['lowest', 'highest'] as const).flatMap((kind): RecordYear[] => {
    const { years } = accountOf(register, { kind })
    const [first, ...rest] = years
    if (first === undefined) return []
    const best = rest.reduce((top, line) => (line.sums.stolen > top.sums.stolen ? line : top), first)
    return [{ by: `the register, ${kind} claims`, year: best.year, cents: best.sums.stolen, saysSo: false, years: years.length }]
  })
  return [...published, ...own]
}

/** Of published totals, those of single years that their publisher has not replaced by later ones. Two figures published together stay both. */
export function latestTotals(totals: readonly PublishedTotal[]): PublishedTotal[] {
  const single = totals.filter(({ period }) => !period.includes('/'))
  return single.filter(
    (total) =>
      !single.some((other) => other.by === total.by && other.period === total.period && compareWhen(other.published, total.published) > 0),
  )
}
