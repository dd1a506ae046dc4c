import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { CordonError } from '../../chain/index.ts'
import { isMissing } from '../disk/faults.ts'
import type { Content } from '../disk/files.ts'
import { type StoredFile, storedContent, unpackedContent } from './files.ts'
import { importsOf, readLog } from './log.ts'
import { readManifest, type SourceRecord } from './manifest.ts'
import { sourcePath } from './sources.ts'
import { ENTRIES, HEAD, isVersionId, LOCK_PREFIX, LOG, listFolder, listsIn, MANIFEST, NOTES, SOURCES, UNFINISHED_PREFIX } from './store.ts'

export interface StoreReport {
  readonly sound: boolean
  readonly lists: number
  readonly versions: number
  readonly files: number
  /** What differs from what was written. */
  readonly problems: readonly StoreProblem[]
  /** What running or killed imports have left, named by no event: no harm, and the next import of the same files takes it up or away. */
  readonly leftovers: readonly string[]
}

export interface StoreProblem {
  readonly list: string
  /** Within the store. */
  readonly file: string
  readonly what: string
}

/**
 * Compares everything in a store with its hashes: logs with their chain and head, manifests with the logs, files with the manifests, sources with the events. One changed byte anywhere is
 * found, and its file named. Stop imports while it runs, or take what they are writing for leftovers.
 */
export async function verifyStore(store: string): Promise<StoreReport> {
  const problems: StoreProblem[] = []
  const leftovers: string[] = []
  let [versions, files] = [0, 0]
  const lists = await listsIn(store)
  for (const list of lists) {
    const report = await verifyList(listFolder(store, list))
    versions += report.versions
    files += report.files
    leftovers.push(...report.leftovers.map((name) => join(list, name)))
    problems.push(...report.problems.map(({ file, what }) => ({ list, file: join(list, file), what })))
  }
  return { sound: problems.length === 0, lists: lists.length, versions, files, problems, leftovers }
}

interface ListReport {
  readonly versions: number
  readonly files: number
  readonly problems: readonly Omit<StoreProblem, 'list'>[]
  readonly leftovers: readonly string[]
}

async function verifyList(folder: string): Promise<ListReport> {
  const problems: Omit<StoreProblem, 'list'>[] = []
  const check = new Checker(folder, (file, what) => void problems.push({ file, what }))
  const log = await check.guarded(LOG, () => readLog(folder))
  if (log === null) return { versions: 0, files: 1, problems, leftovers: [] }
  const leftovers: string[] = []
  if (log.torn > 0) leftovers.push(LOG)
  const ahead = log.events.length - log.headEvents
  if (ahead > 1) check.problem(HEAD, `is missing or old: it tells of ${log.headEvents} events where the log has ${log.events.length}`)
  else if (ahead === 1) leftovers.push(HEAD)
  const manifests = new Map(importsOf(log.events).map(({ version, manifest }) => [version, manifest]))
  const sources = new Map<string, SourceRecord>()
  for (const event of log.events) for (const source of event.sources) sources.set(source.sha256, source)
  for (const [version, hash] of manifests) {
    const manifest = await check.guarded(join(version, MANIFEST), () => readManifest(join(folder, version), hash))
    if (manifest === null) continue
    await check.file(join(version, ENTRIES), manifest.entries)
    await check.file(join(version, NOTES), manifest.notes.file)
    for (const name of await namesIn(join(folder, version))) {
      if (![MANIFEST, ENTRIES, NOTES].includes(name)) check.problem(join(version, name), 'is no file of a version')
    }
  }
  for (const source of sources.values()) await check.file(sourcePath(source), source)
  for (const name of await namesIn(join(folder, SOURCES))) {
    const path = join(SOURCES, name)
    if (sources.has(name.slice(0, -'.gz'.length))) continue
    if (/^[0-9a-f]{64}\.gz$/.test(name)) leftovers.push(path)
    else check.problem(path, 'is no source')
  }
  for (const name of await namesIn(folder)) {
    if ([LOG, HEAD, SOURCES].includes(name) || manifests.has(name) || name.startsWith(LOCK_PREFIX)) continue
    if (name.startsWith(UNFINISHED_PREFIX) || isVersionId(name)) leftovers.push(name)
    else check.problem(name, 'does not belong to a list')
  }
  return { versions: manifests.size, files: check.files, problems, leftovers: leftovers.sort() }
}

/** Compares files of one list and tells what differs. */
class Checker {
  files = 0
  private readonly folder: string
  readonly problem: (file: string, what: string) => void

  constructor(folder: string, problem: (file: string, what: string) => void) {
    this.folder = folder
    this.problem = problem
  }

  /** What `read` gives, or null after its `list/…` error was told. */
  async guarded<T>(file: string, read: () => Promise<T>): Promise<T | null> {
    this.files++
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof CordonError)) throw error
      const named = error.place.file
      const within = named?.startsWith(this.folder) ? named.slice(this.folder.length + 1) : file
      this.problem(within, error.message)
      return null
    }
  }

  /** Both sides of a gzip file. The packed bytes alone would do, but for a record that names the wrong content. */
  async file(file: string, expected: StoredFile): Promise<void> {
    const path = join(this.folder, file)
    await this.guarded(file, async () => {
      if (!same(await storedContent(path), expected.stored)) this.problem(file, 'was changed: its SHA-256 differs from the one recorded')
      else if (!same(await unpackedContent(path), expected)) this.problem(file, 'unpacks to something else than was recorded')
    })
  }
}

function same(a: Content, b: Content): boolean {
  return a.sha256 === b.sha256 && a.bytes === b.bytes
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}
