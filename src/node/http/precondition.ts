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
  if (!isOf(headers['if-match'], etagOf(object))) throw changedMeanwhile(object.version)
}

/**
 * Whether the value of If-Match names an entity tag.
 *
 * @throws CordonError `node/no-precondition`
 */
export function isOf(ifMatch: unknown, etag: string): boolean {
  if (typeof ifMatch !== 'string')
    throw new CordonError('node/no-precondition', 'a change says which version it changes', {
      remedy: 'Send the ETag of what you read in If-Match.',
    })
  const wanted = ifMatch.split(',').map((tag) => tag.trim())
  return wanted.includes('*') || wanted.includes(etag)
}
