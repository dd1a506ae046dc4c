import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Static, type TSchema, Type } from 'typebox'
import { CordonError } from '../../../chain/index.ts'
import type { NodeParts } from '../../parts.ts'
import type { Caller } from '../../people/caller.ts'
import type { NewSession, Opened } from '../../people/sessions.ts'
import { refused } from '../../transact.ts'
import { callerOf } from '../caller-hook.ts'
import { Problem } from '../problem.ts'
import { setSession } from '../session-cookie.ts'
import { Time } from '../shapes.ts'

/** What a way in is, where no transaction of a caller can be held: nobody is signed in yet, or his password is hashed meanwhile. Such doors write their own entries (see `sign-in-record.ts`) and take no Idempotency-Key: what they answer is kept nowhere. */
export type WayIn<P extends TSchema, B extends TSchema> = {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: string
  readonly action: string
  readonly summary: string
  readonly description?: string
  readonly params?: P
  readonly body?: B
  readonly answers: Readonly<Record<number, TSchema>>
}

/** A request at such a door. */
export type AtDoor<P extends TSchema, B extends TSchema> = {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly params: Static<P>
  readonly body: Static<B>
}

/** Opens a door to whoever comes. What it does is not recorded here. */
export function publicDoor<P extends TSchema, B extends TSchema>(
  app: FastifyInstance,
  plan: WayIn<P, B>,
  work: (at: AtDoor<P, B>) => Promise<unknown>,
): void {
  route(app, plan, [], (request, reply) => work({ request, reply, params: request.params as Static<P>, body: request.body as Static<B> }))
}

/** Opens a door to whoever signed in himself, by a session. A refusal is recorded. */
export function sessionDoor<P extends TSchema, B extends TSchema>(
  app: FastifyInstance,
  node: NodeParts,
  plan: WayIn<P, B>,
  work: (at: AtDoor<P, B> & { readonly caller: Caller }) => Promise<unknown>,
): void {
  route(app, plan, [{ session: [] }], async (request, reply) => {
    const caller = callerOf(request)
    try {
      checkSession(caller)
      return await work({ request, reply, params: request.params as Static<P>, body: request.body as Static<B>, caller })
    } catch (error) {
      await refused(node, caller, { door: 'api', action: plan.action }, error)
      throw error
    }
  })
}

function route<P extends TSchema, B extends TSchema>(
  app: FastifyInstance,
  { method, url, action, summary, description, params, body, answers }: WayIn<P, B>,
  security: { [name: string]: string[] }[],
  work: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
): void {
  app.route({
    method,
    url,
    schema: {
      summary,
      ...(description !== undefined && { description }),
      tags: ['sign-in'],
      operationId: action,
      security,
      ...(params && { params }),
      ...(body && { body }),
      response: { ...answers, default: Problem },
    },
    handler: async (request, reply) => {
      const answer = await work(request, reply)
      return answer === undefined ? reply.code(204).send() : reply.send(answer)
    },
  })
}

/**
 * What concerns how a person signs in is done by himself, in a session.
 *
 * @throws CordonError `people/no-session`
 */
export function checkSession({ credential }: Caller): string {
  if (credential.kind !== 'session')
    throw new CordonError('people/no-session', `this is done by a person who signed in, and not with a ${credential.kind}`, {
      remedy: 'Sign in.',
    })
  return credential.id
}

/** From where somebody comes. */
export function openedOf(request: FastifyRequest): Opened {
  return { address: request.ip, agent: request.headers['user-agent'] ?? '' }
}

/** A session that was opened. The token itself is in the cookie alone. */
export const SessionOpened = Type.Object(
  {
    person: Type.String({ format: 'uuid' }),
    csrf: Type.String({ description: 'to be sent as X-Cordon-Csrf with every request that changes something' }),
    expiresAt: Time,
  },
  { title: 'SessionOpened' },
)

/** Puts a new session into the browser and gives what its page is told. */
export function letIn(node: NodeParts, reply: FastifyReply, person: string, session: NewSession): Static<typeof SessionOpened> {
  setSession(reply, node.config, session)
  return { person, csrf: session.csrf, expiresAt: session.expiresAt.toISOString() }
}

/** One text for whoever is not let in, whatever the reason. */
export function wrongSignIn(): CordonError {
  return new CordonError('people/wrong-sign-in', 'that did not sign you in', {
    remedy: 'Check what you typed, or try another way. An administrator can invite you anew.',
  })
}

/** What the operator has switched off is not there. */
export function notOffered(way: string): CordonError {
  return new CordonError('people/not-offered', `this node does not offer ${way}`, { remedy: 'GET /api/v1/sign-in names the ways in.' })
}
