import { type ChainId, CordonError, ETHEREUM, type Work } from '../../chain/index.ts'
import type { IncomingBatch, IncomingTransfers } from '../batch.ts'
import { recognise } from '../formats/registry.ts'
import type { SourceRecord } from '../ledger.ts'
import { AssetTable } from './assets.ts'
import { chainOf } from './chain-id.ts'
import { sha256Of } from './digest.ts'
import { type DuckOptions, openDuck } from './duck.ts'
import { explain } from './explain.ts'
import { chainOrder } from './in-order.ts'
import type { Lane, Reader } from './lane.ts'
import { locate } from './locate.ts'
import { Refusals } from './refusals.ts'
import { type Sniffed, sniff } from './sniff.ts'
import { sortLane } from './sort.ts'
import type { Source } from './source.ts'
import { mayStream, moves, streamLane } from './stream.ts'

export interface OpenOptions extends DuckOptions, Work {
  /** Files, folders and patterns. */
  readonly paths: readonly string[]
  /** The chain of sources that do not say it themselves; Ethereum's main net when left out. */
  readonly chain?: ChainId | undefined
  /** True when the sources are known to begin at the chain's beginning. */
  readonly genesis?: boolean | undefined
  /** Refused rows over which reading stops; 0 stops at the first, 1000 when left out. */
  readonly refuseLimit?: number | undefined
}

const REFUSE_LIMIT = 1000

/**
 * Opens files of any known format for one reading in chain order.
 *
 * Files are recognised by the names of their columns. What lies beside each other is read together: receipts and transactions give tokens their
 * transaction index, blocks give times, traces replace the native value of the transactions of their blocks.
 *
 * @throws CordonError `ledger/no-such-file`, `ledger/no-data-files`, `ledger/same-file-twice`, `ledger/empty-file`, `ledger/damaged-file`,
 *   `ledger/unreadable`, `ledger/unknown-header`, `ledger/mixed-chains`; while reading also `ledger/too-many-refused`, `ledger/disk-full`,
 *   `ledger/no-temporary-folder`, `ledger/out-of-memory`
 */
export async function openSources(options: OpenOptions): Promise<IncomingTransfers> {
  const located = await locate(options.paths)
  const duck = await openDuck(options)
  try {
    const sniffed: Sniffed[] = []
    for (const [i, file] of located.entries()) {
      options.signal?.throwIfAborted()
      options.progress?.({ phase: 'looking at', done: i, total: located.length, unit: 'files' })
      sniffed.push(await sniff(duck, file))
    }
    const aside = sniffed.filter((file) => !file.named && recognise(file.columns).table === null)
    const files = sniffed.filter((file) => !aside.includes(file))
    if (files.length === 0) throw unknownHeader(sniffed[0]!)
    for (const file of files) if (recognise(file.columns).table === null) throw unknownHeader(file)
    const chain = await chainOf(duck, files, options.chain)
    const sources = files.map((file, number): Source => {
      const table = recognise(file.columns).table!
      return { ...file, number, table, reading: table.read(file.columns, { chain: chain ?? ETHEREUM }) }
    })
    const reader: Reader = {
      duck,
      chain: chain ?? ETHEREUM,
      sources,
      assets: new AssetTable(chain ?? ETHEREUM),
      refusals: new Refusals(options.refuseLimit ?? REFUSE_LIMIT),
      notes: [],
      rowsRead: new Map(),
      transfers: new Map(),
      ...(options.progress === undefined ? {} : { progress: options.progress }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    }
    const ordered = mayStream(sources) ? await chainOrder(duck, sources.filter(moves)) : null
    const lane = ordered === null ? sortLane(reader) : streamLane(reader, ordered)
    return incoming(reader, lane, aside, options.genesis ?? false)
  } catch (error) {
    duck.close()
    throw error instanceof CordonError ? error : explain(error, [])
  }
}

function incoming(reader: Reader, lane: Lane, aside: readonly Sniffed[], genesis: boolean): IncomingTransfers {
  const stop = new AbortController()
  const digests = new Map<string, string>()
  let sources: SourceRecord[] = []
  let closed = false
  for (const file of aside)
    reader.notes.push(`${file.path} was left aside: its columns (${shortly(file.columns.names)}) are no known format.`)

  async function* batches(): AsyncGenerator<IncomingBatch> {
    const hashing = digestAll([...reader.sources, ...aside], digests, stop.signal)
    // A failure is thrown at the end; without this it would count as unhandled until then.
    hashing.catch(() => {})
    const onAbort = () => reader.duck.interrupt()
    reader.signal?.addEventListener('abort', onAbort)
    try {
      yield* lane.batches()
      await hashing
      sources = records(reader, aside, digests)
    } catch (error) {
      if (reader.signal?.aborted === true) throw reader.signal.reason
      throw error instanceof CordonError ? error : explain(error, reader.sources)
    } finally {
      reader.signal?.removeEventListener('abort', onAbort)
    }
  }

  return {
    chain: reader.chain,
    assets: reader.assets.assets,
    batches,
    fees: () => lane.fees(),
    get sources() {
      return sources
    },
    orderNotes: reader.notes,
    lossy: reader.sources.some((source) => source.table.lossy?.(source.columns) ?? false),
    genesis,
    refused: reader.refusals,
    async close() {
      if (closed) return
      closed = true
      stop.abort()
      reader.duck.close()
    },
  }
}

async function digestAll(files: readonly Sniffed[], digests: Map<string, string>, signal: AbortSignal): Promise<void> {
  for (const file of files) digests.set(file.path, await sha256Of(file.path, signal))
}

function records(reader: Reader, aside: readonly Sniffed[], digests: ReadonlyMap<string, string>): SourceRecord[] {
  const read = reader.sources.map(
    (source): SourceRecord => ({
      file: source.path,
      format: source.table.id,
      bytes: source.bytes,
      sha256: digests.get(source.path) ?? null,
      rowsRead: reader.rowsRead.get(source.number) ?? 0,
      transfers: reader.transfers.get(source.number) ?? 0,
      refused: reader.refusals.of(source.path),
      lacks: source.table.lacks(source.columns),
      lossy: source.table.lossy?.(source.columns) ?? false,
    }),
  )
  const left = aside.map(
    (file): SourceRecord => ({
      file: file.path,
      format: 'none: left aside',
      bytes: file.bytes,
      sha256: digests.get(file.path) ?? null,
      rowsRead: 0,
      transfers: 0,
      refused: 0,
      lacks: [],
      lossy: false,
    }),
  )
  return [...read, ...left]
}

function unknownHeader(file: Sniffed): CordonError {
  const { nearest } = recognise(file.columns)
  const hint = nearest === null ? '' : `; nearest is ${nearest.id}, which also needs ${shortly(nearest.missing)}`
  return new CordonError('ledger/unknown-header', `${file.path} has the columns ${shortly(file.columns.names)}: no known format${hint}`, {
    place: { file: file.path, line: 1 },
    remedy:
      'Columns are recognised by name, in any order. Export it in one of the formats that the documentation lists, or rename its columns.',
  })
}

function shortly(names: readonly string[]): string {
  const shown = names.slice(0, 30).map((name) => (name.length > 60 ? `${name.slice(0, 60)}…` : name))
  return shown.join(', ') + (names.length > 30 ? `, and ${names.length - 30} more` : '')
}
