import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { NodeParts } from '../../parts.ts'
import { readinessOf } from '../../telemetry/index.ts'

const Health = Type.Object({ status: Type.Literal('alive') }, { title: 'Health' })

const Check = Type.Enum(['ok', 'failing'])
const Ready = Type.Object(
  {
    status: Type.Enum(['ready', 'degraded', 'unavailable']),
    checks: Type.Object({ database: Check, record: Check, disk: Check }),
  },
  { title: 'Readiness' },
)

/** Whether the process lives, and whether it can work. Neither tells anything else, and neither is recorded. */
export function healthRoutes(app: FastifyInstance, node: NodeParts): void {
  app.get(
    '/health',
    {
      schema: { summary: 'Whether the process lives', tags: ['node'], operationId: 'node.health', security: [], response: { 200: Health } },
    },
    async () => ({ status: 'alive' }),
  )
  app.get(
    '/ready',
    {
      schema: {
        summary: 'Whether the node can work',
        description:
          'Looks at the database, the signing of the record and the room on the disk. 200 `degraded`: the node can be read, and may not be able to write or does not sign; 503 `unavailable`: there is no database.',
        tags: ['node'],
        operationId: 'node.ready',
        security: [],
        response: { 200: Ready, 503: Ready },
      },
    },
    async (_request, reply) => {
      const readiness = await readinessOf(node, (error) => reply.log.error(error))
      return reply.code(readiness.status === 'unavailable' ? 503 : 200).send(readiness)
    },
  )
}
