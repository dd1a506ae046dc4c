import type { FastifyInstance } from 'fastify'
import type { NodeParts } from '../../parts.ts'
import { caseRoutes } from './cases.ts'
import { eventRoutes } from './events.ts'
import { healthRoutes } from './health.ts'
import { listRoutes } from './lists.ts'
import { objectRoutes } from './objects.ts'
import { recordRoutes } from './record.ts'
import { screenRoutes } from './screen.ts'

/** Every door of the interface. */
export async function addRoutes(app: FastifyInstance, node: NodeParts): Promise<void> {
  healthRoutes(app, node)
  await app.register(
    async (api) => {
      caseRoutes(api, node)
      objectRoutes(api, node)
      eventRoutes(api, node)
      recordRoutes(api, node)
      screenRoutes(api, node)
      listRoutes(api, node)
    },
    { prefix: '/api/v1' },
  )
}
