import type { FastifyInstance } from 'fastify'
import type { NodeParts } from '../../parts.ts'
import { pageRoutes } from '../pages/routes.ts'
import { alertRoutes } from './alerts.ts'
import { backupRoutes } from './backups.ts'
import { caseRoutes } from './cases.ts'
import { deconflictRoutes } from './deconflict.ts'
import { eventRoutes } from './events.ts'
import { exchangeRoutes } from './exchanges.ts'
import { fileRoutes } from './files.ts'
import { freezeRoutes } from './freeze.ts'
import { healthRoutes } from './health.ts'
import { heistRoutes } from './heists.ts'
import { jobRoutes } from './jobs.ts'
import { ledgerRoutes } from './ledgers.ts'
import { listRoutes } from './lists.ts'
import { metricsRoutes } from './metrics.ts'
import { objectRoutes } from './objects.ts'
import { peopleRoutes } from './people.ts'
import { recordRoutes } from './record.ts'
import { ruleRoutes } from './rules.ts'
import { screenRoutes } from './screen.ts'
import { tagRoutes } from './tags.ts'
import { traceRoutes } from './traces.ts'
import { uploadRoutes } from './uploads.ts'
import { watchRoutes } from './watches.ts'
import { webhookRoutes } from './webhooks.ts'

/** Every door of the interface. */
export async function addRoutes(app: FastifyInstance, node: NodeParts): Promise<void> {
  healthRoutes(app, node)
  metricsRoutes(app, node)
  pageRoutes(app, node)
  await app.register(
    async (api) => {
      caseRoutes(api, node)
      heistRoutes(api, node)
      freezeRoutes(api, node)
      exchangeRoutes(api, node)
      deconflictRoutes(api, node)
      watchRoutes(api, node)
      ruleRoutes(api, node)
      alertRoutes(api, node)
      webhookRoutes(api, node)
      objectRoutes(api, node)
      eventRoutes(api, node)
      recordRoutes(api, node)
      screenRoutes(api, node)
      listRoutes(api, node)
      uploadRoutes(api, node)
      fileRoutes(api, node)
      jobRoutes(api, node)
      ledgerRoutes(api, node)
      traceRoutes(api, node)
      tagRoutes(api, node)
      backupRoutes(api, node)
      peopleRoutes(api, app, node)
    },
    { prefix: '/api/v1' },
  )
}
