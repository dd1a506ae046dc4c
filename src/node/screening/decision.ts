import { CordonError } from '../../chain/index.ts'
import {
  type Ask,
  checkDecision,
  type DecidedEntry,
  type Decision,
  dataHash,
  FOUR_EYES,
  type MadeDecision,
  needsSecond,
} from '../../screen/index.ts'
import type { StoredObject } from '../objects/object.ts'
import type { ScreeningBody } from './kept.ts'

/** The kind of a decision among the objects. */
export const DECISION = 'decision'

/** The body of a decision: what people made of a kept screening. */
export type DecisionBody = {
  /** Exactly which version of which screening. */
  readonly screening: { readonly id: string; readonly version: number; readonly hash: string }
  readonly customer: string | null
  readonly about: Ask['about']
  /** `dataHash` of the question: the version of the customer's data. */
  readonly data: string
  readonly entry: (DecidedEntry & { readonly primary: string; readonly score: number }) | null
  readonly decision: Decision
  readonly reason: string
  /** Last day or moment on which a false positive holds; null without an end. */
  readonly expires: string | null
  /** Id of the person who decided. */
  readonly by: string
  readonly at: string
  /** `waiting`: it needs a second person, and holds nothing back before. `refused`: the second person disagreed. */
  readonly state: 'standing' | 'waiting' | 'refused'
  /** Why it needs a second person; null where it does not. */
  readonly needs: string | null
  readonly second: { readonly by: string; readonly at: string; readonly agrees: boolean; readonly reason: string } | null
}

/** What somebody decides. */
export type Decided = {
  readonly decision: Decision
  readonly entry: { readonly list: string; readonly id: string } | null
  readonly reason: string
  readonly expires: string | null
}

/**
 * A decision as one person makes it. Where the rules ask for two it waits for the second.
 *
 * @throws CordonError `screen/bad-decision` where it does not fit what was found
 */
export function decide(screening: StoredObject<ScreeningBody>, decided: Decided, by: string, at: string): DecisionBody {
  const { id, version, hash, body } = screening
  const made = madeOf(body, decided, by, null)
  const waits = wantsSecond(made)
  const hit = made.entry === null ? null : hitOf(body, made.entry)
  return {
    screening: { id, version, hash },
    customer: body.customer,
    about: body.ask.about,
    data: dataHash(body.ask),
    entry: made.entry === null ? null : { ...made.entry, primary: hit?.primary ?? '', score: hit?.score ?? 0 },
    decision: decided.decision,
    reason: decided.reason,
    expires: decided.expires,
    by,
    at,
    state: waits ? 'waiting' : 'standing',
    needs: waits ? needsSecond(decided.decision, hit, FOUR_EYES) : null,
    second: null,
  }
}

/**
 * The decision after a second person looked at it. Where he disagrees it is refused, which counts as a doubt.
 *
 * @throws CordonError `screen/four-eyes` where he is the first person; `node/conflict` where somebody was the second already
 */
export function second(
  before: DecisionBody,
  screening: ScreeningBody,
  { agrees, reason }: { readonly agrees: boolean; readonly reason: string },
  by: string,
  at: string,
): DecisionBody {
  if (before.second !== null)
    throw new CordonError('node/conflict', 'a second person has looked at this decision already', {
      remedy: 'Make a new decision if it is wrong.',
    })
  // Checked as if he agreed in any case: who decided cannot refuse in another's place either.
  checkDecision(madeOf(screening, before, before.by, by), FOUR_EYES)
  if (!/[\p{L}\p{N}]/u.test(reason))
    throw new CordonError('screen/bad-decision', 'reason is empty', { place: { field: 'reason' }, remedy: 'Say in a sentence why.' })
  return { ...before, state: agrees ? 'standing' : 'refused', second: { by, at, agrees, reason } }
}

/** Whether the rules ask for a second person. They say so last, when all else fits. Throws `screen/bad-decision`. */
function wantsSecond(made: MadeDecision): boolean {
  try {
    checkDecision(made, FOUR_EYES)
    return false
  } catch (error) {
    if (error instanceof CordonError && error.code === 'screen/four-eyes') return true
    throw error
  }
}

function madeOf(body: ScreeningBody, { decision, entry, reason, expires }: Decided, by: string, other: string | null): MadeDecision {
  const hit = entry === null ? null : hitOf(body, entry)
  const hash = entry === null ? null : (body.entries.find(({ list, id }) => list === entry.list && id === entry.id)?.hash ?? null)
  return {
    customer: body.customer,
    ask: body.ask,
    answer: body.answer,
    entry: entry === null ? null : { list: entry.list, id: entry.id, version: hit?.version ?? '', hash },
    decision,
    reason,
    by,
    second: other,
    expires,
  }
}

function hitOf({ answer }: ScreeningBody, { list, id }: { readonly list: string; readonly id: string }) {
  return answer.hits.find((hit) => hit.list === list && hit.entry === id) ?? null
}
