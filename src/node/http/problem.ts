import { type Static, Type } from 'typebox'
import { CordonError } from '../../chain/index.ts'
import { isAbort } from '../abort.ts'
import { schemaFault } from './schema-fault.ts'

/** A problem (RFC 9457). `code` is stable; `remedy` says what to do. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'URI of the kind of problem: /problems/CODE' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.Optional(Type.String()),
    code: Type.String({ description: 'stable and machine-readable, e.g. node/not-found' }),
    place: Type.Optional(Type.String({ description: 'where in the request or file it is' })),
    remedy: Type.Optional(Type.String({ description: 'what to do' })),
    instance: Type.Optional(Type.String({ description: 'id of the request, as in the log' })),
  },
  { $id: 'Problem', additionalProperties: false },
)

export type Problem = Static<typeof Problem>

/** HTTP statuses of codes that are not a plain 422. */
const STATUS: Readonly<Record<string, number>> = {
  'node/bad-request': 400,
  'node/bad-token': 400,
  'node/not-signed-in': 401,
  'node/forbidden': 403,
  'people/cross-site': 403,
  'people/not-allowed': 403,
  'people/own-privileges': 403,
  'people/no-session': 403,
  'people/sign-in-again': 403,
  'people/wrong-password': 403,
  'people/wrong-sign-in': 401,
  'people/not-found': 404,
  'people/not-offered': 404,
  'people/login-taken': 409,
  'people/disabled': 409,
  'people/last-administrator': 409,
  'people/managed-by-provider': 409,
  'people/organisation-exists': 409,
  'people/link-ended': 410,
  'people/changed-meanwhile': 412,
  'people/too-many-attempts': 429,
  'people/no-provider': 503,
  'node/not-owner': 403,
  'database/refused': 403,
  'node/not-found': 404,
  'node/not-allowed': 405,
  'node/not-acceptable': 406,
  'node/timeout': 408,
  'node/conflict': 409,
  'node/gone': 410,
  'node/changed': 412,
  'node/too-large': 413,
  'node/url-too-long': 414,
  'node/media-type': 415,
  'node/misdirected': 421,
  'node/no-precondition': 428,
  'node/too-many-requests': 429,
  'list/four-eyes': 403,
  'screen/four-eyes': 403,
  'list/no-version': 404,
  'list/in-use': 409,
  'list/corrupt': 500,
  'node/no-lists': 503,
  'list/disk-full': 507,
  'uploads/other-offset': 409,
  'uploads/taken-over': 409,
  'uploads/not-complete': 409,
  'uploads/used': 409,
  'uploads/too-many': 429,
  'jobs/ended': 409,
  'jobs/not-resumable': 409,
  'jobs/too-many': 429,
  'files/missing': 500,
  'files/no-range': 416,
  'ledger/empty': 409,
  'tags/none': 404,
  'ledger/unknown-account': 404,
  'ledger/unknown-transaction': 404,
  'cases/four-eyes': 403,
  'cases/freeze-role': 403,
  'cases/not-creator': 403,
  'cases/freeze-state': 409,
  'alerts/state': 409,
  'alerts/too-many': 409,
  'delivery/too-many': 409,
  'delivery/disabled': 409,
  'delivery/no-endpoint': 404,
  'blind/not-yours': 403,
  'blind/budget': 429,
  'desk/busy': 503,
  'desk/failed': 503,
  'library/busy': 503,
  'library/too-slow': 503,
  'library/died': 503,
  'node/disk-full': 507,
  'cases/closed': 409,
  'cases/not-now': 409,
  'cases/no-such-heist': 404,
  'log/not-signed-yet': 409,
  'node/internal': 500,
  'node/stopping': 503,
  'database/disk-full': 507,
  'database/lost': 503,
  'database/collided': 503,
  'database/not-opened': 503,
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request is not understood',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not allowed here',
  406: 'No such form of the answer',
  408: 'Too slow',
  409: 'In conflict with the present state',
  410: 'Gone',
  412: 'Changed meanwhile',
  413: 'Too large',
  414: 'Address too long',
  415: 'No such form of the request',
  416: 'No such part',
  421: 'Not this node',
  422: 'Refused',
  428: 'If-Match is missing',
  429: 'Too many requests',
  500: 'Error of the node',
  503: 'Not available',
  507: 'Disk full',
}

/** Errors of Fastify that mean something to a client. */
const OF_FASTIFY: Readonly<Record<string, readonly [code: string, remedy: string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['node/too-large', 'Send less, or upload it as a file.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['node/media-type', 'Send application/json, or application/octet-stream to uploads.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['node/bad-request', 'Send a JSON document, or no Content-Type.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['node/bad-request', 'Send a JSON document.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['node/bad-request', 'Send as many bytes as Content-Length says.'],
  FST_ERR_MAX_PARAM_LENGTH: ['node/url-too-long', 'Check the id: none is so long.'],
  FST_ERR_BAD_URL: ['node/bad-request', 'Percent-encode the address.'],
}

/** What a caller is told of a failure. Failures that are not his tell nothing of the inside: the log has them, under the request's id. */
export function problemOf(error: unknown, instance: string): Problem {
  const { code, detail, remedy, place } = told(error)
  const status = STATUS[code] ?? 422
  return {
    type: `/problems/${code}`,
    title: TITLES[status] ?? 'Refused',
    status,
    ...(detail !== undefined && { detail }),
    code,
    ...(place !== undefined && { place }),
    ...(remedy !== undefined && { remedy }),
    instance,
  }
}

function told(error: unknown): { code: string; detail?: string; remedy?: string; place?: string } {
  if (error instanceof CordonError) {
    const { file, line, field } = error.place
    const place = [file, line, field].filter((part) => part !== undefined).join(':')
    return {
      code: error.code,
      detail: error.message,
      ...(error.remedy !== null && { remedy: error.remedy }),
      ...(place !== '' && { place }),
    }
  }
  const { code, message, validation, validationContext, statusCode } = error as {
    code?: string
    message?: string
    validation?: unknown[]
    validationContext?: string
    statusCode?: number
  }
  if (Array.isArray(validation)) return { code: 'node/bad-request', ...schemaFault(validation, validationContext ?? 'request') }
  const known = code === undefined ? undefined : OF_FASTIFY[code]
  if (known) return { code: known[0], detail: message ?? '', remedy: known[1] }
  if (statusCode === 429) return { code: 'node/too-many-requests', detail: message ?? '', remedy: 'Wait as long as Retry-After says.' }
  if (isAbort(error)) return { code: 'node/stopping', remedy: 'Ask again.' }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return { code: 'node/bad-request', detail: message ?? '' }
  return {
    code: 'node/internal',
    detail: 'the node failed',
    remedy: 'Nothing was changed. Give the instance to the operator: the log has the reason under it.',
  }
}
