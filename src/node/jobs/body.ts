import { type Static, Type } from 'typebox'
import { CordonError } from '../../chain/index.ts'

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()])
const Time = Type.String({ format: 'date-time' })

/** How a job can stand. `interrupted`: the node went down under it more often than it is begun anew by itself. */
export const JOB_STATUS = ['queued', 'running', 'stopping', 'done', 'failed', 'cancelled', 'interrupted'] as const

export const JobError = Type.Object(
  { code: Type.String(), message: Type.String(), place: orNull(Type.String()), remedy: orNull(Type.String()) },
  { additionalProperties: false, title: 'JobError' },
)

/** What an object of kind `job` says. */
export const JobBody = Type.Object(
  {
    kind: Type.String({ description: 'what is done, e.g. trace.run' }),
    title: Type.String(),
    status: Type.Enum([...JOB_STATUS]),
    attempts: Type.Integer({ description: 'how often it was begun' }),
    queuedAt: Time,
    startedAt: orNull(Time),
    endedAt: orNull(Time),
    subject: Type.Record(Type.String(), Type.String(), { description: 'what it is about: ids and keys by their kind' }),
    result: orNull(
      Type.Record(Type.String(), Type.Unknown(), { description: 'what came of it: ids of the objects that were made, and numbers' }),
    ),
    error: orNull(JobError),
  },
  { additionalProperties: false, title: 'JobBody' },
)

export type JobError = Static<typeof JobError>
export type JobBody = Static<typeof JobBody>
export type JobResult = Readonly<Record<string, unknown>>

/** How often a job is begun before a node that goes down under it leaves it to people. */
const MOST_ATTEMPTS = 3

/** A job as it is asked for. */
export function queuedJob(kind: string, title: string, subject: Readonly<Record<string, string>>, at: string): JobBody {
  return { kind, title, status: 'queued', attempts: 0, queuedAt: at, startedAt: null, endedAt: null, subject, result: null, error: null }
}

/** The job begins; null where it is not waiting any more. */
export function begun(job: JobBody, at: string): JobBody | null {
  return job.status === 'queued' ? { ...job, status: 'running', attempts: job.attempts + 1, startedAt: at } : null
}

/** The job ends well. One that was to be stopped and had ended already is done: what it did is there. Null where it is not under way. */
export function finished(job: JobBody, result: JobResult, at: string): JobBody | null {
  return isUnderWay(job) ? { ...job, status: 'done', endedAt: at, result, error: null } : null
}

/** The job fails, or ends because it was to be stopped. */
export function failed(job: JobBody, error: JobError | null, at: string): JobBody | null {
  if (!isUnderWay(job) && job.status !== 'queued') return null
  return { ...job, status: error === null ? 'cancelled' : 'failed', endedAt: at, error }
}

/** Where a node finds a job under way as it starts: nobody works on it. It begins anew, some times. */
export function foundAtStart(job: JobBody, at: string): JobBody | null {
  if (job.status === 'stopping') return { ...job, status: 'cancelled', endedAt: at }
  if (job.status !== 'running') return null
  return job.attempts < MOST_ATTEMPTS ? { ...job, status: 'queued' } : { ...job, status: 'interrupted', endedAt: at, error: INTERRUPTED }
}

/** A node that stops in order puts its jobs back; that was no attempt. */
export function putBack(job: JobBody, at: string): JobBody | null {
  if (job.status === 'stopping') return { ...job, status: 'cancelled', endedAt: at }
  return job.status === 'running' ? { ...job, status: 'queued', attempts: job.attempts - 1 } : null
}

/**
 * Somebody wants the job to end.
 *
 * @throws CordonError `jobs/ended`
 */
export function cancelled(job: JobBody, at: string): JobBody {
  if (job.status === 'queued') return { ...job, status: 'cancelled', endedAt: at }
  if (isUnderWay(job)) return { ...job, status: 'stopping' }
  throw new CordonError('jobs/ended', `the job is ${job.status} already`, { remedy: 'There is nothing to stop.' })
}

/**
 * Somebody wants a job again that did not come to its end.
 *
 * @throws CordonError `jobs/not-resumable`
 */
export function resumed(job: JobBody, at: string): JobBody {
  if (job.status !== 'failed' && job.status !== 'cancelled' && job.status !== 'interrupted')
    throw new CordonError('jobs/not-resumable', `the job is ${job.status}`, {
      remedy: 'Only a job that failed, was cancelled or interrupted is resumed.',
    })
  return { ...job, status: 'queued', attempts: 0, queuedAt: at, startedAt: null, endedAt: null, error: null }
}

function isUnderWay({ status }: JobBody): boolean {
  return status === 'running' || status === 'stopping'
}

const INTERRUPTED: JobError = {
  code: 'jobs/interrupted',
  message: `the node went down ${MOST_ATTEMPTS} times while the job ran`,
  place: null,
  remedy: 'See whether it needs more memory than there is (limits.jobMiB), then resume it.',
}
