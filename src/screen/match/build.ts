import { buildIdentifierIndex, type ExactIndex, type IdentifiedEntry } from '../identifiers/index.ts'
import type { EntryKind, ListEntry, ListedName } from '../lists/entry.ts'
import type { FoldedToken } from '../names/index.ts'
import { entryHash } from '../versions/entry-hash.ts'
import type { ListInService, MatcherId } from './answer.ts'
import { listedText, PART_SEPARATOR } from './listed-text.ts'
import { distinctWords, type NameIndex, NameIndexBuilder, prepareName } from './name-index.ts'
import { pack, type Tree, unpack } from './packed.ts'
import { type Postings, PostingsBuilder } from './postings.ts'
import { type Texts, TextsBuilder } from './texts.ts'

/** Raised when the layout changes; older files are then made anew. */
export const INDEX_SCHEMA = 1

export const KINDS: readonly EntryKind[] = ['person', 'organisation', 'vessel', 'aircraft', 'unknown']
export const QUALITIES: readonly ListedName['quality'][] = ['primary', 'strong', 'weak']

/** What an answer needs of an entry. The rest (addresses, remarks, the raw record) stays in the list version on disk. */
export type Card = Omit<ListEntry, 'raw' | 'remarks' | 'addresses' | 'place' | 'list'> & {
  /** `entryHash` of the entry: two versions of a list that say the same of it have the same. */
  readonly hash: string
}

/** Everything that screening reads, in typed arrays: one buffer, built anywhere, handed over or written to disk as it is. */
export interface ScreenIndex {
  readonly schema: number
  readonly matcher: MatcherId
  /** Which versions it is of. */
  readonly lists: readonly Pick<ListInService, 'list' | 'version'>[]
  /** Cards as JSON, by entry number; entries have numbers in the order of their lists. */
  readonly cards: Texts
  /** Place of each entry's list in `lists`. */
  readonly entryList: Uint16Array<ArrayBuffer>
  /** Names as `full`, or `full`, family and given name with U+0001 between them. */
  readonly names: Texts
  readonly nameEntry: Uint32Array<ArrayBuffer>
  /** Which of its entry's names it is. */
  readonly nameNumber: Uint32Array<ArrayBuffer>
  /** How many different words it is looked for by, 255 at most. */
  readonly nameWords: Uint8Array<ArrayBuffer>
  readonly nameKind: Uint8Array<ArrayBuffer>
  readonly nameQuality: Uint8Array<ArrayBuffer>
  /** How many names are longer on their lists than they are here; see listed-text.ts. */
  readonly cutNames: number
  readonly index: NameIndex
  readonly identifiers: ExactIndex
  /** Place of the list in `lists`, a colon and the entry's id → entry number. */
  readonly ids: Postings
}

/** One list version to be indexed. */
export interface ListToIndex {
  readonly service: ListInService
  readonly entries: AsyncIterable<ListEntry> | Iterable<ListEntry>
}

/** Builds the index of some list versions. The same versions give the same bytes. */
export async function buildIndex(lists: readonly ListToIndex[], matcher: MatcherId): Promise<ScreenIndex> {
  const cards = new TextsBuilder()
  const names = new TextsBuilder()
  const index = new NameIndexBuilder()
  const [entryList, nameEntry, nameNumber, nameWords, nameKind, nameQuality]: number[][] = [[], [], [], [], [], []]
  const pool = new Map<string, FoldedToken>()
  const ids = new PostingsBuilder()
  let cutNames = 0
  const looked: (readonly [number, IdentifiedEntry])[] = []
  for (const [place, { entries }] of lists.entries()) {
    for await (const entry of entries) {
      const number = (entryList as number[]).length
      ;(entryList as number[]).push(place)
      ids.add(`${place}:${entry.id}`, number)
      cards.add(JSON.stringify(cardOf(entry)))
      if (entry.wallets.length + entry.identifiers.length > 0) {
        looked.push([number, { list: entry.list, id: entry.id, kind: entry.kind, wallets: entry.wallets, identifiers: entry.identifiers }])
      }
      const kind = kindReadAs(entry)
      for (const [i, name] of entry.names.entries()) {
        const { full, told, cut } = listedText(name)
        if (cut) cutNames++
        const prepared = prepareName(full, kind, told, pool)
        index.add((nameEntry as number[]).length, prepared)
        ;(nameWords as number[]).push(Math.min(255, distinctWords(prepared)))
        names.add(told === null ? full : [full, told.family, told.given].join(PART_SEPARATOR))
        ;(nameEntry as number[]).push(number)
        ;(nameNumber as number[]).push(i)
        ;(nameKind as number[]).push(KINDS.indexOf(kind))
        ;(nameQuality as number[]).push(QUALITIES.indexOf(name.quality))
      }
    }
  }
  return {
    schema: INDEX_SCHEMA,
    matcher,
    lists: lists.map(({ service: { list, version } }) => ({ list, version })),
    cards: cards.finish(),
    entryList: Uint16Array.from(entryList as number[]),
    names: names.finish(),
    nameEntry: Uint32Array.from(nameEntry as number[]),
    nameNumber: Uint32Array.from(nameNumber as number[]),
    nameWords: Uint8Array.from(nameWords as number[]),
    nameKind: Uint8Array.from(nameKind as number[]),
    nameQuality: Uint8Array.from(nameQuality as number[]),
    cutNames,
    index: index.finish(),
    identifiers: buildIdentifierIndex(looked).index,
    ids: ids.finish(),
  }
}

/** What an entry's names are read as. Where the list does not say what it is, one name with a word that only bodies have (Ministry, Ltd) makes all of them a body's, its acronym too. */
function kindReadAs({ kind, names }: ListEntry): EntryKind {
  if (kind !== 'unknown') return kind
  return names.some((name) => prepareName(listedText(name).full, kind, null).kind !== 'person') ? 'organisation' : 'unknown'
}

function cardOf(entry: ListEntry): Card {
  const { raw: _raw, remarks: _remarks, addresses: _addresses, place: _place, list: _list, ...card } = entry
  return { ...card, hash: entryHash(entry) }
}

/** The index as one buffer. */
export function packIndex(index: ScreenIndex): ArrayBuffer {
  return pack(index as unknown as Tree)
}

/** The index in a buffer that `packIndex` made. */
export function unpackIndex(buffer: ArrayBuffer): ScreenIndex {
  return unpack(buffer) as unknown as ScreenIndex
}
