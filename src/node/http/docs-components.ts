import { canonicalJson } from '../../chain/index.ts'

/** A JSON document, or a part of one. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a title must look like to name a component: it is the name of a type in generated clients. */
const NAME = /^[A-Z][A-Za-z0-9]*$/

/**
 * Moves every schema that has a title into `components.schemas` under that title, so that a document says each shape once and generated clients have names for them. Descriptions may differ from place to place: a place keeps its own beside
 * the reference (OpenAPI 3.1 allows it).
 *
 * Throws where two different shapes have one title.
 */
export function nameSchemas(document: JsonObject): JsonObject {
  const components = isObject(document.components) ? document.components : {}
  const schemas: JsonObject = { ...(isObject(components.schemas) ? components.schemas : {}) }
  const shapes = new Map<string, string>()
  const named = mapValues(document, (value, key) => (key === 'components' ? value : lift(value)))

  function lift(value: Json): Json {
    if (Array.isArray(value)) return value.map(lift)
    if (!isObject(value)) return value
    // Examples and defaults are values, not shapes.
    const inner = mapValues(value, (part, key) => (VALUES.has(key) ? part : lift(part)))
    // TypeBox leaves the type of an enumeration to its values.
    if (inner.type === undefined && Array.isArray(inner.enum) && inner.enum.every((each) => typeof each === 'string')) inner.type = 'string'
    const { title } = inner
    if (typeof title !== 'string' || !NAME.test(title) || !isSchema(inner)) return inner
    const { description, ...shape } = inner
    if (!Array.isArray(shape.type) || !shape.type.includes('null')) return refer(title, shape, description)
    const types = shape.type.filter((type) => type !== 'null')
    const [only] = types
    const whole = types.length === 1 && only !== undefined ? { ...shape, type: only } : { ...shape, type: types }
    return { anyOf: [refer(title, whole, undefined), { type: 'null' }], ...(description !== undefined && { description }) }
  }

  function refer(title: string, { title: _title, ...shape }: JsonObject, description: Json | undefined): JsonObject {
    const text = canonicalJson(shape)
    const known = shapes.get(title)
    if (known !== undefined && known !== text)
      throw new Error(`two shapes of the interface are called ${title}: give one of them another title`)
    shapes.set(title, text)
    const $ref = `#/components/schemas/${title}`
    const kept = schemas[title]
    if (kept === undefined) {
      schemas[title] = { ...shape, ...(description !== undefined && { description }) }
      return { $ref }
    }
    const same = isObject(kept) && kept.description === description
    return { $ref, ...(!same && description !== undefined && { description }) }
  }

  const sorted = Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)))
  return { ...named, components: { ...components, schemas: sorted } }
}

const VALUES = new Set(['example', 'examples', 'default', 'enum', 'const'])

function isSchema(value: JsonObject): boolean {
  return 'type' in value || 'properties' in value || 'anyOf' in value || 'oneOf' in value || 'allOf' in value || 'enum' in value
}

function mapValues(value: JsonObject, change: (part: Json, key: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, change(part, key)]))
}
