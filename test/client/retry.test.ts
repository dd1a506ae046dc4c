import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { cordonClient, ProblemError } from '../../src/client/index.ts'

type Seen = { method: string; key: string | undefined; body: string }
type Script = (request: IncomingMessage, response: ServerResponse, attempt: number) => void

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A server that answers by a script, and what came to it. */
async function server(script: Script): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = []
  const made = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    seen.push({ method: request.method ?? '', key: request.headers['idempotency-key'] as string | undefined, body })
    script(request, response, seen.length)
  })
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    made.closeAllConnections()
    made.close()
  })
  return { url: `http://127.0.0.1:${(made.address() as AddressInfo).port}`, seen }
}

function answer(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

/** A client whose waits are noted and not waited for. */
function client(url: string) {
  const waits: number[] = []
  const made = cordonClient({
    url,
    key: 'k',
    world: {
      random: () => 0.5,
      sleep: async (milliseconds, signal) => {
        signal.throwIfAborted()
        waits.push(milliseconds)
      },
    },
  })
  return { ...made, waits }
}

const CASE = { body: { case: { title: 'x' } } }
const stopping = { type: '/problems/node/stopping', title: 'Not available', status: 503, code: 'node/stopping', remedy: 'Ask again.' }

describe('a client tries again where that is safe', () => {
  test('a POST whose connection breaks is sent again with the same Idempotency-Key and body', async () => {
    const { url, seen } = await server((request, response, attempt) => {
      if (attempt < 3) request.socket.destroy()
      else answer(response, 201, { id: '1' })
    })
    const { post, waits } = client(url)
    expect((await post('/api/v1/cases', CASE)).data).toEqual({ id: '1' })
    expect(seen).toHaveLength(3)
    expect(new Set(seen.map(({ key }) => key)).size).toBe(1)
    expect(seen[0]?.key).toMatch(/^[0-9a-f]{32}$/)
    expect(new Set(seen.map(({ body }) => body))).toEqual(new Set([JSON.stringify(CASE.body)]))
    expect(waits).toEqual([187.5, 375])
  })

  test('two calls are two acts: each has a key of its own', async () => {
    const { url, seen } = await server((_request, response) => answer(response, 201, { id: '1' }))
    const { post } = client(url)
    await post('/api/v1/cases', CASE)
    await post('/api/v1/cases', CASE)
    expect(new Set(seen.map(({ key }) => key)).size).toBe(2)
  })

  test('a PUT whose connection breaks is not sent again: it may have been done', async () => {
    const { url, seen } = await server((request) => request.socket.destroy())
    await expect(
      client(url).put('/api/v1/objects/{id}/label', {
        params: { path: { id: 'x' }, header: { 'If-Match': '"1"' } },
        body: { label: { tlp: 'GREEN' }, reason: 'r' },
      }),
    ).rejects.toThrow()
    expect(seen).toHaveLength(1)
  })

  test('what was not begun is sent again, after as long as the node says', async () => {
    const { url, seen } = await server((_request, response, attempt) => {
      if (attempt === 1) answer(response, 503, stopping, { 'retry-after': '2' })
      else if (attempt === 2) answer(response, 429, stopping, { 'retry-after': '1' })
      else answer(response, 200, { id: '1' })
    })
    const { put, waits } = client(url)
    await put('/api/v1/objects/{id}/label', {
      params: { path: { id: 'x' }, header: { 'If-Match': '"1"' } },
      body: { label: { tlp: 'GREEN' }, reason: 'r' },
    })
    expect(seen).toHaveLength(3)
    expect(waits).toEqual([2_000, 1_000])
  })

  test('a node that asks for an hour is not waited for', async () => {
    const { url, seen } = await server((_request, response) =>
      answer(response, 429, { ...stopping, code: 'node/too-many-requests' }, { 'retry-after': '3600' }),
    )
    const error = await client(url)
      .get('/api/v1/cases')
      .catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(ProblemError)
    expect(error).toMatchObject({ code: 'node/too-many-requests', status: 429, retryAfter: 3600 })
    expect(seen).toHaveLength(1)
  })

  test('after four attempts the last answer is told', async () => {
    const { url, seen } = await server((_request, response) => answer(response, 503, stopping))
    await expect(client(url).get('/api/v1/cases')).rejects.toMatchObject({ code: 'node/stopping', remedy: 'Ask again.' })
    expect(seen).toHaveLength(4)
  })

  test('a refusal is not tried again', async () => {
    const { url, seen } = await server((_request, response) => answer(response, 403, { ...stopping, code: 'node/forbidden' }))
    await expect(client(url).post('/api/v1/cases', CASE)).rejects.toMatchObject({ code: 'node/forbidden' })
    expect(seen).toHaveLength(1)
  })

  test('a page of a proxy is told as what it is', async () => {
    const { url } = await server((_request, response) =>
      response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>'),
    )
    await expect(client(url).get('/api/v1/cases')).rejects.toMatchObject({
      code: 'client/no-problem',
      status: 502,
      message: expect.stringContaining('Bad gateway'),
    })
  })

  test('a key is not carried to where an answer redirects', async () => {
    const other = await server((_request, response) => answer(response, 200, { items: [] }))
    const { url } = await server((_request, response) => response.writeHead(307, { location: `${other.url}/api/v1/cases` }).end())
    await expect(client(url).get('/api/v1/cases')).rejects.toThrow()
    expect(other.seen).toHaveLength(0)
  })

  test('an aborted request is not sent again', async () => {
    const stop = new AbortController()
    const { url, seen } = await server(() => stop.abort(new Error('enough')))
    await expect(client(url).get('/api/v1/cases', { signal: stop.signal })).rejects.toThrow('enough')
    expect(seen).toHaveLength(1)
  })
})
