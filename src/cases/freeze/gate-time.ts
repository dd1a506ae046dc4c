import { type FaultList, quoted } from './fault.ts'
import { utcMillis, utcRemedy } from './time.ts'

/** Bitcoin's first block. */
const FIRST_BLOCK = Date.UTC(2009, 0, 3)

/** Checks one time: UTC, with time of day, neither before the first block nor to come. */
export function checkTime(text: string, field: string, now: number, found: FaultList): void {
  const millis = utcMillis(text)
  if (text === '') found.fault('missing', field, 'the time is missing', 'Give it in UTC with the time of day, e.g. 2026-02-21T14:13:35Z.')
  else if (millis === null) found.fault('not-utc', field, `${quoted(text)} is no time in UTC`, utcRemedy(text))
  else if (millis < FIRST_BLOCK) found.fault('too-early', field, `${text} is before there was any chain`, 'Look at the year.')
  else if (millis > now) found.fault('to-come', field, `${text} has not come yet`, 'Look at the date, and whether it was converted to UTC.')
}
