/** How exactly a date is known. */
export type Precision = 'year' | 'month' | 'day' | 'minute' | 'second'

/** A date in UTC as far as it is known: the text says no more than the source does. */
export type When = { readonly text: string; readonly precision: Precision }

const SHAPE = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?Z)?)?)?$/

/** Reads `2024`, `2024-05`, `2024-05-31`, `2024-05-31T04:26Z` or `2024-05-31T04:26:10Z`; null where it is none of these, or no day of the calendar. */
export function parseWhen(text: string): When | null {
  const [, year, month, day, hour, minute, second] = SHAPE.exec(text) ?? []
  if (year === undefined || year < '1970') return null
  const full = `${year}-${month ?? '01'}-${day ?? '01'}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}.000Z`
  const time = new Date(full)
  if (Number.isNaN(time.getTime()) || time.toISOString() !== full) return null
  const precision: Precision =
    second !== undefined ? 'second' : minute !== undefined ? 'minute' : day !== undefined ? 'day' : month !== undefined ? 'month' : 'year'
  return { text, precision }
}

/** Whether a period of published totals is well formed: a year, or two years or months with a stroke between, in order. */
export function isPeriod(text: string): boolean {
  const parts = text.split('/')
  const whens = parts.map(parseWhen)
  if (whens.some((when) => when === null || (when.precision !== 'year' && when.precision !== 'month'))) return false
  if (parts.length === 1) return whens[0]?.precision === 'year'
  return parts.length === 2 && (parts[0] as string).slice(0, 7) < (parts[1] as string)
}

/** Order by time; what is known less exactly comes first among equals. */
export function compareWhen(a: When, b: When): number {
  return a.text < b.text ? -1 : a.text > b.text ? 1 : 0
}
