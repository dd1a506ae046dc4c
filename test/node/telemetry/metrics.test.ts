import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApiKey } from '../../../src/node/people/api-keys.ts'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'

let world: NodeWorld
let ann: Someone

beforeAll(async () => {
  world = await nodeWorld()
  ann = await world.someone('Ann Secretname', ['analyst'])
})
afterAll(async () => {
  await world?.close()
})

async function scrape(headers: Record<string, string> = {}): Promise<string> {
  const { status, text } = await world.nobody('GET', '/metrics', undefined, headers)
  expect(status).toBe(200)
  return text
}

/** The value of a series by its name and labels as they are written. */
function figure(text: string, series: string): number | undefined {
  const line = text.split('\n').find((each) => each.startsWith(`${series} `))
  return line === undefined ? undefined : Number(line.slice(series.length + 1))
}

/** What one made-up request does to the count of requests by template. */
const counted = (route: string, method: string, status: number) =>
  `cordon_http_request_duration_seconds_count{method="${method}",route="${route}",status="${status}"}`

describe('the figures of a node', () => {
  test('requests are counted by the template of their route, never by the address asked for', async () => {
    const made = await ann.ask('POST', '/api/v1/cases', { case: { title: 'A secret title' } })
    await ann.ask('GET', `/api/v1/cases/${made.json.id}`)
    await ann.ask('GET', '/api/v1/cases?q=secretword')
    await ann.ask('GET', '/api/v1/cases/01939f7e-1c5b-7cc3-9b1e-6a1d1f6f2a10')
    await ann.ask('GET', '/no/such/secretpath')
    const text = await scrape()
    expect(figure(text, counted('/api/v1/cases', 'POST', 201))).toBe(1)
    expect(figure(text, counted('/api/v1/cases/:id', 'GET', 200))).toBe(1)
    expect(figure(text, counted('/api/v1/cases/:id', 'GET', 404))).toBe(1)
    expect(figure(text, counted('unmatched', 'GET', 404))).toBe(1)
    for (const told of [made.json.id, ann.id, 'secret', 'Secret', world.node.parts.config.home.organisation])
      expect(text).not.toContain(told)
  })

  test('a method that nobody has makes no series of its own', async () => {
    const { hostname, port } = new URL(world.node.url)
    await new Promise<void>((resolve, reject) => {
      httpRequest({ hostname, port, path: '/health', method: 'PROPFIND' }, (response) => response.resume().on('end', resolve))
        .on('error', reject)
        .end()
    })
    const text = await scrape()
    expect(text).not.toContain('PROPFIND')
    expect(text).toContain('method="other"')
  })

  test('every figure of ours says its unit, and no label is anybody’s', async () => {
    const text = await scrape()
    const names = [...text.matchAll(/^# TYPE (cordon_\S+) \S+$/gm)].map(([, name]) => name)
    expect(names.length).toBeGreaterThan(10)
    for (const name of names) expect(name).toMatch(/_(seconds|bytes|total|up|entries|queued|running|waiting|streams)$/)
    const labels = new Set(
      [...text.matchAll(/^cordon_[^{\s]+\{([^}]*)\}/gm)].flatMap(([, all]) =>
        [...(all as string).matchAll(/(\w+)="/g)].map(([, label]) => label),
      ),
    )
    expect(labels).toEqual(new Set(['method', 'route', 'status', 'le', 'for']))
  })

  test('the record, the database and the process are told', async () => {
    const text = await scrape()
    expect(figure(text, 'cordon_database_up')).toBe(1)
    expect(figure(text, 'cordon_record_entries')).toBeGreaterThan(0)
    expect(figure(text, 'cordon_jobs_queued')).toBe(0)
    expect(figure(text, 'cordon_deliveries_waiting')).toBe(0)
    expect(figure(text, 'cordon_disk_free_bytes')).toBeGreaterThan(0)
    expect(figure(text, 'process_resident_memory_bytes')).toBeGreaterThan(50_000_000)
    expect(figure(text, 'nodejs_eventloop_lag_p99_seconds')).toBeDefined()
    expect(figure(text, 'cordon_database_transaction_duration_seconds_count{for="caller"}')).toBeGreaterThan(3)
  })

  test('reading them writes nothing into the record', async () => {
    await expect.poll(async () => figure(await scrape(), 'cordon_record_unsigned_entries'), { timeout: 10_000 }).toBe(0)
    const before = figure(await scrape(), 'cordon_record_entries')
    await world.nobody('GET', '/ready')
    expect(figure(await scrape(), 'cordon_record_entries')).toBe(before)
  })

  test('open event streams are counted, and not timed', async () => {
    expect(figure(await scrape(), 'cordon_event_streams')).toBe(0)
    const stop = new AbortController()
    const response = await fetch(`${world.node.url}/api/v1/events`, { headers: { cookie: ann.cookie }, signal: stop.signal })
    expect(response.status).toBe(200)
    expect(figure(await scrape(), 'cordon_event_streams')).toBe(1)
    stop.abort()
    await expect.poll(async () => figure(await scrape(), 'cordon_event_streams')).toBe(0)
    expect(await scrape()).not.toContain('route="/api/v1/events"')
  })

  test('behind a proxy they are the operator’s: nobody and no analyst, but a key with node:manage', async () => {
    const proxied = { 'x-forwarded-for': '203.0.113.9' }
    expect(await world.nobody('GET', '/metrics', undefined, proxied)).toMatchObject({ status: 401, json: { code: 'node/not-signed-in' } })
    expect(await ann.ask('GET', '/metrics', undefined, proxied)).toMatchObject({ status: 403, json: { code: 'node/forbidden' } })
    const { database, authenticate, clock, random } = world.node.parts
    const olga = await world.someone('Olga', ['administrator'])
    const caller = await authenticate({ authorization: null, session: olga.cookie.split('=')[1] ?? '', certificate: null })
    const wish = {
      name: 'prometheus',
      scopes: ['node:manage'],
      expiresAt: new Date(clock().getTime() + 3_600_000),
      rate: { perMinute: 60, burst: 10 },
    }
    const { key } = await database.system((tx) => createApiKey(tx, caller!, wish, { clock, random }))
    expect(await scrape({ ...proxied, authorization: `Bearer ${key}` })).toContain('cordon_database_up 1')
  })
})
