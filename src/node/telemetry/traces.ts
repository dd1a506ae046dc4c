import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type Attributes,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { CordonError } from '../../chain/index.ts'

/** Longest that a stop waits for spans to be taken, milliseconds. */
const FLUSH_MS = 3_000

/**
 * OpenTelemetry traces: a span for each request and one for each of its database transactions. Attributes say which route, which status, which kind of transaction, how long it waited: nothing of what was asked or answered,
 * and nobody's name. Nothing global is set, so that several nodes in one process do not mix.
 */
export class Traces {
  private readonly provider: TracerProvider
  private readonly tracer: Tracer
  private readonly current = new AsyncLocalStorage<Span>()

  /**
   * Sends to a collector by OTLP over HTTP (JSON). `url` is the collector's address; `/v1/traces` is added where it has no path (OTLP specification, "OTLP/HTTP request"). The address is the operator's own configuration, so it may be
   * private; a redirection is not followed. What the collector does not take is dropped after some retries, and requests never wait for it.
   */
  constructor(url: string, service: { readonly name: string; readonly version: string; readonly instance: string }) {
    this.provider = new TracerProvider({
      resource: resourceFromAttributes({
        'service.name': service.name,
        'service.version': service.version,
        'service.instance.id': service.instance,
      }),
      spanProcessors: [
        new BatchSpanProcessor({
          exporter: new OTLPTraceExporter({ url: endpointOf(url), timeoutMillis: 10_000 }),
          maxQueueSize: 8_192,
          scheduledDelayMillis: 2_000,
        }),
      ],
    })
    this.tracer = this.provider.getTracer('cordon')
  }

  /** Begins the span of a request, under the caller's own trace where he sent a `traceparent` (W3C Trace Context). */
  beginRequest(method: string, traceparent: string | undefined): Span {
    const remote = parseTraceparent(traceparent)
    const context = remote === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, remote)
    return this.tracer.startSpan(method, { kind: SpanKind.SERVER, attributes: { 'http.request.method': method } }, context)
  }

  /** Does something within a span: what it begins is under it. */
  within<T>(span: Span, work: () => T): T {
    return this.current.run(span, work)
  }

  /** Begins a span under the one that this happens in. */
  begin(name: string, attributes: Attributes): Span {
    const parent = this.current.getStore()
    const context = parent === undefined ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, parent)
    return this.tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }, context)
  }

  /** Sends what is left and ends. It fails for nobody: a collector that is away must not keep a node from stopping. */
  async stop(): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, FLUSH_MS)
    })
    await Promise.race([this.provider.shutdown().catch(() => {}), late])
    clearTimeout(timer)
  }
}

/** Marks a span as failed, by the error's code alone: its message may quote what was asked. */
export function fail(span: Span, error: unknown): void {
  span.setAttribute('error.type', error instanceof CordonError ? error.code : error instanceof Error ? error.name : 'error')
  span.setStatus({ code: SpanStatusCode.ERROR })
}

/** A `traceparent` header of version 00 or of a later one that begins like it (W3C Trace Context, section 3.2), or null. */
export function parseTraceparent(header: string | undefined): SpanContext | null {
  const parts = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/.exec(header ?? '')
  if (parts === null) return null
  const [, version, traceId, spanId, flags, more] = parts as unknown as [string, string, string, string, string, string | undefined]
  if (version === 'ff' || (version === '00' && more !== undefined)) return null
  const context: SpanContext = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & TraceFlags.SAMPLED, isRemote: true }
  return isSpanContextValid(context) ? context : null
}

function endpointOf(url: string): string {
  const parsed = new URL(url)
  if (parsed.pathname === '/') parsed.pathname = '/v1/traces'
  return parsed.href
}
