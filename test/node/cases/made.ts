import { createObject } from '../../../src/node/objects/create.ts'
import { transact } from '../../../src/node/transact.ts'
import type { NodeWorld, Someone } from '../world.ts'

/** Makes an object of a kind whose own doors want more than a test of cases has (a ledger, a directory), as they would. */
export async function made(world: NodeWorld, by: Someone, kind: string, body: object): Promise<string> {
  const { parts } = world.node
  const caller = await parts.authenticate({ authorization: null, session: by.cookie.slice(by.cookie.indexOf('=') + 1), certificate: null })
  if (caller === null) throw new Error('not signed in')
  return await transact(
    parts,
    caller,
    { door: 'api', action: `${kind}.create` },
    async (ask) => (await createObject(ask, { kind, body })).id,
  )
}
