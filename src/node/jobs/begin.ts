import { CordonError } from '../../chain/index.ts'
import type { Label } from '../../share/index.ts'
import type { Ask } from '../ask.ts'
import { lockNamed } from '../database/named-locks.ts'
import { createObject, newId } from '../objects/create.ts'
import { linkAll } from '../objects/link-all.ts'
import type { StoredObject } from '../objects/object.ts'
import { renewRing } from '../objects/ring.ts'
import type { NodeParts } from '../parts.ts'
import { type JobBody, queuedJob } from './body.ts'

/** A job takes the labels of what it is about, and so does what it makes. */
const ABOUT = { kind: 'about', contains: true }

/** What a job is to do. */
export type NewJob<Task = unknown> = {
  readonly kind: string
  readonly title: string
  /** What it is about, shown with it. */
  readonly subject: Readonly<Record<string, string>>
  readonly label: Label
  /** Objects whose labels close it too. */
  readonly about: readonly string[]
  /** What its kind needs to do it. Given the job's id, since files are put into its folder. The job is made afterwards. */
  task(job: string): Promise<Task>
  /** What else closes it, as its task has it. */
  readonly alsoAbout?: (task: Task) => readonly string[]
}

/**
 * Puts a job into the queue, in the transaction of whoever asks for it. It begins after the commit.
 *
 * @throws CordonError `jobs/too-many`
 */
export async function startJob<Task>(
  ask: Ask,
  node: NodeParts,
  { kind, title, subject, label, about, task, alsoAbout = () => [] }: NewJob<Task>,
): Promise<StoredObject<JobBody>> {
  const { caller, tx, now } = ask
  const most = node.config.limits.jobsPerPerson
  await lockNamed(tx, 'job', caller.person)
  await renewRing(ask)
  const [{ n } = { n: 0 }] = await tx.query<{ n: number }>(
    `select count(*)::int as n from object join job_run on job_run.job = object.id
     where object.kind = 'job' and object.body ->> 'status' in ('queued', 'running', 'stopping') and job_run.person = $1 and object.clauses <@ $2::int[]`,
    [caller.person, ask.ring],
  )
  if (n >= most)
    throw new CordonError('jobs/too-many', `${n} jobs of yours are waiting or running, which is the most that one person has`, {
      remedy: 'Wait for one to end, or cancel one.',
    })
  const made = newId(ask)
  // What is closed to the caller is told by whoever takes it: it is not there. Files are put where they are read before anybody has to wait for this.
  const todo = await task(made)
  const job = await createObject(ask, { id: made, kind: 'job', body: queuedJob(kind, title, subject, now.toISOString()), label })
  await linkAll(ask, made, [...about, ...alsoAbout(todo)], ABOUT)
  const { kind: shown, id } = caller.credential
  await tx.query('insert into job_run (job, person, credential, task) values ($1, $2, $3::jsonb, $4::jsonb)', [
    job.id,
    caller.person,
    JSON.stringify({ kind: shown, id }),
    JSON.stringify(todo),
  ])
  node.jobs.expect(job.id)
  return job
}
