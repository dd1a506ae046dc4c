import { CordonError } from '../../chain/index.ts'
import { checkRelabelling, type Label, mayRead } from '../../share/index.ts'
import { type Ask, readerOf } from '../ask.ts'
import { changeObject } from './change.ts'
import type { StoredObject } from './object.ts'

/**
 * Puts another label on an object that the caller has read. Opening it takes a releaser of the originating organisation who wrote none of it; closing it may be done by its creator, or a supervisor or releaser of its owner.
 * What contains it is closed further by itself.
 *
 * @throws CordonError of `checkRelabelling`; `node/would-close-it` where the caller would not see it any more
 */
export async function relabel(ask: Ask, object: StoredObject, label: Label, reason: string): Promise<StoredObject> {
  const { tx, caller, now } = ask
  const authors = await tx.query<{ person: string }>('select distinct changed_by as person from object_version where id = $1', [object.id])
  const change = checkRelabelling(
    {
      actor: { ...readerOf(caller), roles: caller.roles },
      owner: object.organisation,
      createdBy: object.createdBy,
      authors: [...new Set([object.createdBy, object.changedBy, ...authors.map(({ person }) => person)])],
      from: object.label,
      to: label,
    },
    now,
  )
  if (!mayRead(readerOf(caller), label, now))
    throw new CordonError('node/would-close-it', 'you would not see the object under this label yourself', {
      remedy: 'Name yourself among the persons, or ask somebody whom the label names.',
    })
  ask.detail.label = change
  ask.detail.reason = reason
  return await changeObject(ask, object, { body: object.body, label }, change === 'release' ? 'released' : 'restricted')
}
