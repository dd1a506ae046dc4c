import { currentAnswers } from './answer.ts'
import type { FreezeBody } from './body.ts'
import type { ExchangeEntry } from './directory.ts'
import { after } from './span.ts'
import { clockMillis, isoOf, utcMillis } from './time.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/**
 * What tends to have happened by when, counted from the theft (T): the timeline that the desk is built for. An exchange's window is counted from the deposit instead.
 */
export const TIMELINE = {
  /** First laundering hop. */
  firstHop: 3 * MINUTE,
  /** An exchange can still stop a deposit before it is traded and withdrawn. */
  depositWindowOpens: 10 * MINUTE,
  depositWindowCloses: 15 * MINUTE,
  /** Earliest and latest that victims tend to notice. */
  noticeEarly: 30 * MINUTE,
  noticeLate: 8 * HOUR,
  /** Median of freezes by issuers of stablecoins. */
  stablecoinEarly: 2.6 * HOUR,
  stablecoinLate: 5 * HOUR,
  /** By then 30 % is laundered. */
  thirtyPercent: 24 * HOUR,
  /** By then 97 % is gone or moving. */
  nearlyAll: 240 * HOUR,
} as const

export type DeadlineId =
  | 'first-hop'
  | 'deposit-window'
  | 'victim-notice'
  | 'stablecoin-freeze'
  | 'day'
  | 'ten-days'
  | 'acknowledgement'
  | 'answer'
  | 'hold-warning'
  | 'hold-last-warning'
  | 'hold-end'

export type Deadline = {
  readonly id: DeadlineId
  /** Point that it belongs to; null for the whole request. */
  readonly point: string | null
  /** ISO 8601 UTC. */
  readonly at: string
  /** Seconds until then; negative once it has passed. */
  readonly remaining: number
  /** `met`: what it waits for has happened, in time where it is a moment of the timeline. `passed`: a moment that is over. `overdue`: somebody should have acted. */
  readonly state: 'ahead' | 'met' | 'passed' | 'overdue'
}

/** What to do next, and from when on. */
export type Escalation = {
  readonly id:
    | 'complete'
    | 'authorise'
    | 'send'
    | 'call'
    | 'second-channel'
    | 'treaty-network'
    | 'extend-or-seize'
    | 'expire'
    | 'reopen'
    | 'none'
  readonly at: string
}

export type FreezeClock = {
  readonly now: string
  /** In the order of their times. */
  readonly deadlines: readonly Deadline[]
  readonly overdue: readonly Deadline[]
  readonly next: Escalation
}

/** How long an exchange may stay silent before somebody calls, where its guide says nothing. */
const CALL_AFTER = 30 * MINUTE
/** How long before the end of a hold the desk warns, and warns again. */
const WARN_BEFORE = 72 * HOUR
const LAST_WARN_BEFORE = 24 * HOUR

/**
 * The clock of one request against the timeline, the exchange's published windows and the end of a hold.
 *
 * @param entry the exchange; null where the directory does not know it
 * @param now ISO 8601 UTC
 * @throws CordonError `cases/freeze-time` where `now` is no time
 */
export function freezeClock(body: FreezeBody, entry: ExchangeEntry | null, now: string): FreezeClock {
  const clock = clockMillis(now)
  const deadlines: Deadline[] = []
  const add = (id: DeadlineId, point: string | null, at: number, met: boolean, late: 'passed' | 'overdue'): void => {
    deadlines.push({
      id,
      point,
      at: isoOf(at),
      remaining: Math.ceil((at - clock) / 1_000),
      state: met ? 'met' : at > clock ? 'ahead' : late,
    })
  }
  // A moment of the timeline is met by what was done until then; what was done later did not meet it.
  const moment = (id: DeadlineId, point: string | null, at: number, doneAt: number | null, late: 'passed' | 'overdue'): void =>
    add(id, point, at, doneAt !== null && doneAt <= at, doneAt === null ? late : 'passed')
  const { state } = body
  const stoppedAt = state === 'held' || state === 'frozen' || state === 'seized' ? stopOf(body) : null
  const sentAt = body.sent === null ? null : utcMillis(body.sent.at)
  const answered = currentAnswers(body).length > 0

  const theft = utcMillis(body.request.incident.at)
  if (theft !== null) {
    moment('first-hop', null, theft + TIMELINE.firstHop, null, 'passed')
    moment('victim-notice', null, theft + TIMELINE.noticeLate, null, 'passed')
    if (entry?.kind === 'issuer') moment('stablecoin-freeze', null, theft + TIMELINE.stablecoinLate, stoppedAt, 'overdue')
    moment('day', null, theft + TIMELINE.thirtyPercent, stoppedAt, 'passed')
    moment('ten-days', null, theft + TIMELINE.nearlyAll, stoppedAt, 'passed')
  }
  for (const point of body.request.points) {
    const deposit = utcMillis(point.time)
    if (deposit !== null && entry?.kind !== 'issuer')
      moment('deposit-window', point.id, deposit + TIMELINE.depositWindowCloses, sentAt, 'passed')
  }

  const callAt = sentAt === null ? null : sentAt + CALL_AFTER
  const answerAt = sentAt === null || entry?.windows.answer == null ? null : after(sentAt, entry.windows.answer)
  if (callAt !== null) add('acknowledgement', null, callAt, state !== 'sent', 'overdue')
  if (answerAt !== null) add('answer', null, answerAt, answered, 'overdue')

  const end = endOf(body, entry)
  const ended = !(state === 'held' || state === 'frozen')
  if (end !== null && !ended) {
    add('hold-warning', null, end - WARN_BEFORE, false, 'overdue')
    add('hold-last-warning', null, end - LAST_WARN_BEFORE, false, 'overdue')
    add('hold-end', null, end, false, 'overdue')
  }
  deadlines.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  return {
    now: isoOf(clock),
    deadlines,
    overdue: deadlines.filter((each) => each.state === 'overdue'),
    next: nextOf(body, clock, callAt, answerAt, end),
  }
}

/** When the exchange first stopped what it holds now, by its word. */
function stopOf(body: FreezeBody): number | null {
  const first = currentAnswers(body).find(({ status }) => status === 'held' || status === 'frozen')
  return first === undefined ? null : utcMillis(first.at)
}

/** When a hold ends: the exchange's word, else the time that it says it holds for without an order. Null where nobody said. */
export function endOf(body: FreezeBody, entry: ExchangeEntry | null): number | null {
  const said = utcMillis(body.until ?? '')
  if (said !== null) return said
  const holdEnds = entry?.windows.holdEnds ?? null
  const held = currentAnswers(body).findLast(({ status }) => status === 'held' || status === 'frozen')
  return held === undefined || holdEnds === null ? null : after(utcMillis(held.at) as number, holdEnds)
}

function nextOf(body: FreezeBody, clock: number, callAt: number | null, answerAt: number | null, end: number | null): Escalation {
  const now = isoOf(clock)
  const { state, sent } = body
  if (state === 'draft') return { id: body.request.points.length === 0 ? 'complete' : 'authorise', at: now }
  if (state === 'authorised') return { id: 'send', at: now }
  if (sent !== null && (state === 'sent' || state === 'received') && currentAnswers(body).length === 0) {
    const call = callAt as number
    if (state === 'sent' && clock < call) return { id: 'call', at: isoOf(call) }
    const limit = answerAt ?? call + 24 * HOUR
    // A second channel is tried as soon as the first is silent; the treaty networks when the exchange's own time is over.
    return clock < limit
      ? { id: state === 'sent' ? 'second-channel' : 'treaty-network', at: state === 'sent' ? isoOf(call) : isoOf(limit) }
      : { id: 'treaty-network', at: isoOf(limit) }
  }
  if ((state === 'held' || state === 'frozen') && end !== null)
    return end <= clock ? { id: 'expire', at: isoOf(end) } : { id: 'extend-or-seize', at: isoOf(end - WARN_BEFORE) }
  if (state === 'refused' || state === 'expired') return { id: 'reopen', at: now }
  return { id: 'none', at: now }
}
