import { createHash } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { CordonError } from '../../chain/index.ts'
import type { NodeParts } from '../parts.ts'
import type { Presented } from '../people/authenticate.ts'
import type { Caller } from '../people/caller.ts'
import { refuseCrossSite, sessionToken } from './session-cookie.ts'

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
    if (session !== null) refuseCrossSite(request, node.config)
    const authorization = request.headers.authorization ?? null
    const certificate = certificateOf(request)
    if ((authorization ?? session ?? certificate) === null) return
    request.shown = { authorization, session, certificate }
    request.caller = await node.authenticate(request.shown)
  })
}

/** The caller of a request. Throws `node/not-signed-in`. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null)
    throw new CordonError('node/not-signed-in', 'nothing in the request shows who sends it', {
      remedy: 'Sign in, or send `Authorization: Bearer` with an API key that is valid.',
    })
  return request.caller
}

function certificateOf(request: FastifyRequest): string | null {
  const socket = request.raw.socket as TLSSocket
  if (typeof socket.getPeerX509Certificate !== 'function' || !socket.authorized) return null
  const certificate = socket.getPeerX509Certificate()
  return certificate === undefined ? null : createHash('sha256').update(certificate.raw).digest('hex')
}
