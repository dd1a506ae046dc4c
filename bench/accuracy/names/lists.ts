import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sourceFiles } from '../../../src/screen/lists/archive.ts'
import type { ListEntry } from '../../../src/screen/lists/entry.ts'
import { readerFor } from '../../../src/screen/lists/registry.ts'
import type { ListInService } from '../../../src/screen/match/answer.ts'
import { buildIndex, type ListToIndex, type ScreenIndex } from '../../../src/screen/match/build.ts'
import { MATCHER } from '../../../src/screen/match/matcher.ts'
import type { Screener } from '../../../src/screen/match/screener.ts'
import { searchIndex } from '../../../src/screen/match/search.ts'

/** Folder of the shared data, which may be missing. */
export const DATA = fileURLToPath(new URL('../../../../shared/data/', import.meta.url))

export function haveNames(): boolean {
  return existsSync(`${DATA}names`) && existsSync(`${DATA}lists`)
}

const FILES: readonly (readonly [list: string, files: readonly string[]])[] = [
  ['un-sc', ['un_consolidated_2026-02-27.xml']],
  ['us-csl', ['us_csl_2022-04.csv']],
  ['us-ofac-sdn', ['ofac_sdn_2024-05-03.csv', 'ofac_csv_2025-12/alt.csv', 'ofac_csv_2025-12/add.csv', 'ofac_csv_2025-12/sdn_comments.csv']],
]

type RealLists = readonly (ListToIndex & { readonly entries: readonly ListEntry[] })[]

/** The three real lists that screening is measured against: OFAC SDN, UN, and the US Consolidated Screening List. */
async function realLists(): Promise<RealLists> {
  const lists = []
  for (const [list, names] of FILES) {
    const files = await sourceFiles(names.map((name) => `${DATA}lists/${name}`))
    const entries: ListEntry[] = []
    for await (const entry of readerFor(files).read(files, { list, note: () => undefined, published: () => undefined })) entries.push(entry)
    const when = '2026-01-01T00:00:00.000Z'
    const service: ListInService = { list, version: 'as-shared', published: null, imported: when, confirmed: when, entries: entries.length }
    lists.push({ service, entries })
  }
  return lists
}

/** The real lists with a screener over them; its clock stands still. */
export async function realScreener(): Promise<{ readonly lists: RealLists; readonly index: ScreenIndex; readonly screener: Screener }> {
  const lists = await realLists()
  const index = await buildIndex(lists, MATCHER)
  const screener = searchIndex(
    index,
    lists.map(({ service }) => service),
    [],
    () => new Date(0),
  )
  return { lists, index, screener }
}

/** Two entries of one list, compared by primary name. */
export interface EntryPair {
  readonly list: string
  readonly a: ListEntry
  readonly b: ListEntry
  readonly score: number
  readonly half: 0 | 1
  /** Spelled alike: nothing in a name could tell them apart. */
  readonly homonym: boolean
}

/** Which half a thing is in, by its name alone: thresholds are chosen on half 0 and reported on half 1. FNV-1a with a last mix. */
export function halfOf(name: string): 0 | 1 {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  hash ^= hash >>> 15
  return ((Math.imul(hash, 0x2c1b3c6d) >>> 16) & 1) as 0 | 1
}
