import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { CordonError } from '../../../chain/index.ts'
import { type JobInput, startJob, takeInputs } from '../../jobs/index.ts'
import type { NodeParts } from '../../parts.ts'
import { chainNamed, LedgerKey, type VerifyDocumentTask } from '../../tracing/index.ts'
import { door } from '../door.ts'
import { labelGiven } from '../labels.ts'
import { Id, LabelInput } from '../shapes.ts'
import { answerJob, Job } from './jobs.ts'
import { aboutOf } from './ledgers-jobs.ts'
import { chainTaskOf, LiveInput } from './ledgers-live.ts'
import { TagsInput } from './traces-input.ts'

const VerifyInput = Type.Object(
  {
    ledger: LedgerKey,
    upload: Type.Optional(Id),
    file: Type.Optional(Id),
    live: Type.Optional(LiveInput),
    tagFiles: TagsInput.tagFiles,
    label: Type.Optional(LabelInput),
  },
  { additionalProperties: false, title: 'VerifyDocumentInput' },
)

/** Traces that were made elsewhere. */
export function outsideTraceRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/traces/verify',
      scope: 'traces:run',
      action: 'trace.verify-document',
      summary: 'Run a trace document from elsewhere again and compare it byte by byte',
      description:
        'The document is an upload, or a file of the node. It comes out the same over the ledger and with the files of tags that it was made with: name those, no others are read. What differs is told.',
      tag: 'traces',
      body: VerifyInput,
      answers: { 202: Job },
    },
    async (ask, { body }) => {
      const { upload, file, tagFiles = [] } = body
      if ((upload === undefined) === (file === undefined))
        throw new CordonError('node/bad-request', 'upload and file: one of them is wanted', {
          remedy: 'Name either an upload or a file of the node.',
        })
      const chain = await chainNamed(ask, node, body.ledger)
      const where = chainTaskOf(chain, body.live)
      const files = [...(file === undefined ? [] : [file]), ...tagFiles]
      const job = await startJob(ask, node, {
        kind: 'trace.verify-document',
        title: 'Verify a trace document',
        subject: { ledger: chain.key },
        label: await labelGiven(ask, node.config, body.label),
        about: [...aboutOf(chain), ...files],
        task: async (id): Promise<VerifyDocumentTask> => {
          // All at once, so that no two have a name. The document comes first.
          const [document, ...given] = await takeInputs(ask, node, id, { uploads: upload === undefined ? [] : [upload], files })
          return { ...where, document: document as JobInput, tagFiles: given }
        },
      })
      return answerJob(node, job)
    },
  )
}
