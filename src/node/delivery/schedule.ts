/** How one attempt ended. Reasons are short and hold nothing of what the receiver answered but its status. */
export type Outcome =
  | { readonly kind: 'delivered'; readonly status: number }
  /** It may go better later. `after` is how many seconds the receiver wants to be left alone. */
  | { readonly kind: 'retry'; readonly status: number | null; readonly reason: string; readonly after?: number }
  /** The receiver does not want it, or may not be called; trying on for long is of no use. */
  | { readonly kind: 'refused'; readonly status: number | null; readonly reason: string }
  /** The receiver says that nobody is there any more: its endpoint is switched off. */
  | { readonly kind: 'gone'; readonly status: number | null; readonly reason: string }

export type RetryPolicy = {
  /** Seconds up to which the first retry waits. */
  readonly first: number
  /** Seconds up to which any retry waits. */
  readonly longest: number
  /** Attempts after which a message is a dead letter. */
  readonly attempts: number
  /** Refusals after which it is. */
  readonly refusals: number
  /** Longest wait that a receiver can ask for (Retry-After), in seconds. */
  readonly longestAsked: number
}

/** Twenty-five attempts, over about three days on average. */
export const RETRIES: RetryPolicy = { first: 10, longest: 43_200, attempts: 25, refusals: 3, longestAsked: 86_400 }

/** What becomes of a message after an attempt. */
export type NextStep =
  | { readonly kind: 'delivered' }
  /** `at`: milliseconds since 1970. */
  | { readonly kind: 'wait'; readonly at: number }
  | { readonly kind: 'dead'; readonly disable: boolean }

/**
 * The next step. The wait is exponential with full jitter: evenly between 0 and min(longest, first × 2^(n-1)) after attempt n, so that receivers that come back are not met by everything at once (M. Brooker,
 * "Exponential Backoff And Jitter", AWS Architecture Blog, 2015); at least a second, and at least what the receiver asked for.
 *
 * @param attempts made so far, this one included
 * @param refusals so far, this one included
 * @param chance evenly from 0 (included) to 1 (excluded)
 */
export function nextStep(
  outcome: Outcome,
  { attempts, refusals }: { readonly attempts: number; readonly refusals: number },
  policy: RetryPolicy,
  now: number,
  chance: () => number,
): NextStep {
  if (outcome.kind === 'delivered') return { kind: 'delivered' }
  if (outcome.kind === 'gone') return { kind: 'dead', disable: true }
  if (attempts >= policy.attempts || (outcome.kind === 'refused' && refusals >= policy.refusals)) return { kind: 'dead', disable: false }
  const ceiling = Math.min(policy.longest, policy.first * 2 ** (attempts - 1))
  const asked = outcome.kind === 'retry' ? Math.min(outcome.after ?? 0, policy.longestAsked) : 0
  return { kind: 'wait', at: now + Math.round(Math.max(1, ceiling * chance(), asked) * 1000) }
}

/**
 * What an HTTP answer means. 408, 425, 429 and 5xx may pass; 410 is for good; any other answer but 2xx is a refusal.
 *
 * @param retryAfter the Retry-After header (RFC 9110, section 10.2.3): seconds or a date
 * @param now milliseconds since 1970
 */
export function outcomeOfStatus(status: number, retryAfter: string | undefined, now: number): Outcome {
  if (status >= 200 && status < 300) return { kind: 'delivered', status }
  const reason = `the receiver answered ${status}`
  if (status === 410) return { kind: 'gone', status, reason }
  if (status < 500 && ![408, 425, 429].includes(status)) return { kind: 'refused', status, reason }
  const after = secondsOf(retryAfter, now)
  return { kind: 'retry', status, reason, ...(after === null ? {} : { after }) }
}

function secondsOf(retryAfter: string | undefined, now: number): number | null {
  if (retryAfter === undefined) return null
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter)
  // An HTTP date; Date would also take much else, such as a bare year.
  if (!/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(retryAfter)) return null
  const at = Date.parse(retryAfter)
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1000))
}
