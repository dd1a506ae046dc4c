import type { FastifyInstance } from 'fastify'
import type { NodeParts } from '../../parts.ts'
import { screenAskRoutes } from './screen-ask.ts'
import { screenBatchRoutes } from './screen-batch.ts'
import { screenDecisionRoutes } from './screen-decisions.ts'
import { screenFileRoutes } from './screen-files.ts'
import { screenKeptRoutes } from './screen-kept.ts'
import { screenSuppressionRoutes } from './screen-suppressions.ts'

/** Screening: questions, kept screenings, decisions. */
export function screenRoutes(app: FastifyInstance, node: NodeParts): void {
  screenAskRoutes(app, node)
  screenBatchRoutes(app, node)
  screenFileRoutes(app, node)
  screenKeptRoutes(app, node)
  screenDecisionRoutes(app, node)
  screenSuppressionRoutes(app, node)
}
