import { type CustodyFile, type CustodyStatement, custodyStatement } from '../../cases/index.ts'
import { CordonError } from '../../chain/index.ts'
import type { Ask } from '../ask.ts'
import { custodyOf } from '../files/index.ts'
import type { StoredObject } from '../objects/object.ts'
import { everythingIn } from './contents.ts'

const MOST_FILES = 500
/** Steps of one file that a case's statement holds; the file's own custody has all. */
const MOST_STEPS = 500
const MOST_OBJECTS = 20_000

/**
 * The custody of every file of a case, at whatever depth, that the caller may read: oldest first.
 *
 * @throws CordonError `cases/too-many`
 */
export async function caseCustody(ask: Ask, id: string): Promise<CustodyStatement[]> {
  const files = (await everythingIn(ask, id, MOST_OBJECTS)).filter(({ kind }) => kind === 'file') as StoredObject<CustodyFile>[]
  if (files.length > MOST_FILES) {
    throw new CordonError('cases/too-many', `the case has more than ${MOST_FILES} files`, {
      remedy: 'Ask for the custody of each at /files/{id}/custody.',
    })
  }
  const statements: CustodyStatement[] = []
  for (const file of files) {
    const { events, more } = await custodyOf(ask, file, { after: -1, limit: MOST_STEPS })
    const steps = events.map(({ index, at, event, action, outcome, organisation, person }) => ({
      index,
      at,
      event,
      action,
      outcome,
      organisation,
      person,
    }))
    statements.push(custodyStatement(file, steps, more))
  }
  return statements
}
