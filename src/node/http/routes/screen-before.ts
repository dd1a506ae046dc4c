import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Static, TSchema } from 'typebox'
import type { Ask } from '../../ask.ts'
import type { NodeParts } from '../../parts.ts'
import type { Caller } from '../../people/caller.ts'
import type { Answer } from '../answer.ts'
import { type Came, type DoorPlan, door } from '../door.ts'

/**
 * A door that works before its transaction begins: screening, and reading lists from the disk, take longer than a connection may be held. `before` runs only for who may pass the door; what it throws is refused, and recorded, as if
 * `work` had thrown it.
 */
export function doorAfter<P extends TSchema, Q extends TSchema, B extends TSchema, Made>(
  app: FastifyInstance,
  node: NodeParts,
  plan: DoorPlan<P, Q, B>,
  before: (came: Came<P, Q, B>, caller: Caller) => Promise<Made>,
  work: (ask: Ask, came: Came<P, Q, B>, made: Made) => Promise<Answer>,
): void {
  void app.register(async (own) => {
    // By the request's own headers, which the door hands on as they are.
    const done = new WeakMap<object, { readonly made: Made } | { readonly error: unknown }>()
    own.addHook('preHandler', async (request, reply) => {
      const { caller, headers } = request
      if (caller === null || (plan.scope !== null && !caller.scopes.includes(plan.scope))) return
      try {
        done.set(headers, { made: await before(cameOf<P, Q, B>(request, reply), caller) })
      } catch (error) {
        done.set(headers, { error })
      }
    })
    door(own, node, plan, async (ask, came) => {
      const outcome = done.get(came.headers)
      if (outcome === undefined) throw new Error('nothing was done before the transaction')
      if ('error' in outcome) throw outcome.error
      return work(ask, came, outcome.made)
    })
  })
}

function cameOf<P extends TSchema, Q extends TSchema, B extends TSchema>(request: FastifyRequest, reply: FastifyReply): Came<P, Q, B> {
  const { params, query, body, headers } = request
  return { params: params as Static<P>, query: query as Static<Q>, body: body as Static<B>, headers, signal: goneSignal(reply) }
}

/** Aborted when the connection ends before the answer. (`request.signal` is aborted as soon as a body was read.) */
function goneSignal({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController()
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort()
  })
  return gone.signal
}
