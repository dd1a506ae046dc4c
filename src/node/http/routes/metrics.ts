import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { CordonError } from '../../../chain/index.ts'
import { type Config, isLoopback } from '../../config/index.ts'
import { classifyAddress } from '../../outbound/index.ts'
import type { NodeParts } from '../../parts.ts'
import { callerOf } from '../caller-hook.ts'

/**
 * Figures for Prometheus. They hold nothing of anybody's records, but how busy a node is tells something too: they are for its operator. Whoever is on the machine itself may read them while the node serves nobody else; where it can
 * be reached from elsewhere, even through a proxy, a caller with the scope node:manage may. Reading them is not recorded.
 */
export function metricsRoutes(app: FastifyInstance, node: NodeParts): void {
  if (!node.config.telemetry.metrics) return
  app.get(
    '/metrics',
    {
      schema: {
        summary: 'Figures of the node for Prometheus',
        description:
          'For the operator: on the machine itself where the node serves loopback alone, else with the scope node:manage. No figure is told by caller, organisation, label or content.',
        tags: ['node'],
        operationId: 'node.metrics',
        security: [{}, { session: [] }, { key: ['node:manage'] }],
        produces: ['text/plain'],
        response: { 200: Type.String({ description: 'Prometheus text format 0.0.4' }) },
      },
      // It is text already.
      serializerCompiler: () => (text) => text as string,
    },
    async (request, reply) => {
      if (!isAtTheMachine(request, node.config) && !callerOf(request).scopes.includes('node:manage'))
        throw new CordonError('node/forbidden', 'this needs the scope node:manage', {
          remedy: 'Give Prometheus an API key of an administrator with the scope node:manage (authorization: credentials_file).',
        })
      return await reply.type(node.telemetry.metrics.contentType).send(await node.telemetry.metrics.scrape())
    },
  )
}

/** Whether a request comes from the machine of a node that serves nobody else: no proxy is configured or shows itself. (That a page from elsewhere does not come in by a name of its own, every door sees to: `checkHost`.) */
function isAtTheMachine({ socket, headers }: FastifyRequest, { listen }: Config): boolean {
  if (listen.publicUrl !== null || listen.trustProxy.length > 0) return false
  if (headers.forwarded !== undefined || headers.via !== undefined || headers['x-forwarded-for'] !== undefined) return false
  return isLoopback(listen.host) && classifyAddress(socket.remoteAddress ?? '')?.range === 'loopback'
}
