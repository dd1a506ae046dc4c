/** One error of Ajv, of which only these parts are looked at. */
type Fault = {
  readonly keyword?: string
  readonly instancePath?: string
  readonly message?: string
  readonly params?: Readonly<Record<string, unknown>>
}

/** How a value of each format is written. */
const FORMS: Readonly<Record<string, string>> = {
  uuid: 'Write an id as the node gave it: 36 characters, in lower case.',
  date: 'Write a day as 2026-02-21.',
  'date-time': 'Write a time in UTC, as 2026-02-21T14:13:35Z.',
  uri: 'Write an address that begins with http:// or https://.',
}

const SEE = 'See the schema of this door at /docs, or at /openapi.json.'

const MOST_SHOWN = 60
/** Characters of a path that are told: keys in it are the caller's. */
const LONGEST = 200

/**
 * What a request got wrong by its schema: where, what, and what to do.
 *
 * Where a value may be of several kinds, Ajv says for each of them why it is not that; told is what lies deepest, which is of the kind that was most nearly meant.
 *
 * @param part of the request, as Fastify calls it: body, params, querystring, headers
 */
export function schemaFault(faults: readonly unknown[], part: string): { detail: string; place?: string; remedy: string } {
  const fault = nearest(faults as readonly Fault[])
  const { keyword = '', message = 'does not fit', params = {} } = fault ?? {}
  const instancePath = (fault?.instancePath ?? '').slice(0, LONGEST)
  const missing = typeof params.missingProperty === 'string' ? params.missingProperty : null
  const unknown = typeof params.additionalProperty === 'string' ? params.additionalProperty.slice(0, MOST_SHOWN) : null
  const place = placeOf(instancePath, missing ?? unknown)
  return {
    detail: `${part}${instancePath} ${sentence(keyword, message, params, unknown)}`,
    ...(place !== '' && { place }),
    remedy: keyword === 'format' ? (FORMS[String(params.format)] ?? SEE) : SEE,
  }
}

function nearest(faults: readonly Fault[]): Fault | undefined {
  const told = faults.filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'oneOf')
  const rank = ({ keyword, params, instancePath = '' }: Fault) =>
    // That it is not null, or not of another kind, is the least that can be said of it.
    (keyword === 'const' || (keyword === 'type' && params?.type === 'null') ? 0 : 1_000) + instancePath.split('/').length
  return told.toSorted((a, b) => rank(b) - rank(a))[0] ?? faults[0]
}

function sentence(keyword: string, message: string, params: Readonly<Record<string, unknown>>, unknown: string | null): string {
  if (unknown !== null) return `has a field that is not known here: ${JSON.stringify(unknown)}`
  if (keyword === 'enum' && Array.isArray(params.allowedValues)) {
    const allowed = params.allowedValues as readonly unknown[]
    const more = allowed.length > MOST_SHOWN ? ', …' : ''
    return `must be one of ${allowed
      .slice(0, MOST_SHOWN)
      .map((value) => JSON.stringify(value))
      .join(', ')}${more}`
  }
  return message
}

/** `/points/0/txHash` as `points[0].txHash`. */
function placeOf(pointer: string, last: string | null): string {
  const parts = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  if (last !== null) parts.push(last)
  return parts.map((part, i) => (/^\d+$/.test(part) ? `[${part}]` : i === 0 ? part : `.${part}`)).join('')
}
