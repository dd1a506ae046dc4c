import { listedDate } from './dates.ts'
import type { ListedDate } from './entry.ts'
import type { AdvancedReferences } from './ofac-advanced-references.ts'
import { distinct } from './reading.ts'
import { child, childText, type XmlElement } from './xml-element.ts'

interface Days {
  readonly from: string
  readonly to: string
}

/**
 * A `DatePeriod`: Start and End, each with From and To, as the advanced schema writes every date. Ours reaches from the first day to the last of all four: 1961 is written as a start on
 * 1961-01-01 and an end on 1961-12-31. Null where it holds no date; other calendars than the Gregorian have neither day.
 */
export function periodOf(period: XmlElement | null, references: AdvancedReferences): ListedDate | null {
  if (period === null) return null
  const bounds = ['Start', 'End'].map((name) => child(period, name)).filter((bound) => bound !== null)
  const points = bounds.flatMap((bound) => bound.children.filter(({ name }) => name === 'From' || name === 'To'))
  if (points.length === 0) return null
  const circa = bounds.some((bound) => bound.attributes.Approximate === 'true')
  const days = points.map(daysOf)
  const known = days.filter((day) => day !== null)
  const calendar = references.text('CalendarType', period.attributes.CalendarTypeID)
  if (known.length < points.length || known.length === 0 || (calendar !== null && calendar !== 'Gregorian')) {
    return { from: null, to: null, circa, text: distinct(points.map(written)).join(' to ') }
  }
  const first = known.map(({ from }) => from).toSorted()[0] ?? ''
  const last =
    known
      .map(({ to }) => to)
      .toSorted()
      .at(-1) ?? ''
  return { from: first, to: last, circa, text: `${circa ? 'circa ' : ''}${rangeText(first, last)}` }
}

/** A plain date: Year, Month and Day, of which the list may know the first only. */
export function dateOf(date: XmlElement | null): ListedDate | null {
  const days = date === null ? null : daysOf(date)
  return date === null
    ? null
    : { from: days?.from ?? null, to: days?.to ?? null, circa: false, text: days === null ? written(date) : rangeText(days.from, days.to) }
}

function daysOf(point: XmlElement): Days | null {
  const [year, month, day] = ['Year', 'Month', 'Day'].map((name) => childText(point, name))
  if (![year, month, day].every((part) => part === null || part === undefined || /^\d{1,4}$/.test(part))) return null
  const { from, to } = listedDate(Number(year ?? 0), month ? Number(month) : null, day ? Number(day) : null, '')
  return from === null || to === null ? null : { from, to }
}

function written(point: XmlElement): string {
  return point.children
    .map(({ text }) => text)
    .join('-')
    .slice(0, 200)
}

/** The shortest way to write the days from first to last. */
function rangeText(first: string, last: string): string {
  if (first === last) return first
  const year = first.slice(0, 4)
  return first === `${year}-01-01` && last === `${year}-12-31` ? year : `${first} to ${last}`
}
