import createClient, { type ClientPathsWithMethod, type MaybeOptionalInit, type MethodResponse } from 'openapi-fetch'
import { type Change, changes, type Listening } from './events.ts'
import { problemOf } from './problem-error.ts'
import { type Patience, sendPatiently, sleepFor, type World } from './retry.ts'
import type { paths } from './schema.ts'
import { sendBytes, type Upload, type Uploading } from './upload.ts'

/** Where the node is, and as whom. */
export type ClientOptions = {
  /** Address of the node, e.g. `https://cordon.example.org`. */
  readonly url: string
  /** An API key. Without one, the session cookie of the page that this runs in. */
  readonly key?: string
  readonly patience?: Partial<Patience>
  /** What requests are sent with; the runtime's own without. */
  readonly world?: Partial<World>
}

type Client = ReturnType<typeof createClient<paths>>
type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete'
type PathsOf<V extends Verb> = ClientPathsWithMethod<Client, V>
type Init<Path extends keyof paths, V extends Verb> = V extends keyof paths[Path] ? MaybeOptionalInit<paths[Path], V> : never
type InitArgument<Given> = undefined extends Given ? [init?: Given] : [init: Given]

/** What a door answers to success. */
export type Answer<Data> = {
  /** What came; nothing for 204, and for the 304 of a request with If-None-Match. */
  readonly data: Data
  /** The version, for {@link ifMatch}; null where the answer is no version of an object. */
  readonly etag: string | null
  readonly response: Response
}

type Data<Path extends PathsOf<V>, V extends Verb> = MethodResponse<Client, V, Path>

type Method<V extends Verb> = <Path extends PathsOf<V>>(path: Path, ...init: InitArgument<Init<Path, V>>) => Promise<Answer<Data<Path, V>>>

type Paged = {
  [Path in PathsOf<'get'>]: Data<Path, 'get'> extends { items: readonly unknown[]; next?: string } ? Path : never
}[PathsOf<'get'>]
type ItemOf<Path extends Paged> = Data<Path, 'get'> extends { items: readonly (infer Item)[] } ? Item : never

/** A client of a node: every door of its OpenAPI document, with types. */
export type CordonClient = {
  readonly get: Method<'get'>
  /** With an Idempotency-Key of its own for each call, unless one is given: what breaks off is sent again and done once. */
  readonly post: Method<'post'>
  readonly put: Method<'put'>
  readonly patch: Method<'patch'>
  readonly delete: Method<'delete'>
  /** Everything in a list, page after page, as the loop asks for it. */
  pages<Path extends Paged>(path: Path, ...init: InitArgument<Init<Path, 'get'>>): AsyncGenerator<ItemOf<Path>>
  /** What changes, as it happens. */
  events(listening?: Listening): AsyncGenerator<Change>
  /** Sends a file in pieces, and goes on after any break. Give its id to `/api/v1/files` or to a job. */
  upload(bytes: Blob, uploading: Uploading): Promise<Upload>
}

const PATIENCE: Patience = { attempts: 4, longest: 30 }

/**
 * A client of a node. Whatever is not a success is thrown as a `ProblemError`; what breaks off is sent again where that is safe.
 *
 * @example
 * const cordon = cordonClient({ url: 'https://cordon.example.org', key })
 * const { data: theft } = await cordon.post('/api/v1/cases', { body: { case: { title: 'Theft of 21 February' } } })
 * for await (const each of cordon.pages('/api/v1/cases', { params: { query: { q: 'theft' } } })) console.log(each.body.title)
 */
export function cordonClient({ url, key, patience, world }: ClientOptions): CordonClient {
  const base = url.replace(/\/+$/, '')
  const headers: Readonly<Record<string, string>> = key === undefined ? {} : { authorization: `Bearer ${key}` }
  const used: World = { fetch: (request) => fetch(request), sleep: sleepFor, random: Math.random, ...world }
  const patient: Patience = { ...PATIENCE, ...patience }
  const client = createClient<paths>({
    baseUrl: base,
    headers,
    // A key is not carried to another address.
    redirect: 'error',
    fetch: (request) => sendPatiently(request, patient, used),
  })
  client.use({
    onRequest: ({ request }) => {
      if (request.method === 'POST' && !request.headers.has('idempotency-key')) request.headers.set('idempotency-key', newKey())
      return request
    },
    onResponse: async ({ response }) => {
      if (!response.ok && response.status !== 304) throw await problemOf(response)
      return response
    },
  })
  const method = <V extends Verb>(verb: V): Method<V> => {
    // Each path has its own types, which the methods of the library below cannot carry through.
    const send = client[verb.toUpperCase() as 'GET'] as unknown as (
      path: string,
      init: unknown,
    ) => Promise<{ data: never; response: Response }>
    return async (path, ...[init]) => {
      const { data, response } = await send(path as string, init)
      return { data, etag: response.headers.get('etag'), response }
    }
  }
  const get = method('get')
  const post = method('post')
  return {
    get,
    post,
    put: method('put'),
    patch: method('patch'),
    delete: method('delete'),
    pages: (path, ...[init]) => pages(get as unknown as Get, path as string, (init ?? {}) as PageInit),
    events: (listening = {}) => changes(base, headers, listening, used),
    upload: async (bytes, uploading) => {
      const { name, mediaType, sha256, signal } = uploading
      const { data } = await post('/api/v1/uploads', {
        body: { name, bytes: bytes.size, ...(mediaType !== undefined && { mediaType }), ...(sha256 !== undefined && { sha256 }) },
        ...(signal && { signal }),
      })
      return await sendBytes(data, bytes, uploading, { url: base, headers, patience: patient, world: used })
    },
  }
}

type PageInit = { readonly params?: { readonly query?: Readonly<Record<string, unknown>> } }
type Get = (path: string, init: unknown) => Promise<{ data: { items: never[]; next?: string } }>

async function* pages<Item>(get: Get, path: string, init: PageInit): AsyncGenerator<Item> {
  for (let cursor: string | undefined; ; ) {
    const query = { ...init.params?.query, ...(cursor !== undefined && { cursor }) }
    const { data } = await get(path, { ...init, params: { ...init.params, query } })
    yield* data.items
    if (data.next === undefined) return
    cursor = data.next
  }
}

/**
 * The header that makes a change one of what was read (`params.header`): refused with `node/changed` where somebody else was faster.
 *
 * @example
 * const read = await cordon.get('/api/v1/cases/{id}', { params: { path: { id } } })
 * await cordon.put('/api/v1/cases/{id}', { params: { path: { id }, header: ifMatch(read) }, body: { ...read.data.body, title } })
 */
export function ifMatch({ etag }: Pick<Answer<unknown>, 'etag'>): { 'If-Match': string } {
  if (etag === null) throw new TypeError('the answer has no ETag: it is no version of an object')
  return { 'If-Match': etag }
}

/** 128 bits of chance. (`crypto.randomUUID` is not there on pages without TLS.) */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
