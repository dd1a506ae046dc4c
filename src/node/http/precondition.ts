import { CordonError } from '../../chain/index.ts'
import { changedMeanwhile } from '../objects/errors.ts'
import type { StoredObject } from '../objects/object.ts'
import { etagOf } from './shapes.ts'

/**
 * Checks that a change is of what the caller has read (RFC 9110, section 13.1.1).
 *
 * @throws CordonError `node/no-precondition`, `node/changed`
 */
export function checkIfMatch(headers: Readonly<Record<string, unknown>>, object: StoredObject): void {
  const given = headers['if-match']
  if (typeof given !== 'string')
    throw new CordonError('node/no-precondition', 'a change says which version it changes', {
      remedy: 'Send the ETag of what you read in If-Match.',
    })
  const wanted = given.split(',').map((tag) => tag.trim())
  if (!wanted.includes('*') && !wanted.includes(etagOf(object))) throw changedMeanwhile(object.version)
}
