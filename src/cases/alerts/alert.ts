import { CordonError } from '../../chain/index.ts'
import { isoOf, utcMillis } from '../freeze/time.ts'
import type { AlertFact, Raised } from './evaluate.ts'

export type AlertState = 'open' | 'acknowledged' | 'escalated' | 'closed'

export const CLOSE_REASONS = ['acted', 'false-positive', 'duplicate', 'no-action'] as const
export type CloseReason = (typeof CLOSE_REASONS)[number]

/** One step of an alert's life. `by` is a person, or null where a rule took it. */
export type AlertStep =
  | { readonly step: 'opened' | 'reopened'; readonly at: string; readonly by: string | null; readonly note: string | null }
  | { readonly step: 'acknowledged'; readonly at: string; readonly by: string; readonly note: string | null }
  | { readonly step: 'escalated'; readonly at: string; readonly by: string; readonly to: string; readonly note: string }
  | { readonly step: 'closed'; readonly at: string; readonly by: string; readonly reason: CloseReason; readonly note: string }

/** The body of an alert. Times are ISO 8601 UTC with milliseconds. */
export type AlertBody = Omit<Raised, 'fact' | 'owner'> & {
  readonly state: AlertState
  /** Facts that it stands for. */
  readonly seen: number
  readonly firstSeen: string
  readonly lastSeen: string
  /** The facts by time and id; of more than `FACTS_KEPT` the earliest. */
  readonly facts: readonly AlertFact[]
  readonly history: readonly AlertStep[]
}

/** Who does something, and when (ISO 8601 UTC). */
export type Act = { readonly by: string; readonly at: string }

/**
 * Facts that an alert names, and by which it knows one that it had. Beyond that many in one window it counts what it is told: somebody who writes dust into an account a thousand times an hour can inflate the number and
 * nothing else.
 */
export const FACTS_KEPT = 1_000

/** Longest note, in UTF-16 units. */
const LONGEST = 10_000

/** Somebody has it. From open or escalated. Throws `alerts/state`, `alerts/time`. */
export function acknowledge(alert: AlertBody, act: Act, note: string | null = null): AlertBody {
  from(alert, ['open', 'escalated'], 'acknowledged')
  if (note !== null) said(note)
  return {
    ...alert,
    state: 'acknowledged',
    history: [...alert.history, { step: 'acknowledged', by: act.by, at: timeOf(alert, act), note }],
  }
}

/**
 * Hands it on, with the reason. From open or acknowledged.
 *
 * @param to person or role
 * @throws CordonError `alerts/state`, `alerts/time`, `alerts/note`
 */
export function escalate(alert: AlertBody, act: Act, to: string, note: string): AlertBody {
  from(alert, ['open', 'acknowledged'], 'escalated')
  said(to)
  said(note)
  return { ...alert, state: 'escalated', history: [...alert.history, { step: 'escalated', by: act.by, at: timeOf(alert, act), to, note }] }
}

/** Ends it, with the reason. Throws `alerts/state`, `alerts/time`, `alerts/note`. */
export function close(alert: AlertBody, act: Act, reason: CloseReason, note: string): AlertBody {
  from(alert, ['open', 'acknowledged', 'escalated'], 'closed')
  if (!CLOSE_REASONS.includes(reason))
    throw new CordonError('alerts/note', `${JSON.stringify(reason)} is no reason`, {
      place: { field: 'reason' },
      remedy: `It is one of ${CLOSE_REASONS.join(', ')}.`,
    })
  said(note)
  return { ...alert, state: 'closed', history: [...alert.history, { step: 'closed', by: act.by, at: timeOf(alert, act), reason, note }] }
}

/** Somebody opens it again, with the reason. From closed. Throws `alerts/state`, `alerts/time`, `alerts/note`. */
export function reopen(alert: AlertBody, act: Act, note: string): AlertBody {
  from(alert, ['closed'], 'reopened')
  said(note)
  return { ...alert, state: 'open', history: [...alert.history, { step: 'reopened', by: act.by, at: timeOf(alert, act), note }] }
}

function from({ state }: AlertBody, allowed: readonly AlertState[], what: string): void {
  if (allowed.includes(state)) return
  throw new CordonError('alerts/state', `an alert that is ${state} cannot be ${what}`, {
    place: { field: 'state' },
    remedy: `It must be ${allowed.join(' or ')}.`,
  })
}

function timeOf({ history }: AlertBody, { at }: Act): string {
  const millis = utcMillis(at)
  const last = history.at(-1)?.at
  if (millis === null || (last !== undefined && isoOf(millis) < last)) {
    throw new CordonError('alerts/time', `${JSON.stringify(at.slice(0, 40))} is no time, or before the alert's last step (${last})`, {
      place: { field: 'at' },
      remedy: 'Check the clock.',
    })
  }
  return isoOf(millis)
}

function said(note: string): void {
  if (typeof note === 'string' && /[\p{L}\p{N}]/u.test(note) && note.length <= LONGEST) return
  throw new CordonError('alerts/note', `the reason is empty or longer than ${LONGEST} characters`, {
    place: { field: 'note' },
    remedy: 'Say in a sentence why.',
  })
}
