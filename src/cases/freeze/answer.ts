import { CordonError, MAX_AMOUNT } from '../../chain/index.ts'
import type { FreezeBody } from './body.ts'
import { quoted, says } from './fault.ts'
import type { FileReference, FreezePoint } from './request.ts'
import { checkWritten } from './shape.ts'
import { clockMillis, utcMillis, utcRemedy } from './time.ts'

/** What an exchange can answer. `preserved` and `produced` are about records, the others about value. */
export const ANSWER_STATUSES = ['preserved', 'held', 'frozen', 'refused', 'produced'] as const
export type AnswerStatus = (typeof ANSWER_STATUSES)[number]

/** What a person writes down of an answer. */
export type AnswerGiven = {
  readonly status: AnswerStatus
  /** When the exchange did it or answered, ISO 8601 UTC. */
  readonly at: string
  /** The exchange's own number. */
  readonly reference: string
  /** What is held or frozen per point, base units; points that are left off are not held. */
  readonly amounts: readonly { readonly point: string; readonly amount: string }[]
  /** Until when; null where the exchange did not say. */
  readonly until: string | null
  readonly reason: string | null
  readonly document: FileReference | null
  /** Why more is held than was asked; null where it is not. */
  readonly more: string | null
}

/** An answer as it is kept: with who wrote it down and when. */
export type FreezeAnswer = AnswerGiven & { readonly by: string; readonly recordedAt: string }

/** What became of one point, or of one asset over all points. Base units. */
export type Standing = { readonly asked: bigint; readonly held: bigint; readonly frozen: bigint; readonly short: bigint }

/**
 * Checks an answer against its request and stamps it. Each answer replaces the one before: it says what is held now, not what came on top.
 *
 * @throws CordonError `cases/freeze-answer` that names the field: unknown point, inexact amount, a time before the request was sent or to come, more than was asked without a word of why
 */
export function recordedAnswer(body: FreezeBody, given: AnswerGiven, by: string, now: string): FreezeAnswer {
  const clock = clockMillis(now)
  const at = utcMillis(given.at)
  if (!ANSWER_STATUSES.includes(given.status))
    throw bad('status', `${quoted(String(given.status))} is no answer`, `It is one of ${ANSWER_STATUSES.join(', ')}.`)
  if (at === null) throw bad('at', `${quoted(given.at)} is no time in UTC`, utcRemedy(given.at))
  if (at > clock) throw bad('at', `${given.at} has not come yet`, 'Look at the date, and whether it was converted to UTC.')
  if (body.sent !== null && at < (utcMillis(body.sent.at) as number))
    throw bad('at', `${given.at} is before the request was sent (${body.sent.at})`, 'Give the time of the answer.')
  if (!says(given.reference)) throw bad('reference', "the exchange's reference is missing", 'Give the number of its ticket or letter.')
  const { kind } = body.request.asked
  const fits: Readonly<Record<AnswerStatus, boolean>> = {
    preserved: kind === 'preserve',
    produced: kind === 'disclose',
    held: kind === 'temporary-hold' || kind === 'freeze',
    frozen: kind === 'temporary-hold' || kind === 'freeze',
    refused: true,
  }
  if (!fits[given.status])
    throw bad(
      'status',
      `${given.status} is no answer to a request to ${kind}`,
      `It is one of ${ANSWER_STATUSES.filter((status) => fits[status]).join(', ')}.`,
    )
  if (given.status === 'refused' && !says(given.reason))
    throw bad('reason', 'it does not say why the exchange refused', 'Write down its reason: the next request depends on it.')
  if (given.until !== null) {
    const until = utcMillis(given.until)
    if (until === null) throw bad('until', `${quoted(given.until)} is no time in UTC`, utcRemedy(given.until))
    if (until <= at) throw bad('until', `${given.until} is not after the answer`, 'Give the end of the hold, or leave it off.')
  }
  if (given.document !== null && !/^[0-9a-f]{64}$/.test(given.document.sha256))
    throw bad('document.sha256', 'it is no SHA-256', 'Attach the document to the case: that gives its hash.')
  for (const field of ['reference', 'reason', 'more'] as const) checkWritten(given[field], field)
  checkWritten(given.document?.name ?? null, 'document.name')
  checkAmounts(body.request.points, given)
  return { ...given, by, recordedAt: now }
}

function checkAmounts(points: readonly FreezePoint[], given: AnswerGiven): void {
  const stops = given.status === 'held' || given.status === 'frozen'
  if (!stops && given.amounts.length > 0) throw bad('amounts', `an answer "${given.status}" holds no value`, 'Leave the amounts off.')
  if (stops && given.amounts.length === 0)
    throw bad('amounts', 'it does not say how much', 'Give the amount of each point in base units; 0 where nothing was left.')
  const seen = new Set<string>()
  for (const [i, { point, amount }] of given.amounts.entries()) {
    const asked = points.find(({ id }) => id === point)
    if (asked === undefined)
      throw bad(
        `amounts[${i}].point`,
        `the request has no point ${quoted(point)}`,
        `Its points are ${points.map(({ id }) => id).join(', ')}.`,
      )
    if (seen.has(point)) throw bad(`amounts[${i}].point`, `${point} is there twice`, 'Give one amount for each point.')
    seen.add(point)
    if (!/^(0|[1-9][0-9]{0,77})$/.test(amount) || BigInt(amount) > MAX_AMOUNT)
      throw bad(`amounts[${i}].amount`, `${quoted(amount)} is no exact amount`, 'Write base units as a whole number.')
    if (BigInt(amount) > amountOf(asked) && !says(given.more))
      throw bad(
        'more',
        `${amount} of ${point} are more than the ${asked.amount} that were asked`,
        'Look at the decimals; if it is so, say why (for example that the whole account was frozen).',
      )
  }
}

/**
 * What stands by the last answer: per point and per asset, with what is short of what was asked. Nothing is held any more once released or expired; what was seized counts as frozen.
 */
export function standingOf(body: FreezeBody): {
  readonly points: ReadonlyMap<string, Standing>
  readonly assets: ReadonlyMap<string, Standing>
} {
  const gone =
    body.state === 'released' ||
    body.state === 'expired' ||
    body.state === 'refused' ||
    body.state === 'draft' ||
    body.state === 'authorised'
  const last = gone ? undefined : currentAnswers(body).findLast(({ status }) => status === 'held' || status === 'frozen')
  const points = new Map<string, Standing>()
  const assets = new Map<string, Standing>()
  for (const point of body.request.points) {
    const asked = amountOf(point)
    const got = BigInt(last?.amounts.find((each) => each.point === point.id)?.amount ?? '0')
    const standing = {
      asked,
      held: last?.status === 'held' ? got : 0n,
      frozen: last?.status === 'frozen' ? got : 0n,
      short: asked > got ? asked - got : 0n,
    }
    points.set(point.id, standing)
    const sum = assets.get(point.asset)
    assets.set(
      point.asset,
      sum === undefined
        ? standing
        : {
            asked: sum.asked + asked,
            held: sum.held + standing.held,
            frozen: sum.frozen + standing.frozen,
            short: sum.short + standing.short,
          },
    )
  }
  return { points, assets }
}

/** Answers to what was sent last: those from before a request was reopened are history. */
export function currentAnswers({ sent, answers }: FreezeBody): readonly FreezeAnswer[] {
  const since = sent === null ? null : utcMillis(sent.at)
  return since === null ? [] : answers.filter(({ recordedAt }) => (utcMillis(recordedAt) as number) >= since)
}

/** The amount of a point; 0 while a draft has none that is exact. */
export function amountOf({ amount }: FreezePoint): bigint {
  return /^[0-9]{1,78}$/.test(amount) ? BigInt(amount) : 0n
}

function bad(field: string, what: string, remedy: string): CordonError {
  return new CordonError('cases/freeze-answer', what, { place: { field }, remedy })
}
