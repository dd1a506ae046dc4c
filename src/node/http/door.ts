import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Static, TSchema } from 'typebox'
import { CordonError } from '../../chain/index.ts'
import type { Ask } from '../ask.ts'
import type { NodeParts } from '../parts.ts'
import type { Scope } from '../people/roles.ts'
import { refused, transact } from '../transact.ts'
import type { Answer } from './answer.ts'
import { callerOf } from './caller-hook.ts'
import { earlierAnswer, keepAnswer, keyedRequest } from './idempotency.ts'
import { Problem } from './problem.ts'

/** What a door is: where, for whom, under what name it goes into the record, and the shapes of what comes and goes. */
export type DoorPlan<P extends TSchema, Q extends TSchema, B extends TSchema> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  /** The scope that opens it; null for whoever is signed in. */
  readonly scope: Scope | null
  /** What the record calls it, e.g. `case.read`. */
  readonly action: string
  readonly summary: string
  readonly description?: string
  readonly tag: string
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  /** Schemas of the answers by status. */
  readonly answers: Readonly<Record<number, TSchema>>
}

/** What came in, as its schemas say. */
export type Came<P extends TSchema, Q extends TSchema, B extends TSchema> = {
  readonly params: Static<P>
  readonly query: Static<Q>
  readonly body: Static<B>
  readonly headers: FastifyRequest['headers']
  /** Aborted when the caller has gone or the node stops. */
  readonly signal: AbortSignal
}

/**
 * Opens a door: the caller's scope is asked, the work runs in one transaction under row-level security with the labels that the caller passes, and what was done is in the record before the answer leaves. A refusal is recorded too.
 * POST doors take an Idempotency-Key.
 */
export function door<P extends TSchema, Q extends TSchema, B extends TSchema>(
  app: FastifyInstance,
  node: NodeParts,
  plan: DoorPlan<P, Q, B>,
  work: (ask: Ask, came: Came<P, Q, B>) => Promise<Answer>,
): void {
  const { method, url, scope, action, summary, description, tag, params, query, body, answers } = plan
  app.route({
    method,
    url,
    schema: {
      summary,
      ...(description !== undefined && { description }),
      tags: [tag],
      operationId: action,
      security: [{ session: [] }, { key: scope === null ? [] : [scope] }],
      ...(params && { params }),
      ...(query && { querystring: query }),
      ...(body && { body }),
      response: { ...answers, default: Problem },
    },
    handler: async (request, reply) => {
      const caller = callerOf(request)
      const told = { door: 'api', action }
      try {
        if (scope !== null && !caller.scopes.includes(scope))
          throw new CordonError('node/forbidden', `this needs the scope ${scope}`, {
            remedy: 'Ask an administrator for the role, or use a credential that has the scope.',
          })
        const keyed =
          method === 'POST'
            ? keyedRequest(request.headers['idempotency-key'] as string | undefined, method, request.url, request.body)
            : null
        const answer = await transact(node, caller, told, async (ask) => {
          const earlier = keyed && (await earlierAnswer(ask, keyed))
          if (earlier) return earlier
          const made = await work(ask, {
            params: request.params as Static<P>,
            query: request.query as Static<Q>,
            body: request.body as Static<B>,
            headers: request.headers,
            signal: request.signal,
          })
          if (keyed) await keepAnswer(ask, keyed, made)
          return made
        })
        if (answer.replayed) reply.header('idempotent-replayed', 'true')
        for (const [name, value] of Object.entries(answer.headers ?? {})) reply.header(name, value)
        const tag = answer.headers?.etag
        if (method === 'GET' && tag !== undefined && request.headers['if-none-match'] === tag) return reply.code(304).send()
        return reply.code(answer.status ?? (answer.body === undefined ? 204 : 200)).send(answer.body)
      } catch (error) {
        await refused(node, caller, told, error)
        throw error
      }
    },
  })
}
