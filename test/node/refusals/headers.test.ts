import { afterAll, beforeAll, expect, test } from 'vitest'
import { head, raw } from '../http/raw.ts'
import { type NodeWorld, nodeWorld, type Reply, type Someone } from '../world.ts'
import { type Door, doorsOf, sample } from './doors.ts'

let world: NodeWorld
let someone: Someone
let doors: readonly Door[]
beforeAll(async () => {
  world = await nodeWorld({ change: (config) => ({ ...config, limits: { ...config.limits, anonymousPerMinute: 100_000 } }) })
  someone = await world.someone('Al Rounder', ['analyst', 'supervisor', 'compliance', 'administrator'])
  doors = doorsOf((await world.nobody('GET', '/openapi.json')).json).filter(
    ({ action }) => action !== 'events.stream' && action !== 'sign-out',
  )
}, 60_000)
afterAll(() => world.close())

/** What a passive scan of ZAP complains of, and the OWASP Secure Headers Project asks for. */
function baseline({ status, headers, text }: Reply, what: string): void {
  const is = (name: string) => headers.get(name) ?? ''
  const at = `${what}: ${status}`
  expect(is('content-security-policy'), at).toMatch(/default-src 'none'/)
  expect(is('content-security-policy'), at).toMatch(/frame-ancestors 'none'/)
  expect(is('content-security-policy'), at).toMatch(/base-uri 'none'/)
  expect(is('content-security-policy'), at).toMatch(/form-action 'none'/)
  expect(is('content-security-policy'), at).not.toMatch(/unsafe-eval|script-src[^;]*(unsafe|\*|https?:|data:)|default-src [^']/)
  expect(is('x-content-type-options'), at).toBe('nosniff')
  expect(is('x-frame-options'), at).toBe('DENY')
  expect(is('referrer-policy'), at).toMatch(/^(no-referrer|same-origin)$/)
  expect(is('cross-origin-opener-policy'), at).toBe('same-origin')
  expect(is('cross-origin-resource-policy'), at).toBe('same-origin')
  expect(is('permissions-policy'), at).toContain('camera=()')
  for (const name of ['server', 'x-powered-by', 'x-aspnet-version', 'via', 'x-runtime', 'public-key-pins'])
    expect(headers.has(name), `${at} has ${name}`).toBe(false)
  expect(
    [...headers.keys()].filter((name) => name.startsWith('access-control')),
    at,
  ).toEqual([])
  const type = is('content-type')
  if (text !== '') expect(type, at).not.toBe('')
  if (/^text\/|json/.test(type)) expect(type, at).toMatch(/charset=utf-8/i)
  for (const cookie of headers.getSetCookie()) expect(cookie, at).toMatch(/; Path=\/;.*HttpOnly;.*SameSite=(Strict|Lax)/)
  if (status >= 400) {
    expect(type, at).toContain('application/problem+json')
    expect(text, at).not.toMatch(/\bat .*:\d+:\d+|node_modules|\/work\/|Error:/)
  }
}

const addressOf = ({ path, inPath }: Door) =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(sample(inPath[name] ?? {}))))

test('Headers of every door, for nobody and for somebody, done or refused: as the baseline asks, and never kept by a cache', async () => {
  for (const door of doors)
    for (const by of [world.nobody, someone.ask]) {
      const body = door.example ?? (door.body === null ? undefined : sample(door.body))
      const reply = await by(door.method, addressOf(door), body, { 'if-match': '*' })
      baseline(reply, door.action)
      expect(reply.headers.get('cache-control'), door.action).toMatch(/no-store/)
    }
}, 120_000)

test('Headers of pages and of what they load: as the baseline asks', async () => {
  const seen = new Set<string>()
  const paths = [
    '/',
    '/sign-in',
    '/welcome',
    '/docs',
    '/docs/',
    '/openapi.json',
    '/docs/json',
    '/docs/yaml',
    '/health',
    '/ready',
    '/metrics',
  ]
  for (let path = paths.shift(); path !== undefined; path = paths.shift()) {
    if (seen.has(path)) continue
    seen.add(path)
    const reply = await world.nobody('GET', path)
    baseline(reply, path)
    if (path.startsWith('/docs') && reply.headers.get('content-type')?.startsWith('text/html'))
      paths.push(...[...reply.text.matchAll(/(?:src|href)="(\/docs\/[^"]+)"/g)].map(([, loaded]) => loaded!))
  }
  expect(seen.size).toBeGreaterThan(14)
})

test('Headers of refusals before any door (no such place, bad address, bad host, too long, no HTTP): as the baseline asks', async () => {
  const { url } = world.node
  for (const request of [
    head(url, 'GET /nowhere HTTP/1.1', { connection: 'close' }),
    head(url, 'GET /%ff HTTP/1.1', { connection: 'close' }),
    head(url, 'GET /% HTTP/1.1', { connection: 'close' }),
    head(url, `GET /api/v1/cases/${'a'.repeat(300)} HTTP/1.1`, { connection: 'close' }),
    head(url, 'GET / HTTP/1.1', { host: 'evil.example', connection: 'close' }),
    head(url, 'GET / HTTP/1.1', { 'x-long': 'a'.repeat(20_000) }),
    head(url, 'POST /api/v1/sign-in/password HTTP/1.1', { 'content-type': 'application/json', 'content-length': '9999999' }),
    head(url, 'POST /api/v1/sign-in/password HTTP/1.1', { 'content-type': 'text/xml', 'content-length': '1', connection: 'close' }),
    'nonsense\r\n\r\n',
  ]) {
    const answer = await raw(url, [request])
    const [top = '', text = ''] = answer.split(/\r\n\r\n([\s\S]*)/)
    const [first, ...lines] = top.split('\r\n')
    const headers = new Headers(lines.map((line) => line.split(/: (.*)/).slice(0, 2) as [string, string]))
    baseline({ status: Number(first!.slice(9, 12)), headers, text, json: undefined }, request.slice(0, 60))
    expect(JSON.parse(text), request.slice(0, 60)).toMatchObject({ code: expect.stringMatching(/^node\//), remedy: expect.any(String) })
  }
})

test('The address of a page is not told to other sites, nor kept in the record of any', async () => {
  const { headers } = await world.nobody('GET', '/welcome')
  expect(headers.get('referrer-policy')).toBe('same-origin')
  expect(world.node.administratorLink).toMatch(/\/welcome#[\w-]{43}$/)
})
