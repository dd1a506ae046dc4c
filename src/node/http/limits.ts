import type { FastifyInstance, FastifyRequest } from 'fastify'
import { CordonError } from '../../chain/index.ts'
import type { Config } from '../config/index.ts'
import type { NodeParts } from '../parts.ts'
import { checkHost } from './limits-host.ts'

/** Bytes of the head of a request; Node answers more with 431. */
const MOST_HEAD = 16 * 1024
/** Characters of an address: longer ones are attacks or mistakes. */
const LONGEST_URL = 4_096
const MOST_HEADERS = 100
/** Milliseconds for the head of a request to arrive, and for TLS to be agreed on. */
const HEAD_MS = 10_000
/** A connection on which nothing moves in either direction is closed after so long; event streams send something every 15 s. */
const STILL_MS = 300_000
/** What uploads are sent as. Their receivers watch over pace and size themselves, since a large one takes hours. */
const STREAMED = ['application/octet-stream', 'application/partial-upload']
/** Headers by which some frameworks let a POST pass for another method. This one does not; whoever sends one expects what will not happen. */
const OVERRIDES = ['x-http-method-override', 'x-http-method', 'x-method-override']

/** What the server takes of connections and heads. */
export function serverLimits({ limits }: Config) {
  return {
    head: {
      maxHeaderSize: MOST_HEAD,
      headersTimeout: Math.min(HEAD_MS, limits.requestSeconds * 1000),
      connectionsCheckingInterval: 1_000,
      requireHostHeader: true,
      insecureHTTPParser: false,
    },
    bodyLimit: limits.bodyKiB * 1024,
    // The whole of a request has no one limit: see `watchBody`.
    requestTimeout: 0,
    connectionTimeout: STILL_MS,
    keepAliveTimeout: 10_000,
  }
}

/** Refuses, before anything else is done, requests that are not for this node, that are too long, or that come too slowly. */
export function addLimits(app: FastifyInstance, { config }: NodeParts): void {
  app.server.maxConnections = config.limits.connections
  app.server.maxHeadersCount = MOST_HEADERS
  app.addHook('onRequest', async (request, reply) => {
    checkHost(request, config)
    if (request.raw.url !== undefined && request.raw.url.length > LONGEST_URL)
      throw new CordonError('node/url-too-long', `the address is longer than ${LONGEST_URL} characters`, {
        remedy: 'Send long parameters in the body of a request that takes one.',
      })
    const override = OVERRIDES.find((name) => request.headers[name] !== undefined)
    if (override !== undefined)
      throw new CordonError('node/bad-request', `${override}: a request has the method that it was sent with`, {
        place: { field: override },
        remedy: 'Send the method itself.',
      })
    const encoding = request.headers['content-encoding']
    if (encoding !== undefined && encoding !== 'identity')
      throw new CordonError('node/media-type', 'nothing that is sent here is decompressed', {
        place: { field: 'content-encoding' },
        remedy: 'Send it as it is.',
      })
    watchBody(request, () => reply.raw.writableEnded, config.limits.requestSeconds)
  })
}

/** A body has so many seconds to arrive; then its request is answered with 408 and the connection closed. */
function watchBody(request: FastifyRequest, isAnswered: () => boolean, seconds: number): void {
  const { raw } = request
  if (raw.headers['transfer-encoding'] === undefined && (raw.headers['content-length'] ?? '0') === '0') return
  const streamed = STREAMED.includes((raw.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase())
  const timer = setInterval(() => {
    if (raw.complete || raw.destroyed) return clearInterval(timer)
    // What was answered without being read may not hold the connection.
    if (isAnswered()) return void raw.socket.destroy()
    if (streamed) return
    clearInterval(timer)
    const late = new CordonError('node/timeout', `the body did not arrive within ${seconds} s`, {
      remedy: 'Send it at once; larger files are uploaded.',
    })
    if (raw.listenerCount('error') > 0) raw.emit('error', late)
    else raw.socket.destroy()
  }, seconds * 1000).unref()
  raw.once('close', () => clearInterval(timer))
}
