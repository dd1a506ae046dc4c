import type { Config } from '../config/index.ts'
import { isObject, type Json, type JsonObject, nameSchemas } from './docs-components.ts'
import { EXAMPLES } from './docs-examples.ts'
import { TAGS } from './docs-tags.ts'
import { cookieName } from './session-cookie.ts'

/** What a door's plan says of it that no schema can: always and only reading, though by POST; and demanding If-Match (`true` or `sometimes`). They are marks between the routes and this document, which says it in its own words. */
export const READS = 'x-reads'
export const IF_MATCH = 'x-if-match'

const ABOUT = `Trace stolen crypto-assets, screen names and wallets against sanctions lists, decide, ask exchanges for freezes, and keep the record of all of it.

**Signing in.** Programs send \`Authorization: Bearer KEY\` with an API key that a person made for them; browsers have a session cookie.

**What you may not see does not exist.** An object whose release label does not let you in answers as one that is not there (404), and is in no list, count, event or error.

**Errors** are \`application/problem+json\` (RFC 9457): \`code\` is stable and for programs, \`detail\` says what happened, \`remedy\` what to do. \`type\` leads to a page about the code.

**Changes** send the \`ETag\` of what was read in \`If-Match\`: 428 where it is missing, 412 where somebody else was faster.

**Sending again.** A POST with an \`Idempotency-Key\` (a random UUID) is done once, however often it is sent; the earlier answer comes again with \`Idempotent-Replayed: true\`. A POST that only asks changes nothing, takes no key (one that is sent is passed over) and is answered anew each time, also while the node’s disk is full.

**Pages.** Lists give \`items\` and, where there is more, \`next\`: send it as \`cursor\` with the same question. A cursor is yours alone and says nothing.

**Amounts** are whole numbers of base units as text. **Times** are UTC, ISO 8601.

**What stays.** Within \`/api/v1\` nothing is taken away or changes its meaning: doors, fields and codes are only added, so a client must pass over fields that it does not know. What is to go is marked \`deprecated\` here, answers with the headers \`Deprecation\` (RFC 9745) and \`Sunset\` (RFC 8594), and stays for at least twelve months and one release after that. What breaks a client comes as \`/api/v2\` beside it.`

/** Answers that any door may give, by status: name of the component, and when. */
const REFUSALS: Readonly<Record<number, readonly [name: string, description: string]>> = {
  400: ['BadRequest', 'The request does not fit its schema, or a cursor is not yours.'],
  401: ['NotSignedIn', 'Nothing in the request shows who sends it, or what it shows no longer holds.'],
  403: ['Forbidden', 'The caller lacks the scope, or the act is not his.'],
  404: ['NotFound', 'It is not there, or not released to the caller: the two are the same.'],
  409: ['Conflict', 'The Idempotency-Key was used for another request, or the present state forbids it.'],
  412: ['Changed', 'Somebody changed it meanwhile: read it again.'],
  428: ['NoPrecondition', 'If-Match is missing.'],
  429: ['TooManyRequests', 'Too many requests: wait as long as Retry-After says.'],
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const

/** The document as it is served, of what the routes say of themselves. */
export function finishDocument(raw: JsonObject, config: Config): JsonObject {
  const paths = isObject(raw.paths) ? raw.paths : {}
  const used = new Set<string>()
  const ids = new Set<string>()
  const finished: JsonObject = {}
  for (const path of Object.keys(paths).sort()) {
    const item = paths[path]
    if (!isObject(item)) continue
    const operations = METHODS.flatMap((method) => {
      const operation = item[method]
      if (!isObject(operation)) return []
      for (const tag of Array.isArray(operation.tags) ? operation.tags : []) used.add(String(tag))
      const operationId = uniqueId(String(operation.operationId), method, ids)
      return [[method, { ...finishOperation(path, method, operation), operationId }] as const]
    })
    finished[path] = Object.fromEntries(operations)
  }
  const named = nameSchemas({ ...raw, paths: finished })
  const components = isObject(named.components) ? named.components : {}
  return {
    openapi: '3.1.0',
    info: {
      title: 'Cordon node',
      version: isObject(raw.info) ? (raw.info.version ?? '') : '',
      summary: 'One server that holds cases, decides, remembers and never forgets.',
      description: ABOUT,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: config.listen.publicUrl ?? '/', description: 'this node' }],
    tags: TAGS.filter(({ name }) => used.has(name)).map((tag) => ({ ...tag })),
    paths: named.paths as Json,
    components: {
      schemas: components.schemas as Json,
      responses: {
        Problem: problem('Any other error.'),
        ...Object.fromEntries(Object.values(REFUSALS).map(([name, description]) => [name, problem(description)])),
      },
      parameters: PARAMETERS,
      headers: HEADERS,
      securitySchemes: securitySchemes(config),
    },
  }
}

/** Doors that the record calls alike have names of their own here. */
function uniqueId(action: string, method: string, ids: Set<string>): string {
  const id = ids.has(action) ? `${action}.${method}` : action
  if (ids.has(id)) throw new Error(`several doors are called ${id}: give one of them another action`)
  ids.add(id)
  return id
}

/** How a caller shows who he is. */
export function securitySchemes(config: Config) {
  return {
    session: {
      type: 'apiKey' as const,
      in: 'cookie',
      name: cookieName(config),
      description: 'The cookie that signing in sets. Only for browsers on the node’s own pages: requests from other sites are refused.',
    },
    key: { type: 'http' as const, scheme: 'bearer', description: 'An API key. The scopes that a door needs stand beside it.' },
  }
}

function problem(description: string): JsonObject {
  return { description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } }
}

const PARAMETERS: JsonObject = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description: 'a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once',
    schema: { type: 'string', minLength: 8, maxLength: 128, pattern: '^[!-~]{8,128}$' },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: true,
    description: 'the ETag of what was read: 428 without it, 412 where somebody else was faster',
    schema: { type: 'string' },
  },
  IfMatchSometimes: {
    name: 'If-Match',
    in: 'header',
    description: 'the ETag of what was read, where the description asks for it: 428 without it then, 412 where somebody else was faster',
    schema: { type: 'string' },
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'an ETag: 304 without content where it is still that version',
    schema: { type: 'string' },
  },
}

const HEADERS: JsonObject = {
  ETag: { description: 'the version, for If-Match and If-None-Match', schema: { type: 'string' } },
  Location: { description: 'where the new object is', schema: { type: 'string' } },
}

const parameter = (name: string): JsonObject => ({ $ref: `#/components/parameters/${name}` })

function finishOperation(path: string, method: (typeof METHODS)[number], given: JsonObject): JsonObject {
  const { responses: answered, security = [], [READS]: reads, [IF_MATCH]: ifMatch, ...told } = given
  const operation: JsonObject = told.operationId === 'upload.append' ? { ...told, requestBody: BYTES } : told
  const asksWho = Array.isArray(security) && security.length > 0
  const answers = isObject(answered) ? answered : {}
  const versioned = Object.entries(answers).some(([status, answer]) => status.startsWith('2') && isVersioned(answer))
  const keyed = method === 'post' && asksWho && reads !== true
  const parameters: Json[] = [
    ...(Array.isArray(operation.parameters) ? operation.parameters : []),
    ...(keyed ? [parameter('IdempotencyKey')] : []),
    ...(ifMatch === undefined ? [] : [parameter(ifMatch === true ? 'IfMatch' : 'IfMatchSometimes')]),
    ...(method === 'get' && versioned ? [parameter('IfNoneMatch')] : []),
  ]
  const refusals = [
    ...(parameters.length > 0 || operation.requestBody !== undefined ? [400] : []),
    ...(asksWho ? [401, 403] : []),
    ...(path.includes('{') ? [404] : []),
    ...(keyed ? [409] : []),
    ...(ifMatch === undefined ? [] : [412, 428]),
    ...(asksWho ? [429] : []),
  ]
  const responses: JsonObject = {}
  for (const [status, answer] of Object.entries(answers)) if (status !== 'default') responses[status] = finishAnswer(status, answer, given)
  if (method === 'get' && versioned) responses['304'] = { description: 'It is still the version of If-None-Match.' }
  for (const status of refusals) responses[status] ??= { $ref: `#/components/responses/${REFUSALS[status]![0]}` }
  if (asksWho) responses.default = { $ref: '#/components/responses/Problem' }
  return withExample({ ...operation, ...(parameters.length > 0 && { parameters }), security, responses })
}

/** What an answer says: 204 has no content; versions of objects have an ETag. */
function finishAnswer(status: string, answer: Json, { operationId }: JsonObject): Json {
  if (!isObject(answer)) return answer
  if (status === '204') return { description: 'Done.' }
  if (operationId === 'events.stream') return EVENT_STREAM
  const headers: JsonObject = {
    ...(isVersioned(answer) && { ETag: { $ref: '#/components/headers/ETag' } }),
    ...(status === '201' && { Location: { $ref: '#/components/headers/Location' } }),
  }
  const description = answer.description === 'Default Response' ? (DESCRIPTIONS[status] ?? 'The answer.') : (answer.description ?? '')
  return { ...answer, description, ...(Object.keys(headers).length > 0 && { headers }) }
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  200: 'The answer.',
  201: 'It was made.',
  202: 'It was taken in.',
  503: 'Not available.',
}

/** No schema says it: in OpenAPI 3.1 raw bytes are a media type without one. */
const BYTES: JsonObject = {
  description: 'The bytes of the file from Upload-Offset on, as they are.',
  required: true,
  content: { 'application/octet-stream': {}, 'application/partial-upload': {} },
}

const EVENT_STREAM: JsonObject = {
  description: 'Events until the connection or the session ends.',
  content: {
    'text/event-stream': {
      schema: {
        type: 'string',
        description:
          'Events of the kind `change`, with a cursor as `id` and as `data` `{object, version, kind, action, time}`; `signed-out` at last where the session or key has ended. Lines that begin with a colon keep the connection open.',
      },
      example:
        'retry: 3000\nid: 6Jr0…\n\nid: Yt8f…\nevent: change\ndata: {"object":"01939f7e-1c5b-7cc3-9b1e-6a1d1f6f2a10","version":1,"kind":"case","action":"created","time":"2026-03-02T09:15:00.000Z"}\n\n',
    },
  },
}

/** Whether an answer is a version of an object. */
function isVersioned(answer: Json): boolean {
  const schema = schemaOf(answer)
  if (schema === null || !isObject(schema.properties)) return false
  const { hash, version, label } = schema.properties
  return hash !== undefined && version !== undefined && label !== undefined
}

function schemaOf(answer: Json): JsonObject | null {
  const content = isObject(answer) ? answer.content : undefined
  const media = isObject(content) ? content['application/json'] : undefined
  const schema = isObject(media) ? media.schema : undefined
  return isObject(schema) ? schema : null
}

function withExample(operation: JsonObject): JsonObject {
  const example = EXAMPLES[String(operation.operationId)]
  if (example === undefined) return operation
  const { requestBody, responses } = operation
  const [status, answer] = example.answer
  const given = isObject(responses) ? responses[status] : undefined
  return {
    ...operation,
    ...(example.body !== undefined && isObject(requestBody) && { requestBody: exemplified(requestBody, example.body) }),
    ...(isObject(responses) && isObject(given) && { responses: { ...responses, [status]: exemplified(given, answer) } }),
  }
}

function exemplified(holder: JsonObject, example: Json): JsonObject {
  const content = isObject(holder.content) ? holder.content : {}
  return {
    ...holder,
    content: Object.fromEntries(Object.entries(content).map(([type, media]) => [type, { ...(media as JsonObject), example }])),
  }
}
