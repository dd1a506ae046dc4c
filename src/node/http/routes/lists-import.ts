import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { InputsGiven, startJob, takeInputs } from '../../jobs/index.ts'
import { readObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import type { ListTask } from '../../screening/kinds-list.ts'
import { mayKeepLists, OVERRULING, type OverrulingBody, overruledFor, personInLog } from '../../screening/overruling.ts'
import { door } from '../door.ts'
import { labelGiven } from '../labels.ts'
import { Id, LabelInput } from '../shapes.ts'
import { answerJob, Job } from './jobs.ts'
import { ListId, text } from './screen-asked.ts'

const ImportInput = Type.Object(
  {
    ...InputsGiven,
    list: Type.Optional(ListId),
    format: Type.Optional(text(40, 'where the content does not tell')),
    fetchedAt: Type.Optional(Type.String({ format: 'date-time', description: 'when the files were fetched from the authority' })),
    sourceUrl: Type.Optional(Type.String({ format: 'uri', maxLength: 2_000 })),
    published: Type.Optional(text(40, 'when the list was published, for formats that do not tell')),
    overruling: Type.Optional(Id),
    label: Type.Optional(LabelInput),
  },
  { additionalProperties: false, title: 'ListImportInput' },
)

/** Files become the new version of a list; and all that was taken in is compared with its hashes. */
export function listImportRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/lists/imports',
      scope: 'lists:import',
      action: 'list.import',
      summary: 'Import the files of a list',
      description:
        'All files of one list, as uploads or files of the node. Starts a job: they become the new version, confirm the one in service, or are refused, each refusal named by its code; then the version before stays. The list is told by the content, or named.',
      tag: 'lists',
      body: ImportInput,
      answers: { 202: Job },
    },
    async (ask, { body }) => {
      mayKeepLists(node.config, ask.caller)
      const { list, format, fetchedAt, sourceUrl, published } = body
      const overruling = body.overruling === undefined ? null : (await readObject<OverrulingBody>(ask, OVERRULING, body.overruling)).body
      const overruled = overruling && overruledFor(overruling, ask.caller)
      const facts = { list: overruling?.list ?? list, format, fetchedAt, sourceUrl, published }
      const job = await startJob(ask, node, {
        kind: 'list.import',
        title: 'Import a list',
        subject: facts.list === undefined ? {} : { list: facts.list },
        label: await labelGiven(ask, node.config, body.label),
        about: body.files ?? [],
        task: async (id): Promise<ListTask> => ({
          ...(Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Partial<ListTask>),
          inputs: await takeInputs(ask, node, id, body),
          by: personInLog(ask.caller),
          ...(overruled && { overruled }),
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
      url: '/lists/verify',
      scope: 'lists:read',
      action: 'list.verify',
      summary: 'Compare every file of the lists with its hash',
      description: 'Starts a job; its result names each file that is not as it was written.',
      tag: 'lists',
      answers: { 202: Job },
    },
    async (ask) => {
      const label = await labelGiven(ask, node.config, undefined)
      const job = { kind: 'list.verify', title: 'Verify the lists', subject: {}, label, about: [], task: async () => ({}) }
      return answerJob(node, await startJob(ask, node, job))
    },
  )
}
