import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseTraceparent, Traces } from '../../../src/node/telemetry/traces.ts'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'

type Attribute = { key: string; value: Record<string, unknown> }
type OtlpSpan = {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  kind: number
  attributes: Attribute[]
  status: { code?: number }
}

/** A collector of OTLP over HTTP in JSON. */
async function collector(
  status = 200,
  headers: Record<string, string> = {},
): Promise<{ url: string; spans: OtlpSpan[]; paths: string[]; bodies: string[]; resource: Attribute[]; close(): void }> {
  const made = {
    url: '',
    spans: [] as OtlpSpan[],
    paths: [] as string[],
    bodies: [] as string[],
    resource: [] as Attribute[],
    close: () => {},
  }
  const server: Server = createServer(async (request, response) => {
    let text = ''
    for await (const part of request) text += part
    made.paths.push(`${request.method} ${request.url}`)
    made.bodies.push(text)
    for (const { resource, scopeSpans } of JSON.parse(text).resourceSpans) {
      made.resource = resource.attributes
      for (const { spans } of scopeSpans) made.spans.push(...spans)
    }
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  made.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  made.close = () => {
    server.closeAllConnections()
    server.close()
  }
  return made
}

const traced = (url: string) => nodeWorld({ change: (config) => ({ ...config, telemetry: { ...config.telemetry, otlp: url } }) })
const attributesOf = ({ attributes }: OtlpSpan) => Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const PARENT = '00f067aa0ba902b7'

describe('traces', () => {
  let receiver: Awaited<ReturnType<typeof collector>>
  let world: NodeWorld
  let ann: Someone
  let id: string

  beforeAll(async () => {
    receiver = await collector()
    world = await traced(receiver.url)
    ann = await world.someone('Ann Secretname', ['analyst'])
    const made = await ann.ask('POST', '/api/v1/cases?', { case: { title: 'A secret title' } }, { traceparent: `00-${TRACE}-${PARENT}-01` })
    id = made.json.id
    await ann.ask('GET', '/api/v1/cases/01939f7e-1c5b-7cc3-9b1e-6a1d1f6f2a10')
    await ann.ask('GET', '/api/v1/cases?q=secretword', undefined, { traceparent: `00-${'0'.repeat(32)}-${PARENT}-01` })
    // What has not been sent is sent when the node stops.
    await world.close()
  })
  afterAll(() => receiver?.close())

  test('go to the collector by OTLP over HTTP, with the name and version of the node', () => {
    expect(new Set(receiver.paths)).toEqual(new Set(['POST /v1/traces']))
    const resource = Object.fromEntries(receiver.resource.map(({ key, value }) => [key, Object.values(value)[0]]))
    expect(resource).toMatchObject({ 'service.name': 'cordon/home', 'service.version': expect.stringMatching(/^\d+\.\d+\.\d+/) })
  })

  test('a request is a span under the caller’s traceparent, named by its route', () => {
    const span = receiver.spans.find(({ name }) => name === 'POST /api/v1/cases')
    expect(span).toMatchObject({ traceId: TRACE, parentSpanId: PARENT, kind: 2 })
    expect(attributesOf(span!)).toMatchObject({
      'http.request.method': 'POST',
      'http.route': '/api/v1/cases',
      'http.response.status_code': 201,
      'url.scheme': 'http',
    })
  })

  test('its database transactions are spans under it: who asks, and what he does', () => {
    const span = receiver.spans.find(({ name }) => name === 'POST /api/v1/cases')
    const inside = receiver.spans.filter(({ parentSpanId }) => parentSpanId === span?.spanId)
    expect(inside.map((each) => attributesOf(each)['cordon.database.for']).sort()).toEqual(expect.arrayContaining(['caller', 'node']))
    expect(inside.every(({ traceId, name }) => traceId === TRACE && name === 'database transaction')).toBe(true)
    for (const each of inside) expect(attributesOf(each)['cordon.database.waited_ms']).toBeGreaterThanOrEqual(0)
  })

  test('a refusal has the code of its problem, and no text', () => {
    const span = receiver.spans.find(
      ({ name, attributes }) => name === 'GET /api/v1/cases/:id' && attributes.some(({ key }) => key === 'error.type'),
    )
    expect(attributesOf(span!)).toMatchObject({ 'error.type': 'node/not-found', 'http.response.status_code': 404 })
  })

  test('a traceparent that is none begins a trace of its own', () => {
    const span = receiver.spans.find(({ name }) => name === 'GET /api/v1/cases')
    expect(span?.parentSpanId ?? '').toBe('')
    expect(span?.traceId).not.toBe('0'.repeat(32))
  })

  test('nothing of what was asked or answered, and nobody, is in what is sent', () => {
    const all = receiver.bodies.join('')
    expect(all.length).toBeGreaterThan(1_000)
    for (const told of [
      'secret',
      'Secret',
      id,
      ann.id,
      ann.cookie.split('=')[1] ?? '',
      '01939f7e-1c5b-7cc3-9b1e-6a1d1f6f2a10',
      'insert into',
      'select ',
    ])
      expect(all).not.toContain(told)
  })
})

describe('a collector', () => {
  const service = { name: 'test', version: '1', instance: 'x' }

  test('that redirects gets nothing sent to where it points', async () => {
    const other = await collector()
    const receiver = await collector(307, { location: `${other.url}/v1/traces` })
    const traces = new Traces(receiver.url, service)
    traces.beginRequest('GET', undefined).end()
    await traces.stop()
    expect(receiver.spans).toHaveLength(1)
    expect(other.paths).toEqual([])
    other.close()
    receiver.close()
  })

  test('that is away does not keep a node from stopping', async () => {
    const gone = await collector()
    gone.close()
    const traces = new Traces(gone.url, service)
    traces.beginRequest('GET', undefined).end()
    const begun = performance.now()
    await traces.stop()
    expect(performance.now() - begun).toBeLessThan(10_000)
  })

  test('is sent to at the path that its address has', async () => {
    const receiver = await collector()
    const traces = new Traces(`${receiver.url}/otlp/here`, service)
    traces.beginRequest('GET', undefined).end()
    await traces.stop()
    expect(receiver.paths).toEqual(['POST /otlp/here'])
    receiver.close()
  })
})

describe('traceparent (W3C Trace Context, section 3.2)', () => {
  test.each([
    [`00-${TRACE}-${PARENT}-01`, true],
    [`00-${TRACE}-${PARENT}-00`, true],
    [`01-${TRACE}-${PARENT}-01-later`, true],
    [`00-${TRACE}-${PARENT}-01-later`, false],
    [`ff-${TRACE}-${PARENT}-01`, false],
    [`00-${TRACE.toUpperCase()}-${PARENT}-01`, false],
    [`00-${'0'.repeat(32)}-${PARENT}-01`, false],
    [`00-${TRACE}-${'0'.repeat(16)}-01`, false],
    [`00-${TRACE}-${PARENT}`, false],
    ['', false],
  ])('%s is taken: %s', (header, taken) => {
    expect(parseTraceparent(header) !== null).toBe(taken)
  })
})
