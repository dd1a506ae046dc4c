import type { TagStore } from '../attribution/index.ts'
import type { Work } from '../chain/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { TraceDocument } from './document.ts'
import { ENGINE } from './engine.ts'
import { runTrace } from './run.ts'
import { serialize } from './serialize.ts'

export interface Verification {
  /** True when running the trace again gives the same bytes. */
  readonly same: boolean
  /** What differs, most telling first; empty when `same`. */
  readonly differences: readonly string[]
}

/**
 * Run a trace again from what its document says, on a ledger and tags at hand, and compare the bytes.
 *
 * A different ledger, engine or set of tags is named first: then different results are to be expected and prove nothing.
 */
export async function verifyTrace(
  doc: TraceDocument,
  surroundings: { readonly ledger: Ledger; readonly tags: TagStore } & Work,
): Promise<Verification> {
  const differences: string[] = []
  const { ledger, tags } = surroundings
  if (doc.engine !== ENGINE) differences.push(`engine: the document was made by ${doc.engine}, this is ${ENGINE}`)
  if (doc.ledger.hash !== ledger.manifest.hash)
    differences.push(`ledger: the document was made on ${doc.ledger.hash}, this is ${ledger.manifest.hash}`)
  const packs = (list: readonly { readonly sha256: string }[]): string => list.map(({ sha256 }) => sha256).join(' ')
  if (packs(doc.tags) !== packs(tags.packs)) {
    differences.push(
      `tags: the document was made with ${doc.tags.length} tag packs, here are ${tags.packs.length}, or their contents differ`,
    )
  }
  const again = await runTrace({ ...surroundings, seeds: doc.seeds, parameters: doc.parameters })
  const before = serialize(doc)
  const after = serialize(again)
  if (before === after) return { same: differences.length === 0, differences }
  for (const part of Object.keys(again) as (keyof TraceDocument)[]) {
    const a = JSON.stringify(doc[part])
    const b = JSON.stringify(again[part])
    if (a === b) continue
    const was = doc[part]
    const is = again[part]
    if (Array.isArray(was) && Array.isArray(is)) {
      const at = is.findIndex((entry, i) => JSON.stringify(entry) !== JSON.stringify(was[i]))
      const where = at === -1 ? is.length : at
      differences.push(
        `${part}: ${was.length} entries, now ${is.length}; the first difference is entry ${where + 1}: ${brief(was[where])} is now ${brief(is[where])}`,
      )
    } else {
      differences.push(`${part}: ${brief(was)} is now ${brief(is)}`)
    }
  }
  if (differences.length === 0) differences.push('the same content is written in another form')
  return { same: false, differences }
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
