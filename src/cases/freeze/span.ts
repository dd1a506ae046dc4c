/** A length of time as exchanges publish it. */
export type Span = { readonly count: number; readonly unit: 'minutes' | 'hours' | 'days' | 'business days' }

const SPAN = /^([1-9][0-9]{0,3}) (minutes|hours|days|business days)$/
const MINUTE = 60_000
const DAY = 1_440 * MINUTE

/** Reads `15 business days`; null where it is no span. */
export function parseSpan(text: string): Span | null {
  const parts = SPAN.exec(text)
  return parts === null ? null : { count: Number(parts[1]), unit: parts[2] as Span['unit'] }
}

export function spanText({ count, unit }: Span): string {
  return `${count} ${unit}`
}

/** The time one span after another time, in milliseconds. Business days are Monday to Friday in UTC: public holidays of the exchange's country are not known, so the real end may be later. */
export function after(millis: number, { count, unit }: Span): number {
  if (unit === 'minutes') return millis + count * MINUTE
  if (unit === 'hours') return millis + count * 60 * MINUTE
  if (unit === 'days') return millis + count * DAY
  let at = millis
  for (let left = count; left > 0; ) {
    at += DAY
    const weekday = new Date(at).getUTCDay()
    if (weekday !== 0 && weekday !== 6) left--
  }
  return at
}
