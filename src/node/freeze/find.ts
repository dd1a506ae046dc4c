import { type FreezeClock, type FreezeState, freezeClock } from '../../cases/index.ts'
import type { Ask } from '../ask.ts'
import { listObjects } from '../objects/list.ts'
import type { StoredObject } from '../objects/object.ts'
import type { NodeParts } from '../parts.ts'
import { directoryFor } from './directory.ts'
import { freezeOf, type KeptFreeze, REQUEST } from './kept.ts'

/** Which requests are wanted: all that is given must hold. */
export type FreezeFilter = {
  readonly state?: FreezeState | undefined
  /** Id in the directory of exchanges. */
  readonly exchange?: string | undefined
  readonly caseNumber?: string | undefined
  /** Only those of which a deadline is overdue. */
  readonly overdue?: boolean | undefined
  /** Words that must all occur in its texts. */
  readonly words?: string | undefined
}

/** A request that was found, with its clock. */
export type FoundFreeze = { readonly object: StoredObject<KeptFreeze>; readonly clock: FreezeClock }

/** Requests that one page looks at: a page of overdue ones may be short, and goes on after the last that was looked at. */
const MOST_LOOKED_AT = 2_000
const STEP = 200

/** A page of requests, newest first. `before`: the last id that the page before looked at; `last`: that of this page. */
export async function findFreezes(
  ask: Ask,
  node: Pick<NodeParts, 'exchanges'>,
  { state, exchange, caseNumber, overdue = false, words }: FreezeFilter,
  page: { readonly limit: number; readonly before: string | undefined },
): Promise<{ readonly found: readonly FoundFreeze[]; readonly last: string | undefined; readonly more: boolean }> {
  const directory = await directoryFor(ask, node.exchanges)
  const filter = {
    kind: REQUEST,
    ...(words !== undefined && { words }),
    body: [
      ...(state === undefined ? [] : [{ path: ['state'], equals: state }]),
      ...(exchange === undefined ? [] : [{ path: ['request', 'exchange'], equals: exchange }]),
      ...(caseNumber === undefined ? [] : [{ path: ['request', 'caseNumber'], equals: caseNumber }]),
    ],
  }
  // What was looked at and not shown is not told, so the record does not name it.
  const quietly: Ask = { ...ask, touched: [] }
  const found: FoundFreeze[] = []
  let last = page.before
  for (let looked = 0; looked < MOST_LOOKED_AT; ) {
    const { objects, more } = await listObjects<KeptFreeze>(quietly, filter, { limit: overdue ? STEP : page.limit, before: last })
    for (const [i, object] of objects.entries()) {
      const clock = freezeClock(freezeOf(object), directory.exchange(object.body.request.exchange), ask.now.toISOString())
      last = object.id
      if (!overdue || clock.overdue.length > 0) found.push({ object, clock })
      if (found.length === page.limit) return shownOf(ask, found, last, more || i < objects.length - 1)
    }
    if (!more) return shownOf(ask, found, last, false)
    looked += objects.length
  }
  return shownOf(ask, found, last, true)
}

function shownOf(ask: Ask, found: readonly FoundFreeze[], last: string | undefined, more: boolean) {
  for (const { object } of found) ask.touched.push({ id: object.id, kind: object.kind, version: object.version, hash: object.hash })
  return { found, last, more }
}
