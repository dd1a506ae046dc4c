/** A JSON Schema as the interface's document has it. */
export type Schema = {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly minItems?: number
  readonly minLength?: number
  readonly minimum?: number
  readonly pattern?: string
  readonly format?: string
  readonly default?: unknown
  readonly examples?: readonly unknown[]
}

/** One door of the interface's document. */
export type Door = {
  readonly method: string
  /** With `{name}` for its parameters. */
  readonly path: string
  readonly action: string
  readonly scopes: readonly string[]
  /** Whether nobody needs to be signed in. */
  readonly open: boolean
  readonly inPath: Readonly<Record<string, Schema>>
  readonly inQuery: Readonly<Record<string, Schema>>
  readonly body: Schema | null
  readonly example: unknown
}

type Operation = {
  operationId: string
  security?: Record<string, string[]>[]
  parameters?: { name: string; in: string; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema; example?: unknown }> }
}
export type Spec = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, Schema> } }

/** Every door of a document, also such as were added after this was written. */
export function doorsOf(spec: Spec): readonly Door[] {
  return Object.entries(spec.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { operationId, security = [], parameters = [], requestBody }]) => {
      const json = requestBody?.content['application/json']
      const within = (place: string) =>
        Object.fromEntries(parameters.filter((each) => each.in === place).map(({ name, schema }) => [name, schema]))
      return {
        method: method.toUpperCase(),
        path,
        action: operationId,
        scopes: security.flatMap(({ key = [] }) => key),
        open: security.length === 0 || security.some((each) => Object.keys(each).length === 0),
        inPath: within('path'),
        inQuery: within('query'),
        body: json === undefined ? null : resolve(spec, json.schema),
        example: json?.example,
      }
    }),
  )
}

/** A schema with its references followed, so far as they go in a dozen steps. */
function resolve(spec: Spec, schema: Schema, depth = 0): Schema {
  if (depth > 12) return {}
  if (schema.$ref !== undefined) {
    const { $ref, ...rest } = schema
    return { ...resolve(spec, spec.components.schemas[$ref.split('/').at(-1)!] ?? {}, depth + 1), ...rest }
  }
  const each = (schemas: readonly Schema[]) => schemas.map((part) => resolve(spec, part, depth + 1))
  return {
    ...schema,
    ...(schema.anyOf && { anyOf: each(schema.anyOf) }),
    ...(schema.oneOf && { oneOf: each(schema.oneOf) }),
    ...(schema.allOf && { allOf: each(schema.allOf) }),
    ...(schema.items && { items: resolve(spec, schema.items, depth + 1) }),
    ...(schema.properties && {
      properties: Object.fromEntries(Object.entries(schema.properties).map(([name, part]) => [name, resolve(spec, part, depth + 1)])),
    }),
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  uuid: '01980000-0000-7000-8000-000000000001',
  date: '2026-01-01',
  'date-time': '2026-01-01T00:00:00Z',
  uri: 'https://example.org/',
}
const TRIED = [
  'a',
  'home',
  'USA',
  'eth',
  '1',
  '2026',
  'us-ofac-sdn',
  'a'.repeat(64),
  '0x' + 'a'.repeat(40),
  '0x' + 'a'.repeat(64),
  '1.5',
  'cordon-1',
  'https://example.org',
  'aaaaaaaa',
  'A',
]

/** A value that fits a schema, with what is required and nothing else. */
export function sample(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  if (schema.examples?.[0] !== undefined) return schema.examples[0]
  if (schema.default !== undefined) return schema.default
  const branch = schema.anyOf?.[0] ?? schema.oneOf?.[0]
  if (branch !== undefined) return sample(branch)
  if (schema.allOf !== undefined) return Object.assign({}, ...schema.allOf.map(sample))
  switch (typeOf(schema)) {
    case 'object':
      return Object.fromEntries((schema.required ?? []).map((name) => [name, sample(schema.properties?.[name] ?? {})]))
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}))
    case 'integer':
    case 'number':
      return schema.minimum ?? 1
    case 'boolean':
      return false
    case 'null':
      return null
    default: {
      const formatted = FORMATS[schema.format ?? '']
      if (formatted !== undefined) return formatted
      const fits = (text: string) => new RegExp(schema.pattern ?? '', 'u').test(text) && text.length >= (schema.minLength ?? 0)
      return TRIED.find(fits) ?? 'a'.repeat(schema.minLength ?? 1)
    }
  }
}

function typeOf({ type, properties, items }: Schema): string {
  if (typeof type === 'string') return type
  if (Array.isArray(type)) return type.find((each) => each !== 'null') ?? 'null'
  return properties ? 'object' : items ? 'array' : 'string'
}

/** Where in a body something stands: names and indices from the outside in. */
export type Place = readonly (string | number)[]

/** Every place of a body at which a text (`free`: any text) may stand, optional ones too. */
export function textsOf(schema: Schema, at: Place = []): readonly { readonly at: Place; readonly free: boolean }[] {
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]
  if (branches.length > 0) return unique(branches.flatMap((branch) => textsOf(branch, at)))
  if (schema.enum !== undefined || schema.const !== undefined) return [{ at, free: false }]
  switch (typeOf(schema)) {
    case 'object':
      return Object.entries(schema.properties ?? {}).flatMap(([name, part]) => textsOf(part, [...at, name]))
    case 'array':
      return textsOf(schema.items ?? {}, [...at, 0])
    case 'string':
      return [{ at, free: schema.format === undefined }]
    default:
      return []
  }
}

function unique<T extends { readonly at: Place }>(places: readonly T[]): readonly T[] {
  return [...new Map(places.map((place) => [place.at.join('/'), place])).values()]
}

/** A copy of a body with a value at a place; what is missing on the way is made. `__proto__` is an own name like any other. */
export function put(body: unknown, at: Place, value: unknown): unknown {
  const [first, ...rest] = at
  if (first === undefined) return value
  const copy: unknown = typeof first === 'number' ? [...(Array.isArray(body) ? body : [])] : { ...(body as object | null) }
  const inner = (copy as Record<string | number, unknown>)[first]
  Object.defineProperty(copy, first, { value: put(inner, rest, value), enumerable: true, writable: true, configurable: true })
  return copy
}
