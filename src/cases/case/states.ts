import { CordonError } from '../../chain/index.ts'
import { CASE_STATUSES, type CaseBody, type CaseGiven, type CaseOutcome, type CaseStatus, readGiven, sorted } from './case.ts'
import { bad, prose } from './text.ts'

export const CASE_ACTIONS = ['start', 'suspend', 'resume', 'close', 'reopen'] as const
export type CaseActionName = (typeof CASE_ACTIONS)[number]

/** What changes the status of a case, from where to where, and whether a reason must be given. */
export const CASE_TABLE: Readonly<
  Record<CaseActionName, { readonly from: readonly CaseStatus[]; readonly to: CaseStatus; readonly reason: boolean }>
> = {
  start: { from: ['open', 'reopened'], to: 'active', reason: false },
  suspend: { from: ['open', 'active', 'reopened'], to: 'suspended', reason: true },
  resume: { from: ['suspended'], to: 'active', reason: false },
  close: { from: CASE_STATUSES.filter((status) => status !== 'closed'), to: 'closed', reason: true },
  reopen: { from: ['closed'], to: 'reopened', reason: true },
}

/** An action on the status of a case. `outcome` belongs to closing and to nothing else. */
export type CaseAction = {
  readonly action: CaseActionName
  readonly reason?: string | null | undefined
  readonly outcome?: CaseOutcome | null | undefined
}

const MOST_ASSIGNEES = 50

/** The actions that a case in a status can take, in the order of `CASE_ACTIONS`. */
export function possibleCaseActions(status: CaseStatus): CaseActionName[] {
  return CASE_ACTIONS.filter((action) => CASE_TABLE[action].from.includes(status))
}

/**
 * Changes the status of a case.
 *
 * @param by the person who acts
 * @param now UTC, ISO 8601 with milliseconds
 * @throws CordonError `cases/not-now`, `cases/bad-text`
 */
export function actOnCase(body: CaseBody, { action, reason, outcome }: CaseAction, by: string, now: string): CaseBody {
  const { from, to, reason: needed } = CASE_TABLE[action]
  if (!from.includes(body.status)) {
    throw new CordonError('cases/not-now', `a case that is ${body.status} cannot take the action ${action}`, {
      place: { field: 'action' },
      remedy: `It can take: ${possibleCaseActions(body.status).join(', ')}.`,
    })
  }
  const why = reason === null || reason === undefined ? null : prose(reason, 'reason', 2000)
  if (needed && why === null)
    throw bad('reason', 'is missing', `Say why, so that whoever reads the case later knows: ${action} needs a reason.`)
  const ends = to === 'closed'
  if (ends !== (outcome !== null && outcome !== undefined)) {
    throw bad(
      'outcome',
      ends ? 'is missing' : 'is given for a case that is not closed',
      'Give an outcome when a case is closed, and only then.',
    )
  }
  const step = { at: now, by, action, from: body.status, to, reason: why }
  return { ...body, status: to, outcome: ends ? (outcome as CaseOutcome) : null, history: [...body.history, step] }
}

/** Changes what people write in a case. Throws `cases/closed`, `cases/bad-text`. */
export function changeCase(body: CaseBody, given: CaseGiven): CaseBody {
  mustBeOpen(body)
  return { ...body, ...readGiven(given) }
}

/** Says who works on a case. Throws `cases/closed`, `cases/bad-text`. */
export function assignCase(body: CaseBody, assignees: readonly string[]): CaseBody {
  mustBeOpen(body)
  if (assignees.length > MOST_ASSIGNEES) throw bad('assignees', `are more than ${MOST_ASSIGNEES}`, 'Name those who work on it.')
  return { ...body, assignees: sorted(assignees) }
}

/** A closed case stays as it was closed. Throws `cases/closed`. */
export function mustBeOpen({ status }: Pick<CaseBody, 'status'>): void {
  if (status === 'closed') {
    throw new CordonError('cases/closed', 'the case is closed', { remedy: 'Reopen it with a reason, and then change it.' })
  }
}
