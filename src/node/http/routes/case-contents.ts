import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { attach, detach } from '../../cases/case.ts'
import { contentsOf } from '../../cases/contents.ts'
import { guardOf, keepersOf } from '../../cases/guard.ts'
import { readObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import { door } from '../door.ts'
import { pagerOf } from '../page.ts'
import { ById, Id, objectOf, PageQuery, pageOf, shown, Time } from '../shapes.ts'
import { answerCase } from './case-answer.ts'
import { Case, CaseRead, closed } from './case-shapes.ts'

const Held = Type.Object(
  {
    object: objectOf(Type.Unknown({ description: 'as its kind has it' }), 'HeldObject'),
    attachedAt: Time,
    attachedBy: Id,
  },
  { title: 'Held' },
)

const Guard = Type.Object(
  {
    marking: Type.String({ description: 'all of them together, as it is shown' }),
    clauses: Type.Array(Case.properties.label, { description: 'a reader must pass every one' }),
    objects: Type.Array(Type.Object({ id: Id, kind: Type.String(), organisation: Type.String(), marking: Type.String() }), {
      description: 'whose labels these are, at whatever depth: what a trace was made from too. To open the case they are released',
    }),
    objectsLeftOut: Type.Boolean({ description: 'there are more of them' }),
  },
  { title: 'Guard' },
)

/** What a case holds: traces, screenings, decisions, files, notes, claims, denials, alerts, requests. */
export function caseContentRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/cases/:id/contents',
      scope: 'cases:read',
      action: 'case.contents',
      summary: 'What a case holds, newest first',
      tag: 'cases',
      params: ById,
      query: Type.Object({ ...PageQuery, kind: Type.Optional(Type.String({ maxLength: 40 })) }, closed),
      answers: { 200: pageOf(Held) },
    },
    async (ask, { params, query }) => {
      await readObject(ask, 'case', params.id)
      const pager = pagerOf(node, ask, `case.contents/${params.id}`, query)
      const { items, more } = await contentsOf(ask, params.id, { kind: query.kind ?? null, limit: pager.limit, before: pager.after })
      return pager.answer(
        items.map(({ object, ...rest }) => ({ object: shown(object), ...rest })),
        items.at(-1)?.object.id,
        more,
      )
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/cases/:id/guard',
      scope: 'cases:read',
      action: 'case.guard',
      summary: 'What guards a case: its own label and those of all that it holds',
      tag: 'cases',
      params: ById,
      answers: { 200: Guard },
    },
    async (ask, { params }) => {
      await readObject(ask, 'case', params.id)
      const guard = await guardOf(ask, params.id)
      return { body: { ...guard, ...(await keepersOf(ask, params.id, guard.clauses)) } }
    },
  )
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/cases/:id/contents',
      scope: 'cases:write',
      action: 'case.attach',
      summary: 'Put an object into a case',
      description:
        'Any object that you may read, of whatever organisation. From then on the case is closed to whoever the object is closed to.',
      tag: 'cases',
      params: ById,
      body: Type.Object({ object: Id }, closed),
      answers: { 200: CaseRead },
    },
    async (ask, { params, body }) => await answerCase(ask, await attach(ask, params.id, body.object)),
  )
  door(
    app,
    node,
    {
      method: 'DELETE',
      url: '/cases/:id/contents/:object',
      scope: 'cases:write',
      action: 'case.detach',
      summary: 'Take an object out of a case',
      description:
        'The object stays, and that it was in the case stays in the record. The case opens again as far as what is left lets it.',
      tag: 'cases',
      params: Type.Object({ id: Id, object: Id }),
      answers: { 200: CaseRead },
    },
    async (ask, { params }) => await answerCase(ask, await detach(ask, params.id, params.object)),
  )
}
