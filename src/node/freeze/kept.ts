import type { FreezeBody } from '../../cases/index.ts'
import type { StoredObject } from '../objects/object.ts'

/** The kind of objects that hold a request. */
export const REQUEST = 'request'

/** A request as it is kept. Its id is the object's, and stands there alone. */
export type KeptFreeze = Omit<FreezeBody, 'id'>

/** A request as the freeze desk reads it. */
export function freezeOf({ id, body }: StoredObject<KeptFreeze>): FreezeBody {
  return { ...body, id }
}

/** A request as it is kept. */
export function keptOf({ id: _, ...kept }: FreezeBody): KeptFreeze {
  return kept
}
