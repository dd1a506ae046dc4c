import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { deadLetters, replayDead } from '../../delivery/index.ts'
import type { NodeParts } from '../../parts.ts'
import { door } from '../door.ts'
import { pagerOf } from '../page.ts'
import { ById, Id, PageQuery, pageOf } from '../shapes.ts'
import { closed, orNull } from './case-shapes.ts'
import { endpointOf } from './webhooks-endpoint.ts'
import { DeadLetter } from './webhooks-shapes.ts'

/** Messages that were given up. */
export function deadLetterRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/webhooks/:id/dead-letters',
      scope: 'webhooks:manage',
      action: 'webhook.dead',
      summary: 'List the messages to a webhook that were given up',
      description: 'Of alerts that you may read.',
      tag: 'webhooks',
      params: ById,
      query: Type.Object(PageQuery, closed),
      answers: { 200: pageOf(DeadLetter) },
    },
    async (ask, { params, query }) => {
      await endpointOf(ask, params.id)
      const pager = pagerOf(node, ask, `webhook.dead/${params.id}`, query)
      const found = await deadLetters(ask.tx, params.id, pager.after ?? null, pager.limit + 1)
      const items = found.slice(0, pager.limit)
      return pager.answer(items, items.at(-1)?.id, found.length > items.length)
    },
  )
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/webhooks/:id/replay',
      scope: 'webhooks:manage',
      action: 'webhook.replay',
      summary: 'Send messages again that were given up',
      description: 'Under their old ids: a receiver that did get one knows it. Of alerts that you may read.',
      tag: 'webhooks',
      params: ById,
      body: Type.Object(
        { messages: Type.Optional(orNull(Type.Array(Id, { maxItems: 1000, description: 'which; all where it is left out' }))) },
        closed,
      ),
      answers: { 200: Type.Object({ replayed: Type.Integer() }, { title: 'Replayed' }) },
    },
    async (ask, { params, body }) => {
      await endpointOf(ask, params.id)
      const replayed = await replayDead(ask.tx, params.id, body.messages ?? null, ask.now)
      Object.assign(ask.detail, { endpoint: params.id, replayed })
      return { body: { replayed } }
    },
  )
}
