import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Static, TSchema } from 'typebox'
import { CordonError } from '../../chain/index.ts'
import type { Ask } from '../ask.ts'
import type { NodeParts } from '../parts.ts'
import type { Caller } from '../people/caller.ts'
import { rolesWith, type Scope } from '../people/roles.ts'
import { refused, transact } from '../transact.ts'
import type { Answer } from './answer.ts'
import { callerOf } from './caller-hook.ts'
import { IF_MATCH, READS } from './docs-document.ts'
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
  /**
   * Of a POST that writes nothing but its entry in the record, always or (a function) where the request says so: like a GET it goes on while the disk is full, and it is answered anew however often it is sent, so that no answer is kept
   * under its Idempotency-Key.
   */
  readonly reads?: true | ((came: Came<P, Q, B>) => boolean)
  /** Whether a change must say by If-Match which version it is of. `sometimes`: the request decides, as the description says. */
  readonly ifMatch?: true | 'sometimes'
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

type Work<P extends TSchema, Q extends TSchema, B extends TSchema, Made> = {
  /** What is done before the transaction begins, by whoever may pass. */
  readonly before: (came: Came<P, Q, B>, caller: Caller) => Promise<Made>
  readonly within: (ask: Ask, came: Came<P, Q, B>, made: Made) => Promise<Answer>
}

/**
 * Opens a door: the caller's scope is asked, the work runs in one transaction under row-level security with the labels that the caller passes, and what was done is in the record before the answer leaves. A refusal is recorded too.
 * POST doors that write take an Idempotency-Key.
 */
export function door<P extends TSchema, Q extends TSchema, B extends TSchema>(
  app: FastifyInstance,
  node: NodeParts,
  plan: DoorPlan<P, Q, B>,
  work: (ask: Ask, came: Came<P, Q, B>) => Promise<Answer>,
): void {
  open(app, node, plan, { before: async () => undefined, within: work })
}

/**
 * A door that works before its transaction begins: screening, and reading from the disk, take longer than a connection may be held. `before` runs only for who may pass the door; what it throws is refused, and recorded, as if
 * `work` had thrown it.
 */
export function doorAfter<P extends TSchema, Q extends TSchema, B extends TSchema, Made>(
  app: FastifyInstance,
  node: NodeParts,
  plan: DoorPlan<P, Q, B>,
  before: (came: Came<P, Q, B>, caller: Caller) => Promise<Made>,
  work: (ask: Ask, came: Came<P, Q, B>, made: Made) => Promise<Answer>,
): void {
  open(app, node, plan, { before, within: work })
}

function open<P extends TSchema, Q extends TSchema, B extends TSchema, Made>(
  app: FastifyInstance,
  node: NodeParts,
  plan: DoorPlan<P, Q, B>,
  work: Work<P, Q, B, Made>,
): void {
  const { method, url, scope, action, summary, description, tag, params, query, body, reads, ifMatch, answers } = plan
  const told = { door: 'api', action }
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
      ...(reads === true && { [READS]: true }),
      ...(ifMatch !== undefined && { [IF_MATCH]: ifMatch }),
    },
    handler: async (request, reply) => {
      const caller = callerOf(request)
      try {
        if (scope !== null && !caller.scopes.includes(scope))
          throw new CordonError('node/forbidden', `this needs the scope ${scope}`, {
            remedy: `Ask an administrator for a role that has it (${rolesWith(scope).join(', ')}), or use a credential that has the scope.`,
          })
        const came = cameOf<P, Q, B>(request, reply)
        const onlyReads = method === 'GET' || reads === true || reads?.(came) === true
        const keyed =
          method === 'POST' && !onlyReads
            ? keyedRequest(request.headers['idempotency-key'] as string | undefined, method, request.url, request.body)
            : null
        const made = await work.before(came, caller)
        const answer = await transact(node, caller, { ...told, reads: onlyReads }, async (ask) => {
          const earlier = keyed && (await earlierAnswer(ask, keyed))
          if (earlier) return earlier
          const given = await work.within(ask, came, made)
          if (keyed) await keepAnswer(ask, keyed, given)
          return given
        })
        return send(request, reply, answer)
      } catch (error) {
        await refused(node, caller, told, error)
        throw error
      }
    },
  })
}

function cameOf<P extends TSchema, Q extends TSchema, B extends TSchema>(request: FastifyRequest, reply: FastifyReply): Came<P, Q, B> {
  const { params, query, body, headers } = request
  return { params: params as Static<P>, query: query as Static<Q>, body: body as Static<B>, headers, signal: goneSignal(reply) }
}

/** Aborted when the connection ends before the answer. (`request.signal` is aborted as soon as a body was read.) */
function goneSignal({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController()
  if (raw.destroyed) gone.abort()
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort()
  })
  return gone.signal
}

function send(
  { method, headers: sent }: FastifyRequest,
  reply: FastifyReply,
  { status, body, headers = {}, replayed }: Answer,
): FastifyReply {
  if (replayed) reply.header('idempotent-replayed', 'true')
  for (const [name, value] of Object.entries(headers)) reply.header(name, value)
  if (method === 'GET' && headers.etag !== undefined && sent['if-none-match'] === headers.etag) return reply.code(304).send()
  return reply.code(status ?? (body === undefined ? 204 : 200)).send(body)
}
