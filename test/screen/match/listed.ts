import {
  type EntryKind,
  emptyEntry,
  type IdentifierKind,
  type ListEntry,
  type ListedDate,
  type ListedName,
} from '../../../src/screen/lists/entry.ts'
import type { ListInService } from '../../../src/screen/match/answer.ts'
import { buildIndex } from '../../../src/screen/match/build.ts'
import { MATCHER } from '../../../src/screen/match/matcher.ts'
import type { Screener } from '../../../src/screen/match/screener.ts'
import { searchIndex } from '../../../src/screen/match/search.ts'

/** A listed name; a quality other than that of its place in the entry goes before it: `weak:The Boss`. `FAMILY|Given` is a name whose list tells both apart. */
export function listedName(text: string, first: boolean): ListedName {
  const weak = text.startsWith('weak:')
  const plain = weak ? text.slice(5) : text
  const [family = '', given] = plain.split('|')
  return {
    full: given === undefined ? plain : `${family}, ${given}`,
    family: given === undefined ? null : family,
    given: given ?? null,
    quality: weak ? 'weak' : first ? 'primary' : 'strong',
    type: first ? 'primary' : 'aka',
  }
}

/** An entry of the list `test`, named in the spelling of `listedName`. */
export function entry(id: string, kind: EntryKind, names: readonly string[], more: Partial<ListEntry> = {}): ListEntry {
  const listed = names.map((name, i) => listedName(name, i === 0))
  return { ...emptyEntry('test', id, kind, listed, names.join('\n'), { file: 'test', line: null }), ...more }
}

export function day(text: string): ListedDate {
  return { from: text, to: text, circa: false, text }
}

export function year(text: string): ListedDate {
  return { from: `${text}-01-01`, to: `${text}-12-31`, circa: false, text }
}

export function country(code: string): ListEntry['countries'] {
  return [{ code, text: code }]
}

export function paper(kind: IdentifierKind, value: string, code: string | null = null): ListEntry['identifiers'][number] {
  return { kind, value, country: code === null ? null : { code, text: code }, issued: null, expires: null, note: null }
}

export function service(list: string, entries: number, version = '2025-01-01-0000000000000000'): ListInService {
  return { list, version, published: '2025-01-01', imported: '2025-01-02T00:00:00.000Z', confirmed: '2025-01-03T00:00:00.000Z', entries }
}

export const NOW = new Date('2025-06-01T12:00:00.000Z')

/** What answers from some entries, at a time that stands still. */
export async function screenerOf(entries: readonly ListEntry[]): Promise<Screener> {
  const lists = [service('test', entries.length)]
  const index = await buildIndex([{ service: lists[0]!, entries }], MATCHER)
  return searchIndex(index, lists, [], () => NOW)
}

/** Ids of the hits, best first. */
export function ids(answer: { readonly hits: readonly { readonly entry: string }[] }): readonly string[] {
  return answer.hits.map((hit) => hit.entry)
}
