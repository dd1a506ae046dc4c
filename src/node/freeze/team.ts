import { CordonError } from '../../chain/index.ts'
import { checkRelabelling, defaultLabel, type Label, mayRead } from '../../share/index.ts'
import { type Ask, readerOf } from '../ask.ts'
import { changeObject } from '../objects/change.ts'
import { notOwner } from '../objects/errors.ts'
import type { StoredObject } from '../objects/object.ts'
import type { KeptFreeze } from './kept.ts'

/**
 * The label of a request about which nothing else was said: its maker and the team that he names, of his own organisation. That value is about to be frozen is need-to-know within the house too.
 *
 * @throws CordonError `cases/no-such-person`
 */
export async function teamLabel(ask: Ask, team: readonly string[]): Promise<Label> {
  await mustBeColleagues(ask, team)
  return { ...defaultLabel(ask.caller.organisation), persons: [...new Set([ask.caller.person, ...team])].sort() }
}

/** Who comes into the team of a request and who leaves it. */
export type TeamChange = { readonly add: readonly string[]; readonly remove: readonly string[]; readonly reason: string }

/**
 * Changes the team of a request that the caller has read.
 *
 * Naming somebody opens the record to him, and so is a release by the letter of `share/release`. It would take a releaser who can read the request and wrote none of it, and where the team is need-to-know there may be none: nobody could ever bring in
 * the supervisor who is to authorise it. So this is the one exception: whoever opened a request names further people of his own organisation, each by name, with a reason, in the record. Nobody else names anybody, nobody of another organisation can be
 * named, and nothing else of the label changes here. Earlier versions stay closed to those who come later: each keeps the label that it had.
 *
 * Taking somebody out is a restriction as any other.
 *
 * @throws CordonError `node/not-owner`, `cases/no-team`, `cases/not-creator`, `cases/no-such-person`, `node/would-close-it`, and those of `checkRelabelling`
 */
export async function changeTeam(
  ask: Ask,
  request: StoredObject<KeptFreeze>,
  { add, remove, reason }: TeamChange,
): Promise<StoredObject<KeptFreeze>> {
  const { caller, now } = ask
  const { label } = request
  if (request.organisation !== caller.organisation) throw notOwner()
  if (label.persons.length === 0)
    throw new CordonError('cases/no-team', 'the request is open to everybody whom its label lets in, so it has no team', {
      remedy: 'Put a label with persons on it first.',
    })
  if (add.length > 0 && caller.person !== request.createdBy)
    throw new CordonError('cases/not-creator', 'only who opened a request names people for its team', {
      remedy: 'Ask whoever opened it, or a releaser.',
    })
  await mustBeColleagues(ask, add)
  const kept = label.persons.filter((person) => !remove.includes(person))
  const persons = [...new Set([...kept, ...add])].sort()
  const next = { ...label, persons }
  if (!mayRead(readerOf(caller), next, now))
    throw new CordonError('node/would-close-it', 'you would not see the request any more', {
      remedy: 'Have another of the team take you out.',
    })
  if (kept.length < label.persons.length)
    checkRelabelling(
      {
        actor: { ...readerOf(caller), roles: caller.roles },
        owner: request.organisation,
        createdBy: request.createdBy,
        authors: [request.createdBy, request.changedBy],
        from: label,
        to: { ...label, persons: kept },
      },
      now,
    )
  ask.detail.added = persons.filter((person) => !label.persons.includes(person)).length
  ask.detail.removed = label.persons.filter((person) => !persons.includes(person)).length
  ask.detail.reason = reason
  return await changeObject(ask, request, { body: request.body, label: next }, 'team')
}

/** Refuses persons who are not of the caller's organisation, are not there, or were disabled: the three are the same. */
async function mustBeColleagues({ tx }: Ask, persons: readonly string[]): Promise<void> {
  const rows = await tx.query<{ id: string }>('select id from cordon_colleagues($1::uuid[])', [persons])
  const unknown = persons.find((person) => !rows.some(({ id }) => id === person))
  if (unknown !== undefined)
    throw new CordonError('cases/no-such-person', `there is no person ${unknown} in your organisation`, {
      place: { field: 'team' },
      remedy: 'Name people of your own organisation who have not left (GET /colleagues has their ids).',
    })
}
