import type { FastifyInstance } from 'fastify'
import type { NodeParts } from '../parts.ts'

/** What every answer of the interface says to browsers (OWASP Secure Headers Project). Pages set a policy of their own for what they load. */
const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cache-control': 'no-store',
}

/** Sets the headers of every answer, errors too. */
export function addHeaders(app: FastifyInstance, { config }: NodeParts): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS)
    reply.header('x-request-id', request.id)
    if (config.tls.certificate !== null) reply.header('strict-transport-security', 'max-age=63072000; includeSubDomains')
  })
}
