import Fastify from 'fastify'
import { beforeAll, expect, test } from 'vitest'
import { addTextChecks } from '../../../src/node/http/limits-text.ts'

const app = Fastify({ bodyLimit: 4 << 20 })
beforeAll(async () => {
  addTextChecks(app)
  app.post('/', async () => 'taken')
  await app.ready()
})

const send = async (payload: string) => {
  const { json, statusCode } = await app.inject({ method: 'POST', url: '/', headers: { 'content-type': 'application/json' }, payload })
  return statusCode === 200 ? 'taken' : json().code
}

test('Texts of any script are taken, wherever they stand', async () => {
  expect(await send(JSON.stringify({ 金: ['서울', '👩‍👩‍👧', { '﷽': '\u0001\u007f\ufffe' }], n: 1, b: null }))).toBe('taken')
})

test('U+0000 and half of a surrogate pair are refused, in names, in values, and however deep', async () => {
  for (const bad of ['\u0000', 'a\u0000', '\ud800', '\udc00a', 'a\ud83d'])
    for (const body of [bad, [bad], { a: bad }, { [bad]: 1 }, { a: [[{ b: [bad] }]] }])
      expect(await send(JSON.stringify(body))).toBe('database/bad-text')
})

test('32 levels are taken, 33 are not', async () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
  expect(await send(nested(32))).toBe('taken')
  expect(await send(nested(34))).toBe('node/bad-request')
  expect(await send(nested(1_000_000))).toBe('node/bad-request')
})

test('A body of a million parts is gone through in well under a second', async () => {
  const begun = performance.now()
  expect(await send(`[${'"",'.repeat(1_000_000)}""]`)).toBe('taken')
  expect(performance.now() - begun).toBeLessThan(2_000)
})
