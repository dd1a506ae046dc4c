import type { ListEntry } from '../../../src/screen/lists/entry.ts'
import { nameQuery } from '../../../src/screen/match/query.ts'
import type { Screener } from '../../../src/screen/match/screener.ts'
import { type MeasuredRow, measured } from '../../rows.ts'

interface Listed {
  readonly service: { readonly list: string }
  readonly entries: readonly ListEntry[]
}

/** Longer names are compared by their beginning. */
const LONGEST = 400

/** Listed names, asked for as their list writes them, that do not find their own entry: whoever is lost here is lost to the index, since a name is always as good as itself. */
export function lostNames(
  screener: Screener,
  lists: readonly Listed[],
  every: number,
): { readonly asked: number; readonly lost: readonly string[] } {
  const lost: string[] = []
  let number = 0
  let asked = 0
  for (const { service, entries } of lists) {
    for (const { id, kind, names } of entries) {
      for (const { full } of names) {
        if (full.length > LONGEST || number++ % every !== 0) continue
        asked++
        const { hits } = screener.screen({ ...nameQuery(full), kind: kind === 'unknown' ? null : kind }, { limit: 5000 })
        if (!hits.some(({ list, entry }) => list === service.list && entry === id)) lost.push(`${service.list} ${id} (${kind}): ${full}`)
      }
    }
  }
  return { asked, lost }
}

/** How many listed names find their own entry. */
export function ownNameRows(
  screener: Screener,
  lists: readonly Listed[],
): { readonly rows: MeasuredRow[]; readonly notes: readonly string[] } {
  const { asked, lost } = lostNames(screener, lists, 1)
  return {
    rows: [
      measured({
        id: 'names.own',
        what: 'Listed names that find their own entry, asked for as the list writes them',
        data: `${asked} names of three lists`,
        value: 1 - lost.length / asked,
        unit: 'share',
        target: null,
      }),
    ],
    notes: ['## Listed names that do not find their own entry', ...lost.map((one) => `- ${one}`)],
  }
}
