import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import { CordonError } from '../chain/index.ts'
import type { TraceDocument } from './document.ts'
import schema from './trace.schema.json' with { type: 'json' }

/**
 * The canonical text of a trace: properties in the order of the schema, entries of `minAmount` by code unit, one entry of a list per line
 * so that two traces differ by lines, UTF-8 without a byte order mark, a newline at the end. Equal documents give equal bytes.
 *
 * Throws `trace/not-a-trace` for a property that the schema does not have.
 */
export function serialize(document: TraceDocument): string {
  return [...serializeLines(document)].join('')
}

/** The same text in pieces that end in a newline each, for documents too large for one string. */
export function* serializeLines(document: TraceDocument): Generator<string> {
  const root = schema as Node
  const keys = ordered(document as unknown as Record<string, unknown>, root, '')
  yield '{\n'
  for (const [i, [key, value, node]] of keys.entries()) {
    const end = i === keys.length - 1 ? '\n' : ',\n'
    const name = `  ${JSON.stringify(key)}: `
    if (Array.isArray(value)) yield* listLines(name, value, writerOf(node.items as Node), `${key}`, '  ', end)
    else if (typeof value === 'object' && value !== null)
      yield* objectLines(name, value as Record<string, unknown>, resolve(node), key, end)
    else yield `${name}${JSON.stringify(value)}${end}`
  }
  yield '}\n'
}

function* objectLines(name: string, value: Record<string, unknown>, node: Node, path: string, end: string): Generator<string> {
  yield `${name}{\n`
  const keys = ordered(value, node, path)
  for (const [i, [key, inner, child]] of keys.entries()) {
    const last = i === keys.length - 1 ? '\n' : ',\n'
    const label = `    ${JSON.stringify(key)}: `
    if (Array.isArray(inner)) yield* listLines(label, inner, writerOf(child.items as Node), `${path}.${key}`, '    ', last)
    else yield `${label}${writerOf(child)(inner, `${path}.${key}`)}${last}`
  }
  yield `  }${end}`
}

function* listLines(name: string, list: readonly unknown[], write: Writer, path: string, indent: string, end: string): Generator<string> {
  if (list.length === 0) {
    yield `${name}[]${end}`
    return
  }
  yield `${name}[\n`
  for (let i = 0; i < list.length; i++) yield `${indent}  ${write(list[i], `${path}[${i}]`)}${i === list.length - 1 ? '\n' : ',\n'}`
  yield `${indent}]${end}`
}

/**
 * Read a trace from its text. `file` is only for the error message.
 * Throws `trace/not-a-trace` with the path of the first fault and what is wrong there, `trace/other-version` for a document of another version.
 */
export function parseTrace(text: string, file?: string): TraceDocument {
  const place = (field?: string): { file?: string; field?: string } => ({
    ...(file === undefined ? {} : { file }),
    ...(field === undefined ? {} : { field }),
  })
  let parsed: unknown
  try {
    parsed = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text)
  } catch (cause) {
    throw new CordonError('trace/not-a-trace', `it is not valid JSON: ${(cause as Error).message}`, {
      place: place(),
      remedy: REMEDY,
      cause,
    })
  }
  const head = parsed as { format?: unknown; formatVersion?: unknown } | null
  if (head?.format === 'cordon-trace' && typeof head.formatVersion === 'number' && head.formatVersion !== 1) {
    throw new CordonError('trace/other-version', `it is a trace of format version ${head.formatVersion}; this Cordon reads version 1`, {
      place: place('formatVersion'),
      remedy: 'Use the version of Cordon that wrote it.',
    })
  }
  const validate = validator()
  if (!validate(parsed)) {
    const error = validate.errors?.[0] as ErrorObject
    const field = fieldOf(error)
    throw new CordonError('trace/not-a-trace', `${field === '' ? 'the document' : field} ${faultOf(error)}`, {
      place: place(field),
      remedy: REMEDY,
    })
  }
  return parsed as TraceDocument
}

const REMEDY = 'Give a file that `cordon trace --out` wrote, unchanged; its form is in trace.schema.json.'

/** Compiled on first use: most runs never read a trace. */
let compiled: ValidateFunction | undefined

function validator(): ValidateFunction {
  compiled ??= new Ajv2020({ discriminator: true, strictTypes: false }).compile(schema)
  return compiled
}

/** `/flows/3/amount` as `flows[3].amount`, with the property that is missing or too many. */
function fieldOf(error: ErrorObject): string {
  const params = error.params as Record<string, unknown>
  const more = params.missingProperty ?? params.additionalProperty
  const parts = error.instancePath.split('/').slice(1)
  if (typeof more === 'string') parts.push(more.replaceAll('~', '~0').replaceAll('/', '~1'))
  return parts
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : path === '' ? part : `${path}.${part}`), '')
    .slice(0, 200)
}

function faultOf(error: ErrorObject): string {
  const params = error.params as Record<string, unknown>
  if (error.keyword === 'required') return 'is missing'
  if (error.keyword === 'additionalProperties') return 'is not a property of a trace'
  if (error.keyword === 'enum') return `must be one of ${(params.allowedValues as unknown[]).join(', ')}`
  if (error.keyword === 'const') return `must be ${JSON.stringify(params.allowedValue)}`
  if (error.keyword === 'discriminator') return 'has no known kind'
  return error.message ?? 'is not as the schema has it'
}

/** As much of a JSON Schema node as the order of properties needs. */
interface Node {
  readonly $ref?: string
  readonly properties?: Readonly<Record<string, Node>>
  readonly items?: Node
  readonly additionalProperties?: boolean | Node
  readonly anyOf?: readonly Node[]
  readonly oneOf?: readonly Node[]
  readonly const?: unknown
}

type Writer = (value: unknown, path: string) => string

function resolve(node: Node): Node {
  if (node.$ref === undefined) return node
  const name = node.$ref.slice('#/$defs/'.length)
  return resolve((schema.$defs as Record<string, Node>)[name] as Node)
}

/** Own properties with their schema, in the schema's order. */
function ordered(value: Readonly<Record<string, unknown>>, node: Node, path: string): [string, unknown, Node][] {
  const { properties } = node
  const present = Object.keys(value).filter((key) => value[key] !== undefined)
  if (properties === undefined) {
    if (typeof node.additionalProperties !== 'object') throw unknownProperty(path)
    const child = node.additionalProperties
    return present.sort(compareText).map((key) => [key, value[key], child])
  }
  for (const key of present) if (!Object.hasOwn(properties, key)) throw unknownProperty(path === '' ? key : `${path}.${key}`)
  return Object.keys(properties)
    .filter((key) => value[key] !== undefined)
    .map((key) => [key, value[key], properties[key] as Node])
}

const writers = new Map<Node, Writer>()

/** A function that writes values of a schema node on one line; made once a node, since flows come by the million. */
function writerOf(given: Node): Writer {
  const node = resolve(given)
  let writer = writers.get(node)
  if (writer === undefined) {
    writer = makeWriter(node)
    writers.set(node, writer)
  }
  return writer
}

const plain: Writer = (value) => JSON.stringify(value)

function makeWriter(node: Node): Writer {
  if (node.items !== undefined) {
    const item = writerOf(node.items)
    return (value, path) =>
      Array.isArray(value) ? `[${value.map((entry, i) => item(entry, `${path}[${i}]`)).join(', ')}]` : JSON.stringify(value)
  }
  if (node.anyOf !== undefined) {
    const inner = node.anyOf.map(resolve).find((choice) => choice.properties !== undefined)
    return inner === undefined ? plain : (value, path) => (value === null ? 'null' : writerOf(inner)(value, path))
  }
  if (node.oneOf !== undefined) {
    const byKind = new Map(node.oneOf.map((choice) => [resolve(choice).properties?.kind?.const, choice]))
    return (value, path) => {
      const choice = byKind.get((value as { kind?: unknown } | null)?.kind)
      if (choice === undefined) throw unknownProperty(`${path}.kind`)
      return writerOf(choice)(value, path)
    }
  }
  if (node.properties === undefined && typeof node.additionalProperties !== 'object') return plain
  return (value, path) => {
    const entries = ordered(value as Record<string, unknown>, node, path)
    const texts = entries.map(([key, inner, child]) => `${JSON.stringify(key)}: ${writerOf(child)(inner, `${path}.${key}`)}`)
    return texts.length === 0 ? '{}' : `{ ${texts.join(', ')} }`
  }
}

function unknownProperty(path: string): CordonError {
  return new CordonError('trace/not-a-trace', `${path} is not a property of a trace`, { place: { field: path } })
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
