import { changeObject } from '../objects/change.ts'
import type { StoredObject } from '../objects/object.ts'
import { COLUMNS, fromRow, type Row } from '../objects/rows.ts'
import type { NodeParts } from '../parts.ts'
import type { Caller } from '../people/caller.ts'
import { beginAsk, writeAct } from '../transact.ts'
import type { JobBody } from './body.ts'

/**
 * The node itself turns a job to its next state: whoever asked for it may be away, or not let in any more. It changes the state and nothing else. Null where `next` gives null: then the job is not what was expected, and stays.
 */
export async function turnJob(
  node: NodeParts,
  id: string,
  action: string,
  next: (body: JobBody, at: string) => JobBody | null,
): Promise<StoredObject<JobBody> | null> {
  const now = node.clock()
  const at = now.toISOString()
  const turned = await node.database.system(async (tx) => {
    const [row] = await tx.query<Row>(`select ${COLUMNS} from object where id = $1 and kind = 'job' for update`, [id])
    if (row === undefined) return null
    const ask = beginAsk(node, ownerOf(row), tx, now, [])
    const before = await fromRow<JobBody>(ask, row)
    const body = next(before.body, at)
    if (body === null) return null
    const after = await changeObject(ask, before, { body }, body.status)
    ask.detail.status = body.status
    ask.detail.code = body.error?.code ?? null
    await writeAct(ask, { door: 'node', action }, null)
    return after
  })
  if (turned !== null) node.doorbell.ring()
  return turned
}

/** The owner's name under a change that the node makes: nothing else of him is asked. */
function ownerOf({ organisation, changed_by: person }: Row): Caller {
  return {
    person,
    organisation,
    name: '',
    nation: '',
    roles: [],
    caveats: [],
    scopes: [],
    credential: { kind: 'session', id: 'node', usedAt: new Date(0) },
  }
}
