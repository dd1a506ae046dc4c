import type { ListedDate } from './entry.ts'
import { lookUp } from './look-up.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const LONG_MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

/** First years of the Japanese eras; a year within an era is counted from 1, which is also written 元. */
const ERAS: Readonly<Record<string, { readonly first: number; readonly last: number }>> = {
  明治: { first: 1868, last: 1912 },
  大正: { first: 1912, last: 1926 },
  昭和: { first: 1926, last: 1989 },
  平成: { first: 1989, last: 2019 },
  令和: { first: 2019, last: 9999 },
}

const CIRCA_BEFORE = /^(?:circa|approximately|approx\.?|about|around|ca?\.?)\s+(?=\S)/i
const CIRCA_AFTER = /\s*(?:\((?:circa|approximately|approx\.?)\)|頃|ごろ|경)$/i
const NAMED_RANGE = /^(?:between|from)\s+(.+?)\s+(?:and|to)\s+(.+)$/i
const BARE_RANGE = /^(.+?)(?:\s+to\s+|\s+[-–—]\s+|\s*[~〜]\s*|から)(.+)$/i
/** Two years joined by a sign. A year and a month have two digits behind the sign, so the two cannot be confused. */
const YEARS = /^(\d{4})\s*[-–—/]\s*(\d{4})$/

interface Days {
  readonly from: string
  readonly to: string
}

/**
 * A date as the lists write it: `17 Jul 1964`, `July 17, 1964`, `Jul 1964`, `1964`, `circa 1964`, `1960s`, `1964 to 1966`, `01 Jan 1960 to 31 Dec 1965`, `between 1960 and 1965`, `1964-07-17` (also with
 * a time or zone behind, which is left out: the day is the one written), `1964-07`, `1964/7/17`, `16.7.2009`, `1/1/1960`, `1964年7月17日`, `昭和39年7月17日`, `1964년 7월 17일`.
 *
 * What is assumed: numbers joined by dots or slashes with the year last are day, month, year (the European Union's lists and the United Kingdom's write them so); where they make no date that way, the
 * date is not read the other way round but left unread. A month or day written as 0 is one that the list does not know. `circa` does not widen the range: how far it reaches is for the matcher to say.
 * A year of two digits is never completed.
 *
 * What cannot be read, a day that does not exist and a range that ends before it begins have `from` and `to` null and keep the text; nothing is thrown.
 */
export function parseListedDate(text: string): ListedDate {
  const written = text.trim()
  if (written.length > 200) return { from: null, to: null, circa: false, text: written }
  let rest = written.normalize('NFKC').replace(/\s+/g, ' ').replace(/\.$/, '').trim()
  let circa = false
  for (const mark of [CIRCA_BEFORE, CIRCA_AFTER]) {
    if (!mark.test(rest)) continue
    circa = true
    rest = rest.replace(mark, '')
  }
  const days = range(rest) ?? oneDate(rest)
  return { from: days?.from ?? null, to: days?.to ?? null, circa, text: written }
}

/**
 * A date whose parts the list keeps apart, as XML lists do. `month` is 1-12, `day` 1-31; null is not known, and a day without a month is no date.
 * What does not exist in the calendar has `from` and `to` null.
 */
export function listedDate(year: number, month: number | null, day: number | null, text: string, circa = false): ListedDate {
  const days = daysOf(year, month, day)
  return { from: days?.from ?? null, to: days?.to ?? null, circa, text: text.trim() }
}

/** 1-12 for an English month name, whole or cut to three letters (`Sept` too), any case, with or without a dot; null for anything else. */
export function monthNumber(name: string): number | null {
  const word = name.trim().toLowerCase().replace(/\.$/, '')
  const short = MONTHS.indexOf(word === 'sept' ? 'sep' : word)
  const index = short >= 0 ? short : LONG_MONTHS.indexOf(word)
  return index >= 0 ? index + 1 : null
}

function range(text: string): Days | null {
  const found = YEARS.exec(text) ?? NAMED_RANGE.exec(text) ?? BARE_RANGE.exec(text)
  if (found === null) return null
  const start = oneDate(found[1] ?? '')
  const end = oneDate(found[2] ?? '')
  return start === null || end === null || end.to < start.from ? null : { from: start.from, to: end.to }
}

/** One date, not a range of two. */
function oneDate(text: string): Days | null {
  let parts: RegExpExecArray | null
  parts = /^(\d{4})s$/.exec(text)
  if (parts !== null) return text.endsWith('0s') ? yearsFrom(Number(parts[1]), 10) : null
  parts = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?|\/(\d{1,2})\/(\d{1,2}))?(?:[T ]\d\d:\d\d.*|Z|[+-]\d\d:\d\d)?$/.exec(text)
  if (parts !== null) return fromWritten(Number(parts[1]), parts[2] ?? parts[4], parts[3] ?? parts[5])
  parts = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/.exec(text)
  if (parts !== null) return fromWritten(Number(parts[4]), parts[3], parts[1])
  parts = /^(\d{1,2})[./](\d{4})$/.exec(text)
  if (parts !== null) return fromWritten(Number(parts[2]), parts[1], undefined)
  parts = /^(?:(\d{1,2})(?:st|nd|rd|th)?[ -])?([a-z]{3,9}\.?),?[ -](\d{4})$/i.exec(text)
  if (parts !== null) return named(parts[3], parts[2], parts[1])
  parts = /^([a-z]{3,9}\.?) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/i.exec(text)
  if (parts !== null) return named(parts[3], parts[1], parts[2])
  return eastAsian(text)
}

/** `1964年7月17日`, `昭和39年`, `1964년 7월`. */
function eastAsian(text: string): Days | null {
  const parts = /^(明治|大正|昭和|平成|令和)? ?(\d{1,4}|元) ?[年년](?: ?(\d{1,2}) ?[月월](?: ?(\d{1,2}) ?[日일](?:生(?:まれ)?)?)?)?$/.exec(
    text,
  )
  if (parts === null) return null
  const era = parts[1] === undefined ? undefined : lookUp(ERAS, parts[1])
  const counted = parts[2] === '元' ? 1 : Number(parts[2])
  if (era === undefined) return parts[2]?.length === 4 ? fromWritten(counted, parts[3], parts[4]) : null
  const year = era.first + counted - 1
  return counted < 1 || year > era.last ? null : fromWritten(year, parts[3], parts[4])
}

function named(year: string | undefined, name: string | undefined, day: string | undefined): Days | null {
  const month = monthNumber(name ?? '')
  return month === null ? null : fromWritten(Number(year), String(month), day)
}

function fromWritten(year: number, month: string | undefined, day: string | undefined): Days | null {
  const known = (part: string | undefined) => (part === undefined || Number(part) === 0 ? null : Number(part))
  return daysOf(year, known(month), known(day))
}

function daysOf(year: number, month: number | null, day: number | null): Days | null {
  if (!Number.isInteger(year) || year < 1 || year > 9999) return null
  if (month === null) return day === null ? yearsFrom(year, 1) : null
  if (!Number.isInteger(month) || month < 1 || month > 12) return null
  const last = daysIn(year, month)
  if (day === null) return { from: iso(year, month, 1), to: iso(year, month, last) }
  return Number.isInteger(day) && day >= 1 && day <= last ? { from: iso(year, month, day), to: iso(year, month, day) } : null
}

function yearsFrom(year: number, count: number): Days {
  return { from: iso(year, 1, 1), to: iso(year + count - 1, 12, 31) }
}

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
}

function iso(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
