import type { FastifyInstance } from 'fastify'
import type { Config } from '../config/index.ts'
import type { NodeParts } from '../parts.ts'
import { isSecure } from './session-cookie.ts'

/** What every answer of the interface says to browsers (OWASP Secure Headers Project). Pages set a policy of their own for what they load. */
const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cache-control': 'no-store',
}

/** Seconds until Retry-After says to come again, where whoever refuses has not said. */
const RETRY_AFTER = '10'

/** The headers of every answer of a node so configured. */
export function securityHeaders(config: Config): Readonly<Record<string, string>> {
  return isSecure(config) ? { ...HEADERS, 'strict-transport-security': 'max-age=63072000; includeSubDomains' } : HEADERS
}

/** Sets the headers of every answer, errors too. */
export function addHeaders(app: FastifyInstance, { config }: NodeParts): void {
  const headers = securityHeaders(config)
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers)
    reply.header('x-request-id', request.id)
  })
  app.addHook('onSend', async (_request, reply) => {
    if ((reply.statusCode === 429 || reply.statusCode === 503) && !reply.hasHeader('retry-after')) reply.header('retry-after', RETRY_AFTER)
  })
}
