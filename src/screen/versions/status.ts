import { readdir } from 'node:fs/promises'
import { CordonError } from '../../chain/index.ts'
import { isMissing } from '../disk/faults.ts'
import { type KnownList, LISTS, STALE_AFTER_DAYS } from '../lists/registry.ts'
import { publishedTime } from './draft.ts'
import type { ListEvent, RefusedEvent } from './event.ts'
import { readLog } from './log.ts'
import { readManifest, type VersionManifest } from './manifest.ts'
import { instantOf } from './read.ts'
import { listFolder, listsIn, UNFINISHED_PREFIX, versionFolder } from './store.ts'

/** How a list stands at a time. */
export interface ListStatus {
  readonly list: string
  readonly title: string
  readonly authority: string | null
  /** The version in service; null where there is none, or where it cannot be read (then there is an alarm). */
  readonly inService: InService | null
  readonly lastRefusal: Pick<RefusedEvent, 'time' | 'by' | 'refusals' | 'sources'> | null
  /** SHA-256 of the log's last line. Kept elsewhere, it proves later that nothing above it was rewritten. */
  readonly head: string | null
  readonly events: number
  readonly versions: number
  readonly alarms: readonly Alarm[]
}

export interface InService {
  readonly version: string
  readonly published: string | null
  readonly imported: string
  readonly by: string
  /** When the files were last known to be what the authority gives out: fetched, else imported or confirmed. */
  readonly confirmed: string
  readonly age: Age
  readonly maxAge: Age
  readonly format: string
  readonly counts: VersionManifest['counts']
  readonly kinds: VersionManifest['kinds']
  readonly notes: { readonly total: number; readonly refused: number }
  /** SHA-256 of the entries, unpacked. */
  readonly sha256: string
  readonly sources: readonly { readonly name: string; readonly sha256: string; readonly bytes: number }[]
}

export interface Age {
  readonly seconds: number
  /** ISO 8601 duration, e.g. `P3DT4H5M6S`. */
  readonly iso: string
}

export interface Alarm {
  readonly code: 'stale' | 'old-publication' | 'import-refused' | 'rows-refused' | 'no-version' | 'unfinished-import' | 'corrupt'
  readonly message: string
}

export interface StatusOptions {
  readonly store: string
  /** ISO 8601 time at which to look; only what the log tells up to then counts. */
  readonly at: string
  /** Lists to tell of, also where they were never imported; those of the store unless given. */
  readonly lists?: readonly string[]
  /** Days after which any list is stale, instead of each list's own limit. */
  readonly maxAgeDays?: number
}

/** No list stays unpublished for ten times as long as it may stay unconfirmed. */
const OLD_PUBLICATION = 10

/** How each list stands. A damaged list gets an alarm and does not keep the others from being told. Throws `list/bad-option`. */
export async function listStatus({ store, at, lists, maxAgeDays }: StatusOptions): Promise<readonly ListStatus[]> {
  const time = instantOf(at)
  const wanted = lists ?? (await listsIn(store))
  return Promise.all(wanted.map((list) => statusOf(store, list, time, maxAgeDays)))
}

async function statusOf(store: string, list: string, time: string, maxAgeDays?: number): Promise<ListStatus> {
  const folder = listFolder(store, list)
  const known: KnownList | undefined = LISTS.find(({ id }) => id === list)
  const named = { list, title: known?.title ?? list, authority: known?.authority ?? null }
  const nothing = { ...named, inService: null, lastRefusal: null, head: null, events: 0, versions: 0 }
  try {
    const log = await readLog(folder)
    const until = log.events.filter((event) => event.time <= time)
    const lastRefusal = until.findLast((event) => event.kind === 'refused') ?? null
    const inService = await serving(store, list, until, time, maxAgeDays ?? known?.staleAfterDays ?? STALE_AFTER_DAYS)
    const versions = new Set(until.flatMap((event) => (event.kind === 'imported' ? [event.version] : []))).size
    const alarms = alarmsOf(inService, until.at(-1), time)
    const left = await leftovers(folder)
    if (left.length > 0 || log.torn > 0) {
      const what = [...left, ...(log.torn > 0 ? ['an unfinished line of the log'] : [])].join(', ')
      alarms.push({
        code: 'unfinished-import',
        message: `an import is running or was killed: ${what}; nothing in service is touched by it`,
      })
    }
    return { ...named, inService, lastRefusal, head: log.head, events: log.events.length, versions, alarms }
  } catch (error) {
    if (!(error instanceof CordonError) || error.code === 'list/bad-option') throw error
    return { ...nothing, alarms: [{ code: 'corrupt', message: `${error.message}. ${error.remedy ?? ''}`.trim() }] }
  }
}

async function serving(
  store: string,
  list: string,
  events: readonly ListEvent[],
  time: string,
  maxAgeDays: number,
): Promise<InService | null> {
  const at = events.findLastIndex((event) => event.kind === 'imported')
  const event = events[at]
  if (event?.kind !== 'imported') return null
  const seen = events.slice(at).filter((later) => later.kind !== 'refused')
  const confirmed = seen.map((later) => later.fetchedAt ?? later.time).reduce((a, b) => (a > b ? a : b))
  const { published, reader, counts, kinds, notes, entries, sources } = await readManifest(
    versionFolder(store, list, event.version),
    event.manifest,
  )
  return {
    version: event.version,
    published,
    imported: event.time,
    by: event.by,
    confirmed,
    age: ageOf(Math.floor((Date.parse(time) - Date.parse(confirmed)) / 1000)),
    maxAge: ageOf(Math.round(maxAgeDays * 86_400)),
    format: reader.format,
    counts,
    kinds,
    notes: { total: notes.total, refused: notes.refused },
    sha256: entries.sha256,
    sources: sources.map(({ name, sha256, bytes }) => ({ name, sha256, bytes })),
  }
}

function alarmsOf(inService: InService | null, last: ListEvent | undefined, time: string): Alarm[] {
  const alarms: Alarm[] = []
  if (inService === null)
    alarms.push({ code: 'no-version', message: 'no version is in service: nothing can be screened against this list' })
  else {
    const { age, maxAge, confirmed, notes, published } = inService
    if (age.seconds > maxAge.seconds) {
      alarms.push({ code: 'stale', message: `last confirmed ${confirmed}, ${days(age)} ago; more than ${days(maxAge)} is stale` })
    }
    const old = published === null ? 0 : Math.floor((Date.parse(time) - publishedTime(published)) / 1000)
    if (old > maxAge.seconds * OLD_PUBLICATION) {
      const message = `published ${published}, ${days(ageOf(old))} ago: the files may be an old copy, however fresh the import is`
      alarms.push({ code: 'old-publication', message })
    }
    if (notes.refused > 0)
      alarms.push({
        code: 'rows-refused',
        message: `${notes.refused} rows, fields or files of the version in service were refused or missing`,
      })
  }
  if (last?.kind === 'refused') {
    const why = last.refusals.map(({ code, message }) => `${message} (${code})`).join('; ')
    alarms.push({ code: 'import-refused', message: `the last import, ${last.time} by ${last.by}, was refused: ${why}` })
  }
  return alarms
}

async function leftovers(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.startsWith(UNFINISHED_PREFIX)).sort()
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** Seconds as an ISO 8601 duration of days, hours, minutes and seconds. */
export function ageOf(seconds: number): Age {
  const [d, h, m, s] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60]
  const time = `${h ? `${h}H` : ''}${m ? `${m}M` : ''}${s ? `${s}S` : ''}`
  const iso = `P${d ? `${d}D` : ''}${time ? `T${time}` : ''}`
  return { seconds, iso: iso === 'P' ? 'PT0S' : iso }
}

function days({ seconds }: Age): string {
  const whole = Math.floor(seconds / 86_400)
  return whole === 1 ? '1 day' : `${whole} days`
}
