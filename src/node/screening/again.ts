import {
  applySuppressions,
  type Change,
  dataHash,
  type Ask as Question,
  rescreen,
  type ScreenAnswer,
  type Screener,
} from '../../screen/index.ts'
import type { Ask } from '../ask.ts'
import { changeObject } from '../objects/change.ts'
import { listObjects } from '../objects/list.ts'
import type { StoredObject } from '../objects/object.ts'
import type { NodeParts } from '../parts.ts'
import { answerTo } from './answer.ts'
import { SCREENING, type ScreeningBody, screeningBody } from './kept.ts'
import { decisionsOn, type StandingDecision, suppressionsFrom } from './standing-decisions.ts'
import { trailOf } from './trail.ts'

/** What is different, and the screening as it would be kept now. */
export type Again = {
  readonly body: ScreeningBody
  /** With what decisions hold back. */
  readonly answer: ScreenAnswer
  readonly changes: readonly Change[]
  /** The decisions that reasons and lapses name by number. */
  readonly decisions: readonly StandingDecision[]
}

/**
 * Asks a kept question again, with what the caller's organisation decided on its customer. The earlier answer is taken with those decisions too, by what the lists said then: a decision that was made since is no news, one that has
 * lapsed is.
 */
export async function askAgain(ask: Ask, { body, organisation }: StoredObject<ScreeningBody>, screener: Screener): Promise<Again> {
  const { customer, entries } = body
  // Another organisation's number of a customer may be somebody else's here.
  const decisions = customer === null || organisation !== ask.caller.organisation ? [] : await decisionsOn(ask, [customer])
  const suppressions = suppressionsFrom(decisions)
  const hashes = new Map(entries.map(({ list, id, hash }) => [`${list}:${id}`, hash]))
  const about = { id: customer, data: dataHash(body.ask) }
  const before = applySuppressions(body.answer, about, suppressions, (list, id) => hashes.get(`${list}:${id}`) ?? null).answer
  // Only of entries that were found it is known what the list said of them then.
  const changed = new Set(
    entries.filter(({ list, id, hash }) => hash !== screener.entryHash(list, id)).map(({ list, id }) => `${list}:${id}`),
  )
  const { after, changes } = rescreen({ customer, asks: [{ ask: body.ask, answer: before }] }, { screener, changed, suppressions })
  const now = screeningBody(customer, body.ask, answerTo(body.ask, screener, body.answer.setting), screener)
  return { body: now, answer: after.asks[0]?.answer ?? now.answer, changes, decisions }
}

/** A page of kept screenings that were asked again. */
export type AgainPage = {
  readonly screenings: number
  readonly differing: readonly { readonly screening: string; readonly version: number; readonly changes: readonly Change[] }[]
  readonly last: string | undefined
  readonly more: boolean
}

/**
 * Asks a page of the kept questions of the caller's organisation again, of those that he may read, newest first. With `keep`, what differs becomes the next version of its screening; what is up to date does not differ, so that doing it
 * twice changes nothing more.
 */
export async function askPageAgain(
  ask: Ask,
  node: NodeParts,
  screener: Screener,
  { limit, before, keep }: { readonly limit: number; readonly before: string | undefined; readonly keep: boolean },
): Promise<AgainPage> {
  const { objects, more } = await listObjects<ScreeningBody>(
    ask,
    { kind: SCREENING, organisation: ask.caller.organisation },
    { limit, before },
  )
  const differing: { screening: string; version: number; changes: readonly Change[] }[] = []
  const asks: Question[] = []
  const answers: ScreenAnswer[] = []
  for (const object of objects) {
    const { body, answer, changes } = await askAgain(ask, object, screener)
    asks.push(body.ask)
    answers.push(answer)
    if (changes.length === 0) continue
    const { id, version } = keep ? await changeObject(ask, object, { body }, 'asked-again') : object
    differing.push({ screening: id, version, changes })
  }
  const trail = trailOf(node.screening.mark, asks, answers, screener)
  Object.assign(ask.detail, trail, { differing: differing.length })
  return { screenings: objects.length, differing, last: objects.at(-1)?.id, more }
}
