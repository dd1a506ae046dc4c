import type { FreezeRole, FreezeState } from './body.ts'

/** What can be done with a request. `answer-…` stands for an answer of that status. */
export const FREEZE_ACTIONS = [
  'change',
  'authorise',
  'withdraw-authorisation',
  'send',
  'acknowledge',
  'answer-preserved',
  'answer-produced',
  'answer-held',
  'answer-frozen',
  'answer-refused',
  'extend',
  'release',
  'expire',
  'seize',
  'reopen',
] as const
export type FreezeActionName = (typeof FREEZE_ACTIONS)[number]

export type FreezeRule = {
  readonly from: readonly FreezeState[]
  /** Null: the state stays. */
  readonly to: FreezeState | null
  readonly roles: readonly FreezeRole[]
  /** What it needs beside state and role, in words. */
  readonly needs: string
}

const RECORDS: readonly FreezeRole[] = ['analyst', 'supervisor', 'releaser', 'compliance']
const WAITING: readonly FreezeState[] = ['sent', 'received']
const STOPPED: readonly FreezeState[] = ['held', 'frozen']

/** Who may open a request. */
export const OPENS: readonly FreezeRole[] = ['analyst', 'supervisor']

/**
 * The whole state machine: draft, authorised, sent, received, held | refused, frozen, released | expired | seized. An acknowledgement may be skipped, and a freeze may come without a hold: issuers of
 * stablecoins do both.
 */
export const FREEZE_TABLE: Readonly<Record<FreezeActionName, FreezeRule>> = {
  change: {
    from: ['draft', 'authorised'],
    to: 'draft',
    roles: ['analyst', 'supervisor'],
    needs: 'a request that differs from the one before, and a reason; an authorisation is lost',
  },
  authorise: {
    from: ['draft'],
    to: 'authorised',
    roles: ['supervisor'],
    needs: 'a passed gate, and a person who neither drafted nor changed it',
  },
  'withdraw-authorisation': { from: ['authorised'], to: 'draft', roles: ['supervisor', 'releaser'], needs: 'a reason' },
  send: {
    from: ['authorised'],
    to: 'sent',
    roles: ['releaser', 'supervisor'],
    needs: 'a passed gate, and the very request that was authorised',
  },
  acknowledge: { from: ['sent'], to: 'received', roles: RECORDS, needs: "the exchange's reference and time" },
  'answer-preserved': { from: [...WAITING, 'held'], to: 'held', roles: RECORDS, needs: 'an answer to a request to preserve' },
  'answer-produced': { from: WAITING, to: 'received', roles: RECORDS, needs: 'an answer to a request to disclose' },
  'answer-held': { from: [...WAITING, 'held'], to: 'held', roles: RECORDS, needs: 'the amount per point' },
  'answer-frozen': { from: [...WAITING, 'held', 'frozen'], to: 'frozen', roles: RECORDS, needs: 'the amount per point' },
  'answer-refused': { from: WAITING, to: 'refused', roles: RECORDS, needs: 'the reason' },
  extend: { from: STOPPED, to: null, roles: RECORDS, needs: "a later end and the exchange's reference" },
  release: { from: STOPPED, to: 'released', roles: ['supervisor', 'compliance'], needs: 'a reason' },
  expire: { from: STOPPED, to: 'expired', roles: RECORDS, needs: 'an end that has passed' },
  seize: { from: STOPPED, to: 'seized', roles: ['supervisor'], needs: 'the order of seizure' },
  reopen: {
    from: ['refused', 'released', 'expired'],
    to: 'draft',
    roles: ['analyst', 'supervisor'],
    needs: 'a reason; it must be authorised anew',
  },
}

/** What people with these roles can do in this state. */
export function possibleActions(state: FreezeState, roles: readonly FreezeRole[]): readonly FreezeActionName[] {
  return FREEZE_ACTIONS.filter(
    (name) => FREEZE_TABLE[name].from.includes(state) && FREEZE_TABLE[name].roles.some((role) => roles.includes(role)),
  )
}
