import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { timelineOf } from '../../cases/timeline.ts'
import { readObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import { door } from '../door.ts'
import { pagerOf } from '../page.ts'
import { ById, Id, PageQuery, pageOf, Time } from '../shapes.ts'
import { closed } from './case-shapes.ts'

const Event = Type.Object(
  {
    at: Time,
    object: Id,
    kind: Type.String(),
    version: Type.Integer(),
    action: Type.String({ description: 'e.g. created, changed, attached, closed' }),
    person: Id,
    organisation: Type.String(),
    about: Type.Array(Id, { description: 'what was attached or detached' }),
  },
  { title: 'CaseEvent' },
)

/** What happened to a case. */
export function caseTimelineRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/cases/:id/timeline',
      scope: 'cases:read',
      action: 'case.timeline',
      summary: 'What happened to a case and to what it holds, newest first',
      tag: 'cases',
      params: ById,
      query: Type.Object(PageQuery, closed),
      answers: { 200: pageOf(Event) },
    },
    async (ask, { params, query }) => {
      await readObject(ask, 'case', params.id)
      const pager = pagerOf(node, ask, `case.timeline/${params.id}`, query)
      const { events, last, more } = await timelineOf(ask, params.id, { limit: pager.limit, before: pager.after })
      return pager.answer(events, last, more)
    },
  )
}
