import { CordonError } from '../../chain/index.ts'
import { mayRead } from './decide.ts'
import { canonicalLabel, type Label, labelHash } from './label.ts'
import type { Reader } from './reader.ts'
import { loosens } from './widen.ts'

/** Who changes a label: the reader that he is, and his roles. */
export type Actor = Reader & { readonly roles: readonly string[] }

export type Relabelling = {
  readonly actor: Actor
  /** Organisation that keeps the record here; its originator, or the one that took it in from elsewhere. */
  readonly owner: string
  readonly createdBy: string
  /** Everybody who wrote one of the versions that the new label would open, the creator included. */
  readonly authors: readonly string[]
  readonly from: Label
  readonly to: Label
}

/** What a change of label is: more is opened or may be passed on; less; or it says the same. */
export type Change = 'release' | 'restriction' | 'same'

/**
 * Checks whether somebody may put another label on a record, and tells what the change is.
 *
 * - He must be able to read the record as it stands; to anybody else it is not there.
 * - The originator never changes: it is whose say the release is.
 * - A release (`loosens`) is made by a releaser of the originating organisation who wrote none of it: two persons always, the one who wrote and the one who let out.
 * - A restriction is made by the record's creator, or by a supervisor or releaser of its owner or originator. It can never wait for a second person.
 *
 * @throws CordonError `release/not-found`, `release/originator-is-fixed`, `release/needs-releaser`, `release/own-record`, `release/not-yours`, `release/garbled-label`
 */
export function checkRelabelling({ actor, owner, createdBy, authors, from, to }: Relabelling, now: Date): Change {
  if (!mayRead(actor, from, now)) {
    throw new CordonError('release/not-found', 'there is no such record', { remedy: 'Look the number up again.' })
  }
  // Throws where the new label says nothing.
  const wanted = canonicalLabel(to)
  if (wanted.originator !== from.originator) {
    throw new CordonError('release/originator-is-fixed', 'a record’s originator cannot be changed', {
      place: { field: 'originator' },
      remedy: 'Keep it. What you make of the record is a record of its own.',
    })
  }
  if (loosens(from, wanted)) {
    if (actor.organisation !== from.originator || !actor.roles.includes('releaser')) {
      throw new CordonError('release/needs-releaser', 'this label opens the record further than the one it has', {
        remedy: 'Ask a releaser of the originating organisation.',
      })
    }
    if (actor.person === createdBy || authors.includes(actor.person)) {
      throw new CordonError('release/own-record', 'nobody releases what he wrote himself', { remedy: 'Ask another releaser.' })
    }
    return 'release'
  }
  const oversees = actor.roles.includes('supervisor') || actor.roles.includes('releaser')
  const ofTheHouse = actor.organisation === owner || actor.organisation === from.originator
  if (actor.person !== createdBy && !(ofTheHouse && oversees)) {
    throw new CordonError('release/not-yours', 'this label is not yours to change', {
      remedy: 'Ask whoever made the record, or a supervisor of the organisation that keeps it.',
    })
  }
  return labelHash(from) === labelHash(wanted) ? 'same' : 'restriction'
}
