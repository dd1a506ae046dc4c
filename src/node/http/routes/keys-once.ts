import type { FastifyInstance } from 'fastify'
import { CordonError } from '../../../chain/index.ts'

/** Makes a door whose answer holds a secret that is shown once. It takes no Idempotency-Key: the answer would be kept to be given again. */
export function shownOnce(app: FastifyInstance, open: (own: FastifyInstance) => void): void {
  void app.register(async (own) => {
    own.addHook('preHandler', async ({ headers }) => {
      if (headers['idempotency-key'] !== undefined)
        throw new CordonError('node/bad-request', 'what this answers is shown once and never again', {
          place: { field: 'Idempotency-Key' },
          remedy: 'Leave the header off. Where the answer was lost, end what was made and make another.',
        })
    })
    open(own)
  })
}
