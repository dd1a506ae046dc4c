import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { changeObject } from '../../objects/change.ts'
import { createObject } from '../../objects/create.ts'
import { listObjects } from '../../objects/list.ts'
import { readObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import { door } from '../door.ts'
import { labelGiven } from '../labels.ts'
import { pagerOf } from '../page.ts'
import { checkIfMatch } from '../precondition.ts'
import { answerObject, ById, LabelInput, objectOf, PageQuery, pageOf, shown } from '../shapes.ts'

const CaseBody = Type.Object(
  { title: Type.String({ minLength: 1, maxLength: 200 }), summary: Type.Optional(Type.String({ maxLength: 20_000 })) },
  { additionalProperties: false },
)
const Case = objectOf(CaseBody, 'Case')

/** Cases. */
export function caseRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/cases',
      scope: 'cases:write',
      action: 'case.create',
      summary: 'Open a case',
      tag: 'cases',
      body: Type.Object({ case: CaseBody, label: Type.Optional(LabelInput) }, { additionalProperties: false }),
      answers: { 201: Case },
    },
    async (ask, { body }) => {
      const label = await labelGiven(ask, node.config, body.label)
      const made = await createObject(ask, { kind: 'case', body: body.case, label })
      return answerObject(made, 201, `/api/v1/cases/${made.id}`)
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/cases',
      scope: 'cases:read',
      action: 'case.list',
      summary: 'List cases, newest first',
      tag: 'cases',
      query: Type.Object({ ...PageQuery, q: Type.Optional(Type.String({ maxLength: 200 })) }, { additionalProperties: false }),
      answers: { 200: pageOf(Case) },
    },
    async (ask, { query }) => {
      const pager = pagerOf(node, ask, 'case.list', query)
      const { objects, more } = await listObjects(
        ask,
        { kind: 'case', ...(query.q !== undefined && { words: query.q }) },
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
      url: '/cases/:id',
      scope: 'cases:read',
      action: 'case.read',
      summary: 'Read a case',
      tag: 'cases',
      params: ById,
      answers: { 200: Case },
    },
    async (ask, { params }) => answerObject(await readObject(ask, 'case', params.id)),
  )
  door(
    app,
    node,
    {
      method: 'PUT',
      url: '/cases/:id',
      scope: 'cases:write',
      action: 'case.change',
      summary: 'Change a case',
      tag: 'cases',
      params: ById,
      body: CaseBody,
      answers: { 200: Case },
    },
    async (ask, { params, body, headers }) => {
      const before = await readObject(ask, 'case', params.id)
      checkIfMatch(headers, before)
      return answerObject(await changeObject(ask, before, { body }))
    },
  )
}
