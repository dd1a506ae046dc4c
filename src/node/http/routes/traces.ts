import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { startJob } from '../../jobs/index.ts'
import { listObjects } from '../../objects/list.ts'
import { readObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import {
  chainNamed,
  filledLedger,
  LedgerKey,
  type PeelTask,
  peek,
  TraceBody,
  type TraceTask,
  type VerifyTraceTask,
} from '../../tracing/index.ts'
import { door, doorAfter } from '../door.ts'
import { labelGiven } from '../labels.ts'
import { pagerOf } from '../page.ts'
import { answerObject, ById, LabelInput, objectOf, PageQuery, pageOf, shown } from '../shapes.ts'
import { answerJob, Job } from './jobs.ts'
import { aboutOf, taskOf } from './ledgers-jobs.ts'
import { chainTaskOf, LiveInput } from './ledgers-live.ts'
import { chainOf, parametersOf, SeedsInput, seedsOf, TagsInput, TraceOptions, tagsTaken } from './traces-input.ts'
import { outsideTraceRoutes } from './traces-outside.ts'
import { tracePartRoutes } from './traces-parts.ts'

const closed = { additionalProperties: false } as const
const Trace = objectOf(TraceBody, 'Trace')

const TraceInput = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 200 }),
    ledger: LedgerKey,
    seeds: SeedsInput,
    parameters: Type.Optional(TraceOptions),
    live: Type.Optional(LiveInput),
    ...TagsInput,
    label: Type.Optional(LabelInput),
  },
  { additionalProperties: false, title: 'TraceInput' },
)

/** Traces: jobs that follow stolen value, and what they found. */
export function traceRoutes(app: FastifyInstance, node: NodeParts): void {
  doorAfter(
    app,
    node,
    {
      method: 'POST',
      url: '/traces',
      scope: 'traces:run',
      action: 'trace.start',
      summary: 'Follow stolen value',
      description:
        'Starts a job; its result is a trace, with the label given here and closed further by those of the ledger, files and tags that it is made from.',
      tag: 'traces',
      body: TraceInput,
      answers: { 202: Job },
    },
    // A ledger of the configuration says its chain itself, and that is read outside the transaction.
    async ({ body }, caller) => chainOf(node, await peek(node, caller, (ask) => chainNamed(ask, node, body.ledger))),
    async (ask, { body }, chain) => {
      const ledger = await chainNamed(ask, node, body.ledger)
      const where = chainTaskOf(ledger, body.live)
      const seeds = seedsOf(body.seeds)
      const parameters = parametersOf(body.parameters ?? {}, chain)
      const label = await labelGiven(ask, node.config, body.label)
      const job = await startJob(ask, node, {
        kind: 'trace.run',
        title: body.title,
        subject: { ledger: ledger.key },
        label,
        about: [...aboutOf(ledger), ...(body.tagFiles ?? [])],
        alsoAbout: ({ tagObjects }: TraceTask) => tagObjects,
        task: async (id): Promise<TraceTask> => ({
          ...where,
          ...(await tagsTaken(ask, node, id, body)),
          ledgerName: ledger.name,
          title: body.title,
          seeds,
          parameters,
        }),
      })
      return answerJob(node, job)
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/traces',
      scope: 'objects:read',
      action: 'trace.list',
      summary: 'List traces, newest first',
      tag: 'traces',
      query: Type.Object({ ...PageQuery, q: Type.Optional(Type.String({ maxLength: 200 })) }, closed),
      answers: { 200: pageOf(Trace) },
    },
    async (ask, { query }) => {
      const pager = pagerOf(node, ask, 'trace.list', query)
      const { objects, more } = await listObjects(
        ask,
        { kind: 'trace', ...(query.q !== undefined && { words: query.q }) },
        { limit: pager.limit, before: pager.after },
      )
      return pager.answer(objects.map(shown), objects.at(-1)?.id, more)
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/traces/:id',
      scope: 'objects:read',
      action: 'trace.read',
      summary: 'Read what a trace found',
      tag: 'traces',
      params: ById,
      answers: { 200: Trace },
    },
    async (ask, { params }) => answerObject(await readObject(ask, 'trace', params.id)),
  )
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/traces/:id/verify',
      scope: 'traces:run',
      action: 'trace.verify',
      summary: 'Run a trace again and compare it byte by byte',
      tag: 'traces',
      params: ById,
      answers: { 202: Job },
    },
    async (ask, { params }) => {
      const trace = await readObject<TraceBody>(ask, 'trace', params.id)
      const { title, ledger: of, parts, inputs } = trace.body
      const ledger = await chainNamed(ask, node, of.key)
      const job = await startJob(ask, node, {
        kind: 'trace.verify',
        title: `Verify ${title}`,
        subject: { trace: trace.id, ledger: ledger.key },
        label: trace.organisation === ask.caller.organisation ? trace.label : await labelGiven(ask, node.config, undefined),
        about: [trace.id],
        task: async (): Promise<VerifyTraceTask> => ({
          ...chainTaskOf(ledger, of.asOf === undefined ? undefined : { asOf: of.asOf }),
          trace: trace.id,
          document: parts.document.sha256,
          ownTags: inputs.ownTags,
          tagFiles: inputs.tagFiles,
        }),
      })
      return answerJob(node, job)
    },
  )
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/ledgers/:ledger/peel',
      scope: 'traces:run',
      action: 'trace.peel',
      summary: 'Bitcoin: follow a peel chain',
      description:
        'One owner pays somebody and keeps the rest, again and again: a job follows it, and its result is a file with every hop and its evidence.',
      tag: 'traces',
      params: Type.Object({ ledger: LedgerKey }),
      body: Type.Object(
        {
          from: Type.String({
            pattern: '^[0-9a-fA-F]{64}(:\\d{1,9})?$',
            description: 'txid:index of an output, or the id of a transaction of the chain',
          }),
          backward: Type.Optional(Type.Boolean({ default: false })),
          maxHops: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1000 })),
          ...TagsInput,
          label: Type.Optional(LabelInput),
        },
        closed,
      ),
      answers: { 202: Job },
    },
    async (ask, { params, body }) => {
      const ledger = await filledLedger(ask, node, params.ledger)
      const label = await labelGiven(ask, node.config, body.label)
      const { from, backward = false, maxHops = 1000 } = body
      const job = await startJob(ask, node, {
        kind: 'trace.peel',
        title: `Peel chain of ${from}`,
        subject: { ledger: ledger.key },
        label,
        about: [...aboutOf(ledger), ...(body.tagFiles ?? [])],
        alsoAbout: ({ tagObjects }: PeelTask) => tagObjects,
        task: async (id): Promise<PeelTask> => ({ ...taskOf(ledger), ...(await tagsTaken(ask, node, id, body)), from, backward, maxHops }),
      })
      return answerJob(node, job)
    },
  )
  outsideTraceRoutes(app, node)
  tracePartRoutes(app, node)
}
