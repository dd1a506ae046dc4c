import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { type ChainId, CordonError } from '../../../chain/index.ts'
import { InputsGiven, type JobInput, startJob, takeInputs } from '../../jobs/index.ts'
import type { NodeParts } from '../../parts.ts'
import {
  blockSource,
  type ChainRef,
  filledLedger,
  type ImportTask,
  type LedgerRef,
  type LedgerTask,
  labelFor,
  SourceName,
  writableLedger,
} from '../../tracing/index.ts'
import { door } from '../door.ts'
import { answerJob, Job } from './jobs.ts'
import { ByLedger } from './ledgers-shapes.ts'

const closed = { additionalProperties: false } as const

const Height = (description: string) => Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000_000, description }))

const ImportInput = Type.Object(
  {
    ...InputsGiven,
    source: Type.Optional(SourceName),
    fromHeight: Height('of a source: first block to ask for (0); an append goes on from what the ledger has'),
    toHeight: Height('of a source: last block to ask for (its newest)'),
    chain: Type.Optional(
      Type.String({ pattern: '^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}$', description: 'CAIP-2, of files that do not name their chain' }),
    ),
    genesis: Type.Optional(Type.Boolean({ description: 'the files begin where the chain does: opening balances are zero' })),
    refuseLimit: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 1_000_000_000, description: 'refused rows over which nothing is imported' }),
    ),
    height: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 100_000_000,
        description: 'Bitcoin: height of the first raw block, where the blocks do not say it',
      }),
    ),
  },
  { additionalProperties: false, title: 'ImportInput' },
)

/** The two ways in: they differ in what becomes of what was there. */
const WAYS_IN = [
  [
    'import',
    'Import files into a ledger',
    'Uploads and files in any known format, or the blocks of a Bitcoin node that is a source, replace what the ledger held. Until that is done it answers as before.',
  ],
  [
    'append',
    'Add newer blocks to a ledger',
    'What the ledger has is not read again. A source is followed so: each append brings what its chain has since, and undoes blocks that it has left.',
  ],
] as const

const NO_INPUTS: readonly JobInput[] = []

/** Jobs on ledgers. */
export function ledgerJobRoutes(app: FastifyInstance, node: NodeParts): void {
  for (const [way, summary, description] of WAYS_IN)
    door(
      app,
      node,
      {
        method: 'POST',
        url: `/ledgers/:ledger/${way}`,
        scope: 'ledgers:import',
        action: `ledger.${way}`,
        summary,
        description,
        tag: 'ledgers',
        params: ByLedger,
        body: ImportInput,
        answers: { 202: Job },
      },
      async (ask, { params, body }) => {
        const ledger = await writableLedger(ask, node, params.ledger)
        const source = sourceGiven(node, way, body)
        const job = await startJob(ask, node, {
          kind: `ledger.${way}`,
          title: `${summary}: ${ledger.name}`,
          subject: { ledger: ledger.key, ...(source !== undefined && { source }) },
          label: labelFor(ledger, ask.caller.organisation),
          about: [...aboutOf(ledger), ...(body.files ?? [])],
          task: async (id): Promise<ImportTask> => ({
            ...taskOf(ledger),
            ...optionsOf(body),
            inputs: source === undefined ? await takeInputs(ask, node, id, body) : NO_INPUTS,
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
      url: '/ledgers/:ledger/verify',
      scope: 'ledgers:read',
      action: 'ledger.verify',
      summary: 'Read a whole ledger and compare it with its manifest',
      tag: 'ledgers',
      params: ByLedger,
      answers: { 202: Job },
    },
    async (ask, { params }) => {
      const ledger = await filledLedger(ask, node, params.ledger)
      return answerJob(
        node,
        await startJob(ask, node, {
          kind: 'ledger.verify',
          title: `Verify ${ledger.name}`,
          subject: { ledger: ledger.key },
          label: labelFor(ledger, ask.caller.organisation),
          about: aboutOf(ledger),
          task: async (): Promise<LedgerTask> => taskOf(ledger),
        }),
      )
    },
  )
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/ledgers/:ledger/export',
      scope: 'exports:make',
      action: 'ledger.export',
      summary: 'Write a ledger as Parquet files',
      description: 'For every other tool. The result names the files.',
      tag: 'ledgers',
      params: ByLedger,
      body: Type.Object({}, closed),
      answers: { 202: Job },
    },
    async (ask, { params }) => {
      const ledger = await filledLedger(ask, node, params.ledger)
      return answerJob(
        node,
        await startJob(ask, node, {
          kind: 'ledger.export',
          title: `Export ${ledger.name}`,
          subject: { ledger: ledger.key },
          label: labelFor(ledger, ask.caller.organisation),
          about: aboutOf(ledger),
          task: async (): Promise<LedgerTask> => taskOf(ledger),
        }),
      )
    },
  )
}

/** A ledger as jobs have it. */
export function taskOf({ key, directory, object }: LedgerRef): LedgerTask {
  return { key, directory, object: object?.id ?? null }
}

/** Objects whose labels close a job on a ledger. */
export function aboutOf({ object }: ChainRef): string[] {
  return object === null ? [] : [object.id]
}

/** The node that is to be asked for blocks, where one is named. Throws `node/bad-request` for what says nothing of it. */
function sourceGiven(node: NodeParts, way: 'import' | 'append', body: Static<typeof ImportInput>): string | undefined {
  const { source, fromHeight, toHeight, uploads, files, chain, genesis, refuseLimit, height } = body
  const idle =
    source === undefined
      ? { fromHeight, toHeight }
      : { uploads, files, chain, genesis, refuseLimit, height, ...(way === 'append' && { fromHeight }) }
  const field = Object.entries(idle).find(([, value]) => value !== undefined)?.[0]
  if (field !== undefined)
    throw new CordonError('node/bad-request', `${field} says nothing of ${source === undefined ? 'files' : 'what a source is asked for'}`, {
      place: { field },
      remedy: 'Leave it out.',
    })
  return source === undefined ? undefined : blockSource(node.config, source).name
}

function optionsOf({
  chain,
  ...rest
}: Static<typeof ImportInput>): Pick<ImportTask, 'chain' | 'genesis' | 'refuseLimit' | 'height' | 'source' | 'fromHeight' | 'toHeight'> {
  const { genesis, refuseLimit, height, source, fromHeight, toHeight } = rest
  return { chain: chain as ChainId | undefined, genesis, refuseLimit, height, source, fromHeight, toHeight }
}
