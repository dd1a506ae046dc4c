import { Worker } from 'node:worker_threads'
import { CordonError } from '../../chain/index.ts'
import { listStatus } from '../versions/index.ts'
import type { AnswerNote, ListInService } from './answer.ts'
import { unpackIndex } from './build.ts'
import { type IndexRequest, type LoadedIndex, loadIndex } from './load.ts'
import { MATCHER } from './matcher.ts'
import type { Screener } from './screener.ts'
import { searchIndex } from './search.ts'

export interface OpenOptions {
  /** Folder of the list versions (`cordon lists import --store`). */
  readonly store: string
  /** Lists to screen against; every list of the store unless given. */
  readonly lists?: readonly string[]
  /** Screens with the versions that were in service at this time (ISO 8601) instead of now. */
  readonly at?: string
  readonly clock: () => Date
  /** A matcher to be held to: refused where this program's is another. */
  readonly matcher?: string
  /** Keeps the index beside the lists; true unless given. */
  readonly keep?: boolean
}

/**
 * Opens the list versions in service for screening. They stay those versions however often lists are imported meanwhile; see `liveScreener`.
 *
 * @throws CordonError `screen/no-lists`, `screen/other-matcher`, `list/corrupt`, `list/bad-option`
 */
export async function openScreener(options: OpenOptions): Promise<Screener> {
  const { request, notes } = await prepare(options)
  return searchIndex(unpackIndex(await loadIndex(request)), request.lists, notes, options.clock)
}

/** A screener that follows its lists. */
export interface LiveScreener {
  /** What answers now. Take it anew for each query: one that was taken stays what it is. */
  readonly current: Screener
  /**
   * Puts new versions into service where there are any: they are read and indexed in a thread beside this one, and `current` becomes another at the end, so no answer waits.
   *
   * @returns whether there were any
   */
  refresh(): Promise<boolean>
}

/** Opens lists for a process that stays, such as a node. Throws as `openScreener`. */
export async function liveScreener(options: OpenOptions): Promise<LiveScreener> {
  let standing = await prepare(options)
  let index = unpackIndex(await loadIndex(standing.request))
  let current = searchIndex(index, standing.request.lists, standing.notes, options.clock)
  let running: Promise<boolean> | null = null
  const change = async (): Promise<boolean> => {
    const now = await prepare(options)
    const changed = versions(now.request) !== versions(standing.request)
    // The same versions may have been confirmed meanwhile, or have become stale.
    if (!changed && JSON.stringify(now) === JSON.stringify(standing)) return false
    if (changed) index = unpackIndex(await inThread(now.request))
    current = searchIndex(index, now.request.lists, now.notes, options.clock)
    standing = now
    return changed
  }
  return {
    get current() {
      return current
    },
    refresh() {
      running ??= change().finally(() => {
        running = null
      })
      return running
    },
  }
}

function versions({ lists }: IndexRequest): string {
  return lists.map(({ list, version }) => `${list}:${version}`).join()
}

function inThread(request: IndexRequest): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) => {
    const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js'
    const worker = new Worker(new URL(file, import.meta.url), { workerData: request })
    worker.once('message', (loaded: LoadedIndex) => {
      if ('buffer' in loaded) resolve(loaded.buffer)
      else {
        const { code, message, place, remedy } = loaded.error
        reject(new CordonError(code, message, { place, ...(remedy === null ? {} : { remedy }) }))
      }
    })
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new CordonError('screen/index', `the thread that builds the index ended with ${code}`)))
  })
}

async function prepare(options: OpenOptions): Promise<{ readonly request: IndexRequest; readonly notes: readonly AnswerNote[] }> {
  const { store, lists: wanted, at, clock, matcher, keep } = options
  if (matcher !== undefined && matcher !== MATCHER) {
    throw new CordonError('screen/other-matcher', `this program matches names as ${MATCHER}, and ${matcher} is asked for`, {
      remedy: `Use the release whose matcher is ${matcher}, or ask for ${MATCHER} and compare its answers with \`npm run accuracy -- names\`.`,
    })
  }
  const statuses = await listStatus({ store, at: at ?? clock().toISOString(), ...(wanted && { lists: wanted }) })
  const lists: ListInService[] = []
  const notes: AnswerNote[] = []
  for (const { list, inService, alarms } of statuses) {
    const damage = alarms.find(({ code }) => code === 'corrupt')
    if (damage !== undefined)
      throw new CordonError('list/corrupt', damage.message, {
        remedy: 'Restore the store from a copy: `cordon lists status --verify` names each file.',
      })
    if (inService === null) {
      if (wanted !== undefined)
        throw new CordonError('screen/no-lists', `${list} has no version in service${at === undefined ? '' : ` at ${at}`}`, {
          place: { file: store },
          remedy: 'Import it first: cordon lists import FILES.',
        })
      continue
    }
    const { version, published, imported, confirmed, counts } = inService
    lists.push({ list, version, published, imported, confirmed, entries: counts.entries })
    for (const { code, message } of alarms) {
      if (code === 'stale' || code === 'old-publication' || code === 'import-refused')
        notes.push({ code: 'list-stale', text: `${list}: ${message}` })
      if (code === 'rows-refused') notes.push({ code: 'list-incomplete', text: `${list}: ${message}` })
    }
  }
  if (lists.length === 0)
    throw new CordonError(
      'screen/no-lists',
      `there is no list to screen against in ${store}${at === undefined ? '' : ` that was in service at ${at}`}`,
      {
        place: { file: store },
        remedy: 'Import one first: cordon lists import FILES.',
      },
    )
  lists.sort((a, b) => (a.list < b.list ? -1 : 1))
  return { request: { store, lists, matcher: MATCHER, keep: keep ?? true }, notes }
}
