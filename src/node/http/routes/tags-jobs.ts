import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { DEFAULT_PARAMETERS } from '../../../trace/index.ts'
import { InputsGiven, startJob, takeInputs } from '../../jobs/index.ts'
import type { NodeParts } from '../../parts.ts'
import { type CheckTagsTask, type DetectTask, filledLedger } from '../../tracing/index.ts'
import { door } from '../door.ts'
import { labelGiven } from '../labels.ts'
import { LabelInput } from '../shapes.ts'
import { answerJob, Job } from './jobs.ts'
import { aboutOf, taskOf } from './ledgers-jobs.ts'
import { Address, ByLedger } from './ledgers-shapes.ts'
import { TagsInput, TraceOptions, tagsTaken } from './traces-input.ts'

const closed = { additionalProperties: false } as const
const Label = { label: Type.Optional(LabelInput) }

const DESCRIPTION = 'Starts a job; its result is a file with what was found and the evidence.'

/** What can be found in a whole ledger: its job, what it is told beside tags and label, and how that reaches the work. */
const DETECTIONS = [
  {
    name: 'deposits',
    summary: 'Find deposit addresses of tagged exchanges',
    description:
      'Starts a job; its result is a file with what was found and the evidence, and where anything was found a `tagPack`: a file of tags to be named where tags are wanted, or taken elsewhere.',
    body: { rule: TraceOptions.properties.deposit },
    options: ({ rule }: Readonly<Record<string, unknown>>) => ({
      rule: { ...DEFAULT_PARAMETERS.deposit, ...(rule as object | undefined) },
    }),
  },
  {
    name: 'clusters',
    summary: 'Bitcoin: find addresses that share an owner by common inputs',
    description: DESCRIPTION,
    body: {},
    options: () => ({}),
  },
  {
    name: 'coinjoins',
    summary: 'Bitcoin: find transactions that mix the coins of several owners',
    description: DESCRIPTION,
    body: {},
    options: () => ({}),
  },
  {
    name: 'look-alikes',
    summary: 'Find addresses made to be mistaken for others',
    description: DESCRIPTION,
    body: {
      addresses: Type.Optional(
        Type.Array(Address, { maxItems: 10_000, description: 'accounts that may have been baited; all of the ledger where left out' }),
      ),
      maxTransfers: Type.Optional(
        Type.Integer({
          minimum: 2,
          maximum: 10_000_000,
          default: 20_000,
          description: 'larger accounts are passed over and counted, unless named',
        }),
      ),
    },
    options: ({ addresses, maxTransfers }: Readonly<Record<string, unknown>>) => ({
      addresses: addresses ?? [],
      maxTransfers: maxTransfers ?? 20_000,
    }),
  },
] as const

/** Jobs that find tags, and one that checks them. */
export function tagJobRoutes(app: FastifyInstance, node: NodeParts): void {
  for (const { name, summary, description, body: own, options } of DETECTIONS)
    door(
      app,
      node,
      {
        method: 'POST',
        url: `/ledgers/:ledger/${name}`,
        scope: 'traces:run',
        action: `tag.${name}`,
        summary,
        description,
        tag: 'tags',
        params: ByLedger,
        body: Type.Object({ ...own, ...TagsInput, ...Label }, closed),
        answers: { 202: Job },
      },
      async (ask, { params, body }) => {
        const ledger = await filledLedger(ask, node, params.ledger)
        const label = await labelGiven(ask, node.config, body.label)
        const job = await startJob(ask, node, {
          kind: `tags.${name}`,
          title: `${summary}: ${ledger.name}`,
          subject: { ledger: ledger.key },
          label,
          about: [...aboutOf(ledger), ...(body.tagFiles ?? [])],
          alsoAbout: ({ tagObjects }: DetectTask) => tagObjects,
          task: async (id): Promise<DetectTask> => ({
            ...taskOf(ledger),
            ...(await tagsTaken(ask, node, id, body)),
            options: options(body),
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
      url: '/tags/check',
      scope: 'traces:run',
      action: 'tag.check',
      summary: 'Check files of tags',
      description: 'Starts a job; its result says what they hold, what was refused and where they contradict each other.',
      tag: 'tags',
      body: Type.Object({ ...InputsGiven, ...Label }, closed),
      answers: { 202: Job },
    },
    async (ask, { body }) => {
      const label = await labelGiven(ask, node.config, body.label)
      const job = await startJob(ask, node, {
        kind: 'tags.check',
        title: 'Check tags',
        subject: {},
        label,
        about: body.files ?? [],
        task: async (id): Promise<CheckTagsTask> => ({ inputs: await takeInputs(ask, node, id, body) }),
      })
      return answerJob(node, job)
    },
  )
}
