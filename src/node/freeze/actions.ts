import { ANSWER_STATUSES, type AnswerGiven, type FreezeAction, type FreezeActor } from '../../cases/index.ts'
import { CordonError } from '../../chain/index.ts'
import type { Ask } from '../ask.ts'
import { rolesWith, type Scope } from '../people/roles.ts'

/** What can be asked of the actions' door. A change of the request itself has a door of its own. */
export const ACTIONS = [
  'authorise',
  'withdraw-authorisation',
  'send',
  'acknowledge',
  'answer',
  'extend',
  'release',
  'expire',
  'seize',
  'reopen',
] as const
type Name = (typeof ACTIONS)[number]

/** What came in: the action and what it needs. */
export type ActionGiven = {
  readonly action: Name
  readonly reason?: string
  readonly reference?: string
  readonly at?: string
  readonly until?: string
  readonly answer?: Partial<AnswerGiven> & Pick<AnswerGiven, 'status' | 'at' | 'reference'>
}

type Field = Exclude<keyof ActionGiven, 'action'>

/** Which scope each takes, and the fields that it needs and may have. `freeze:authorise` is never a key's, so no key authorises. */
const RULES: Readonly<Record<Name, { readonly scope: Scope; readonly needs: readonly Field[]; readonly may?: readonly Field[] }>> = {
  authorise: { scope: 'freeze:authorise', needs: [], may: ['reason'] },
  // Whoever could send it may hold it back.
  'withdraw-authorisation': { scope: 'freeze:send', needs: ['reason'] },
  send: { scope: 'freeze:send', needs: [] },
  acknowledge: { scope: 'freeze:answer', needs: ['reference', 'at'] },
  answer: { scope: 'freeze:answer', needs: ['answer'] },
  extend: { scope: 'freeze:answer', needs: ['until', 'reference'] },
  release: { scope: 'freeze:answer', needs: ['reason'] },
  expire: { scope: 'freeze:answer', needs: [] },
  seize: { scope: 'freeze:answer', needs: ['reference', 'reason'] },
  reopen: { scope: 'freeze:draft', needs: ['reason'] },
}

/** Throws `node/forbidden` where the caller lacks the scope of an action. */
export function mustHaveScope({ scopes }: { readonly scopes: readonly Scope[] }, action: Name): void {
  const { scope } = RULES[action]
  if (!scopes.includes(scope))
    throw new CordonError('node/forbidden', `this needs the scope ${scope}`, {
      remedy: `Ask an administrator for a role that has it (${rolesWith(scope).join(', ')}), or use a credential that has the scope. Nobody authorises by key.`,
    })
}

/**
 * The action as the freeze desk takes it.
 *
 * @throws CordonError `cases/freeze-action` for a field that is missing, or that the action does not have
 */
export function actionOf(given: ActionGiven): FreezeAction {
  const { action, reason = '', reference = '', at = '', until = '', answer } = given
  const { needs, may = [] } = RULES[action]
  for (const field of ['reason', 'reference', 'at', 'until', 'answer'] as const) {
    const there = given[field] !== undefined
    if (!there && needs.includes(field)) throw badField(field, `to ${action} a request, ${field} is needed`, `Send ${needs.join(', ')}.`)
    if (there && !needs.includes(field) && !may.includes(field))
      throw badField(field, `to ${action} a request, ${field} is not asked for`, 'Leave it off.')
  }
  switch (action) {
    case 'authorise':
      return { do: action, reason: given.reason ?? null }
    case 'withdraw-authorisation':
    case 'release':
    case 'reopen':
      return { do: action, reason }
    case 'send':
    case 'expire':
      return { do: action }
    case 'acknowledge':
      return { do: action, reference, at }
    case 'extend':
      return { do: action, until, reference }
    case 'seize':
      return { do: action, reference, reason }
    case 'answer':
      return { do: action, answer: answerOf(answer as NonNullable<typeof answer>) }
  }
}

function answerOf({ status, at, reference, ...rest }: NonNullable<ActionGiven['answer']>): AnswerGiven {
  if (!ANSWER_STATUSES.includes(status))
    throw badField('answer.status', `${status} is no answer`, `It is one of ${ANSWER_STATUSES.join(', ')}.`)
  const { amounts = [], until = null, reason = null, document = null, more = null } = rest
  return { status, at, reference, amounts, until, reason, document, more }
}

/** Who acts, as the freeze desk takes him. */
export function actorOf({ caller }: Ask): FreezeActor {
  return { person: caller.person, roles: caller.roles }
}

function badField(field: string, what: string, remedy: string): CordonError {
  return new CordonError('cases/freeze-action', what, { place: { field }, remedy })
}
