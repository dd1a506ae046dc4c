import { createHash } from 'node:crypto'
import { canonicalJson } from '../../chain/index.ts'
import type { Ask } from '../ask.ts'
import type { NodeParts } from '../parts.ts'
import type { Answer } from './answer.ts'

/** Cursors of one list as one caller asks it: a cursor of another caller, list or filter is refused. */
export type Pager = {
  /** The key after which the page begins, of the caller's cursor. Throws `node/bad-token`. */
  readonly after: string | undefined
  readonly limit: number
  /** The answer with a page of items, and a cursor where there are more. */
  answer(items: readonly unknown[], last: string | undefined, more: boolean): Answer
}

/** Makes the pager of a request. */
export function pagerOf(
  node: NodeParts,
  { caller }: Ask,
  action: string,
  query: { readonly limit?: number | undefined; readonly cursor?: string | undefined } & Readonly<Record<string, unknown>>,
): Pager {
  const { cursor, limit, ...filters } = query
  const purpose = createHash('sha256')
    .update(canonicalJson([caller.person, action, filters]))
    .digest('base64url')
  return {
    after: cursor === undefined ? undefined : node.cursors.open(cursor, purpose),
    limit: limit ?? 50,
    answer: (items, last, more) => ({ body: { items, ...(more && last !== undefined && { next: node.cursors.seal(last, purpose) }) } }),
  }
}
