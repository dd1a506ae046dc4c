import type { Ask } from '../ask.ts'
import { fileBody, type Stored } from '../files/index.ts'
import type { JobBody } from '../jobs/index.ts'
import { createObject } from '../objects/create.ts'
import { linkAll } from '../objects/link-all.ts'
import { MADE_FROM } from '../objects/links.ts'
import type { StoredObject } from '../objects/object.ts'

/** A file that a job made, taken in, becomes an object of a name with the job's label. Gives its id. */
export async function madeFile(
  ask: Ask,
  job: StoredObject<JobBody>,
  name: string,
  stored: Stored,
  from: readonly string[],
): Promise<string> {
  const told = { name, mediaType: null, provenance: { tool: 'cordon', notes: job.body.title } }
  const body = fileBody(stored, told, { at: ask.now.toISOString(), by: ask.caller.person, job: job.id })
  const { id } = await createObject(ask, { kind: 'file', body, label: job.label })
  await linkAll(ask, id, from, MADE_FROM)
  return id
}
