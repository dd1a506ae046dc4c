import { CordonError } from '../../chain/index.ts'

const UTC = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/

/** Milliseconds since 1970 of an ISO 8601 time in UTC with time of day to the second, or null: dates alone, offsets and days that no month has are none. */
export function utcMillis(text: string): number | null {
  const parts = UTC.exec(text)
  if (parts === null) return null
  const millis = Date.parse(`${parts[1]}.${(parts[2] ?? '').slice(0, 3).padEnd(3, '0')}Z`)
  // Date takes 31 February for 3 March.
  return Number.isNaN(millis) || !new Date(millis).toISOString().startsWith(parts[1] as string) ? null : millis
}

/** The same time as ISO 8601 UTC to the millisecond. */
export function isoOf(millis: number): string {
  return new Date(millis).toISOString()
}

/**
 * A time that a caller gives as its clock, in milliseconds.
 *
 * @throws CordonError `cases/freeze-time` where it is no UTC time
 */
export function clockMillis(now: string, field = 'now'): number {
  const millis = utcMillis(now)
  if (millis !== null) return millis
  throw new CordonError('cases/freeze-time', `${JSON.stringify(now.slice(0, 60))} is no time in UTC`, {
    place: { field },
    remedy: 'Write it as 2026-02-21T14:13:35Z: UTC, with the time of day.',
  })
}

/** What a text that is no UTC time would have to be, where that can be told: an offset can be converted, a missing time of day cannot. */
export function utcRemedy(text: string): string {
  const offset = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?[+-]\d\d:\d\d$/.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(offset)) return `In UTC that is ${isoOf(offset).replace('.000Z', 'Z')}.`
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return 'Add the time of day in UTC, as the block has it: exchanges refuse dates alone.'
  return 'Write it as 2026-02-21T14:13:35Z: UTC, with the time of day.'
}
