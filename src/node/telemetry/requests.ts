import type { Span } from '@opentelemetry/api'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { NodeMetrics } from './metrics.ts'
import { fail, type Traces } from './traces.ts'

/** The methods that there are; what a client makes up is one thing, so that it cannot make series without end. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const UNMATCHED = 'unmatched'

/**
 * Times every request by the template of its route, counts the event streams that are open, and makes each request a span. To be called before anything else hooks in, so that what the others do is in the time.
 * Gives how many streams are open.
 */
export function observeRequests(app: FastifyInstance, metrics: NodeMetrics, traces: Traces | null): () => number {
  let streams = 0
  app.addHook('onResponse', async (request, reply) => {
    if (isStream(request)) return
    metrics.request(methodOf(request), routeOf(request), reply.statusCode, reply.elapsedTime / 1000)
  })
  app.addHook('preHandler', async (request, reply) => {
    if (!isStream(request)) return
    streams++
    reply.raw.once('close', () => {
      streams--
    })
  })
  if (traces !== null) traceRequests(app, traces)
  return () => streams
}

function traceRequests(app: FastifyInstance, traces: Traces): void {
  const spans = new WeakMap<FastifyRequest, Span>()
  app.addHook('onRequest', (request, _reply, done) => {
    const span = traces.beginRequest(methodOf(request), request.headers.traceparent as string | undefined)
    spans.set(request, span)
    traces.within(span, done)
  })
  // The body's events come from the socket, outside of the span.
  app.addHook('preValidation', (request, _reply, done) => {
    const span = spans.get(request)
    if (span === undefined) done()
    else traces.within(span, done)
  })
  app.addHook('onError', async (request, _reply, error) => {
    const span = spans.get(request)
    if (span !== undefined) fail(span, error)
  })
  app.addHook('onResponse', async (request, reply) => {
    const span = spans.get(request)
    if (span === undefined) return
    end(span, request, reply)
    spans.delete(request)
  })
}

function end(span: Span, request: FastifyRequest, reply: FastifyReply): void {
  span.updateName(`${methodOf(request)} ${routeOf(request)}`)
  span.setAttributes({ 'http.route': routeOf(request), 'http.response.status_code': reply.statusCode, 'url.scheme': request.protocol })
  span.end()
}

function methodOf({ method }: FastifyRequest): string {
  return METHODS.has(method) ? method : 'other'
}

function routeOf(request: FastifyRequest): string {
  return request.is404 ? UNMATCHED : (request.routeOptions.url ?? UNMATCHED)
}

/** Streams stay open for hours: their time says nothing about how fast the node answers. */
function isStream({ routeOptions }: FastifyRequest): boolean {
  const produces = (routeOptions.schema as { readonly produces?: readonly string[] } | undefined)?.produces
  return produces?.includes('text/event-stream') ?? false
}
