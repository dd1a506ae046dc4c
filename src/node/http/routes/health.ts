import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { NodeParts } from '../../parts.ts'

const Health = Type.Object({ status: Type.String() }, { $id: 'Health' })

/** Whether the process lives, and whether it can work. Neither tells anything else, and neither is recorded. */
export function healthRoutes(app: FastifyInstance, node: NodeParts): void {
  app.get(
    '/health',
    {
      schema: { summary: 'Whether the process lives', tags: ['node'], operationId: 'node.health', security: [], response: { 200: Health } },
    },
    async () => ({
      status: 'alive',
    }),
  )
  app.get(
    '/ready',
    {
      schema: {
        summary: 'Whether the node can work',
        tags: ['node'],
        operationId: 'node.ready',
        security: [],
        response: { 200: Health, 503: Health },
      },
    },
    async (_request, reply) => {
      try {
        await node.database.system((tx) => tx.query('select 1'))
        return { status: 'ready' }
      } catch (error) {
        reply.log.error(error)
        return reply.code(503).send({ status: 'no database' })
      }
    },
  )
}
