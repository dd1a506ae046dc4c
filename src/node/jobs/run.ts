import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CordonError, type Progress } from '../../chain/index.ts'
import { changeObject } from '../objects/change.ts'
import { lockContainers } from '../objects/containers.ts'
import type { StoredObject } from '../objects/object.ts'
import { readObject } from '../objects/read.ts'
import type { NodeParts } from '../parts.ts'
import type { Caller, Credential } from '../people/caller.ts'
import { transact } from '../transact.ts'
import { actorOf } from './actor.ts'
import { finished, type JobBody } from './body.ts'
import type { JobKind, JobRun } from './kind.ts'
import { runProcess } from './process.ts'
import { storable } from './storable.ts'

/** One attempt at a job. */
export type Attempt = {
  readonly kind: JobKind
  readonly job: StoredObject<JobBody>
  readonly task: unknown
  readonly person: string
  readonly credential: Pick<Credential, 'kind' | 'id'>
  readonly folder: string
  readonly signal: AbortSignal
  readonly progress: (progress: Progress) => void
  readonly report: (error: unknown) => void
}

/**
 * Does a job once: prepares, lets a process do it, and writes what came of it under the rights that its asker has then. What it writes and that it is done are one transaction: a job that is begun anew has written nothing.
 *
 * @throws CordonError `jobs/not-allowed` where the asker may not any more; what the work throws
 */
export async function runOnce(
  node: NodeParts,
  { kind, job, task, person, credential, folder, signal, progress, report }: Attempt,
): Promise<void> {
  await askerOf(node, kind, person, credential)
  const work = join(folder, 'work')
  await rm(work, { recursive: true, force: true })
  for (const part of [work, join(folder, 'input')]) await mkdir(part, { recursive: true, mode: 0o700 })
  const run: JobRun = { job, task, folder }
  const input = await kind.prepare(node, run)
  const outcome = await runProcess({
    module: kind.module,
    work: kind.work,
    input,
    folder: join(folder, 'input'),
    memoryMiB: node.config.limits.jobMiB,
    signal,
    progress,
    log: (text) => report(new Error(`job ${job.id}: ${text}`)),
  })
  const write = await kind.settle(node, run, outcome)
  // As he is now: what he lost meanwhile he does not act with.
  const asker = await askerOf(node, kind, person, credential)
  await transact(node, asker, { door: 'job', action: 'job.finish' }, async (ask) => {
    // Whoever cancels it or puts another label on it waits: what was done by then is done.
    await lockContainers(ask)
    await ask.tx.query('select 1 from object where id = $1 for update', [job.id])
    const before = await readObject<JobBody>(ask, 'job', job.id)
    const result = storable(await write(ask, before))
    const body = finished(before.body, result, ask.now.toISOString())
    if (body === null) throw new CordonError('jobs/ended', `the job is ${before.body.status} already`)
    await changeObject(ask, before, { body }, 'done')
  })
}

async function askerOf(node: NodeParts, kind: JobKind, person: string, credential: Pick<Credential, 'kind' | 'id'>): Promise<Caller> {
  const asker = await node.database.system((tx) => actorOf(tx, person, credential))
  if (asker?.scopes.includes(kind.scope)) return asker
  throw new CordonError('jobs/not-allowed', `whoever asked for this job may not do it any more: it needs the scope ${kind.scope}`, {
    remedy: 'Let somebody who may resume it.',
  })
}
