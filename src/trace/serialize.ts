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
  try {
    yield* objectLines('', document as unknown as Record<string, unknown>, schema as Node, '', '\n')
  } catch (error) {
    if (error !== UNKNOWN) throw error
    // Writing knows no paths, for speed: the validator says where the fault is.
    validator()(document)
    throw notATrace(validator().errors?.[0] as ErrorObject, undefined)
  }
}

function* objectLines(name: string, value: Readonly<Record<string, unknown>>, node: Node, indent: string, end: string): Generator<string> {
  yield `${indent}${name}{\n`
  const entries = ordered(value, node)
  for (const [i, [key, inner, given]] of entries.entries()) {
    const child = resolve(given)
    const last = i === entries.length - 1 ? '\n' : ',\n'
    const label = `${JSON.stringify(key)}: `
    if (Array.isArray(inner)) yield* listLines(label, inner, writerOf(child.items as Node), `${indent}  `, last)
    else if (indent === '' && child.properties !== undefined) yield* objectLines(label, inner as Record<string, unknown>, child, '  ', last)
    else yield `${indent}  ${label}${writerOf(child)(inner)}${last}`
  }
  yield `${indent}}${end}`
}

function* listLines(name: string, list: readonly unknown[], write: Writer, indent: string, end: string): Generator<string> {
  if (list.length === 0) {
    yield `${indent}${name}[]${end}`
    return
  }
  yield `${indent}${name}[\n`
  for (let i = 0; i < list.length; i++) yield `${indent}  ${write(list[i])}${i === list.length - 1 ? '\n' : ',\n'}`
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
  if (!validate(parsed)) throw notATrace(validate.errors?.[0] as ErrorObject, file)
  return parsed as TraceDocument
}

function notATrace(error: ErrorObject, file: string | undefined): CordonError {
  const field = fieldOf(error)
  return new CordonError('trace/not-a-trace', `${field === '' ? 'the document' : field} ${faultOf(error)}`, {
    place: { ...(file === undefined ? {} : { file }), field },
    remedy: REMEDY,
  })
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

type Writer = (value: unknown) => string

/** Thrown while writing, where a value has a property that the schema does not have. */
const UNKNOWN = new Error('unknown property')

function resolve(node: Node): Node {
  if (node.$ref === undefined) return node
  const name = node.$ref.slice('#/$defs/'.length)
  return resolve((schema.$defs as Record<string, Node>)[name] as Node)
}

/** Own properties with their schema, in the schema's order. */
function ordered(value: Readonly<Record<string, unknown>>, node: Node): [string, unknown, Node][] {
  const { properties } = node
  const present = Object.keys(value).filter((key) => value[key] !== undefined)
  if (properties === undefined) {
    if (typeof node.additionalProperties !== 'object') throw UNKNOWN
    const child = node.additionalProperties
    return present.sort(compareText).map((key) => [key, value[key], child])
  }
  for (const key of present) if (!Object.hasOwn(properties, key)) throw UNKNOWN
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
    return (value) => (Array.isArray(value) ? `[${value.map(item).join(', ')}]` : JSON.stringify(value))
  }
  if (node.anyOf !== undefined) {
    const inner = node.anyOf.map(resolve).find((choice) => choice.properties !== undefined)
    if (inner === undefined) return plain
    const write = writerOf(inner)
    return (value) => (value === null ? 'null' : write(value))
  }
  if (node.oneOf !== undefined) {
    const byKind = new Map(node.oneOf.map((choice) => [resolve(choice).properties?.kind?.const, writerOf(choice)]))
    return (value) => {
      const write = byKind.get((value as { kind?: unknown } | null)?.kind)
      if (write === undefined) throw UNKNOWN
      return write(value)
    }
  }
  if (node.properties !== undefined) return objectWriter(node.properties)
  if (typeof node.additionalProperties !== 'object') return plain
  const inner = writerOf(node.additionalProperties)
  return (value) => braces(ordered(value as Record<string, unknown>, node).map(([key, entry]) => `${JSON.stringify(key)}: ${inner(entry)}`))
}

function objectWriter(properties: Readonly<Record<string, Node>>): Writer {
  const fields = Object.entries(properties).map(([key, child]) => ({ key, name: `${JSON.stringify(key)}: `, write: writerOf(child) }))
  return (value) => {
    const object = value as Readonly<Record<string, unknown>>
    const parts: string[] = []
    for (const { key, name, write } of fields) {
      const inner = object[key]
      if (inner !== undefined) parts.push(name + write(inner))
    }
    let present = 0
    for (const key in object) if (object[key] !== undefined) present += 1
    if (present !== parts.length) throw UNKNOWN
    return braces(parts)
  }
}

function braces(parts: readonly string[]): string {
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
