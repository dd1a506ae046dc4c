import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { CordonError } from '../../../chain/index.ts'
import type { Ask } from '../../ask.ts'
import { cancelled, JOB_STATUS, JobBody, JobProgress, resumed } from '../../jobs/index.ts'
import { changeObject } from '../../objects/change.ts'
import { notOwner } from '../../objects/errors.ts'
import { listObjects } from '../../objects/list.ts'
import type { StoredObject } from '../../objects/object.ts'
import { readObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import type { Answer } from '../answer.ts'
import { door } from '../door.ts'
import { pagerOf } from '../page.ts'
import { ById, objectOf, PageQuery, pageOf, shown } from '../shapes.ts'

/** A job, and how far it is. */
export const Job = Type.Object(
  { ...objectOf(JobBody, 'Job').properties, progress: Type.Union([JobProgress, Type.Null()]) },
  { title: 'Job' },
)

/** A job as it is answered: how far it is changes without a version of it, so it has no ETag. */
export function shownJob(node: NodeParts, job: StoredObject): object {
  return { ...shown(job), progress: node.jobs.progress(job.id) }
}

/** A job that was put into the queue. */
export function answerJob(node: NodeParts, job: StoredObject): Answer {
  return { status: 202, body: shownJob(node, job), headers: { location: `/api/v1/jobs/${job.id}` } }
}

/** Work that takes longer than a request. What changes is told by events, as of every object. */
export function jobRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/jobs',
      scope: 'objects:read',
      action: 'job.list',
      summary: 'List jobs, newest first',
      tag: 'jobs',
      query: Type.Object(
        { ...PageQuery, status: Type.Optional(Type.Enum([...JOB_STATUS])), kind: Type.Optional(Type.String({ maxLength: 60 })) },
        { additionalProperties: false },
      ),
      answers: { 200: pageOf(Job) },
    },
    async (ask, { query }) => {
      const pager = pagerOf(node, ask, 'job.list', query)
      const body = [
        ...(query.status === undefined ? [] : [{ path: ['status'], equals: query.status }]),
        ...(query.kind === undefined ? [] : [{ path: ['kind'], equals: query.kind }]),
      ]
      const { objects, more } = await listObjects(ask, { kind: 'job', body }, { limit: pager.limit, before: pager.after })
      return pager.answer(
        objects.map((job) => shownJob(node, job)),
        objects.at(-1)?.id,
        more,
      )
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/jobs/:id',
      scope: 'objects:read',
      action: 'job.read',
      summary: 'Read a job, and how far it is',
      tag: 'jobs',
      params: ById,
      answers: { 200: Job },
    },
    async (ask, { params }) => ({ body: shownJob(node, await readObject(ask, 'job', params.id)) }),
  )
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/jobs/:id/cancel',
      scope: 'objects:write',
      action: 'job.cancel',
      summary: 'Stop a job',
      description:
        'What waits is cancelled at once; what runs is `stopping` until its process has ended. A job that was done by then is done.',
      tag: 'jobs',
      params: ById,
      answers: { 200: Job },
    },
    async (ask, { params }) => {
      const before = await readObject<JobBody>(ask, 'job', params.id)
      const body = cancelled(before.body, ask.now.toISOString())
      const after = await changeObject(ask, before, { body }, body.status)
      node.jobs.cancel(params.id)
      return { body: shownJob(node, after) }
    },
  )
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/jobs/:id/resume',
      scope: 'objects:write',
      action: 'job.resume',
      summary: 'Begin a job anew that failed, was cancelled or interrupted',
      description: 'It then runs for whoever resumes it.',
      tag: 'jobs',
      params: ById,
      answers: { 200: Job },
    },
    async (ask, { params }) => {
      const before = await readObject<JobBody>(ask, 'job', params.id)
      const after = await changeObject(ask, before, { body: resumed(before.body, ask.now.toISOString()) }, 'queued')
      await takeOver(ask, params.id)
      node.jobs.expect(params.id)
      return { body: shownJob(node, after) }
    },
  )
}

async function takeOver({ tx, caller }: Ask, job: string): Promise<void> {
  const { kind, id } = caller.credential
  const [row] = await tx.query('update job_run set person = $2, credential = $3::jsonb where job = $1 returning job', [
    job,
    caller.person,
    JSON.stringify({ kind, id }),
  ])
  if (row === undefined)
    throw new CordonError('jobs/not-resumable', 'nothing says how this job is done', { remedy: 'Ask for a new one.', cause: notOwner() })
}
