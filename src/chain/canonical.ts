import { CordonError } from './errors.ts'

/** Deeper than anything we write; a document that nests further was made to exhaust the stack. */
const DEEPEST = 64

/**
 * JSON in one spelling (RFC 8785): no blanks, keys in the order of their UTF-16 code units, numbers as ECMAScript writes them. Equal values give equal bytes. Properties that are undefined are left out. Where
 * RFC 8785 refuses lone surrogates, they are written as escapes here: a customer's name may hold one, and the record of it must still be kept.
 *
 * @throws CordonError `chain/not-json` for a number that is not finite, a value that JSON has no form for, or nesting deeper than 64
 */
export function canonicalJson(value: unknown): string {
  return written(value, 0)
}

function written(value: unknown, depth: number): string {
  if (depth > DEEPEST) throw notJson(`nesting deeper than ${DEEPEST}`)
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw notJson(`the number ${value}`)
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map((part) => written(part === undefined ? null : part, depth + 1)).join(',')}]`
  if (typeof value !== 'object') throw notJson(`a ${typeof value}`)
  const fields = Object.keys(value)
    .filter((key) => (value as Record<string, unknown>)[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${written((value as Record<string, unknown>)[key], depth + 1)}`)
  return `{${fields.join(',')}}`
}

function notJson(what: string): CordonError {
  return new CordonError('chain/not-json', `${what} cannot be kept in a record`, {
    remedy: 'Give plain JSON: texts, finite numbers, lists and objects, nested at most 64 deep.',
  })
}
