import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'
import { CordonError } from '../../chain/index.ts'
import { readVersion } from '../versions/index.ts'
import type { ListInService, MatcherId } from './answer.ts'
import { buildIndex, INDEX_SCHEMA, packIndex, type ScreenIndex, unpackIndex } from './build.ts'
import { checkPacked } from './packed.ts'

/** Which list versions an index is of. */
export interface IndexRequest {
  readonly store: string
  readonly lists: readonly ListInService[]
  readonly matcher: MatcherId
  /** Whether the index is kept beside the lists, so that the next start takes milliseconds. */
  readonly keep: boolean
}

/** What a thread that loads an index answers: errors lose their class on the way. */
export type LoadedIndex = { readonly buffer: ArrayBuffer } | { readonly error: Pick<CordonError, 'code' | 'message' | 'place' | 'remedy'> }

/** Folder in the store where indexes are kept. Its name is no list's id. */
export const INDEXES = '.index'

/**
 * The index of some list versions as one buffer: the one kept on disk where it is whole and of these very versions, else built anew.
 *
 * @throws CordonError `list/corrupt`, `list/no-version`
 */
export async function loadIndex({ store, lists, matcher, keep }: IndexRequest): Promise<ArrayBuffer> {
  const path = join(store, INDEXES, `${indexName(lists, matcher)}.cix`)
  if (keep) {
    const kept = await readKept(path)
    if (kept !== null && isOf(unpackIndex(kept), lists, matcher)) return kept
  }
  const index = await buildIndex(
    lists.map((service) => ({ service, entries: readVersion(store, service.list, service.version) })),
    matcher,
  )
  const buffer = packIndex(index)
  if (keep) await write(path, buffer)
  return buffer
}

/** A name that no other set of versions, matcher or layout has. Names that Node or its Unicode data fold otherwise would index otherwise, so that belongs to it. */
function indexName(lists: readonly ListInService[], matcher: MatcherId): string {
  const parts = [INDEX_SCHEMA, matcher, process.versions.unicode, ...lists.map(({ list, version }) => `${list}:${version}`)]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}

/** Whether an index is what its file's name says. */
function isOf(index: ScreenIndex, lists: readonly ListInService[], matcher: MatcherId): boolean {
  const { length } = lists
  const same =
    index.lists.length === length && index.lists.every(({ list, version }, i) => list === lists[i]?.list && version === lists[i]?.version)
  return same && index.schema === INDEX_SCHEMA && index.matcher === matcher
}

async function readKept(path: string): Promise<ArrayBuffer | null> {
  let bytes: Buffer
  try {
    bytes = await readFile(path)
  } catch {
    // Missing or not to be read: a cache either way, and what it is made from has errors of its own.
    return null
  }
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  try {
    checkPacked(buffer)
    return buffer
  } catch (error) {
    // A damaged cache is made anew; the list versions themselves have their own hashes.
    if (error instanceof CordonError) return null
    throw error
  }
}

let drafts = 0

/** Beside its place and renamed, so that nobody reads half. A store on a read-only disk still screens: it builds each time. */
async function write(path: string, buffer: ArrayBuffer): Promise<void> {
  const draft = `${path}.${process.pid}-${threadId}-${drafts++}.draft`
  try {
    await mkdir(join(path, '..'), { recursive: true })
    await writeFile(draft, new Uint8Array(buffer))
    await rename(draft, path)
    await prune(join(path, '..'))
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined)
    const code = (error as NodeJS.ErrnoException).code
    if (code !== 'EROFS' && code !== 'EACCES' && code !== 'EPERM' && code !== 'ENOSPC') throw error
  }
}

/** Indexes that are kept: a few, since answers of other days are asked for too. */
const KEPT = 4

/** A draft that is older than this was left by a process that was killed. */
const DRAFT_MS = 3_600_000

/** Takes away all but the newest indexes, and what killed processes left. They are caches of versions that stay. */
async function prune(folder: string): Promise<void> {
  const dated = await Promise.all(
    (await readdir(folder)).map(async (name) => ({
      path: join(folder, name),
      at: (await stat(join(folder, name)).catch(() => null))?.mtimeMs ?? 0,
    })),
  )
  const newestFirst = dated.sort((a, b) => b.at - a.at)
  const indexes = newestFirst.filter(({ path }) => path.endsWith('.cix'))
  const now = indexes[0]?.at ?? 0
  const left = newestFirst.filter(({ path, at }) => path.endsWith('.draft') && now - at > DRAFT_MS)
  for (const { path } of [...indexes.slice(KEPT), ...left]) await rm(path, { force: true })
}
