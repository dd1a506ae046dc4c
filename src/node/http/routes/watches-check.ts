import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { CordonError } from '../../../chain/index.ts'
import type { CheckTask } from '../../alerts/index.ts'
import { startJob } from '../../jobs/index.ts'
import type { NodeParts } from '../../parts.ts'
import { filledLedger, LedgerKey, labelFor } from '../../tracing/index.ts'
import { door } from '../door.ts'
import { Time } from '../shapes.ts'
import { closed } from './case-shapes.ts'
import { answerJob, Job } from './jobs.ts'
import { aboutOf, taskOf } from './ledgers-jobs.ts'

/** What a ledger holds already is looked at when somebody asks for it. */
export function watchCheckRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/watches/check',
      scope: 'alerts:write',
      action: 'watch.check',
      summary: 'Look at what a ledger holds of the watched accounts',
      description:
        'Starts a job for the rules about movements of your organisation that you may read. What comes into a ledger later is looked at by itself. A fact that an alert has is not told again.',
      tag: 'watches',
      body: Type.Object(
        { ledger: LedgerKey, since: Type.Optional(Type.Union([Time, Type.Null()], { description: 'transfers before it do not count' })) },
        closed,
      ),
      answers: { 202: Job },
    },
    async (ask, { body }) => {
      if (!ask.caller.scopes.includes('ledgers:read'))
        throw new CordonError('node/forbidden', 'this needs the scope ledgers:read', {
          remedy: 'Ask an administrator for the role, or use a credential that has the scope.',
        })
      const ledger = await filledLedger(ask, node, body.ledger)
      const job = await startJob(ask, node, {
        kind: 'watch.check',
        title: `Look for watched accounts: ${ledger.name}`,
        subject: { ledger: ledger.key },
        label: labelFor(ledger, ask.caller.organisation),
        about: aboutOf(ledger),
        task: async (): Promise<CheckTask> => ({ ...taskOf(ledger), since: inSeconds(body.since ?? null) }),
      })
      return answerJob(node, job)
    },
  )
}

/** A time as ledgers have them: UTC, whole seconds. */
function inSeconds(time: string | null): string | null {
  return time === null ? null : `${new Date(time).toISOString().slice(0, 19)}Z`
}
