import type { FastifyRequest } from 'fastify'
import { CordonError } from '../../chain/index.ts'
import type { Config } from '../config/index.ts'

/** The name of the session's cookie. `__Host-` ties it to this host over TLS (RFC 6265bis, section 4.1.3.2); plain HTTP, on loopback alone, cannot have it. */
export function cookieName(config: Config): string {
  return config.tls.certificate === null ? 'cordon-session' : '__Host-cordon-session'
}

/** The token of the session's cookie, or null. */
export function sessionToken(request: FastifyRequest, config: Config): string | null {
  return request.cookies[cookieName(config)] ?? null
}

/**
 * Refuses what another site makes a signed-in browser send (CSRF). Browsers say where a request comes from (Fetch Metadata; Origin); the cookie is SameSite=Strict besides.
 *
 * @throws CordonError `node/cross-site`
 */
export function refuseCrossSite(request: FastifyRequest, config: Config): void {
  const site = request.headers['sec-fetch-site']
  const origin = request.headers.origin
  const safe = request.method === 'GET' || request.method === 'HEAD'
  const own = origin === undefined || origin === ownOrigin(request, config)
  // A link from elsewhere may open a page; it may not do anything.
  const same = site === undefined || site === 'same-origin' || site === 'none' || safe
  if (same && (own || safe)) return
  throw new CordonError('node/cross-site', 'the request comes from another site', { remedy: "Use the node's own address." })
}

function ownOrigin(request: FastifyRequest, config: Config): string {
  return config.listen.publicUrl ?? `${request.protocol}://${request.host}`
}
