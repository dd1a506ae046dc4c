import type { ListEntry, ListedDate } from '../lists/entry.ts'
import type { ImportedEvent } from './event.ts'
import { inServiceAt, readLog } from './log.ts'
import { readManifest } from './manifest.ts'
import { entryLines, instantOf, versionsOf } from './read.ts'
import { listFolder, listsIn, versionFolder } from './store.ts'

export interface HistoryQuestion {
  readonly store: string
  /** All lists of the store unless given. */
  readonly list?: string
  /** An entry's id, or what an entry must be like; see `nameContains`. */
  readonly query: string | ((entry: ListEntry) => boolean)
  /** A day (its end, UTC) or an ISO 8601 time. */
  readonly on: string
}

/**
 * Was it listed on D? Two questions, and both answers: what we knew, by the version in service on D, and what the list says, by all versions that we have, later ones too.
 */
export interface ListHistory {
  readonly list: string
  /** ISO 8601 time up to which events count for `knew`. */
  readonly on: string
  readonly versions: number
  readonly knew: Knowledge
  /** One for each entry that any version has and the query means, by id. */
  readonly says: readonly EntryHistory[]
}

export interface Knowledge {
  /** Null where no version was in service yet: then we knew nothing, which is not the same as "not listed". */
  readonly version: VersionRef | null
  readonly matches: readonly EntryRef[]
}

export interface VersionRef {
  readonly version: string
  readonly published: string | null
  readonly imported: string
}

export interface EntryRef {
  readonly id: string
  /** The primary name, as that version writes it. */
  readonly name: string
  readonly listedOn: ListedDate | null
}

export interface EntryHistory extends EntryRef {
  readonly verdict: 'listed' | 'not-listed' | 'uncertain'
  /** Why, as a sentence. */
  readonly because: string
  /** First and last version that have it, by date of publication. */
  readonly first: VersionRef
  readonly last: VersionRef
  /** Between which versions it disappeared; more than once where it came back. */
  readonly disappeared: readonly { readonly last: VersionRef; readonly gone: VersionRef }[]
}

/** Answers for each list. Throws `list/bad-option`, `list/corrupt`. */
export async function wasListed({ store, list, query, on }: HistoryQuestion): Promise<readonly ListHistory[]> {
  const time = instantOf(on)
  const lists = list === undefined ? await listsIn(store) : [list]
  const answers: ListHistory[] = []
  for (const id of lists) answers.push(await historyOf(store, id, query, time))
  return answers
}

/** A version, and what it has of the entries asked for. */
interface Sighting {
  readonly ref: VersionRef
  /** Day of publication, else of import: when the list said so. */
  readonly day: string
  readonly found: ReadonlyMap<string, EntryRef>
  /** Ids of entries that the query itself means; `found` has others that it means only in another version, under another name. */
  readonly meant: ReadonlySet<string>
}

async function historyOf(store: string, list: string, query: HistoryQuestion['query'], time: string): Promise<ListHistory> {
  const events = await versionsOf(store, list)
  const ids = new Set<string>(typeof query === 'string' ? [query] : [])
  const meant = new Map<string, ReadonlySet<string>>()
  if (typeof query !== 'string') {
    for (const event of events) {
      const found = await idsMeant(store, list, event, query)
      meant.set(event.version, found)
      for (const id of found) ids.add(id)
    }
  }
  const sightings: Sighting[] = []
  for (const event of events) {
    const { version, published, time: imported } = event
    const found = await entriesNamed(store, list, event, ids)
    sightings.push({
      ref: { version, published, imported },
      day: (published ?? imported).slice(0, 10),
      found,
      meant: meant.get(version) ?? ids,
    })
  }
  // A stable sort: versions of one day stay in the order in which they came into service.
  sightings.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  const serving = inServiceAt((await readLog(listFolder(store, list))).events, time)
  const known = sightings.find(({ ref }) => ref.version === serving?.version)
  const matches = [...(known?.found.values() ?? [])].filter(({ id }) => known?.meant.has(id))
  const seen = [...ids].filter((id) => sightings.some(({ found }) => found.has(id)))
  return {
    list,
    on: time,
    versions: events.length,
    knew: {
      version: serving === null ? null : { version: serving.version, published: serving.published, imported: serving.time },
      matches: matches.sort(byId),
    },
    says: seen.map((id) => entryHistory(id, sightings, time.slice(0, 10))).sort(byId),
  }
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

async function idsMeant(
  store: string,
  list: string,
  event: ImportedEvent,
  query: (entry: ListEntry) => boolean,
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>()
  for await (const line of linesOfVersion(store, list, event)) {
    const entry = JSON.parse(line) as ListEntry
    if (query(entry)) ids.add(entry.id)
  }
  return ids
}

async function entriesNamed(
  store: string,
  list: string,
  event: ImportedEvent,
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, EntryRef>> {
  const found = new Map<string, EntryRef>()
  if (ids.size === 0) return found
  // Most lines are of other entries: to search one for a few ids is many times cheaper than to parse it.
  const written = ids.size > FEW ? null : [...ids].map((id) => `"id":${JSON.stringify(id)}`)
  for await (const line of linesOfVersion(store, list, event)) {
    if (written !== null && !written.some((text) => line.includes(text))) continue
    const { id, names, listedOn } = JSON.parse(line) as ListEntry
    if (ids.has(id)) found.set(id, { id, name: names[0]?.full ?? '', listedOn })
  }
  return found
}

const FEW = 10

async function* linesOfVersion(store: string, list: string, event: ImportedEvent): AsyncGenerator<string> {
  yield* entryLines(store, await readManifest(versionFolder(store, list, event.version), event.manifest))
}

function entryHistory(id: string, sightings: readonly Sighting[], day: string): EntryHistory {
  const having = sightings.filter(({ found }) => found.has(id))
  const newest = having.at(-1) as Sighting
  const disappeared = sightings.flatMap((sighting, i) => {
    const next = sightings[i + 1]
    return next !== undefined && sighting.found.has(id) && !next.found.has(id) ? [{ last: sighting.ref, gone: next.ref }] : []
  })
  const entry = newest.found.get(id) as EntryRef
  return { ...entry, ...judgeDay(id, entry.listedOn, sightings, day), first: (having[0] as Sighting).ref, last: newest.ref, disappeared }
}

/** What the versions on both sides of a day, and the date of listing that the newest version gives, say about that day. */
function judgeDay(
  id: string,
  listedOn: ListedDate | null,
  sightings: readonly Sighting[],
  day: string,
): Pick<EntryHistory, 'verdict' | 'because'> {
  const before = sightings.findLast((sighting) => sighting.day <= day)
  const after = sightings.find((sighting) => sighting.day > day)
  const says = (verdict: EntryHistory['verdict'], because: string): Pick<EntryHistory, 'verdict' | 'because'> => ({ verdict, because })
  const [had, has] = [before?.found.has(id) ?? false, after?.found.has(id) ?? false]
  const listed = listedOn?.text ?? ''
  if (before !== undefined && had) {
    if (before.day === day) return says('listed', `version ${name(before)} of that day has it`)
    if (after === undefined) return says('listed', `the newest version, ${name(before)}, has it`)
    if (has) return says('listed', `the versions before and after, ${name(before)} and ${name(after)}, have it`)
    return says('uncertain', `it disappeared between ${name(before)} and ${name(after)}`)
  }
  if (before?.day === day) return says('not-listed', `version ${name(before)} of that day does not have it`)
  if (after !== undefined && has) {
    const lacks = before === undefined ? 'no version is that old' : `version ${name(before)} does not have it`
    if (listedOn?.from == null || listedOn.to === null)
      return says('uncertain', `${lacks}, ${name(after)} has it and gives no date of listing`)
    if (listedOn.to <= day) return says('listed', `${lacks}; by later versions it was listed on ${listed}`)
    if (listedOn.from > day) return says('not-listed', `by later versions it was listed on ${listed}`)
    return says('uncertain', `by later versions it was listed in ${listed}, on which day they do not say`)
  }
  if (listedOn?.to != null && listedOn.to <= day) {
    return says('uncertain', `the versions around that day do not have it, but a version with it gives ${listed} as its date of listing`)
  }
  if (before === undefined) {
    if (listedOn?.from != null && listedOn.from > day) return says('not-listed', `by later versions it was listed on ${listed}`)
    return says('uncertain', 'no version is that old')
  }
  return says('not-listed', `version ${name(before)}${after === undefined ? '' : ` and the next, ${name(after)},`} does not have it`)
}

function name({ ref }: Sighting): string {
  return ref.version
}

/**
 * A query by part of a name: case, accents, punctuation and width do not count. For looking up what one knows the name of; screening is another thing and finds far more. A text that has
 * no letter or digit means nobody.
 */
export function nameContains(text: string): (entry: ListEntry) => boolean {
  const part = fold(text)
  return part === '' ? () => false : (entry) => entry.names.some(({ full }) => fold(full).includes(part))
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
