import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { NodeParts } from '../../parts.ts'
import { listColleagues } from '../../people/colleagues.ts'
import { ROLES } from '../../people/roles.ts'
import { door } from '../door.ts'
import { pagerOf } from '../page.ts'
import { Id, PageQuery, pageOf } from '../shapes.ts'
import { onPeople } from './people-work.ts'

const ColleagueShown = Type.Object(
  {
    id: Id,
    name: Type.String(),
    roles: Type.Array(Type.Enum([...ROLES])),
    disabled: Type.Boolean({ description: 'has left: can be given no work' }),
  },
  { title: 'Colleague' },
)

/** Whom one works with. */
export function colleagueRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/colleagues',
      scope: 'objects:read',
      action: 'person.colleagues',
      summary: 'The people of your own organisation, by name',
      description:
        'Their ids, to assign a case, to name the team of a freeze request or the readers of a label, and to see who did what. Of other organisations’ people nothing is told here.',
      tag: 'people',
      query: Type.Object(PageQuery, { additionalProperties: false }),
      answers: { 200: pageOf(ColleagueShown) },
    },
    async (ask, { query }) => {
      const pager = pagerOf(node, ask, 'person.colleagues', query)
      const page = { limit: pager.limit + 1, afterId: pager.after ?? null }
      const found = await onPeople(ask, (tx) => listColleagues(tx, ask.caller.organisation, page))
      const items = found.slice(0, pager.limit)
      return pager.answer(items, items.at(-1)?.id, found.length > items.length)
    },
  )
}
