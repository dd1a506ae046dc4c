import { createHash } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { CordonError } from '../../chain/index.ts'
import type { NodeParts } from '../parts.ts'
import { isUseDue, noteUse, type Presented } from '../people/authenticate.ts'
import type { Caller } from '../people/caller.ts'
import { refuseCrossSite } from '../people/csrf.ts'
import { refused } from '../transact.ts'
import { ownOrigins } from './limits-host.ts'
import { sessionToken } from './session-cookie.ts'

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null
    /** What the request showed, for streams that ask again. */
    shown: Presented | null
  }
}

/** Finds out who sends a request, before anything of it is read. Who shows nothing is nobody; a door without a caller refuses. */
export function addCallers(app: FastifyInstance, node: NodeParts): void {
  app.decorateRequest('caller', null)
  app.decorateRequest('shown', null)
  app.addHook('onRequest', async (request) => {
    const session = sessionToken(request, node.config)
    const authorization = request.headers.authorization ?? null
    const certificate = certificateOf(request)
    if ((authorization ?? session ?? certificate) !== null) {
      request.shown = { authorization, session, certificate }
      request.caller = await node.authenticate(request.shown)
    }
    const { caller } = request
    try {
      refuseCrossSite(recognisedBy(caller, request.shown), originOf(request), ownOrigins(request, node.config))
    } catch (error) {
      if (caller !== null) await refused(node, caller, { door: 'api', action: 'request' }, error)
      // Whom another site sends is nobody, also to the counting that follows.
      request.caller = null
      throw error
    }
    if (caller !== null && isUseDue(caller.credential, node.clock))
      // A node that can only read (a full disk) still knows its callers.
      await node.database.system((tx) => noteUse(tx, caller.credential, node.clock)).catch((error) => request.log.warn(error))
  })
}

/** Refuses whoever is nobody at a door for people, before anything of what he sends is read. Doors say themselves, in their schema, whom they are for. */
export function addDemands(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    const { security } = (request.routeOptions.schema ?? {}) as { readonly security?: readonly object[] }
    if (security?.length && security.every((each) => Object.keys(each).length > 0)) callerOf(request)
  })
}

/** The caller of a request. Throws `node/not-signed-in`. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null)
    throw new CordonError(
      'node/not-signed-in',
      request.shown === null
        ? 'nothing in the request shows who sends it'
        : 'the key, session or certificate that was sent is not good, or not any more',
      { remedy: 'Sign in, or send `Authorization: Bearer` with an API key that is valid.' },
    )
  return request.caller
}

/** A cookie that opens no session needs no value of one, yet another site may not sign anybody in either: the request is judged as one with what a browser adds by itself. */
function recognisedBy(caller: Caller | null, shown: Presented | null): Parameters<typeof refuseCrossSite>[0] {
  if (shown?.authorization != null) return { kind: 'key' }
  return caller?.credential.kind === 'session' ? { kind: 'session', token: shown?.session as string } : { kind: 'certificate' }
}

function originOf({ method, headers }: FastifyRequest): Parameters<typeof refuseCrossSite>[1] {
  const { origin, 'sec-fetch-site': site, 'x-cordon-csrf': csrf } = headers
  return { method, origin: origin ?? null, site: one(site), csrf: one(csrf) }
}

function one(header: string | string[] | undefined): string | null {
  return typeof header === 'string' ? header : null
}

function certificateOf(request: FastifyRequest): string | null {
  const socket = request.raw.socket as TLSSocket
  if (typeof socket.getPeerX509Certificate !== 'function' || !socket.authorized) return null
  const certificate = socket.getPeerX509Certificate()
  return certificate === undefined ? null : createHash('sha256').update(certificate.raw).digest('hex')
}
