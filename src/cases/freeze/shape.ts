import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import { CordonError } from '../../chain/index.ts'
import schema from './freeze-draft.schema.json' with { type: 'json' }
import type { FreezeRequest } from './request.ts'

/** Ends of lines and tabs are the only control characters that a text may hold. Marks that turn the direction of writing or cannot be seen can make an address read like another one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const FORGES = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\p{Cs}/u
const LINE = /[\n\t]/
/** Fields that may hold several lines. */
const LONG = /(^|\.)(text|summary|scope)$/

const LONGEST_WRITTEN = 10_000

let compiled: ValidateFunction<FreezeRequest> | undefined

/**
 * Reads a request that may be unfinished: every property is there and of its kind, texts are of bounded length and hold nothing that forges lines or letters. What is still empty, the gate says.
 *
 * @throws CordonError `cases/freeze-shape` with the field
 */
export function readFreezeRequest(value: unknown): FreezeRequest {
  compiled ??= new Ajv2020({ allErrors: false, strict: true, allowUnionTypes: true }).compile<FreezeRequest>(schema)
  if (!compiled(value)) throw shapeError(compiled.errors?.[0])
  const request = value as FreezeRequest
  checkTexts(request, '')
  return structuredClone(request)
}

/**
 * Refuses a text that a person wrote beside a request (a reason, a reference) where it forges lines or letters or is too long.
 *
 * @throws CordonError `cases/freeze-shape`
 */
export function checkWritten(text: string | null, field: string): void {
  if (text === null) return
  if (typeof text !== 'string' || text.length > LONGEST_WRITTEN)
    throw new CordonError('cases/freeze-shape', `${field} is no text, or longer than ${LONGEST_WRITTEN} characters`, {
      place: { field },
      remedy: 'Write less, and refer to the file that holds the rest.',
    })
  if (FORGES.test(text)) throw forged(field)
}

function checkTexts(value: unknown, path: string): void {
  if (typeof value === 'string') {
    if (FORGES.test(value) || (LINE.test(value) && !LONG.test(path))) throw forged(path)
    return
  }
  if (Array.isArray(value)) for (const [i, item] of value.entries()) checkTexts(item, `${path}[${i}]`)
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) checkTexts(item, path === '' ? key : `${path}.${key}`)
}

function forged(field: string): CordonError {
  return new CordonError('cases/freeze-shape', `${field} holds a control character or a mark that cannot be seen`, {
    place: { field },
    remedy: 'Type the text anew, on one line; do not paste it from a formatted document.',
  })
}

function shapeError(error: ErrorObject | undefined): CordonError {
  const field = fieldOf(error)
  return new CordonError('cases/freeze-shape', `${field === '' ? 'the request' : field} ${error?.message ?? 'is not a request'}`, {
    place: field === '' ? {} : { field },
    remedy: 'See the fields in docs/freeze.md: all of them are there, and what is not known yet is an empty text or null.',
  })
}

/** `/points/0/txHash` as `points[0].txHash`, with the property that is missing or too many. */
export function fieldOf(error: ErrorObject | undefined): string {
  const path = (error?.instancePath ?? '')
    .replace(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replace(/\//g, '.')
    .replace(/^\./, '')
  const extra = (error?.params?.missingProperty ?? error?.params?.additionalProperty ?? null) as string | null
  return extra === null ? path : path === '' ? extra : `${path}.${extra}`
}
