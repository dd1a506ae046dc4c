import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { listStatus, type RefusalCode } from '../../../screen/index.ts'
import { changeObject } from '../../objects/change.ts'
import { createObject } from '../../objects/create.ts'
import { notFound } from '../../objects/errors.ts'
import { listObjects } from '../../objects/list.ts'
import { readObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import { readingStore } from '../../screening/hide-store.ts'
import { approve, mayKeepLists, OVERRULING, type OverrulingBody, propose } from '../../screening/overruling.ts'
import { door, doorAfter } from '../door.ts'
import { labelGiven } from '../labels.ts'
import { pagerOf } from '../page.ts'
import { checkIfMatch } from '../precondition.ts'
import { answerObject, ById, Id, LabelInput, objectOf, PageQuery, pageOf, shown } from '../shapes.ts'
import { Refusal, Source } from './lists-shapes.ts'
import { orNull } from './screen-answer.ts'
import { ListId, text } from './screen-asked.ts'

const closed = { additionalProperties: false } as const
const CODES = [
  'empty-file',
  'no-entries',
  'shrunken',
  'kinds',
  'refused-rows',
  'older',
  'future',
  'other-format',
  'other-list',
  'schema',
] as const satisfies readonly RefusalCode[]
const Code = Type.Enum(CODES)

const Body = Type.Object(
  {
    list: Type.String(),
    refusedAt: Type.String(),
    refusals: Type.Array(Refusal),
    sources: Type.Array(Source),
    codes: Type.Array(Code),
    reason: Type.String(),
    by: Id,
    at: Type.String(),
    state: Type.Enum(['proposed', 'approved']),
    approved: orNull(Type.Object({ by: Id, at: Type.String(), reason: Type.String() })),
  },
  { title: 'OverrulingBody' },
)
const Overruling = objectOf(Body, 'Overruling')

/** Overrulings: a list that was refused is taken in on the word of two persons, for exactly the files that were refused. */
export function overrulingRoutes(app: FastifyInstance, node: NodeParts): void {
  const store = node.config.library.lists
  doorAfter(
    app,
    node,
    {
      method: 'POST',
      url: '/overrulings',
      scope: 'lists:import',
      action: 'overruling.create',
      summary: 'Propose to overrule the refusal of a list’s files',
      description: 'A second person approves it; then one of the two imports the same files with it.',
      tag: 'lists',
      body: Type.Object(
        {
          list: ListId,
          refusedAt: Type.String({ format: 'date-time', description: 'lastRefusal.time of the list' }),
          codes: Type.Array(Code, { minItems: 1, maxItems: CODES.length }),
          reason: text(10_000),
          label: Type.Optional(LabelInput),
        },
        closed,
      ),
      answers: { 201: Overruling },
    },
    async ({ body }) => {
      const [status] = await readingStore(store, () => listStatus({ store, at: node.clock().toISOString(), lists: [body.list] }))
      if (status === undefined) throw notFound('list', body.list)
      return status
    },
    async (ask, { body }, status) => {
      mayKeepLists(node.config, ask.caller)
      const proposed = propose(status, body, ask.caller.person, ask.now.toISOString())
      const label = await labelGiven(ask, node.config, body.label)
      const object = await createObject(ask, { kind: OVERRULING, body: proposed, label })
      Object.assign(ask.detail, { list: body.list, codes: proposed.codes.join(' ') })
      return answerObject(object, 201, `/api/v1/overrulings/${object.id}`)
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/overrulings',
      scope: 'objects:read',
      action: 'overruling.list',
      summary: 'List overrulings, newest first',
      tag: 'lists',
      query: Type.Object({ ...PageQuery }, closed),
      answers: { 200: pageOf(Overruling) },
    },
    async (ask, { query }) => {
      const pager = pagerOf(node, ask, 'overruling.list', query)
      const { objects, more } = await listObjects(ask, { kind: OVERRULING }, { limit: pager.limit, before: pager.after })
      return pager.answer(objects.map(shown), objects.at(-1)?.id, more)
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/overrulings/:id',
      scope: 'objects:read',
      action: 'overruling.read',
      summary: 'Read an overruling',
      tag: 'lists',
      params: ById,
      answers: { 200: Overruling },
    },
    async (ask, { params }) => answerObject(await readObject(ask, OVERRULING, params.id)),
  )
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/overrulings/:id/approve',
      scope: 'lists:import',
      action: 'overruling.approve',
      summary: 'Approve an overruling as its second person',
      tag: 'lists',
      params: ById,
      body: Type.Object({ reason: text(10_000) }, closed),
      ifMatch: true,
      answers: { 200: Overruling },
    },
    async (ask, { params, body, headers }) => {
      mayKeepLists(node.config, ask.caller)
      const before = await readObject<OverrulingBody>(ask, OVERRULING, params.id)
      checkIfMatch(headers, before)
      const after = approve(before.body, body.reason, ask.caller, ask.now.toISOString())
      Object.assign(ask.detail, { list: after.list, codes: after.codes.join(' ') })
      return answerObject(await changeObject(ask, before, { body: after }, 'approved'))
    },
  )
}
