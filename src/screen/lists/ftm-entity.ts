/** An entity of the FollowTheMoney model: an id, a schema such as `Person`, and properties that are lists of text. What pointed to an entity holds its id. */
export interface FtmEntity {
  readonly id: string
  readonly schema: string
  readonly properties: ReadonlyMap<string, readonly string[]>
  /** The name that the exporter would show. */
  readonly caption: string | null
  /** Whether the entity itself is listed, where the export says so (OpenSanctions does); null where it does not. */
  readonly target: boolean | null
  readonly lastSeen: string | null
  /** Whether it stood inside another entity, as in OpenSanctions' nested export. */
  readonly nested: boolean
}

/** Nested exports go three deep (company, ownership, owner); the rest is an attack on the stack. */
const MAX_DEPTH = 12

/** Properties with which an entity of these schemata points at the one that it is about; the nested export may leave out the pointer at the entity around it. */
export const POINTERS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    Sanction: ['entity'],
    Identification: ['holder'],
    Passport: ['holder'],
    CryptoWallet: ['holder'],
    Ownership: ['owner', 'asset'],
    Directorship: ['director', 'organization'],
    Membership: ['member', 'organization'],
    Employment: ['employee', 'employer'],
    Representation: ['agent', 'client'],
    Succession: ['predecessor', 'successor'],
    Control: ['controller', 'controlled'],
    Family: ['person', 'relative'],
    Associate: ['person', 'associate'],
    UnknownLink: ['subject', 'object'],
    Occupancy: ['holder', 'post'],
  }),
)

/**
 * The entities that one line of JSON holds: its own first, then those nested in it, each once. A text where they should be: why the line is none.
 * See followthemoney.tech (model 4) for the schemata.
 */
export function ftmEntities(text: string): FtmEntity[] | string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'is not JSON'
  }
  const found: FtmEntity[] = []
  const root = collect(value, null, 0, found)
  return typeof root === 'string' ? root : found
}

/** The values of a property; empty where the entity has none. */
export function valuesOfProperty(entity: FtmEntity, ...names: readonly string[]): string[] {
  return names.flatMap((name) => entity.properties.get(name) ?? [])
}

/** The entity itself is returned; it and those inside go into `found`. */
function collect(value: unknown, around: string | null, depth: number, found: FtmEntity[]): FtmEntity | string {
  if (depth > MAX_DEPTH) return `nests deeper than ${MAX_DEPTH} entities`
  if (!isObject(value)) return 'is not a JSON object'
  const { id, schema, properties } = value
  if (typeof id !== 'string' || id.trim() === '') return 'has no id'
  if (typeof schema !== 'string' || schema === '') return 'has no schema'
  if (!isObject(properties)) return 'has no properties'
  const texts = new Map<string, string[]>()
  const entity: FtmEntity = {
    id,
    schema,
    properties: texts,
    caption: textOf(value.caption),
    target: typeof value.target === 'boolean' ? value.target : null,
    lastSeen: textOf(value.last_seen),
    nested: around !== null,
  }
  found.push(entity)
  for (const [name, given] of Object.entries(properties)) {
    const list: string[] = []
    for (const item of Array.isArray(given) ? given : [given]) {
      if (isObject(item)) {
        const inner = collect(item, id, depth + 1, found)
        if (typeof inner === 'string') return inner.startsWith('holds ') ? inner : `holds an entity (${name.slice(0, 40)}) that ${inner}`
        list.push(inner.id)
      } else {
        const text = textOf(item)
        if (text !== null) list.push(text)
      }
    }
    texts.set(name, list)
  }
  const pointers = POINTERS.get(schema) ?? []
  const missing = pointers.find((name) => (texts.get(name) ?? []).length === 0)
  if (around !== null && missing !== undefined && !pointers.some((name) => texts.get(name)?.includes(around))) texts.set(missing, [around])
  return entity
}

function textOf(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
