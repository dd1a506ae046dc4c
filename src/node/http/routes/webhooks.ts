import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { createEndpoint, disableEndpoint, enableEndpoint, listEndpoints, removeEndpoint, rotateSecret } from '../../delivery/index.ts'
import type { NodeParts } from '../../parts.ts'
import { door } from '../door.ts'
import { ById } from '../shapes.ts'
import { shownOnce } from './keys-once.ts'
import { deadLetterRoutes } from './webhooks-dead.ts'
import { channelOf, endpointOf, mayBeTold, mustHaveRoomForOne, targetHash, toolsOf } from './webhooks-endpoint.ts'
import { pingRoutes } from './webhooks-ping.ts'
import { Endpoint, EndpointGiven, EndpointMade, EndpointRead, SecretMade } from './webhooks-shapes.ts'

/** Where alerts are sent to: webhooks, and mail where the node has a server for it. */
export function webhookRoutes(app: FastifyInstance, node: NodeParts): void {
  shownOnce(app, (own) => {
    door(
      own,
      node,
      {
        method: 'POST',
        url: '/webhooks',
        scope: 'webhooks:manage',
        action: 'webhook.create',
        summary: 'Have alerts of your organisation sent to a URL or a mail address',
        description:
          'What is sent is what you may see at the moment of sending; of what you may not see, nothing is sent. The secret, with which each request is signed (Standard Webhooks), is shown this once. URLs are HTTPS on the public internet, beside what the operator allows.',
        tag: 'webhooks',
        body: EndpointGiven,
        answers: { 201: EndpointMade },
      },
      async (ask, { body }) => {
        mayBeTold(ask.caller)
        await mustHaveRoomForOne(ask)
        const { channel, target } = channelOf(body, node)
        const { organisation, person } = ask.caller
        const made = await createEndpoint(ask.tx, { organisation, person, channel, target, events: body.events ?? [] }, toolsOf(ask, node))
        Object.assign(ask.detail, { endpoint: made.id, channel, target: targetHash(target) })
        const endpoint = await endpointOf(ask, made.id)
        return { status: 201, body: { endpoint, secret: made.secret }, headers: { location: `/api/v1/webhooks/${made.id}` } }
      },
    )
    door(
      own,
      node,
      {
        method: 'POST',
        url: '/webhooks/:id/secret',
        scope: 'webhooks:manage',
        action: 'webhook.rotate',
        summary: 'Give a webhook a new secret',
        description: 'Shown this once. For a day, requests carry a signature with the old one too.',
        tag: 'webhooks',
        params: ById,
        answers: { 200: SecretMade },
      },
      async (ask, { params }) => {
        const secret = await rotateSecret(ask.tx, params.id, toolsOf(ask, node))
        ask.detail.endpoint = params.id
        return { body: { secret } }
      },
    )
  })
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/webhooks',
      scope: 'webhooks:manage',
      action: 'webhook.list',
      summary: 'List your webhooks and mail addresses, oldest first',
      description: 'An administrator sees those of the whole organisation.',
      tag: 'webhooks',
      answers: { 200: Type.Object({ items: Type.Array(Endpoint) }) },
    },
    async (ask) => ({ body: { items: await listEndpoints(ask.tx) } }),
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/webhooks/:id',
      scope: 'webhooks:manage',
      action: 'webhook.read',
      summary: 'Read a webhook, with how many messages wait, went out or were given up',
      tag: 'webhooks',
      params: ById,
      answers: { 200: EndpointRead },
    },
    async (ask, { params }) => {
      const endpoint = await endpointOf(ask, params.id)
      const rows = await ask.tx.query<{ state: string; n: number }>(
        'select state, count(*)::int as n from delivery where endpoint = $1 group by state',
        [params.id],
      )
      const counts = Object.fromEntries(rows.map(({ state, n }) => [state, n]))
      return { body: { ...endpoint, messages: { waiting: 0, delivered: 0, dead: 0, dropped: 0, ...counts } } }
    },
  )
  for (const [word, summary] of [
    ['disable', 'Switch a webhook off; its messages wait'],
    ['enable', 'Switch a webhook on again; what waited goes out'],
  ] as const)
    door(
      app,
      node,
      {
        method: 'POST',
        url: `/webhooks/:id/${word}`,
        scope: 'webhooks:manage',
        action: `webhook.${word}`,
        summary,
        tag: 'webhooks',
        params: ById,
        answers: { 200: Endpoint },
      },
      async (ask, { params }) => {
        if (word === 'disable') await disableEndpoint(ask.tx, params.id, 'switched off by hand', ask)
        else await enableEndpoint(ask.tx, params.id, ask)
        ask.detail.endpoint = params.id
        return { body: await endpointOf(ask, params.id) }
      },
    )
  door(
    app,
    node,
    {
      method: 'DELETE',
      url: '/webhooks/:id',
      scope: 'webhooks:manage',
      action: 'webhook.remove',
      summary: 'Take a webhook away for good, with its secrets',
      tag: 'webhooks',
      params: ById,
      answers: { 204: Type.Null() },
    },
    async (ask, { params }) => {
      await removeEndpoint(ask.tx, params.id, ask)
      ask.detail.endpoint = params.id
      return {}
    },
  )
  pingRoutes(app, node)
  deadLetterRoutes(app, node)
}
