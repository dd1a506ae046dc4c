import type { FastifyInstance } from 'fastify'
import type { NodeParts } from '../../parts.ts'
import { caseRoutes } from './cases.ts'
import { healthRoutes } from './health.ts'

/** Every door of the interface. */
export async function addRoutes(app: FastifyInstance, node: NodeParts): Promise<void> {
  healthRoutes(app, node)
  await app.register(async (api) => caseRoutes(api, node), { prefix: '/api/v1' })
}
