import { Ajv2020 } from 'ajv/dist/2020.js'
import openapiTS from 'openapi-typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXAMPLES } from '../../../src/node/http/docs-examples.ts'
import { TAGS } from '../../../src/node/http/docs-tags.ts'
import { isScope } from '../../../src/node/people/roles.ts'
import { type NodeWorld, nodeWorld } from '../world.ts'

let world: NodeWorld
let document: any
let operations: { where: string; method: string; path: string; operation: any }[]

beforeAll(async () => {
  world = await nodeWorld()
  const reply = await world.nobody('GET', '/openapi.json')
  expect(reply.status).toBe(200)
  document = reply.json
  operations = Object.entries<any>(document.paths).flatMap(([path, item]) =>
    Object.entries<any>(item).map(([method, operation]) => ({ where: `${method} ${path}`, method, path, operation })),
  )
})
afterAll(async () => {
  await world?.close()
})

/** What a reference leads to. */
function resolve(value: any): any {
  if (typeof value?.$ref !== 'string') return value
  return value.$ref
    .slice(2)
    .split('/')
    .reduce((at: any, key: string) => at?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], document)
}

/** Every value in a document, with where it is. */
function* everything(value: unknown, where = '#'): Generator<[string, unknown]> {
  yield [where, value]
  if (typeof value === 'object' && value !== null)
    for (const [key, part] of Object.entries(value)) yield* everything(part, `${where}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)
}

describe('the OpenAPI document', () => {
  test('is OpenAPI 3.1 that a strict reader takes', async () => {
    expect(document.openapi).toBe('3.1.0')
    await expect(openapiTS(structuredClone(document))).resolves.toBeDefined()
  })

  test('leads nowhere with none of its references', () => {
    const lost = [...everything(document)].filter(([where, value]) => where.endsWith('/$ref') && resolve({ $ref: value }) === undefined)
    expect(lost).toEqual([])
  })

  test('has schemas that are JSON Schema 2020-12, each compiled', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    ajv.addSchema({ $id: 'doc', ...document })
    for (const name of Object.keys(document.components.schemas))
      expect(() => ajv.compile({ $ref: `doc#/components/schemas/${name}` }), name).not.toThrow()
    for (const { where, operation } of operations) {
      const schema = operation.requestBody?.content?.['application/json']?.schema
      if (schema !== undefined) expect(ajv.validateSchema(schema), where).toBe(true)
    }
  })

  test('says what is sent where it is no JSON', () => {
    const append = operations.find(({ operation }) => operation.operationId === 'upload.append')?.operation
    expect(Object.keys(append.requestBody.content)).toEqual(['application/octet-stream', 'application/partial-upload'])
  })

  test('describes every door: a summary, a described tag, an id of its own, who may pass', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    const described = new Set(document.tags.map(({ name }: { name: string }) => name))
    for (const { where, operation } of operations) {
      expect(operation.operationId, where).toMatch(/^[a-z][a-zA-Z0-9-]*(\.[a-zA-Z0-9-]+)*$/)
      expect(operation.summary?.length, where).toBeGreaterThan(5)
      expect(operation.tags, where).toHaveLength(1)
      expect(described, `${where}: add the tag to docs-tags.ts`).toContain(operation.tags[0])
      expect(Array.isArray(operation.security), where).toBe(true)
      for (const scope of operation.security.flatMap((each: any) => each.key ?? [])) expect(isScope(scope), `${where}: ${scope}`).toBe(true)
    }
    for (const { description } of TAGS) expect(description.length).toBeGreaterThan(5)
  })

  test('has every path parameter and no other', () => {
    for (const { where, path, operation } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
      const told = (operation.parameters ?? []).map(resolve).filter((each: any) => each.in === 'path')
      expect(told.map(({ name }: any) => name).sort(), where).toEqual(inPath)
      for (const { required } of told) expect(required).toBe(true)
    }
  })

  test('says that whatever a signed-in caller is refused is a Problem', () => {
    for (const { where, operation } of operations.filter(({ operation: { security } }) => security.length > 0)) {
      expect(resolve(operation.responses.default)?.content, where).toEqual({
        'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
      })
      for (const [status, response] of Object.entries<any>(operation.responses))
        if (status.startsWith('4'))
          expect(Object.keys(resolve(response).content ?? {}), `${where} ${status}`).toEqual(['application/problem+json'])
    }
  })

  test('names its shapes: no numbered ones, and each is used', () => {
    const names = Object.keys(document.components.schemas)
    for (const name of names) expect(name).toMatch(/^[A-Z][A-Za-z]+[0-9]?$/)
    const text = JSON.stringify(document)
    for (const name of names) expect(text.includes(`"#/components/schemas/${name}"`), name).toBe(true)
    expect(text).not.toMatch(/def-\d|Schema\d/)
  })

  test('has the cookie that this node sets, and the key', () => {
    // Plain HTTP on loopback cannot have a __Host- cookie.
    expect(document.components.securitySchemes).toMatchObject({
      session: { in: 'cookie', name: 'cordon-session' },
      key: { type: 'http', scheme: 'bearer' },
    })
    expect(document.servers).toEqual([{ url: '/', description: 'this node' }])
  })

  test('has the headers that doors take and give', () => {
    const of = (where: string) => operations.find((each) => each.where === where)?.operation
    const taken = (where: string) => of(where).parameters.map((each: any) => resolve(each).name)
    expect(taken('post /api/v1/cases')).toContain('Idempotency-Key')
    expect(taken('put /api/v1/cases/{id}')).toContain('If-Match')
    expect(taken('get /api/v1/cases/{id}')).toContain('If-None-Match')
    expect(of('get /api/v1/cases/{id}').responses['304']).toBeDefined()
    expect(of('post /api/v1/cases').responses['201'].headers).toHaveProperty('Location')
    expect(of('get /api/v1/events').responses['200'].content).toHaveProperty('text/event-stream')
  })

  test('demands If-Match just where a change must say which version it is of, and tells what comes without it', () => {
    const headers = (operation: any) => (operation.parameters ?? []).map(resolve).filter(({ name }: any) => name === 'If-Match')
    const asking = (required: boolean) =>
      operations
        .filter(({ operation }) => headers(operation).some((header: any) => (header.required === true) === required))
        .map(({ operation }) => operation.operationId)
        .sort()
    expect(asking(true)).toEqual([
      'alert.act',
      'case.act',
      'case.assign',
      'case.change',
      'claim.change',
      'decision.second',
      'denial.change',
      'exchange.change',
      'exchange.withdraw',
      'file.change',
      'note.change',
      'object.relabel',
      'overruling.approve',
      'person.change',
      'request.act',
      'request.change',
      'request.team',
      'rule.change',
      'rule.end',
      'tag.change',
      'watch.change',
      'watch.end',
    ])
    // With `keep` alone.
    expect(asking(false)).toEqual(['screening.again'])
    for (const { where, operation } of operations) {
      const asks = headers(operation).length > 0
      for (const status of ['412', '428']) expect(status in operation.responses, `${where} ${status}`).toBe(asks)
    }
  })

  test('has an Idempotency-Key at every POST but those that only read, and nothing of how that was found out', () => {
    const taken = (operation: any) => (operation.parameters ?? []).map((each: any) => resolve(each).name)
    const without = operations.filter(
      ({ method, operation }) => method === 'post' && operation.security.length > 0 && !taken(operation).includes('Idempotency-Key'),
    )
    expect(without.map(({ operation }) => operation.operationId).sort()).toEqual([
      'file.verify',
      'ledger.reach',
      'list.history',
      'screen.batch',
      'screen.suppressions',
      'webhook.ping',
    ])
    for (const { where, operation } of operations)
      expect(
        Object.keys(operation).filter((key) => key.startsWith('x-')),
        where,
      ).toEqual([])
  })

  test('has examples that fit their schemas', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
    ajv.addSchema({ $id: 'doc', ...document })
    const seen = new Set<string>()
    for (const { operation, path, method, where } of operations) {
      const example = EXAMPLES[operation.operationId]
      if (example === undefined) continue
      seen.add(operation.operationId)
      const at = `doc#/paths/${path.replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D')}/${method}`
      const check = (pointer: string, value: unknown) => {
        const fits = ajv.compile({ $ref: `${at}/${pointer}/content/application~1json/schema` })
        expect(fits(value) ? [] : fits.errors, `${where} ${pointer}`).toEqual([])
      }
      if (example.body !== undefined) check('requestBody', example.body)
      const [status, body] = example.answer
      if (status !== 204) check(`responses/${status}`, body)
      expect(operation.responses[status], where).toBeDefined()
    }
    expect(seen).toEqual(new Set(Object.keys(EXAMPLES)))
  })

  test('says what stays and how something goes', () => {
    expect(document.info.description).toContain('`deprecated`')
    expect(document.info.description).toContain('twelve months')
  })
})

describe('the pages', () => {
  test('/docs loads only from the node, and may run only the node’s own scripts', async () => {
    const page = await fetch(`${world.node.url}/docs`)
    expect(page.status).toBe(200)
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/default-src 'none'; script-src 'self';/)
    expect(policy).not.toMatch(/https:|script-src[^;]*unsafe/)
    const html = await page.text()
    const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => new URL(address as string, page.url))
    expect(loaded.length).toBeGreaterThan(3)
    for (const address of loaded) {
      expect(address.origin).toBe(new URL(world.node.url).origin)
      expect((await fetch(address)).status, address.href).toBe(200)
    }
    expect(html).not.toMatch(/<script>[^<]/)
  })

  test('the type of a problem leads to a page about it, for people and for programs', async () => {
    const { type } = (await world.nobody('GET', '/api/v1/cases')).json
    expect(type).toBe('/problems/node/not-signed-in')
    expect((await world.nobody('GET', type)).json).toMatchObject({
      code: 'node/not-signed-in',
      status: 401,
      meaning: expect.stringContaining('Sign in again'),
    })
    const page = await world.nobody('GET', type, undefined, { accept: 'text/html' })
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(page.text).toContain('Sign in again')
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'; style-src 'sha256-/)
  })

  test('a code of the domain has its area and status; what is no code is not found', async () => {
    expect((await world.nobody('GET', '/problems/release/bad-label')).json).toMatchObject({ status: 422, about: 'release labels' })
    expect((await world.nobody('GET', '/problems/list/in-use')).json).toMatchObject({ status: 409 })
    for (const path of [
      '/problems/made/up',
      '/problems/node/<script>',
      '/problems/__proto__/x',
      '/problems/node/UPPER',
      '/problems/constructor/x',
    ])
      expect((await world.nobody('GET', path)).status, path).toBe(404)
  })
})
