import { createHash } from 'node:crypto'
import { CordonError, canonicalJson } from '../../chain/index.ts'
import { type AnswerGiven, recordedAnswer } from './answer.ts'
import type { FreezeActor, FreezeBody, FreezeState, FreezeStep } from './body.ts'
import { quoted, says } from './fault.ts'
import { type GateAgainst, passGate } from './gate.ts'
import { freezeDocument, freezeJson, readFreezeDocument } from './json.ts'
import type { FreezeRequest } from './request.ts'
import { checkWritten, readFreezeRequest } from './shape.ts'
import { FREEZE_TABLE, type FreezeActionName, OPENS, possibleActions } from './table.ts'
import { clockMillis, isoOf, utcMillis, utcRemedy } from './time.ts'

export type FreezeAction =
  | { readonly do: 'change'; readonly request: unknown; readonly reason: string }
  | { readonly do: 'authorise'; readonly reason: string | null }
  | { readonly do: 'withdraw-authorisation'; readonly reason: string }
  | { readonly do: 'send' }
  | { readonly do: 'acknowledge'; readonly reference: string; readonly at: string }
  | { readonly do: 'answer'; readonly answer: AnswerGiven }
  | { readonly do: 'extend'; readonly until: string; readonly reference: string }
  | { readonly do: 'release'; readonly reason: string }
  | { readonly do: 'expire' }
  | { readonly do: 'seize'; readonly reference: string; readonly reason: string }
  | { readonly do: 'reopen'; readonly reason: string }

/** What applying an action needs to know: the directory and, where one is at hand, a ledger. */
export type FreezeDesk = Pick<GateAgainst, 'directory' | 'confirm'>

/** SHA-256 of a request over its canonical JSON (RFC 8785): what an authorisation holds for. */
export function requestDigest(request: FreezeRequest): string {
  return createHash('sha256').update(canonicalJson(request)).digest('hex')
}

/**
 * A new request, as a draft.
 *
 * @param id UUID of the object that will hold it
 * @param request anything; its shape is checked, its completeness is not: the gate does that before it is authorised
 * @param now ISO 8601 UTC
 * @throws CordonError `cases/freeze-shape`, `cases/freeze-role`
 */
export function openFreeze(id: string, request: unknown, actor: FreezeActor, now: string): FreezeBody {
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(id))
    throw new CordonError('cases/freeze-shape', `${quoted(id)} is no UUID`, {
      place: { field: 'id' },
      remedy: 'Give the id of the object that holds the request.',
    })
  if (!OPENS.some((role) => actor.roles.includes(role))) throw roleRefused('open a request', OPENS)
  const read = readFreezeRequest(request)
  const body: FreezeBody = {
    format: 'cordon-freeze',
    formatVersion: 1,
    id,
    state: 'draft',
    request: read,
    history: [],
    sent: null,
    acknowledged: null,
    answers: [],
    until: null,
  }
  return stepped(body, 'open', 'draft', actor, clockMillis(now), null)
}

/**
 * The body after one action. Pure: the body that comes in stays as it is. Two persons: whoever opened, changed or reopened a request cannot authorise it, and any change takes the authorisation away.
 *
 * @param now ISO 8601 UTC
 * @throws CordonError `cases/freeze-state` and `cases/freeze-role`, which say what is possible now; `cases/four-eyes`; `cases/freeze-incomplete` from the gate; `cases/freeze-answer`; `cases/freeze-shape`
 */
export function applyFreezeAction(body: FreezeBody, action: FreezeAction, actor: FreezeActor, now: string, desk: FreezeDesk): FreezeBody {
  const clock = clockMillis(now)
  const last = body.history.at(-1)
  if (last !== undefined && clock < (utcMillis(last.at) as number))
    throw new CordonError('cases/freeze-time', `${now} is before the last step of the request (${last.at})`, {
      place: { field: 'now' },
      remedy: 'Set the clock of the machine.',
    })
  const name = nameOf(action)
  allow(body.state, name, actor)
  const to = FREEZE_TABLE[name].to ?? body.state
  const next = (changes: Partial<FreezeBody>, reason: string | null): FreezeBody =>
    stepped({ ...body, ...changes }, name, to, actor, clock, reason)
  const against: GateAgainst = { ...desk, now }

  switch (action.do) {
    case 'change': {
      const request = readFreezeRequest(action.request)
      if (requestDigest(request) === requestDigest(body.request))
        throw refused('nothing was changed', 'Change something, or leave the request as it is.')
      return next({ request }, reasoned(action.reason))
    }
    case 'authorise': {
      const writers = writersOf(body)
      if (writers.has(personOf(actor)))
        throw new CordonError('cases/four-eyes', 'who drafted or changed a request cannot authorise it', {
          remedy: 'Have another supervisor look at it and authorise it.',
        })
      passGate(body.request, against)
      return next({}, action.reason === null ? null : reasoned(action.reason))
    }
    case 'withdraw-authorisation':
      return next({}, reasoned(action.reason))
    case 'send': {
      passGate(body.request, against)
      const authorised = body.history.findLast((step) => step.action === 'authorise')
      if (
        authorised === undefined ||
        authorised.request !== requestDigest(body.request) ||
        writersOf(body).has(authorised.by.toLowerCase())
      )
        throw new CordonError('cases/four-eyes', 'the request is not the one that a second person authorised', {
          remedy: 'Withdraw the authorisation and have it authorised again.',
        })
      const at = isoOf(clock)
      const json = freezeJson(freezeDocument(body.id, body.request, at, desk.directory))
      const { channel } = readFreezeDocument(json, null)
      return next(
        { sent: { at, channel, json, sha256: createHash('sha256').update(json).digest('hex') }, acknowledged: null, until: null },
        null,
      )
    }
    case 'acknowledge': {
      if (!says(action.reference)) throw refused("the exchange's reference is missing", 'Give the number of its ticket.')
      checkWritten(action.reference, 'reference')
      const at = happened(action.at, 'at', clock)
      if (at < (utcMillis(body.sent?.at ?? '') ?? at))
        throw refused('it cannot have been received before it was sent', 'Give the time of the acknowledgement.')
      return next({ acknowledged: { at: isoOf(at), reference: action.reference } }, null)
    }
    case 'answer': {
      const answer = recordedAnswer(body, action.answer, actor.person, isoOf(clock))
      const stops = answer.status === 'held' || answer.status === 'frozen' || answer.status === 'preserved'
      return next({ answers: [...body.answers, answer], until: stops ? answer.until : null }, answer.reason)
    }
    case 'extend': {
      const until = utcMillis(action.until)
      if (until === null) throw refused(`${quoted(action.until)} is no time in UTC`, utcRemedy(action.until))
      if (until <= clock || until <= (utcMillis(body.until ?? '') ?? 0))
        throw refused(`${action.until} is no later than the end that stands`, 'Give the new end.')
      if (!says(action.reference)) throw refused("the exchange's reference is missing", 'Give the number of its confirmation.')
      checkWritten(action.reference, 'reference')
      return next({ until: isoOf(until) }, action.reference)
    }
    case 'release':
    case 'reopen':
      return next({ until: null }, reasoned(action.reason))
    case 'expire': {
      const until = utcMillis(body.until ?? '')
      if (until === null) throw refused('no end is on record', 'Record the end with the answer, or release it with a reason.')
      if (until > clock) throw refused(`it stands until ${body.until}`, 'Release it with a reason if it ended early.')
      return next({}, null)
    }
    case 'seize': {
      if (!says(action.reference)) throw refused('the order of seizure is missing', 'Give its number and who issued it.')
      return next({ until: null }, reasoned(`${action.reference}: ${action.reason}`))
    }
  }
}

/** Persons whose words are in the request since it was opened or last reopened. */
function writersOf({ history }: FreezeBody): ReadonlySet<string> {
  const start = history.findLastIndex(({ action }) => action === 'reopen' || action === 'open')
  const steps = history.slice(Math.max(0, start))
  return new Set(
    [...history.filter(({ action }) => action === 'open'), ...steps]
      .filter(({ action }) => action === 'open' || action === 'change' || action === 'reopen')
      .map(({ by }) => by.toLowerCase()),
  )
}

function nameOf(action: FreezeAction): FreezeActionName {
  const name = action.do === 'answer' ? `answer-${String(action.answer.status)}` : action.do
  if (Object.hasOwn(FREEZE_TABLE, name)) return name as FreezeActionName
  throw refused(`${quoted(name)} is nothing that can be done with a request`, `It is one of ${Object.keys(FREEZE_TABLE).join(', ')}.`)
}

function allow(state: FreezeState, name: FreezeActionName, { roles }: FreezeActor): void {
  const rule = FREEZE_TABLE[name]
  if (!rule.from.includes(state)) {
    const possible = possibleActions(state, roles)
    throw refused(
      `${name} is not possible with a request that is ${state}`,
      possible.length === 0 ? `With your roles nothing is possible while it is ${state}.` : `Possible now: ${possible.join(', ')}.`,
    )
  }
  if (!rule.roles.some((role) => roles.includes(role))) throw roleRefused(name, rule.roles)
}

function stepped(body: FreezeBody, action: string, to: FreezeState, actor: FreezeActor, clock: number, reason: string | null): FreezeBody {
  const step: FreezeStep = {
    at: isoOf(clock),
    by: personOf(actor),
    action,
    from: body.history.length === 0 ? null : body.state,
    to,
    reason,
    request: requestDigest(body.request),
  }
  return { ...body, state: to, history: [...body.history, step] }
}

/** One spelling of a person's id, so that nobody is two persons by letter case. */
function personOf({ person }: FreezeActor): string {
  if (!says(person))
    throw new CordonError('cases/freeze-role', 'nobody is named as acting', { place: { field: 'actor' }, remedy: 'Sign in.' })
  return person.toLowerCase()
}

function happened(text: string, field: string, clock: number): number {
  const millis = utcMillis(text)
  if (millis === null)
    throw new CordonError('cases/freeze-time', `${quoted(text)} is no time in UTC`, { place: { field }, remedy: utcRemedy(text) })
  if (millis > clock)
    throw new CordonError('cases/freeze-time', `${text} has not come yet`, {
      place: { field },
      remedy: 'Look at the date, and whether it was converted to UTC.',
    })
  return millis
}

function reasoned(reason: string): string {
  if (!says(reason)) throw refused('a reason is missing', 'Say in a sentence why.')
  checkWritten(reason, 'reason')
  return reason
}

function refused(what: string, remedy: string): CordonError {
  return new CordonError('cases/freeze-state', what, { remedy })
}

function roleRefused(what: string, roles: readonly string[]): CordonError {
  return new CordonError('cases/freeze-role', `your roles do not let you ${what}`, { remedy: `It takes ${roles.join(' or ')}.` })
}
