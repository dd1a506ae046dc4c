import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CordonError, type Work } from '../../chain/index.ts'
import { sha256, writeNew } from '../disk/files.ts'
import { syncFolder } from '../disk/folder.ts'
import type { SourceFile } from '../lists/reader.ts'
import { formatsOf, type VersionedReader } from '../lists/registry.ts'
import { namesNobody, samePerson } from '../same-person.ts'
import { type Draft, isDate, isMoment, writeDraft } from './draft.ts'
import type { ConfirmedEvent, ImportedEvent, Refusal, RefusalCode, RefusedEvent } from './event.ts'
import { diskError } from './files.ts'
import { type Candidate, GUARD, type GuardLimits, judge, NEVER_OVERRULED } from './guard.ts'
import { whileLocked } from './lock.ts'
import { appendEvent, type EventLog, importsOf, mendLog, readLog } from './log.ts'
import { manifestText, readManifest, SCHEMA, type SourceRecord, type VersionManifest } from './manifest.ts'
import { identityOf, keepSources, type StagedSource, stageSources } from './sources.ts'
import { listFolder, MANIFEST, UNFINISHED_LOCK_PREFIX, UNFINISHED_PREFIX, versionFolder } from './store.ts'
import { shorten } from './validate.ts'

export interface ImportListOptions extends Work {
  /** Folder of all lists; made where it is missing. */
  readonly store: string
  /** Id of the list, e.g. `us-ofac-sdn`. */
  readonly list: string
  readonly files: readonly SourceFile[]
  readonly reader: VersionedReader
  /** Milliseconds since 1970. */
  readonly clock: () => number
  /** Who imports. */
  readonly by: string
  /** When the files were fetched (ISO 8601 with time and zone), where that was before now. */
  readonly fetchedAt?: string
  readonly sourceUrl?: string
  /** Date of publication (ISO 8601) for formats that do not tell it; the list's own date goes before it. Files that are known under another stated date become another version. */
  readonly published?: string
  /** Refusals that `approvedBy`, another person than `by`, overrules for `reason`. */
  readonly allow?: readonly RefusalCode[]
  readonly reason?: string
  readonly approvedBy?: string
  readonly limits?: GuardLimits
  /** Formats that the list may come in, instead of those that the registry has of it; null for any. */
  readonly formats?: readonly string[] | null
}

export interface ImportListResult {
  readonly event: ImportedEvent | ConfirmedEvent | RefusedEvent
  /** What was read; null where nothing could be read, or the files are those in service. */
  readonly read: Pick<VersionManifest, 'published' | 'counts' | 'kinds' | 'notes'> | null
  /** The version in service after it; null where there is none. */
  readonly inService: VersionManifest | null
}

/**
 * Reads files of a list into a new version and puts it in service, or refuses them and leaves the version in service where it is; either way the log tells it and the files are kept. Files
 * that are in service already are confirmed. Stopped or killed at any time it leaves the list as it was; see the invariants in store.ts.
 *
 * @throws CordonError `list/bad-option`, `list/four-eyes` (overruling needs a reason and a second person), `list/in-use`, `list/clock-behind`, `list/corrupt`, `list/newer-schema`,
 *   `list/disk-full`, `list/not-writable`; what opening the files throws
 */
export async function importList(options: ImportListOptions): Promise<ImportListResult> {
  checkOptions(options)
  const folder = listFolder(options.store, options.list)
  return whileLocked(folder, async () => {
    const cleared = await clearUnfinished(folder)
    cleared.push(...(await mendLog(folder, await readLog(folder))))
    const log = await readLog(folder)
    const staging = join(folder, `${UNFINISHED_PREFIX}import-${log.events.length + 1}`)
    try {
      await mkdir(staging)
      return await importInto({ ...options, folder, staging, log, cleared })
    } catch (error) {
      throw diskError(error, staging)
    } finally {
      await rm(staging, { recursive: true, force: true })
    }
  })
}

interface Importing extends ImportListOptions {
  readonly folder: string
  readonly staging: string
  readonly log: EventLog
  readonly cleared: readonly string[]
}

async function importInto(job: Importing): Promise<ImportListResult> {
  const { folder, log, allow = [] } = job
  const imports = importsOf(log.events)
  const serving = imports.at(-1) ?? null
  const current = serving === null ? null : await readManifest(join(folder, serving.version), serving.manifest)
  // Before the work, so that a clock that is wrong is found early; told again when the event is written.
  timeOf(job)
  const staged = await stageSources(job.files, job.staging, job.signal)
  const known = await knownVersion(job, imports, staged)
  if (known !== null && known.event.version === serving?.version) {
    const event: ConfirmedEvent = { ...(await factsOf(job, staged)), kind: 'confirmed-unchanged', version: known.event.version }
    await appendEvent(folder, event)
    return { event, read: null, inService: current }
  }
  const read = known === null ? await readFiles(job, staged) : known.manifest
  const against = 'counts' in read ? judge(candidateOf(job, read, staged), current, job.clock(), job.limits ?? GUARD) : [read]
  const standing = against.filter(({ code }) => NEVER_OVERRULED.has(code) || !allow.includes(code))
  if (!('counts' in read) || standing.length > 0) {
    const event: RefusedEvent = { ...(await factsOf(job, staged)), kind: 'refused', refusals: against, stays: serving?.version ?? null }
    await appendEvent(folder, event)
    return { event, read: 'counts' in read ? read : null, inService: current }
  }
  job.signal?.throwIfAborted()
  const facts = await factsOf(job, staged)
  const { manifest, hash } =
    'schema' in read ? { manifest: read, hash: known?.event.manifest ?? '' } : await publish(job, read, facts.sources)
  const event: ImportedEvent = {
    ...facts,
    kind: 'imported',
    version: manifest.version,
    published: manifest.published,
    entries: manifest.counts.entries,
    manifest: hash,
    replaces: serving?.version ?? null,
    overruled: against.length === 0 ? null : { refusals: against, reason: job.reason ?? '', approvedBy: job.approvedBy ?? '' },
  }
  await appendEvent(folder, event)
  return { event, read, inService: manifest }
}

/**
 * The version last put in service that these files were read into, by this reader; null where there is none. A stated date that is another than the version's makes another version, unless the list tells its
 * own; an import that states none has nothing against one stated before.
 */
async function knownVersion(
  { list, reader, published, folder }: Importing,
  imports: readonly ImportedEvent[],
  staged: readonly StagedSource[],
): Promise<{ readonly event: ImportedEvent; readonly manifest: VersionManifest } | null> {
  const wanted = identityOf({ list, sources: staged.map(({ record }) => record), reader }, null)
  // By what the events tell, not by the ids: versions with stated dates had ids without them before.
  for (const event of imports.filter((each) => identityOf(each, null) === wanted).reverse()) {
    const manifest = await readManifest(join(folder, event.version), event.manifest)
    if (published === undefined || manifest.publishedBy === 'list' || manifest.published === published) return { event, manifest }
  }
  return null
}

/** A draft of the files, or why the reader gave them up. */
async function readFiles(job: Importing, staged: readonly StagedSource[]): Promise<Draft | Refusal> {
  const { list, reader, staging, signal, progress } = job
  const folder = join(staging, 'version')
  await mkdir(folder)
  const files = staged.map(({ file }) => file)
  try {
    const draft = await writeDraft({ list, reader, files, folder, ...(signal && { signal }), ...(progress && { progress }) })
    if (draft.published !== null || job.published === undefined) return draft
    return { ...draft, published: job.published, publishedBy: 'operator' }
  } catch (error) {
    if (!(error instanceof CordonError) || OUR_OWN.has(error.code)) throw error
    const { file, line, field } = error.place
    const where = [file, line === undefined ? undefined : `line ${line}`, field].filter((part) => part !== undefined).join(', ')
    const message = `${error.code}: ${error.message}${where === '' ? '' : ` (${where})`}`
    return { code: 'schema', message: shorten(message, 1000), remedy: error.remedy ?? 'fetch the files again' }
  }
}

/** Errors of the store and the disk while a reader runs: they say nothing about the files. */
const OUR_OWN: ReadonlySet<string> = new Set(['list/corrupt', 'list/disk-full', 'list/not-writable'])

function candidateOf(job: Importing, read: Draft | VersionManifest, staged: readonly StagedSource[]): Candidate {
  return {
    ...read,
    format: job.reader.format,
    formats: job.formats === undefined ? formatsOf(job.list) : job.formats,
    notes: read.notes.total,
    refused: read.notes.refused,
    emptyFiles: staged.filter(({ record }) => record.bytes === 0).map(({ record }) => record.name),
    otherLists: 'otherLists' in read ? read.otherLists : [],
  }
}

/** Puts the draft where versions are. It is none until an event names it. */
async function publish(
  job: Importing,
  draft: Draft,
  sources: readonly SourceRecord[],
): Promise<{ readonly manifest: VersionManifest; readonly hash: string }> {
  const { published, publishedBy, counts, kinds, entries, notes } = draft
  const reader = { format: job.reader.format, version: job.reader.version }
  const identity = identityOf({ list: job.list, sources, reader }, publishedBy === 'operator' ? published : null)
  const version = `${published?.slice(0, 10) ?? 'undated'}-${identity}`
  const format = 'cordon-list-version'
  const manifest = {
    format,
    schema: SCHEMA,
    list: job.list,
    version,
    reader,
    published,
    publishedBy,
    counts,
    kinds,
    entries,
    notes,
    sources,
  } as const
  const text = manifestText(manifest)
  const made = join(job.staging, 'version')
  await writeNew(join(made, MANIFEST), text)
  await syncFolder(made)
  const place = versionFolder(job.store, job.list, version)
  // A killed import may have left this very folder unnamed; what it holds is not trusted.
  await rm(place, { recursive: true, force: true })
  await rename(made, place)
  await syncFolder(job.folder)
  return { manifest, hash: sha256(text) }
}

type Facts = Omit<ConfirmedEvent, 'kind' | 'version'>

/** What every event tells; keeps the sources, so that an event never names what is not there. */
async function factsOf(job: Importing, staged: readonly StagedSource[]): Promise<Facts> {
  const sources = await keepSources(job.folder, staged)
  return {
    event: job.log.events.length + 1,
    time: timeOf(job),
    list: job.list,
    by: job.by.trim(),
    fetchedAt: job.fetchedAt === undefined ? null : new Date(job.fetchedAt).toISOString(),
    sourceUrl: job.sourceUrl ?? null,
    reader: { format: job.reader.format, version: job.reader.version },
    sources,
    previous: job.log.head,
    cleared: job.cleared,
  }
}

function timeOf({ clock, log, fetchedAt, list }: Importing): string {
  const time = new Date(clock()).toISOString()
  const last = log.events.at(-1)
  if (last !== undefined && time < last.time) {
    throw new CordonError('list/clock-behind', `it is ${time} by this clock, but the log of ${list} goes to ${last.time}`, {
      remedy: 'set the clock of this machine; if the log was written with a clock that was ahead, wait until then',
    })
  }
  if (fetchedAt !== undefined && Date.parse(fetchedAt) > Date.parse(time)) {
    throw new CordonError('list/bad-option', `files cannot have been fetched at ${fetchedAt}: it is ${time} now`, {
      remedy: 'check the time',
    })
  }
  return time
}

/** Takes away what a killed import left unfinished, and tells its names; not those of locks in the making, whose askers may live: they ask again. */
async function clearUnfinished(folder: string): Promise<string[]> {
  const left = (await readdir(folder)).filter((name) => name.startsWith(UNFINISHED_PREFIX)).sort()
  for (const name of left) await rm(join(folder, name), { recursive: true, force: true })
  return left.filter((name) => !name.startsWith(UNFINISHED_LOCK_PREFIX))
}

function checkOptions(options: ImportListOptions): void {
  const { files, by, fetchedAt, published, allow = [], reason = '', approvedBy = '' } = options
  const bad = (message: string, remedy: string): never => {
    throw new CordonError('list/bad-option', message, { remedy })
  }
  if (files.length === 0) bad('no files to import', 'name the files of the list')
  if (namesNobody(by)) bad('nobody is named who imports', 'say who does')
  if (fetchedAt !== undefined && !isMoment(fetchedAt)) {
    const remedy = 'write day, time and zone, as 2024-05-03T10:00:00Z or 2024-05-03T19:00:00+09:00'
    bad(`${JSON.stringify(shorten(fetchedAt, 60))} does not say when the files were fetched`, remedy)
  }
  if (published !== undefined && !isDate(published)) bad(`${published} is no date of publication`, 'write it as 2024-05-03')
  for (const code of allow) {
    if (NEVER_OVERRULED.has(code)) bad(`${code} cannot be overruled: there is nothing that could be put in service`, 'give the right files')
  }
  if (allow.length === 0) return
  if (reason.trim() === '' || namesNobody(approvedBy) || samePerson(approvedBy, by)) {
    throw new CordonError('list/four-eyes', 'a refusal is overruled with a reason and by a second person', {
      remedy: 'give the reason, and the name of whoever approved it beside the one who imports',
    })
  }
}
