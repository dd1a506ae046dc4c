import type { FastifyInstance } from 'fastify'
import { CordonError } from '../../chain/index.ts'

/** Levels of a body. Nothing that is asked for here is nested half as deep, and what checks and writes documents calls itself for each. */
const DEEPEST = 32

/** Refuses, at every door alike, what no field can hold: texts with U+0000, which the database refuses, or half of a surrogate pair, which no UTF-8 can carry; and documents nested deeper than any that is meant. */
export function addTextChecks(app: FastifyInstance): void {
  app.addHook('preValidation', async ({ body, params, query }) => {
    check(params, 'address')
    check(query, 'query')
    if (!isRaw(body)) check(body, 'body')
  })
}

/** Goes through a document without calling itself, so that its depth cannot exhaust the stack. */
function check(document: unknown, where: string): void {
  let level: unknown[] = []
  keep(document, level)
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST)
      throw new CordonError('node/bad-request', `${where}: it is nested deeper than ${DEEPEST} levels`, {
        remedy: 'See the schema at /openapi.json.',
      })
    const next: unknown[] = []
    for (const value of level) {
      if (typeof value === 'string') checkText(value, where)
      else if (Array.isArray(value)) for (const part of value) keep(part, next)
      else
        for (const [name, part] of Object.entries(value as object)) {
          checkText(name, where)
          keep(part, next)
        }
    }
    level = next
  }
}

/** Keeps what can hold texts. One by one: a body may have more parts than a call may have arguments. */
function keep(value: unknown, next: unknown[]): void {
  if (typeof value === 'string' || (typeof value === 'object' && value !== null)) next.push(value)
}

function checkText(text: string, where: string): void {
  if (!text.includes('\0') && text.isWellFormed()) return
  throw new CordonError('database/bad-text', `${where}: a text holds U+0000 or half of a surrogate pair, which are no characters`, {
    remedy: 'Take them out.',
  })
}

/** A body that is not JSON: a stream of bytes, or bytes. */
function isRaw(body: unknown): boolean {
  return typeof body === 'object' && body !== null && (Symbol.asyncIterator in body || ArrayBuffer.isView(body))
}
