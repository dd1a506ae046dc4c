import { afterAll, beforeAll, expect, test } from 'vitest'
import { csrfOf } from '../../../src/node/people/csrf.ts'
import { head, raw } from '../http/raw.ts'
import { type NodeWorld, nodeWorld, type Reply, type Someone } from '../world.ts'

let world: NodeWorld
let someone: Someone
beforeAll(async () => {
  world = await nodeWorld({
    change: (config) => ({ ...config, limits: { ...config.limits, bodyKiB: 64, requestSeconds: 1, connections: 50 } }),
  })
  someone = await world.someone('An Alyst', ['analyst'])
}, 60_000)
afterAll(() => world.close())

const signed = () => ({
  cookie: someone.cookie,
  'x-cordon-csrf': csrfOf(someone.cookie.split('=')[1]!),
  'content-type': 'application/json',
})
const post = (headers: Record<string, string>) => head(world.node.url, 'POST /api/v1/cases HTTP/1.1', { ...signed(), ...headers })
const statusOf = (answer: string) => Number(answer.slice(9, 12))
/** A body of JSON that is sent as it stands. */
async function send(body: string, headers: Record<string, string> = {}): Promise<Reply> {
  const response = await fetch(`${world.node.url}/api/v1/cases`, { method: 'POST', headers: { ...signed(), ...headers }, body })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: JSON.parse(text) }
}

test('An oversized body: refused by its announced length, before it is sent', async () => {
  const answer = await raw(world.node.url, [post({ 'content-length': '10000000' })])
  expect(statusOf(answer)).toBe(413)
  expect(answer).toMatch(/connection: close/i)
  expect(answer).toContain('node/too-large')
})

test('An oversized body without a length: refused as soon as it is too long', async () => {
  const chunk = 'a'.repeat(16_384)
  const answer = await raw(world.node.url, [post({ 'transfer-encoding': 'chunked' }), ...Array(20).fill(`4000\r\n${chunk}\r\n`)])
  expect(statusOf(answer)).toBe(413)
})

test('A body shorter or longer than its length: refused', async () => {
  const short = await raw(world.node.url, [post({ 'content-length': '500' }), '{"case"'])
  expect(statusOf(short)).toBe(408)
  const long = await raw(world.node.url, [`${post({ 'content-length': '2', connection: 'close' })}{}{}{}{}GET /health HTTP/1.1\r\n\r\n`])
  expect(long).not.toContain('alive')
})

test('A slow body: given up after a second, with 408 and the end of the connection', async () => {
  const begun = Date.now()
  const answer = await raw(world.node.url, [post({ 'content-length': '100' }), ...Array(30).fill('{')], { pause: 200 })
  expect(statusOf(answer)).toBe(408)
  expect(answer).toContain('node/timeout')
  expect(Date.now() - begun).toBeLessThan(8_000)
}, 20_000)

test('Slow headers: given up', async () => {
  const begun = Date.now()
  const answer = await raw(world.node.url, ['GET /health HTTP/1.1\r\n', ...Array(60).fill('x-a: b\r\n')], { pause: 200 })
  expect(statusOf(answer)).toBe(408)
  expect(answer).toContain('application/problem+json')
  expect(Date.now() - begun).toBeLessThan(9_000)
}, 20_000)

test('A slow body that the door does not even read: the connection ends all the same', async () => {
  const upload = head(world.node.url, 'POST /api/v1/nowhere HTTP/1.1', {
    'content-type': 'application/octet-stream',
    'content-length': '100000',
  })
  const begun = Date.now()
  const answer = await raw(world.node.url, [upload, ...Array(40).fill('a')], { pause: 200 })
  expect(statusOf(answer)).toBe(404)
  expect(Date.now() - begun).toBeLessThan(8_000)
}, 20_000)

test('A header that is too long, or too many of them: 431', async () => {
  for (const headers of [
    { 'x-long': 'a'.repeat(20_000) },
    Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`x-header-${i}`, 'a'.repeat(20)])),
  ]) {
    const answer = await raw(world.node.url, [head(world.node.url, 'GET /health HTTP/1.1', { ...headers, connection: 'close' })])
    expect(statusOf(answer)).toBe(431)
    expect(answer).toContain('node/header-too-large')
  }
})

test('An address that is too long: 414', async () => {
  expect((await world.nobody('GET', `/health?${'a'.repeat(5_000)}`)).status).toBe(414)
})

test('A deeply nested document (JSON bomb): refused, and the node lives', async () => {
  for (const depth of [100, 10_000, 30_000]) {
    for (const bomb of ['['.repeat(depth) + ']'.repeat(depth), `${'{"a":'.repeat(depth / 5)}1${'}'.repeat(depth / 5)}`])
      expect((await send(`{"case": {"title": "x", "summary": ${bomb}}}`)).status).toBe(400)
  }
  expect((await send(`{"case": {"title": "x"}, "label": ${'['.repeat(20_000)}`)).status).toBe(400)
  expect((await world.nobody('GET', '/health')).status).toBe(200)
})

test('A document of very many names, or of one name many times: refused', async () => {
  const many = JSON.stringify(Object.fromEntries(Array.from({ length: 4_000 }, (_, i) => [`n${i}`, 1])))
  expect((await send(many)).status).toBe(400)
  expect((await send(`{"case": {"title": "x"}, ${'"__proto__": {"admin": true},'.repeat(1_000)} "a": 1}`)).status).toBe(400)
  expect((await send('{"case": {"title": "x"}, "constructor": {"prototype": {"admin": true}}}')).status).toBe(400)
})

test('What is no JSON: refused', async () => {
  for (const body of [
    '',
    '{',
    'null',
    '"a"',
    '[1,',
    "{'case': 1}",
    '{"case": NaN}',
    '\ufeff{"case":{"title":"x"}}x',
    '<case/>',
    '\u0000',
  ]) {
    const { status } = await send(body)
    expect(status, JSON.stringify(body)).toBe(400)
  }
})

test('A body of another type, or compressed: refused', async () => {
  const body = JSON.stringify({ case: { title: 'x' } })
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml', 'text/json'])
    expect((await send(body, { 'content-type': type })).status, type).toBe(415)
  const gzip = await send(body, { 'content-encoding': 'gzip' })
  expect([200, 201]).not.toContain(gzip.status)
})

test('A header that asks for another method than the request has: refused', async () => {
  for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override'])
    expect((await world.nobody('GET', '/health', undefined, { [name]: 'DELETE' })).status).toBe(400)
  expect((await someone.ask('GET', '/api/v1/cases?_method=DELETE')).status).toBe(400)
})

test('Methods that nobody needs (TRACE, CONNECT, made-up ones) get nothing', async () => {
  for (const method of ['TRACE', 'CONNECT', 'TRACK', 'DEBUG', 'PROPFIND', 'OPTIONS', 'get']) {
    const answer = await raw(world.node.url, [
      head(world.node.url, `${method} /api/v1/cases HTTP/1.1`, { 'x-secret': 'echo', connection: 'close' }),
    ])
    expect(answer === '' || statusOf(answer) >= 400, `${method}: ${answer.slice(0, 40)}`).toBe(true)
    expect(answer).not.toMatch(/x-secret|access-control/i)
  }
})

test('Requests that two servers could read differently (smuggling): refused, and nothing after them is answered', async () => {
  const { host } = new URL(world.node.url)
  const hidden = 'GET /health HTTP/1.1\r\nhost: x\r\n\r\n'
  const bad = [
    `POST /api/v1/cases HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    `POST /api/v1/cases HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 4\r\ncontent-length: 9\r\n\r\nabcd${hidden}`,
    `POST /api/v1/cases HTTP/1.1\r\nhost: ${host}\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`,
    `GET /health HTTP/1.1\r\nhost : ${host}\r\n\r\n`,
    `GET /health HTTP/1.1\nhost: ${host}\n x: y\n\n`,
    `GET /health HTTP/1.1\r\nhost: ${host}\r\nx: a\u0000b\r\n\r\n`,
    `GET /health HTTP/1.1\r\n\r\n`,
    `GET /health HTTP/9.9\r\nhost: ${host}\r\n\r\n`,
    `${'\u0016\u0003\u0001'}binary`,
  ]
  for (const request of bad) {
    const answer = await raw(world.node.url, [request])
    expect(answer, JSON.stringify(request)).not.toContain('alive')
    expect(statusOf(answer), JSON.stringify(request)).toBe(400)
  }
})

test('Path traversal: nothing outside of the interface is served', async () => {
  for (const path of [
    '/../../../../etc/passwd',
    '/docs/../../../../etc/passwd',
    '/docs/static/../../../../../../etc/passwd',
    '/docs/static/..%2f..%2f..%2f..%2fetc%2fpasswd',
    '/docs/static/%2e%2e/%2e%2e/%2e%2e/package.json',
    '/docs/static/..%5c..%5cpackage.json',
    '/docs/static/....//....//package.json',
    '/docs/static/%00/etc/passwd',
    '//etc/passwd',
    '/api/v1/files/..%2f..%2f..%2fkeys%2fnode.key/content',
    '/api/v1/uploads/..%2f..%2fkeys%2fnode.key',
    '/welcome/../keys/node.key',
    '/.git/config',
    '/.env',
  ]) {
    const answer = await raw(world.node.url, [
      head(world.node.url, `GET ${path} HTTP/1.1`, { cookie: someone.cookie, connection: 'close' }),
    ])
    expect(statusOf(answer), path).toBeGreaterThanOrEqual(400)
    expect(answer, path).not.toMatch(/root:x|"dependencies"|\[core\]/)
  }
})

test('More connections than the node takes: the newest are closed, and the others go on', async () => {
  const held = Array.from({ length: 60 }, () => raw(world.node.url, ['GET /hea'], { pause: 300 }))
  await new Promise((resolve) => setTimeout(resolve, 200))
  const answers = await Promise.all(held)
  expect(answers.filter((answer) => answer === '').length).toBeGreaterThanOrEqual(10)
  expect((await world.nobody('GET', '/health')).status).toBe(200)
}, 20_000)
