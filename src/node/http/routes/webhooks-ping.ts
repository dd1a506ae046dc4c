import type { FastifyInstance } from 'fastify'
import { CordonError } from '../../../chain/index.ts'
import { purposeOf } from '../../delivery/endpoints.ts'
import type { ClaimedMessage, Rendered } from '../../delivery/index.ts'
import type { NodeParts } from '../../parts.ts'
import type { Caller } from '../../people/caller.ts'
import { peek } from '../../tracing/index.ts'
import { uuidV7 } from '../../uuid.ts'
import { doorAfter } from '../door.ts'
import { ById } from '../shapes.ts'
import { endpointOf } from './webhooks-endpoint.ts'
import { Outcome } from './webhooks-shapes.ts'

const EVENT = 'webhook.ping'

/** A test of a webhook: one message, at once, without retries. */
export function pingRoutes(app: FastifyInstance, node: NodeParts): void {
  doorAfter(
    app,
    node,
    {
      method: 'POST',
      url: '/webhooks/:id/ping',
      scope: 'webhooks:manage',
      action: 'webhook.ping',
      summary: 'Send a test message and say what came of it',
      description: `One message of the type ${EVENT} that holds nothing, signed as all others are. It is not repeated, and switches nothing off.`,
      tag: 'webhooks',
      params: ById,
      reads: true,
      answers: { 200: Outcome },
    },
    async ({ params, signal }, caller) => {
      const message = await messageTo(node, caller, params.id)
      const content: Rendered = { subject: '[Cordon] Test', text: 'This is a test.\n', data: { endpoint: params.id } }
      const outcome = await node.deliveries.send[message.channel](message, content, signal)
      return { message: message.id, outcome }
    },
    async (ask, { params }, { message, outcome }) => {
      const { kind, status } = outcome
      Object.assign(ask.detail, { endpoint: params.id, message, outcome: kind, status })
      return { body: { outcome: kind, status, reason: 'reason' in outcome ? outcome.reason : null } }
    },
  )
}

async function messageTo(node: NodeParts, caller: Caller, id: string): Promise<ClaimedMessage> {
  return await peek(node, caller, async (ask) => {
    const { organisation, person, channel, target, disabledAt } = await endpointOf(ask, id)
    if (disabledAt !== null)
      throw new CordonError('delivery/disabled', 'the webhook is switched off', { remedy: 'Switch it on (POST …/enable), then test it.' })
    const [row] = await ask.tx.query<{ secret: string | null }>('select secret from delivery_endpoint where id = $1', [id])
    const secrets = row?.secret ? [node.deliveries.seal.open(row.secret, purposeOf(id))] : []
    const message = uuidV7(ask.now, ask.random)
    return {
      id: message,
      event: EVENT,
      object: id,
      endpoint: id,
      person,
      organisation,
      enqueuedAt: ask.now.toISOString(),
      channel,
      target,
      secrets,
      attempts: 1,
      refusals: 0,
      lease: message,
      failing: false,
    }
  })
}
